"""Queries of the erasures."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.admin.store import q
from timebank.kernel.db import Db, row, rows
from timebank.kernel.ids import new_id

Way = Literal["page", "phone", "letter", "visit", "term"]


class Erasure(msgspec.Struct, frozen=True):
    """A question to be erased that waits for a second person (`starts_at` None), or runs until
    `due_on`."""

    id: UUID
    party_id: UUID
    way: Way
    asked_by_id: UUID | None
    asked_at: datetime
    second_id: UUID | None
    starts_at: datetime | None
    due_on: date | None


async def ask(
    db: Db, *, community: int, party: UUID, way: Way, by: UUID | None, second: UUID | None,
    due_on: date | None, now: datetime,
) -> UUID | None:  # fmt: skip
    """A new question; with `due_on` it runs at once. None when there is one already."""
    found: UUID | None = await q.ask_erasure(
        db, community=community, id=new_id(), party=party, way=way, by=by, second=second,
        starts_at=now if due_on else None, due_on=due_on, now=now,
    )  # fmt: skip
    return found


async def of_party(db: Db, community: int, party: UUID) -> Erasure | None:
    """The question that waits or runs for this party."""
    return await row(Erasure, q.erasure_of(db, community=community, party=party))


async def by_id(db: Db, community: int, id_: UUID) -> Erasure | None:
    """A question that waits or runs."""
    return await row(Erasure, q.erasure(db, community=community, id=id_))


async def all_open(db: Db, community: int) -> list[Erasure]:
    """All that wait or run, the oldest first."""
    return await rows(Erasure, q.erasures(db, community=community))


async def start(
    db: Db, *, community: int, id_: UUID, by: UUID, due_on: date, now: datetime
) -> bool:
    """The second person confirms; False when it is not theirs to say, or said."""
    found = await q.start_erasure(db, community=community, id=id_, by=by, due_on=due_on, now=now)
    return found is not None


async def withdraw(db: Db, *, community: int, party: UUID, now: datetime) -> bool:
    """It is taken back; False when nothing waits or runs."""
    return await q.withdraw_erasure(db, community=community, party=party, now=now) is not None


async def put_off(db: Db, *, community: int, id_: UUID, due_on: date) -> None:
    """Another day."""
    await q.put_off_erasure(db, community=community, id=id_, due_on=due_on)


async def done(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """It was done."""
    await q.erasure_done(db, community=community, id=id_, now=now)


async def withdraw_of_those_back(db: Db, *, community: int, now: datetime) -> None:
    """Who takes part again has taken it back."""
    await q.came_back(db, community=community, now=now)


async def due(db: Db, *, community: int, today: date) -> list[Erasure]:
    """Whose day has come, locked."""
    return await rows(Erasure, q.erasures_due(db, community=community, today=today))


async def long_gone(
    db: Db, *, community: int, left_before: datetime, refused_before: datetime
) -> list[UUID]:
    """Who left or was refused before these moments and is still known by name."""
    found = await q.long_gone(
        db, community=community, left_before=left_before, refused_before=refused_before
    )
    return [r["id"] for r in found]
