"""The town that pages and bookings are measured in: the demo, served as if it were real."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import asyncpg
import msgspec

from timebank import demo
from timebank.bench.stand import SUPERUSER
from timebank.kernel import clock, migrate
from timebank.kernel.db import Db, prepare
from timebank.kernel.embedded import DATABASE, Embedded
from timebank.kernel.settings import Settings

SLUG, COMMUNITY = "zuid", 1
RESIDENT = "Annie de Vries"
q: Any = aiosql.from_path(
    Path(__file__).parent / "bench.sql", "asyncpg", mandatory_parameters=False
)


class Member(msgspec.Struct, frozen=True):
    """Somebody who can sign in."""

    id: UUID
    number: str


class Town(msgspec.Struct, frozen=True):
    """The demo's first community. `seconds`: how long loading took."""

    resident: str
    """Number of the member whose pages are asked for."""
    getters: list[Member]
    givers: list[Member]
    seconds: float


async def superuser(server: Embedded, database: str = DATABASE) -> Db:
    """A connection that may do anything, and sees every community."""
    db = await asyncpg.connect(server.dsn(SUPERUSER, database))
    await prepare(db)
    return db


@asynccontextmanager
async def in_no_hurry(server: Embedded) -> AsyncIterator[None]:
    """Counters of tries are emptied all the time: one member asks here for more pages in a minute than
    anybody may in an hour. Each request still counts, as it does in use."""
    db = await superuser(server)
    task = asyncio.create_task(_forgive(db))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await db.close()


async def _forgive(db: Db) -> None:
    while True:
        await q.forgive(db)
        await asyncio.sleep(0.2)


async def prepared(server: Embedded, settings: Settings, pairs: int) -> Town:
    """Migrated and loaded, with so many pairs of members to book between."""
    await migrate.migrate(settings.database_url_owner, say=lambda _text: None)
    began = time.perf_counter()
    await demo.load(settings, now=clock.now())
    seconds = time.perf_counter() - began
    db = await superuser(server)
    try:
        await q.be_real(db)
        found = [
            Member(row["id"], row["number"])
            async for row in q.pairs(db, community=COMMUNITY, count=2 * pairs)
        ]
        resident = await q.number_of(db, community=COMMUNITY, full_name=RESIDENT)
        await q.rules_without_limits(db, community=COMMUNITY, now=clock.now())
        await db.execute("vacuum analyze")
    finally:
        await db.close()
    return Town(resident, found[:pairs], found[pairs:], seconds)
