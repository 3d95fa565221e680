"""Queries of what stands beside an exchange: words, talk, proposals, series, repairs."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

import msgspec

from timebank.exchanges.model import By, Proposal, Repair, Said, Thread
from timebank.exchanges.store import q
from timebank.kernel.db import Db, row, rows
from timebank.kernel.ids import new_id


async def insert_series(
    db: Db, *, community: int, id_: UUID, every: str, first_on: date, at_time: time,
    until_on: date, minutes: int, now: datetime,
) -> None:  # fmt: skip
    """A standing appointment."""
    await q.insert_series(
        db, community=community, id=id_, every=every, first_on=first_on, at_time=at_time,
        until_on=until_on, minutes=minutes, now=now,
    )  # fmt: skip


async def insert_later_dates(
    db: Db, *, community: int, first: UUID, days: Sequence[date], now: datetime
) -> None:
    """The other dates of a series, with the parties of the first."""
    ids = [new_id() for _day in days]
    await q.insert_later_dates(
        db, community=community, first=first, ids=ids, days=list(days), now=now
    )
    await q.insert_later_parties(db, community=community, first=first, ids=ids)


async def insert_words(
    db: Db, by: By, exchange: UUID, *, kind: str, words: str, now: datetime
) -> None:
    """Free text beside an exchange; nothing when there is none."""
    if words:
        await q.insert_words(
            db, community=by.community, id=new_id(), exchange=exchange, by=by.subject_id,
            hand=by.hand_id, kind=kind, words=words, now=now,
        )  # fmt: skip


async def words(db: Db, community: int, exchange: UUID) -> list[Said]:
    """Free text beside an exchange, oldest first."""
    return await rows(Said, q.words(db, community=community, exchange=exchange))


async def thread(
    db: Db, community: int, exchange: UUID, *, before: UUID | None, limit: int
) -> list[Thread]:
    """The newest messages of the talk, or the newest `before` one; oldest first."""
    asked = q.thread(db, community=community, exchange=exchange, before=before, limit=limit)
    return await rows(Thread, asked)


async def insert_proposal(
    db: Db, by: By, exchange: UUID, *, on_date: date | None, at_time: time | None, minutes: int,
    meet_at: str, every: str | None, until_on: date | None, now: datetime,
) -> UUID:  # fmt: skip
    """A new proposal in the place of an older one."""
    await q.drop_proposals(db, community=by.community, exchange=exchange, now=now)
    id_ = new_id()
    await q.insert_proposal(
        db, community=by.community, id=id_, exchange=exchange, by=by.subject_id,
        entered_by=by.hand_id, on_date=on_date, at_time=at_time, minutes=minutes, meet_at=meet_at,
        every=every, until_on=until_on, now=now,
    )  # fmt: skip
    return id_


async def drop_proposals(db: Db, community: int, exchange: UUID, now: datetime) -> None:
    """Nothing is proposed any more."""
    await q.drop_proposals(db, community=community, exchange=exchange, now=now)


async def open_proposal(db: Db, community: int, exchange: UUID) -> Proposal | None:
    """What is proposed and not yet answered."""
    return await row(Proposal, q.open_proposal(db, community=community, exchange=exchange))


async def open_proposals(db: Db, community: int, exchanges: Sequence[UUID]) -> dict[UUID, Proposal]:
    """What is proposed and not yet answered, by exchange."""
    found = await q.open_proposals(db, community=community, exchanges=list(exchanges))
    return {row["exchange_id"]: msgspec.convert(dict(row), Proposal) for row in found}


async def accept_proposal(
    db: Db, by: By, exchange: UUID, proposal: UUID, now: datetime
) -> Proposal | None:
    """A yes to the proposal somebody else made; None when it is no longer there."""
    query = q.accept_proposal(
        db, community=by.community, exchange=exchange, id=proposal, by=by.subject_id, now=now
    )
    return await row(Proposal, query)


async def insert_repair(
    db: Db, by: By, exchange: UUID, *, owner: UUID, due_on: date, now: datetime
) -> None:
    """Somebody asks to have a booking put right."""
    await q.insert_repair(
        db, community=by.community, id=new_id(), exchange=exchange, by=by.subject_id,
        hand=by.hand_id, owner=owner, due_on=due_on, now=now,
    )  # fmt: skip


async def open_repair(db: Db, community: int, exchange: UUID) -> Repair | None:
    """The request that is not settled yet."""
    return await row(Repair, q.open_repair(db, community=community, exchange=exchange))


async def settle_repair(
    db: Db, *, community: int, exchange: UUID, by: UUID, outcome: str, now: datetime
) -> UUID | None:
    """The request is answered; who had asked, or None when it was answered already."""
    found = await q.settle_repair(
        db, community=community, exchange=exchange, by=by, outcome=outcome, now=now
    )
    return found["asked_by_id"] if found else None


async def set_repair_owner(db: Db, community: int, exchange: UUID, *, owner: UUID) -> bool:
    """Who looks at the booking from now on; False when nobody asked."""
    found = await q.set_repair_owner(db, community=community, exchange=exchange, owner=owner)
    return found is not None
