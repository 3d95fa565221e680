"""Migrations: numbered .sql files, forward only, one transaction each, by one process at a time."""

import asyncio
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import asyncpg
import msgspec

from timebank.kernel.db import SQL_DIR, Db

_LOCK = 0x74696A64
"""Number of the advisory lock that lets one process migrate: the only such lock there is."""
TURNS = 20


class SchemaTrouble(Exception):
    """The migrations on disk and those in the database do not fit together."""


class Migration(msgspec.Struct, frozen=True):
    """One numbered file: `name` as on disk, `checksum` of its text."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def on_disk(folder: Path = SQL_DIR / "migrations") -> list[Migration]:
    """All migrations, in order. Raises SchemaTrouble when numbers are missing or doubled."""
    files = sorted(folder.glob("*.sql"))
    numbers = [path.name[:4] for path in files]
    if numbers != [f"{n:04}" for n in range(1, len(files) + 1)]:
        raise SchemaTrouble(f"migrations are not numbered 0001, 0002, …: {', '.join(numbers)}")
    return [Migration(path.name, path.read_text("utf-8")) for path in files]


async def _applied(db: Db) -> dict[str, str]:
    if await db.fetchval("select to_regclass('public.migration') is null"):
        return {}
    return {
        r["name"]: r["checksum"] for r in await db.fetch("select name, checksum from migration")
    }


def _pending(disk: list[Migration], applied: dict[str, str]) -> list[Migration]:
    unknown = sorted(set(applied) - {m.name for m in disk})
    if unknown:
        raise SchemaTrouble(
            f"the database is newer than this program: it has {', '.join(unknown)}."
            " Start the program that made it so."
        )
    edited = [m.name for m in disk if m.name in applied and applied[m.name] != m.checksum]
    if edited:
        raise SchemaTrouble(f"migrations were edited after they ran: {', '.join(edited)}")
    return [m for m in disk if m.name not in applied]


async def pending(db: Db) -> list[str]:
    """Names of the migrations that this database still needs. Raises SchemaTrouble."""
    return [m.name for m in _pending(on_disk(), await _applied(db))]


@cache
def _ours() -> dict[str, str]:
    """What this program was started with, whatever is put in its folder later."""
    return {m.name: m.checksum for m in on_disk()}


async def is_current(db: Db) -> bool:
    """Whether this program and the database have exactly the same migrations."""
    return await _applied(db) == _ours()


async def migrate(dsn: str, *, say: Callable[[str], None] = print) -> list[str]:
    """Bring the database at `dsn` (the owner's) up to date; names of the migrations that ran.

    Raises SchemaTrouble. Other processes that migrate meanwhile wait, and say so.
    """
    db = await asyncpg.connect(dsn)
    try:
        await db.execute("set lock_timeout = 0")
        if not await db.fetchval("select pg_try_advisory_lock($1)", _LOCK):
            say("another process is migrating: waiting for it …")
            await db.execute("select pg_advisory_lock($1)", _LOCK)
        await db.execute("set lock_timeout = '2s'")
        todo = _pending(on_disk(), await _applied(db))
        for number, migration in enumerate(todo, 1):
            say(f"migration {number} of {len(todo)}: {migration.name}")
            await _run_between_others(db, migration, say)
        return [m.name for m in todo]
    finally:
        await db.close()


async def _run_between_others(db: Db, migration: Migration, say: Callable[[str], None]) -> None:
    """A table that is in use is waited for two seconds at a time, so that those who come after us
    do not queue behind us for long. Raises LockNotAvailableError after TURNS of these."""
    for turn in range(1, TURNS + 1):
        try:
            return await _run(db, migration)
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            if turn == TURNS:
                raise
        say("somebody uses what must be changed: once more …")
        await asyncio.sleep(0.5)


async def _run(db: Db, migration: Migration) -> None:
    async with db.transaction():
        if await db.fetchval("select count(*) from pg_extension where extname = 'citus'"):
            await db.execute("set local citus.multi_shard_modify_mode = 'sequential'")
        await db.execute(migration.sql)
        await db.execute(
            "insert into migration (name, checksum) values ($1, $2)",
            migration.name,
            migration.checksum,
        )
