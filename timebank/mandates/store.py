"""Queries of the mandates."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from timebank.kernel.db import Db, load, row, rows
from timebank.kernel.ids import new_id
from timebank.mandates.model import (
    GUARDIAN_WARNED_DAYS,
    WAITS,
    WARNED_DAYS,
    Because,
    Ended,
    Mandate,
    Wish,
)

q = load("mandates")


async def counts(
    db: Db, *, community: int, party: UUID, helper: UUID, today: date
) -> tuple[int, int]:
    """How many others help this member, and how many others this helper helps."""
    found = await q.counts(db, community=community, party=party, helper=helper, today=today)
    return found["helpers"], found["helped"]


async def insert(
    db: Db, *, community: int, party: UUID, wish: Wish, by: UUID, now: datetime
) -> UUID:
    """A new mandate, that begins after a day; its id."""
    id_ = new_id()
    await q.insert_mandate(
        db, community=community, id=id_, party=party, helper=wish.helper, kind=wish.kind,
        powers=list(wish.powers), most_minutes=wish.most_minutes, starts_at=now + WAITS,
        ends_on=wish.ends_on, way=wish.way, by=by, now=now,
    )  # fmt: skip
    return id_


async def helpers_of(db: Db, *, community: int, party: UUID, today: date) -> list[Mandate]:
    """Who may do something for this member, or may tomorrow."""
    return await rows(Mandate, q.helpers_of(db, community=community, party=party, today=today))


async def helped_by(db: Db, *, community: int, helper: UUID, today: date) -> list[Mandate]:
    """For whom this person may do something, or may tomorrow."""
    return await rows(Mandate, q.helped_by(db, community=community, helper=helper, today=today))


async def end(
    db: Db, *, community: int, id_: UUID, by: UUID | None, because: Because, now: datetime
) -> Ended | None:
    """It ends; None when it had ended."""
    query = q.end_mandate(db, community=community, id=id_, by=by, because=because, now=now)
    return await row(Ended, query)


async def end_pair(
    db: Db, *, community: int, one: UUID, other: UUID, by: UUID | None, because: Because,
    now: datetime,
) -> list[Ended]:  # fmt: skip
    """Neither of these two helps the other any more."""
    query = q.end_pair(
        db, community=community, one=one, other=other, by=by, because=because, now=now
    )
    return await rows(Ended, query)


async def end_one_way(
    db: Db, *, community: int, party: UUID, helper: UUID, by: UUID, now: datetime
) -> list[Ended]:
    """What this helper had for this member makes way for another."""
    query = q.end_one_way(
        db, community=community, party=party, helper=helper, by=by, because="replaced", now=now
    )
    return await rows(Ended, query)


async def end_all(
    db: Db, *, community: int, party: UUID, by: UUID | None, because: Because, now: datetime
) -> list[Ended]:
    """This one helps nobody any more, and nobody helps them."""
    query = q.end_all(db, community=community, party=party, by=by, because=because, now=now)
    return await rows(Ended, query)


async def end_over(db: Db, *, community: int, today: date, now: datetime) -> list[Ended]:
    """Whose last day is over."""
    return await rows(Ended, q.end_over(db, community=community, today=today, now=now))


async def warn(db: Db, *, community: int, today: date, now: datetime) -> list[dict[str, Any]]:
    """What ends soon, told from now on."""
    found = await q.warn(
        db, community=community, now=now, until=today + timedelta(days=WARNED_DAYS),
        guardian_until=today + timedelta(days=GUARDIAN_WARNED_DAYS),
    )  # fmt: skip
    return [dict(r) for r in found]


async def forget(db: Db, *, community: int, party: UUID) -> None:
    """Erasure."""
    await q.forget_mandates(db, community=community, party=party)
