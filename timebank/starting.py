"""What must hold before a command of an operator does anything: who signs in, and the schema."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import asyncpg

from timebank import areas
from timebank.kernel import migrate
from timebank.kernel.db import SQL_DIR, Db, prepare
from timebank.kernel.embedded import OWNER, WEB, WORK
from timebank.kernel.settings import Settings

Say = Callable[[str], None]
MIGRATING_SECONDS = 30.0
"""How long a program that is started together with `migrate` waits for it."""
MOST_APART = timedelta(hours=1)
OLDER = "The database is older than this program: run timebank migrate."


class Stopped(Exception):
    """The command does not go on, and says why."""


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[Db]:
    """A connection of its own."""
    db = await asyncpg.connect(dsn, timeout=10)
    try:
        await prepare(db)
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def ready(dsn: str) -> AsyncIterator[Db]:
    """The same, to a database whose schema is this program's. Raises SchemaTrouble, Stopped."""
    async with connected(dsn) as db:
        if await migrate.pending(db):
            raise Stopped(OLDER)
        yield db


async def demand_role(dsn: str, role: str) -> None:
    """Raises Stopped when who signs in could change books, audit or tables (then a fault of ours in
    the website would be a fault in the books), or has not the rights of `role`."""
    async with connected(dsn) as db:
        found = await db.fetchrow(
            "select rolsuper or rolbypassrls or pg_has_role(current_user, 'timebank_owner', 'usage'),"
            " pg_has_role(current_user, $1::text::name, 'usage')"
            " from pg_roles where rolname = current_user",
            role,
        )
        mighty, fits = found or (True, False)
        if mighty:
            raise Stopped(f"Sign in with a role that owns nothing: {role}.")
        if not fits:
            raise Stopped(f"Sign in as {role}: another role has other rights and limits.")


async def demand_clock(dsn: str, *, now: datetime) -> None:
    """Raises Stopped when the clocks here and in the database are more than MOST_APART apart: a
    worker that is ahead would end, expire and erase what nobody can bring back."""
    async with connected(dsn) as db:
        apart = abs(now - await db.fetchval("select clock_timestamp()"))
    if apart > MOST_APART:
        raise Stopped(
            f"The clock here and that of the database are {apart // timedelta(minutes=1)} minutes"
            " apart. Set both right (timedatectl), and start again."
        )


async def demand_owner(dsn: str) -> None:
    """Raises Stopped for anybody but the owner of the database: what migrations make belongs to who
    runs them, and a superuser would make what nobody else can read afterwards."""
    async with connected(dsn) as db:
        found = await db.fetchrow(
            "select current_user::text, current_database()::text,"
            " has_database_privilege(current_database(), 'create')"
            " and has_schema_privilege('public', 'create')"
        )
        who, database, may = found or ("", "", False)
        if who != OWNER:
            raise Stopped(f"DATABASE_URL_OWNER must sign in as {OWNER}, not as {who}.")
        if not may:
            raise Stopped(
                f"{OWNER} must own the database. Let its owner or a superuser say:"
                f' alter database "{database}" owner to {OWNER};'
            )


async def refuse_demo(settings: Settings) -> None:
    """Raises Stopped when the database holds a demo, whose passwords everybody knows."""
    async with connected(settings.database_url) as db:
        if any(community.demo for community in await communities(db)):
            raise Stopped("This database holds the demo, with passwords that everybody knows.")


async def communities(db: Db) -> list[areas.CommunityName]:
    """All communities; none in a database without a schema."""
    if not await db.fetchval("select to_regclass('public.community') is not null"):
        return []
    return await areas.communities(db)


async def demand_current_schema(dsn: str, *, say: Say, seconds: float = MIGRATING_SECONDS) -> None:
    """Wait for somebody who migrates, when all are started together.

    Raises SchemaTrouble for a database that is newer than this program, Stopped for one that is
    still older after `seconds`.
    """
    until = time.monotonic() + seconds
    told = False
    async with connected(dsn) as db:
        while await migrate.pending(db):
            if time.monotonic() > until:
                raise Stopped(OLDER)
            if not told:
                say("The database is older than this program: waiting for timebank migrate …")
                told = True
            await asyncio.sleep(0.2)


AFTER_ROLES = f"""\
The roles are there. Now, as this role or another that may, give each its password:
  alter role timebank_web password '…'; alter role timebank_work password '…';
  alter role {OWNER} password '…';
and make the database, if it is not there yet:
  create database timebank owner {OWNER} template template0 encoding 'UTF8';
Then run timebank migrate with DATABASE_URL_OWNER signing in as {OWNER}."""


async def create_roles(settings: Settings, *, say: Say) -> bool:
    """Make the roles; whether who did so is the owner, who may go on and migrate.

    Where this role may not and they are not there: say the SQL for somebody who may, and raise Stopped.
    """
    sql = (SQL_DIR / "roles.sql").read_text("utf-8")
    async with connected(settings.database_url_owner) as db:
        try:
            async with db.transaction():
                await db.execute(sql)
        except asyncpg.InsufficientPrivilegeError:
            if not await _roles_are_there(db):
                say(sql)
                raise Stopped(
                    "This role may not make roles. Let somebody who may run the lines above;"
                    " then run timebank migrate again."
                ) from None
        if await db.fetchval("select current_user::text") == OWNER:
            say("The roles are there.")
            return True
        say(AFTER_ROLES)
        return False


async def _roles_are_there(db: Db) -> bool:
    names = [OWNER, WEB, WORK, "timebank_ledger", "timebank_search"]
    if await db.fetchval("select count(*) from pg_roles where rolname = any($1)", names) < 5:
        return False
    granted: bool = await db.fetchval(
        "select bool_and(pg_has_role($1::text::name, r::name, 'member')) from unnest($2::text[]) r",
        OWNER,
        names[3:],
    )
    return granted
