"""Work for later: a row written in the same transaction as what it follows from.

Per community, polled; a notification is only a hint. A job that failed for good stays visible.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id

MAX_TRIES = 6
LEASE = timedelta(minutes=5)
"""A claimed job that nobody finished within this time is tried again: its worker died."""

q = load("outbox")


class Job(msgspec.Struct, frozen=True):
    """One piece of work. `tries` counts this one too."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    tries: int


Handler = Callable[[Db, int, Job, datetime], Awaitable[None]]
"""Does a job of one kind inside the given transaction: (db, community, job, now)."""

_HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Marks the function that does jobs of this kind."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        return handler

    return register


async def put(
    db: Db, *, community: int, kind: str, payload: dict[str, Any], now: datetime,
    due_at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Write down work for later; it exists only if the transaction commits."""
    job_id = new_id()
    await q.put(
        db, community=community, id=job_id, kind=kind, payload=payload, now=now,
        due_at=due_at or now,
    )  # fmt: skip
    return job_id


async def communities_with_work(db: Db, *, now: datetime) -> list[int]:
    """Communities that have due work, the longest waiting first; takes no locks."""
    return [r["community_id"] for r in await q.communities_with_work(db, now=now)]


async def claim(db: Db, *, community: int, now: datetime, limit: int = 20) -> list[Job]:
    """Take due jobs; nobody else gets them until the lease is over."""
    query = q.claim(db, community=community, now=now, retry_at=now + LEASE, limit=limit)
    return await rows(Job, query)


async def do(db: Db, *, community: int, job: Job, now: datetime) -> None:
    """Do one claimed job and mark it done, in the caller's transaction."""
    handler = _HANDLERS.get(job.kind)
    if handler is None:
        raise LookupError(f"nobody does jobs of kind {job.kind}")
    await handler(db, community, job, now)
    await q.done(db, community=community, id=job.id, now=now)


async def put_off(db: Db, *, community: int, job: Job, error: str, now: datetime) -> bool:
    """After a failure: later again, with growing pauses; True when it failed for good."""
    for_good = job.tries >= MAX_TRIES
    pause = timedelta(minutes=2**job.tries)
    await q.put_off(
        db, community=community, id=job.id, error=error[:500], retry_at=now + pause,
        failed_at=now if for_good else None,
    )  # fmt: skip
    return for_good
