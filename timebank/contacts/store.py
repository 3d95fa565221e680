"""Queries of the contacts."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.contacts import desk_store
from timebank.contacts.model import (
    Colleague,
    Contact,
    FollowUp,
    Looking,
    Note,
    Purpose,
    Waiting,
)
from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db, load, one, row, rows

q = load("contacts")


async def insert(
    db: Db, *, community: int, id_: UUID, party: UUID, by: UUID, entered_by: UUID,
    purpose: Purpose, note: Note, owner: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """One contact; its words stand apart."""
    await q.insert_contact(
        db, community=community, id=id_, party=party, by=by, entered_by=entered_by,
        purpose=purpose, topic=note.topic, way=note.way, outcome=note.outcome, wish=note.wish,
        held_on=note.held_on, follow_up_on=note.follow_up_on, owner=owner, now=now,
    )  # fmt: skip
    if note.words or note.mood:
        await q.insert_words(db, community=community, contact=id_, words=note.words, mood=note.mood)


async def followed_up(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Whatever was to be followed up with this member is done."""
    await q.followed_up(db, community=community, party=party, now=now)


async def let_go(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Whatever was to be followed up under this member's yes is done with."""
    await q.let_go(db, community=community, party=party, now=now)


async def contacts_of(db: Db, community: int, party: UUID, limit: int) -> list[Contact]:
    """The talks with a member, the latest first."""
    return await rows(Contact, q.contacts_of(db, community=community, party=party, limit=limit))


async def due(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, limit: int
) -> list[FollowUp]:
    """Follow-ups that wait in these neighbourhoods, the oldest date first."""
    query = q.due(db, community=community, areas=list(areas), worker=worker, limit=limit)
    return await rows(FollowUp, query)


async def open_follow_up(db: Db, community: int, id_: UUID) -> Waiting:
    """A follow-up that waits. Raises NotFound."""
    return await one(Waiting, q.open_follow_up(db, community=community, id=id_))


async def hand_over(db: Db, *, community: int, id_: UUID, to: UUID) -> bool:
    """Another owner; False when it was done in the meantime."""
    return bool(await q.hand_over(db, community=community, id=id_, to=to))


async def step_aside(db: Db, *, community: int, worker: UUID, party: UUID, now: datetime) -> None:
    """From now on this worker does not look after this member."""
    await q.step_aside(db, community=community, worker=worker, party=party, now=now)


async def colleagues(
    db: Db, *, community: int, area: UUID, party: UUID, worker: UUID, today: date
) -> list[Colleague]:
    """Who else could look after this member."""
    query = q.colleagues(
        db, community=community, area=area, party=party, worker=worker, today=today
    )
    return await rows(Colleague, query)


async def reassign(db: Db, *, community: int, today: date) -> None:
    """Follow-ups of who no longer works there get another owner."""
    await q.reassign(db, community=community, today=today)


async def forget_attention(db: Db, community: int, party: UUID) -> None:
    """Everything noted under this member's yes."""
    await q.forget_attention_words(db, community=community, party=party)
    await q.forget_attention(db, community=community, party=party)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erasure: the talks with this member, and the words they wrote about others at work. That
    they spoke with somebody, and when, stays with that other member."""
    await q.forget_words(db, community=community, party=party)
    await q.forget(db, community=community, party=party)
    await q.forget_asides(db, community=community, party=party)
    await desk_store.forget(db, community=community, party=party)


async def forget_old(db: Db, community: int, before: date) -> None:
    """What is past its term."""
    await desk_store.forget_old(db, community, start_of_day(before))
    await q.forget_old_words(db, community=community, before=before)
    await q.forget_old(db, community=community, before=before)


async def looked_for(
    db: Db, *, community: int, worker: UUID, party: UUID, since: datetime
) -> Looking | None:
    """Why this worker looks at this member, as it was last said since a moment."""
    query = q.looked_for(db, community=community, worker=worker, party=party, since=since)
    return await row(Looking, query)
