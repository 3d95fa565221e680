"""The worker process: does what was written down for later, and what the calendar asks.

Polling is the truth. Each job has a transaction of its own in one community; one that fails is
tried again later with growing pauses, and one that failed for good is on the admin's page.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import asyncpg

from timebank import (
    access,
    admin,
    audit,
    exchanges,
    gatherings,
    hours,
    introductions,
    mandates,
    membership,
    moderation,
    posts,
    signals,
    vouchers,
)
from timebank.kernel import chores, mail, outbox, throttle
from timebank.kernel.chores import Chore
from timebank.kernel.db import GONE, Db, Pool, connection, open_pool, transaction
from timebank.kernel.outbox import Errand
from timebank.kernel.settings import Settings
from timebank.web.log import log_event, log_failure

POLL_SECONDS = 3.0
PATIENCE_SECONDS = 330.0
"""A little more than the five minutes the worker's role may take for one statement."""
HOUR, DAY = timedelta(minutes=55), timedelta(hours=20)
"""A little less than an hour and a day, so that a chore does not drift to a later time each day."""
KEPT = timedelta(days=30)


async def tidy(db: Db, *, community: int, now: datetime) -> None:
    """Forget what has had its time: done work, spent codes, ended sessions, old counters."""
    before = now - KEPT
    await outbox.clear_old(db, community=community, before=before)
    await throttle.clear_old(db, community=community, before=now - timedelta(days=2))
    await access.tidy(db, community=community, now=now, before=before)
    await moderation.tidy(db, community=community, now=now)
    await gatherings.forget_old(db, community=community, now=now)
    await audit.forget_old(db, community=community, now=now)


async def draw_calls(db: Db, *, community: int, now: datetime) -> None:
    """This week's calls at random, where a community wants them."""
    await signals.draw(db, community=community, now=now, seed=secrets.token_bytes(32))


CHORES = [
    Chore("hours.seal", HOUR, hours.seal),
    Chore("exchanges.chase", HOUR, exchanges.chase),
    Chore("exchanges.reassign", HOUR, exchanges.reassign),
    Chore("posts.expire", HOUR, posts.warn_and_expire),
    Chore("access.time_out", HOUR, access.time_out_all),
    Chore("membership.end_pauses", HOUR, membership.end_pauses),
    Chore("admin.erase", HOUR, admin.finish),
    Chore("membership.finish_leaving", HOUR, membership.finish_leaving),
    Chore("signals.run", DAY, signals.run),
    Chore("signals.draw", DAY, draw_calls),
    Chore("signals.reassign", HOUR, signals.reassign),
    Chore("signals.chase", HOUR, signals.chase),
    Chore("signals.quarter", DAY, signals.write_quarter),
    Chore("introductions.run", HOUR, introductions.run),
    Chore("mandates.run", HOUR, mandates.run),
    Chore("moderation.reassign", HOUR, moderation.reassign),
    Chore("membership.reassign", HOUR, membership.reassign),
    Chore("vouchers.run", HOUR, vouchers.run),
    Chore("tidy", DAY, tidy),
]


class Worker:
    """Claims and does work until it is told to stop."""

    def __init__(
        self, pool: Pool, settings: Settings, now: Callable[[], datetime],
        stop: asyncio.Event | None = None,
    ) -> None:  # fmt: skip
        self._pool = pool
        self._settings = settings
        self._now = now
        self._stop = stop or asyncio.Event()

    async def once(self) -> int:
        """Everything that is due, in all communities; how many jobs were tried."""
        now = self._now()
        for community in await chores.communities(self._pool):
            for chore in CHORES:
                await self._chore(community, chore, now)
        async with connection(self._pool) as db:
            waiting = await outbox.communities_with_work(db, now=now)
        tried = 0
        for community in waiting:
            async with transaction(self._pool, community) as db:
                jobs = await outbox.claim(db, community=community, now=now)
            for job in jobs:
                if self._stop.is_set() or self._now() - now > outbox.LEASE / 2:
                    break  # told to stop, or kept by a slow mail server: left for after the lease
                await self._job(Errand(community, job, now, self._settings))
                tried += 1
        return tried

    async def _chore(self, community: int, chore: Chore, now: datetime) -> None:
        try:
            await chores.run(self._pool, community=community, chore=chore, now=now)
        except GONE:
            raise
        except Exception as error:  # one community's trouble must not stop the others
            log_failure(request_id=f"{chore.name}:{community}", error=error)

    async def _job(self, errand: Errand) -> None:
        try:
            outbox.refuse_deadly(errand.job)
            async with transaction(self._pool, errand.community) as db:
                message = await outbox.do(db, errand)
            if message is not None:
                await mail.send(message, self._settings)
                async with transaction(self._pool, errand.community) as db:
                    await outbox.done(
                        db, community=errand.community, job=errand.job, now=errand.now
                    )
        except Exception as error:  # whatever goes wrong is kept with the job and tried again
            await self._put_off(errand, error)

    async def _put_off(self, errand: Errand, error: Exception) -> None:
        for_good = isinstance(error, mail.Refused)
        async with transaction(self._pool, errand.community) as db:
            gave_up = await outbox.put_off(
                db, community=errand.community, job=errand.job, error=_code(error),
                now=errand.now, for_good=for_good,
            )  # fmt: skip
        if gave_up:
            log_failure(request_id=f"{errand.job.kind}:{errand.job.id}", error=error)


def _code(error: Exception) -> str:
    """What went wrong without what anybody typed: the kind of error, and a refusal's number."""
    if isinstance(error, mail.Refused):
        return f"mail-refused-{error}"
    return {"NoMailServer": "no-mail-server"}.get(type(error).__name__, type(error).__name__)


async def work(
    settings: Settings, *, now: Callable[[], datetime], stop: asyncio.Event,
    after_round: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Work until `stop` is set. While the database is away it waits and tries again.

    after_round: called after each round in which the database answered.
    """
    pool = await open_pool(settings.database_url_work, size=2, patience=PATIENCE_SECONDS)
    worker = Worker(pool, settings, now, stop)
    try:
        while not stop.is_set():
            try:
                busy = await worker.once()
                after_round()
            except GONE as error:
                log_event("database_away", request_id="worker", error=type(error).__name__)
                busy = 0
            except (OSError, asyncpg.PostgresError) as error:
                log_failure(request_id="worker", error=error)
                busy = 0
            if not busy:
                await _wait(stop)
    finally:
        pool.terminate()


async def _wait(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), POLL_SECONDS)
    except TimeoutError:
        return
