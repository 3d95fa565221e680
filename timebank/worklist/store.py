"""Queries of the work list."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, rows
from timebank.worklist.model import Drain

q = load("worklist")
BLIND_DAYS = 28
"""A call by chance that nobody judged in so long is let go."""


class Unwatched(msgspec.Struct, frozen=True):
    """A neighbourhood without a worker."""

    id: UUID
    name: str


class OpenPost(msgspec.Struct, frozen=True):
    """What a member asks or offers now. `replies`: how many neighbours answered."""

    id: UUID
    title: str
    direction: Literal["offer", "need"]
    together: bool
    language: str
    created_at: datetime
    replies: int


class Unanswered(msgspec.Struct, frozen=True):
    """A need that nobody answered, with who asks."""

    id: UUID
    title: str
    language: str
    opened_on: date
    party_id: UUID
    area_id: UUID
    call_name: str
    full_name: str
    number: str


class NotStarted(msgspec.Struct, frozen=True):
    """A member of some weeks who agreed on nothing yet."""

    party_id: UUID
    area_id: UUID
    call_name: str
    full_name: str
    number: str
    since_on: date


async def areas_without_worker(db: Db, community: int, today: date) -> list[Unwatched]:
    """Neighbourhoods with members and nobody who watches over them today."""
    return await rows(Unwatched, q.areas_without_worker(db, community=community, today=today))


async def posts_of(db: Db, community: int, party: UUID) -> list[OpenPost]:
    """What a member asks and offers now."""
    return await rows(OpenPost, q.posts_of(db, community=community, party=party))


async def needs_without_reply(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID | None, before: datetime,
    today: date, limit: int,
) -> list[Unanswered]:  # fmt: skip
    """Needs that opened before a moment and nobody answered, the oldest first. `worker`: without their
    own, and without those of whom they stepped aside for."""
    query = q.needs_without_reply(
        db, community=community, areas=list(areas), worker=worker, before=before, today=today,
        limit=limit,
    )  # fmt: skip
    return await rows(Unanswered, query)


async def waits_with(db: Db, community: int, worker: UUID, area: UUID) -> bool:
    """Whether anything waits with this worker in this neighbourhood."""
    return bool(await q.waits_with(db, community=community, worker=worker, area=area))


async def drained(
    db: Db, *, community: int, areas: Sequence[UUID], now: datetime, since: datetime
) -> list[Drain]:
    """Members of these neighbourhoods a third of whose time went to one helper since a moment, and whom
    no worker spoke with after that."""
    query = q.drained(db, community=community, areas=list(areas), now=now, since=since)
    return await rows(Drain, query)


async def not_started(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, since: datetime, until: datetime,
    today: date, each: int,
) -> list[NotStarted]:  # fmt: skip
    """Members admitted between two moments who agreed on nothing, `each` of every neighbourhood."""
    query = q.not_started(
        db, community=community, areas=list(areas), worker=worker, since=since, until=until,
        today=today, each=each, blind_since=today - timedelta(days=BLIND_DAYS),
    )  # fmt: skip
    return await rows(NotStarted, query)


async def silent(
    db: Db, *, community: int, areas: Sequence[UUID], since: datetime, lately: date, today: date
) -> int:
    """How many members admitted before `since` met nobody after `lately` and seek nobody."""
    found: int = await q.silent(
        db, community=community, areas=list(areas), since=since, lately=lately, today=today
    )
    return found
