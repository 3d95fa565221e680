"""The ledger: integer minutes, transfers that sum to zero, append-only, sealed.

Other slices import this and nothing deeper.
"""

from datetime import datetime
from uuid import UUID

from timebank.hours import store, told, wording
from timebank.hours.actions import book, correct, give, open_account, open_books, seal
from timebank.hours.limits import end_exception, grant_exception, set_rules
from timebank.hours.limits_model import (
    Balance,
    Exemption,
    Level,
    Room,
    Rules,
    problems_of,
    room,
)
from timebank.hours.model import (
    MOST_MINUTES,
    ON_PAPER,
    Account,
    Booked,
    Entry,
    Fund,
    Kind,
    Line,
    Opened,
    Seal,
    Side,
    Totals,
    Transfer,
    wrong_with,
)
from timebank.hours.store import forget
from timebank.hours.wording import balance_title
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db

__all__ = [
    "MOST_MINUTES",
    "ON_PAPER",
    "Account",
    "Balance",
    "Booked",
    "Fund",
    "Kind",
    "Level",
    "Line",
    "Opened",
    "Room",
    "Rules",
    "Seal",
    "Side",
    "Totals",
    "Transfer",
    "balance",
    "balance_title",
    "book",
    "correct",
    "end_exception",
    "entries",
    "exceptions",
    "forget",
    "give",
    "grant_exception",
    "open_account",
    "open_books",
    "problems_of",
    "room",
    "rules",
    "seal",
    "set_rules",
    "statement",
    "told",
    "totals",
    "transfer",
    "transfer_of_exchange",
    "vouchers_of",
    "wording",
    "wrong_with",
]


async def rules(db: Db, *, community: int) -> Rules:
    """The rules for hours in force. Raises NotFound when the books are not open."""
    return await store.rules(db, community)


async def balance(db: Db, *, community: int, party: UUID, now: datetime) -> Balance:
    """What a party has and the limits in force at `now`. Raises NotFound without an account."""
    return await store.balance(db, community, party, local_date(now))


async def statement(
    db: Db, *, community: int, party: UUID, before: int | None = None, limit: int = 30
) -> list[Line]:
    """At most `limit` lines, newest first; `before` is the `seq` of the last line seen."""
    return await store.statement(db, community, party, before, limit)


async def vouchers_of(db: Db, *, community: int, lines: list[Line]) -> dict[UUID, list[str]]:
    """Numbers of the hour notes that these lines are about, by transfer: for `wording.row`."""
    return await store.vouchers_of(db, community, lines)


async def transfer(db: Db, *, community: int, transfer: UUID) -> Transfer:
    """One booking. Raises NotFound."""
    return await store.transfer(db, community, transfer)


async def transfer_of_exchange(db: Db, *, community: int, exchange: UUID) -> UUID | None:
    """The booking of an exchange (not a correction of it), if there is one."""
    return await store.transfer_of_exchange(db, community, exchange)


async def entries(db: Db, *, community: int, transfer: UUID) -> list[Entry]:
    """The sides of a booking, by ascending account; empty when it does not exist."""
    return await store.entries(db, community, transfer)


async def totals(db: Db, *, community: int) -> Totals:
    """The community's books in one row."""
    return await store.totals(db, community)


async def exceptions(db: Db, *, community: int, party: UUID) -> list[Exemption]:
    """A party's exceptions to the limits, newest first, ended ones too."""
    return await store.exceptions(db, community, party)
