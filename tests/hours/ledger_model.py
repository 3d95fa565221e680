"""The ledger once more, in plain Python and without a database: what the real one must agree with.

It shares no code with the slice. `post` says either what is booked, or which rules may refuse.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Refused(Exception):
    """One of these rules says no; which one first is the ledger's business."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = set(names)


@dataclass(frozen=True)
class Limits:
    """The rules that bind bookings."""

    hard_low: int
    hard_high: int
    give_away_after_days: int


@dataclass(frozen=True)
class Widened:
    """An exception: limits of one account between two days."""

    id: UUID
    low: int | None
    high: int | None
    first: date
    last: date


Sides = tuple[tuple[UUID, int], ...]


@dataclass(frozen=True)
class Ask:
    """What a booking is asked to do."""

    idem: str
    kind: str
    sides: Sides
    exchange: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One entry, with the limits it was booked under and the exception it needed."""

    transfer: UUID
    minutes: int
    balance_after: int
    low: int | None
    high: int | None
    exception: UUID | None


@dataclass
class Account:
    kind: str
    lines: list[Line] = field(default_factory=list)
    exception: Widened | None = None
    started: tuple[date, int] | None = None

    @property
    def balance(self) -> int:
        return sum(line.minutes for line in self.lines)

    def held(self, day: date, after_days: int) -> int:
        """Starting minutes that may not be given away on `day`."""
        if self.started is None or day >= self.started[0] + timedelta(days=after_days):
            return 0
        return self.started[1]


@dataclass
class Ledger:
    limits: Limits
    accounts: dict[UUID, Account] = field(default_factory=dict)
    transfers: dict[UUID, Ask] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)

    def post(self, transfer: UUID, ask: Ask, now: datetime) -> tuple[UUID, bool]:
        """Book; the transfer it became, and whether it was there already. Raises Refused."""
        self._check_shape(ask)
        if ask.idem in self.keys:
            first = self.keys[ask.idem]
            if self._asks(self.transfers[first]) != self._asks(ask):
                raise Refused("transfer_idem_differs")
            return first, True
        self._check_links(ask)
        day = now.astimezone(AMSTERDAM).date()
        broken: set[str] = set()
        lines = {}
        for account, minutes in ask.sides:
            if account not in self.accounts:
                broken.add("transfer_account_unknown")
                continue
            broken |= self._broken_by(ask, account, minutes, day)
            limited = self.accounts[account].kind == "party" and ask.kind != "returned"
            lines[account] = self._line(
                transfer, self.accounts[account], minutes, day if limited else None, broken
            )
        if broken:
            raise Refused(*broken)
        for account, line in lines.items():
            self.accounts[account].lines.append(line)
            if ask.kind == "start" and line.minutes > 0:
                self.accounts[account].started = (day, line.minutes)
        self.transfers[transfer] = ask
        self.keys[ask.idem] = transfer
        return transfer, False

    @staticmethod
    def _asks(ask: Ask) -> tuple[object, ...]:
        return (ask.kind, ask.exchange, ask.corrects, ask.sides)

    @staticmethod
    def _check_shape(ask: Ask) -> None:
        if len(ask.sides) < 2:
            raise Refused("transfer_sides")
        accounts = [account for account, _ in ask.sides]
        if accounts != sorted(set(accounts)):
            raise Refused("transfer_accounts_ascend")
        if sum(minutes for _, minutes in ask.sides) != 0:
            raise Refused("transfer_sums_to_zero")

    def _check_links(self, ask: Ask) -> None:
        booked = self.transfers.values()
        if (ask.kind == "start") != ask.idem.startswith("start:"):
            raise Refused("transfer_start_key")
        if (ask.kind in ("redeemed", "returned")) != ask.idem.startswith("voucher:"):
            raise Refused("transfer_voucher_key")
        if ask.kind == "exchange" and ask.exchange in (
            t.exchange for t in booked if t.kind == "exchange"
        ):
            raise Refused("transfer_exchange_once")
        if ask.kind not in ("correction", "addition"):
            return
        if ask.corrects in (t.corrects for t in booked):
            raise Refused("transfer_corrected_once")
        assert ask.corrects is not None
        if ask.kind == "addition":
            self._check_addition(ask, self.transfers[ask.corrects])
            return
        if self.transfers[ask.corrects].kind in ("voucher", "redeemed", "returned"):
            raise Refused("transfer_voucher_stays", "transfer_correction_counters")
        old = dict(self.transfers[ask.corrects].sides)
        for account, minutes in ask.sides:
            was = old.get(account, 0)
            if not 0 < (-minutes if was > 0 else minutes) <= abs(was):
                raise Refused("transfer_correction_counters")

    @staticmethod
    def _check_addition(ask: Ask, old: Ask) -> None:
        added, was = dict(ask.sides), dict(old.sides)
        same_way = added.keys() == was.keys() and all(added[a] * was[a] > 0 for a in was)
        if old.kind != "exchange" or old.exchange != ask.exchange or not same_way:
            raise Refused("transfer_addition_adds")

    def _broken_by(self, ask: Ask, account_id: UUID, minutes: int, day: date) -> set[str]:
        """Rules that this side breaks, limits apart."""
        account = self.accounts[account_id]
        broken = set()
        starts = ask.kind == "start" and minutes < 0
        if ask.kind != "correction" and (account.kind == "issue") != starts:
            broken.add("transfer_issue_only_starts")
        if ask.kind == "start" and minutes > 0 and ask.idem != f"start:{account_id}":
            broken.add("transfer_start_whose")
        on_paper = ask.kind in ("voucher", "redeemed", "returned")
        if on_paper and (minutes > 0) == (ask.kind == "voucher"):
            allowed = {"vouchers"}
        elif on_paper:
            allowed = {"party", "pot"} if ask.kind == "returned" else {"party"}
        else:
            allowed = {"party", "pot", "issue"}
        if account.kind not in allowed and ask.kind != "correction":
            broken.add("transfer_voucher_account")
        if ask.kind in ("gift", "voucher") and minutes < 0 and account.kind == "party":
            held = account.held(day, self.limits.give_away_after_days)
            if account.balance + minutes < held:
                broken.add("transfer_gift_from_own")
        if minutes == 0:
            broken |= {"entry_minutes", "entry_limit_low", "entry_limit_high"}
        return broken

    def _line(
        self, transfer: UUID, account: Account, minutes: int, day: date | None, broken: set[str]
    ) -> Line:
        """The entry; without a day no limits hold."""
        after = account.balance + minutes
        if day is None:
            return Line(transfer, minutes, after, None, None, None)
        low, high, leaned = self.limits.hard_low, self.limits.hard_high, None
        beyond = (minutes < 0 and after < low) or (minutes > 0 and after > high)
        wider = account.exception
        if beyond and wider is not None and wider.first <= day <= wider.last:
            leaned = wider.id
            low = low if wider.low is None else min(low, wider.low)
            high = high if wider.high is None else max(high, wider.high)
        if minutes < 0 and after < low:
            broken.add("entry_limit_low")
        if minutes > 0 and after > high:
            broken.add("entry_limit_high")
        return Line(transfer, minutes, after, low, high, leaned)
