"""What the ledger speaks of, and its pure rules. All amounts are whole minutes."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _

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


Account: TypeAlias = UUID | Fund
"""A party (its account has the party's id) or one of the community's funds."""


Side: TypeAlias = tuple[Account, int]
"""Who, and how many minutes: positive receives hours, negative pays them."""


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


class Seal(msgspec.Struct, frozen=True):
    """A seal on the books: kept elsewhere, it proves that nothing was cut off."""

    number: int
    hash: bytes


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
