"""A ledger of its own to test with: a database copy, and the roles that use it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from tests.databases import SUPERUSER
from timebank import hours
from timebank.kernel.db import SQL_DIR, Db, enter, load, names_of
from timebank.kernel.embedded import EXTENSIONS, OWNER, WEB, WORK, Embedded
from timebank.kernel.ids import new_id

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MIGRATIONS = SQL_DIR / "migrations"
LEDGER_FILE = "0007_hours.sql"
CHECKS = [name for name in names_of(load("checks")) if name.startswith("hours_")]
_communities = count(1)
_databases = count(1)


def ledger_sql() -> str:
    """The source of the ledger, as it is or to be broken on purpose."""
    return (MIGRATIONS / LEDGER_FILE).read_text("utf-8")


async def make_database(cluster: Embedded, name: str, sql: list[str], template: str) -> str:
    """A database named `name` (with a number), made from `template` by running `sql`."""
    name = f"{name}_{next(_databases)}"
    admin = await asyncpg.connect(cluster.dsn(OWNER, "postgres"))
    try:
        await admin.execute(f"create database {name} template {template}")
    finally:
        await admin.close()
    owner = await asyncpg.connect(cluster.dsn(OWNER, name))
    try:
        for text in sql:
            async with owner.transaction():
                await owner.execute(text)
    finally:
        await owner.close()
    return name


def sql_below_the_ledger() -> list[str]:
    """Extensions and migrations that the ledger stands on."""
    wanted = [f"create extension {name}" for name in EXTENSIONS]
    below = sorted(p for p in MIGRATIONS.glob("*.sql") if p.name < LEDGER_FILE)
    return wanted + [path.read_text("utf-8") for path in below]


async def make_community(
    owner: Db, web: Db, parties: int, rules: hours.Rules, now: datetime = NOW
) -> tuple[int, list[UUID]]:
    """A community with open books and parties that have no account yet."""
    community = next(_communities)
    people = sorted(new_id() for _ in range(parties))
    await owner.execute(
        "insert into community (id, slug, name, created_at) values ($1, $2, 'Zuid', $3)",
        community,
        f"zuid-{community}",
        now,
    )
    await owner.executemany(
        "insert into party (community_id, id, kind, state, state_at, applied_at)"
        " values ($1, $2, 'person', 'active', $3, $3)",
        [(community, person, now) for person in people],
    )
    async with web.transaction():
        await enter(web, community)
        await hours.open_books(web, community=community, now=now, rules=rules)
    return community, people


async def offences(owner: Db, community: int) -> dict[str, list[dict[str, Any]]]:
    """What the checks of the ledger find, by name; empty when all is well."""
    checks = load("checks")
    found = {}
    for name in CHECKS:
        if rows := await getattr(checks, name)(owner, community=community):
            found[name] = [dict(row) for row in rows]
    return found


class Books:
    """Drives one database from code that is not async (a hypothesis machine)."""

    def __init__(self, cluster: Embedded, database: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.web, self.work, self.owner, self.superuser = (
            self.run(asyncpg.connect(cluster.dsn(role, database)))
            for role in (WEB, WORK, OWNER, SUPERUSER)
        )

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def within(self, db: Db, community: int, act: Callable[[Db], Awaitable[T]]) -> T:
        """Do something in a transaction of its own in one community."""

        async def do() -> T:
            async with db.transaction():
                await enter(db, community)
                return await act(db)

        return self.run(do())

    def close(self) -> None:
        for db in (self.web, self.work, self.owner, self.superuser):
            self.run(db.close())
        self.loop.close()
