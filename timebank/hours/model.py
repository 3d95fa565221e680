"""What the ledger speaks of, and its pure rules. All amounts are whole minutes."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from timebank.kernel.i18n import gettext as _

DAYS_ARE_IN = ZoneInfo("Europe/Amsterdam")
MOST_MINUTES = 600_000
"""No rule and no booking goes beyond this (10,000 hours); what does is a slip of the hand."""
DAY_MINUTES = 24 * 60
"""No exchange takes longer."""


class Fund(StrEnum):
    """Accounts that belong to the community: the pot, where starting hours come from, and the hours
    on hour notes that nobody redeemed yet."""

    POT = "pot"
    ISSUE = "issue"
    VOUCHERS = "vouchers"


class Kind(StrEnum):
    """Why hours moved. `POT` is an admin's decision between the pot and members; an `ADDITION` books
    what was forgotten of an exchange. An hour note is made (`VOUCHER`) and ends once, under the key
    `voucher:{id}`: `REDEEMED`, or `RETURNED` to its maker."""

    EXCHANGE = "exchange"
    GIFT = "gift"
    START = "start"
    POT = "pot"
    CORRECTION = "correction"
    ADDITION = "addition"
    VOUCHER = "voucher"
    REDEEMED = "redeemed"
    RETURNED = "returned"


ON_PAPER = (Kind.VOUCHER, Kind.REDEEMED, Kind.RETURNED)
"""What hour notes move."""


class Level(StrEnum):
    """How far a balance is from its limits; the stop levels let hours move inwards only."""

    STOP_LOW = "stop_low"
    LOW = "low"
    FINE = "fine"
    HIGH = "high"
    STOP_HIGH = "stop_high"


Account: TypeAlias = UUID | Fund
"""A party (its account has the party's id) or one of the community's funds."""

Side: TypeAlias = tuple[Account, int]
"""Who, and how many minutes: positive receives hours, negative pays them."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a community decided about hours. `version` counts its decisions, 0: not stored yet."""

    version: int = 0
    starting_minutes: int = 300
    soft_low: int = -480
    soft_high: int = 2400
    hard_low: int = -600
    hard_high: int = 3600
    unit_minutes: int = 15
    give_away_after_days: int = 30


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """What a party has. The hard limits are those in force: the community's, or wider by a
    personal exception until `exception_ends_on`. `held_minutes` cannot be given away yet."""

    minutes: int
    soft_low: int
    soft_high: int
    hard_low: int
    hard_high: int
    exception_ends_on: date | None = None
    held_minutes: int = 0

    @property
    def level(self) -> Level:
        return level_of(self.minutes, self)

    @property
    def givable_minutes(self) -> int:
        """Minutes that may be given away: what one has, without starting hours that are held.

        Starting hours can be spent on help at once, and given away only after the community's
        term; nobody gives what they do not have.
        """
        return max(0, self.minutes - self.held_minutes)


class Room(msgspec.Struct, frozen=True):
    """Whether a booking fits. `level` is where it would bring the balance: the warning."""

    fits: bool
    level: Level
    minutes_after: int


class Posted(msgspec.Struct, frozen=True):
    """One account's side of a booking."""

    account_id: UUID
    seq: int
    minutes: int
    balance_after: int


class Booked(msgspec.Struct, frozen=True):
    """A booking. `again`: it was booked before under the same key, and this is that one."""

    transfer_id: UUID
    again: bool
    sides: tuple[Posted, ...]

    def balance_of(self, account: UUID) -> int:
        """Minutes on the account right after this booking. Raises KeyError for a stranger."""
        return {side.account_id: side.balance_after for side in self.sides}[account]


class Opened(msgspec.Struct, frozen=True):
    """A party's account. `start` is None when the community gives no starting hours, or when the
    account was there already (`again`)."""

    account_id: UUID
    again: bool
    start: Booked | None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a statement. `seq` is its place for ever; `others` are the parties opposite.

    Of a line that puts another right, `corrects_minutes` is what this party's old line said; of a
    line that was put right, `corrected_minutes` is what was taken back (the other sign) or added.
    """

    seq: int
    minutes: int
    balance_after: int
    transfer_id: UUID
    kind: Kind
    exchange_id: UUID | None
    booked_by: UUID
    booked_at: datetime
    done_on: date | None
    words: str | None
    others: list[UUID]
    with_pot: bool
    may_open: bool
    corrects: UUID | None
    corrects_minutes: int | None
    corrects_booked_at: datetime | None
    corrected_by: UUID | None
    corrected_minutes: int | None
    corrected_at: datetime | None


class Entry(msgspec.Struct, frozen=True):
    """One side of a transfer as it stands in the books; `kind` is the account's."""

    account_id: UUID
    seq: int
    minutes: int
    balance_after: int
    kind: str


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as it stands in the books."""

    id: UUID
    kind: Kind
    exchange_id: UUID | None
    booked_by: UUID
    booked_at: datetime
    done_on: date | None
    corrects: UUID | None
    words: str | None
    corrected_by: UUID | None


class Totals(msgspec.Struct, frozen=True):
    """The books in one row: the four balances, in minutes, sum to zero."""

    party_minutes: int
    pot_minutes: int
    issue_minutes: int
    voucher_minutes: int


class Exemption(msgspec.Struct, frozen=True):
    """A personal exception to the limits; None leaves a limit as the community has it."""

    id: UUID
    low: int | None
    high: int | None
    starts_on: date
    ends_on: date
    granted_by: UUID
    ended_by: UUID | None
    ended_at: datetime | None
    reason: str | None


class Seal(msgspec.Struct, frozen=True):
    """A seal on the books: kept elsewhere, it proves that nothing was cut off."""

    number: int
    hash: bytes


def day_of(moment: datetime) -> date:
    """The day a moment falls on, in Europe/Amsterdam."""
    return moment.astimezone(DAYS_ARE_IN).date()


def level_of(minutes: int, limits: Balance) -> Level:
    """Soft limits warn, hard limits stop; a limit itself belongs to what it warns of."""
    if minutes <= limits.hard_low:
        return Level.STOP_LOW
    if minutes >= limits.hard_high:
        return Level.STOP_HIGH
    if minutes <= limits.soft_low:
        return Level.LOW
    if minutes >= limits.soft_high:
        return Level.HIGH
    return Level.FINE


def room(minutes: int, balance: Balance) -> Room:
    """Whether a booking of `minutes` (negative: pays) fits, and how it leaves the balance.

    Only a booking that moves further out than a hard limit is refused. The ledger judges again
    when it books: another booking may come between.
    """
    after = balance.minutes + minutes
    too_low = minutes < 0 and after < balance.hard_low
    too_high = minutes > 0 and after > balance.hard_high
    return Room(not (too_low or too_high), level_of(after, balance), after)


def fits_unit(minutes: int, unit_minutes: int) -> bool:
    """Whether an amount is a whole number of the community's unit."""
    return minutes % unit_minutes == 0


def wrong_with(right: int, booked: int, kind: Kind, *, sides: int) -> str:
    """Why a booking of `booked` minutes cannot be put right to `right` minutes; empty when it can.
    Only of an exchange something can have been forgotten: who wants to give more, gives again."""
    if right < 0:
        return _("Vul meer dan 0 minuten in.")
    if right == booked:
        return _("Zoveel staat er al. Vul in hoeveel tijd het moest zijn.")
    if right > booked and kind != Kind.EXCHANGE:
        return _("Kies minder dan er geboekt is. Meer tijd geven kunnen buren zelf.")
    if right > DAY_MINUTES:
        return _("Dat is te lang. Meer dan 24 uur kan niet.")
    if right and sides > 2:
        return _("Deze boeking heeft meer dan twee kanten. Draai de hele boeking terug.")
    return ""


def problems_of(rules: Rules) -> dict[str, str]:
    """What is wrong with rules that an admin typed, one sentence per field; empty when fine."""
    problems = {}
    if not -MOST_MINUTES <= rules.hard_low <= rules.soft_low:
        problems["hard_low"] = _("Deze grens ligt voorbij de grens waarbij we waarschuwen.")
    if rules.soft_low > 0:
        problems["soft_low"] = _("Deze grens is 0 of minder: zoveel mag iemand meer krijgen.")
    if not rules.soft_high <= rules.hard_high <= MOST_MINUTES:
        problems["hard_high"] = _("Deze grens ligt voorbij de grens waarbij we waarschuwen.")
    if rules.soft_high < 0:
        problems["soft_high"] = _("Deze grens is 0 of meer: zoveel mag iemand meer geven.")
    if not 0 <= rules.starting_minutes <= max(0, rules.hard_high):
        problems["starting_minutes"] = _("Kies een tijd van 0 tot en met de bovenste grens.")
    if rules.unit_minutes not in (1, 5, 10, 15, 30, 60):
        problems["unit_minutes"] = _("Kies 1, 5, 10, 15, 30 of 60 minuten.")
    if not 0 <= rules.give_away_after_days <= 3650:
        problems["give_away_after_days"] = _("Kies een aantal dagen van 0 tot en met 3650.")
    return problems
