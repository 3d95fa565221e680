"""Work for later: a row written in the same transaction as what it follows from.

Per community, polled; a notification is only a hint. A job that failed for good stays visible.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id
from timebank.kernel.settings import Settings

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


class Failed(msgspec.Struct, frozen=True):
    """A job that failed for good; `error` is a code, never what somebody typed."""

    id: UUID
    kind: str
    made_at: datetime
    failed_at: datetime
    tries: int
    error: str


class Errand(msgspec.Struct, frozen=True):
    """A job with what its handler needs to know."""

    community: int
    job: Job
    now: datetime
    settings: Settings


class DeadlyJob(Exception):
    """Whoever tried this job never came back: it is set aside, for somebody to look at."""


Handler = Callable[[Db, Errand], Awaitable[EmailMessage | None]]
"""Does a job inside the given transaction. A mail it returns is sent after the commit: no
transaction waits for a mail server."""

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


def refuse_deadly(job: Job) -> None:
    """Raises DeadlyJob for a job that was claimed more often than it may be tried: what ends its
    worker cannot be written down by that worker."""
    if job.tries > MAX_TRIES:
        raise DeadlyJob


async def do(db: Db, errand: Errand) -> EmailMessage | None:
    """Do one claimed job in the caller's transaction; without a mail to send it is done then.

    Raises LookupError for a kind nobody does, and what its handler raises.
    """
    handler = _HANDLERS.get(errand.job.kind)
    if handler is None:
        raise LookupError(f"nobody does jobs of kind {errand.job.kind}")
    mail = await handler(db, errand)
    if mail is None:
        await done(db, community=errand.community, job=errand.job, now=errand.now)
    return mail


async def done(db: Db, *, community: int, job: Job, now: datetime) -> None:
    """The job is finished; its payload (which may hold a code) is emptied."""
    await q.done(db, community=community, id=job.id, now=now)


async def put_off(
    db: Db, *, community: int, job: Job, error: str, now: datetime, for_good: bool = False
) -> bool:
    """After a failure: later again, with growing pauses; True when it failed for good.

    `error` is a code. `for_good`: trying again does not help.
    """
    for_good = for_good or job.tries >= MAX_TRIES
    pause = timedelta(minutes=2**job.tries)
    await q.put_off(
        db, community=community, id=job.id, error=error[:500], retry_at=now + pause,
        failed_at=now if for_good else None,
    )  # fmt: skip
    return for_good


async def failed(db: Db, community: int) -> list[Failed]:
    """Jobs that failed for good, for the admin."""
    return await rows(Failed, q.failed(db, community=community))


async def retry(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """Try a job that failed for good once more, from the start."""
    await q.retry(db, community=community, id=id_, now=now)


async def clear_old(db: Db, *, community: int, before: datetime) -> None:
    """Forget work that was done long ago."""
    await q.clear_old(db, community=community, before=before)


async def forget(db: Db, *, community: int, ids: Iterable[UUID]) -> None:
    """Erasure: no work is left that names one of these ids, also none that failed."""
    await q.forget(db, community=community, ids=[str(id_) for id_ in ids])
