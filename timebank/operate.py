"""What the commands of an operator do."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from rich.progress import Progress

from timebank import (
    access,
    areas,
    audit,
    demo,
    gatherings,
    hours,
    moderation,
    parties,
    posts,
    signals,
    worker,
)
from timebank.introductions import model as introduced
from timebank.kernel import clock, migrate
from timebank.kernel.dates import local_date
from timebank.kernel.db import SQL_DIR, Db, enter, load, names_of, prepare
from timebank.kernel.names import clean_name
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.settings import Settings
from timebank.kernel.text import BadText

Say = Callable[[str], None]
MIGRATING_SECONDS = 30.0
"""How long a program that is started together with `migrate` waits for it."""
DEMO_LOADED = "demo.loaded"
"""Stands among the chores of each made-up town once all of it is there."""

TERMS: dict[str, Any] = {
    "grace": 7,
    "said": signals.SAID_KEPT_DAYS, "told": signals.TOLD_KEPT_DAYS,
    "introduced": introduced.KEPT.days, "reported": moderation.WORDS_KEPT.days,
    "attended": gatherings.KEPT.days, "looked": audit.LOOKS_KEPT.days, "looks": audit.LOOKS,
    "worked": worker.KEPT.days,
}  # fmt: skip
"""Days that things are kept, as the daily work keeps to them; and how long that work may have rested."""


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


async def prepare_demo(settings: Settings, *, say: Say) -> None:
    """Migrate, and load the made-up towns when there is nothing yet, or only half of them.

    Raises Stopped for a database whose members the demo did not make.
    """
    await migrate.migrate(settings.database_url_owner, say=say)
    async with connected(settings.database_url_owner) as db:
        found = await areas.communities(db)
        if any(not community.demo for community in found):
            raise Stopped("This database has communities of real people: the demo stays out of it.")
        loaded = await db.fetchval("select exists (select from chore where name = $1)", DEMO_LOADED)
        if found and not loaded:
            say("De vorige keer werd het laden afgebroken. Het begint opnieuw …")
            await db.execute(
                "drop owned by timebank_owner, timebank_ledger, timebank_search cascade"
            )
            await migrate.migrate(settings.database_url_owner, say=lambda _text: None)
        if not loaded:
            await demo.load(settings, now=clock.now())
            await db.execute(
                "insert into chore (community_id, name, last_at) select id, $1, now() from community",
                DEMO_LOADED,
            )


async def refuse_mighty(dsn: str) -> None:
    """Raises Stopped when this role could change books, audit or tables: then a fault of ours in
    the website would be a fault in the books."""
    async with connected(dsn) as db:
        if await db.fetchval(
            "select rolsuper or rolbypassrls or pg_has_role(current_user, 'timebank_owner', 'usage')"
            " from pg_roles where rolname = current_user"
        ):
            raise Stopped("Sign in with a role that owns nothing: timebank_web or timebank_work.")


async def refuse_demo(settings: Settings) -> None:
    """Raises Stopped when the database holds a demo, whose passwords everybody knows."""
    async with connected(settings.database_url) as db:
        if not await db.fetchval("select to_regclass('public.community') is not null"):
            return
        if any(community.demo for community in await areas.communities(db)):
            raise Stopped("This database holds the demo, with passwords that everybody knows.")


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
                raise Stopped("The database is older than this program: run timebank migrate.")
            if not told:
                say("The database is older than this program: waiting for timebank migrate …")
                told = True
            await asyncio.sleep(0.2)


async def create_roles(settings: Settings, *, say: Say) -> None:
    """Make the roles where we may; else print the SQL for somebody who may."""
    sql = (SQL_DIR / "roles.sql").read_text("utf-8")
    db = await asyncpg.connect(settings.database_url_owner)
    try:
        async with db.transaction():
            await db.execute(sql)
        say("The roles are there. Give each its password: alter role … password …")
    except asyncpg.InsufficientPrivilegeError:
        say("This role may not make roles. Let somebody who may run this:\n\n" + sql)
    finally:
        await db.close()


async def check(settings: Settings, *, say: Say) -> int:
    """Run every query of sql/checks.sql and sql/terms.sql in every community; how many rows should not
    be there."""
    offences = 0
    files = (load("checks"), load("terms"))
    queries = [(name, getattr(file, name)) for file in files for name in names_of(file)]
    async with connected(settings.database_url_owner) as db:
        for community in await areas.communities(db):
            asked = TERMS | {"community": community.id, "today": local_date(clock.now())}
            for name, query in queries:
                found = await query(db, **asked)
                offences += len(found)
                for row in found:
                    facts = ", ".join(f"{key} {value}" for key, value in row.items())
                    say(f"{community.slug}: {name}: {facts}")
    return offences


async def create_community(
    settings: Settings, slug: str, name: str, hue: int, neighbourhoods: tuple[str, ...]
) -> int:
    """A community with its books and neighbourhoods; its id. Raises Invalid."""
    now = clock.now()
    async with connected(settings.database_url_owner) as db:
        async with db.transaction():
            id_, root = await areas.found_community(
                db, slug=slug, name=_name(name), hue=hue, welcome="", demo=False, now=now
            )
            await enter(db, id_)
            await hours.open_books(db, community=id_, now=now)
            for neighbourhood in neighbourhoods:
                await areas.add_neighbourhood(
                    db, community=id_, parent=root, name=_name(neighbourhood), now=now
                )
        return id_


async def create_admin(
    settings: Settings, slug: str, name: str | None, email: str | None, member: str | None
) -> tuple[str, str]:
    """(member number, one-time code) of the new admin. Raises Stopped, Invalid."""
    now = clock.now()
    async with connected(settings.database_url) as db:
        id_ = await areas.community_id(db, slug)
        if id_ is None:
            raise Stopped(f"There is no community {slug!r}.")
        async with db.transaction():
            await enter(db, id_)
            if member is not None:
                party, number = await _existing(db, id_, member)
            else:
                party, number = await _new_member(db, id_, _name(name or ""), email, now)
            await access.grant_role(
                db, community=id_, party=party, kind="admin", area=None, starts_on=local_date(now),
                ends_on=None, by=None, now=now,
            )  # fmt: skip
            code = await access.make_ticket(
                db, community=id_, party=party, kind="worker_code", by=None, now=now
            )
        return number, code


async def _existing(db: Db, community: int, member: str) -> tuple[UUID, str]:
    number = parse_member_number(member)
    found = await parties.by_number(db, community, number) if number else None
    if found is None or number is None or found.state not in parties.TAKING_PART:
        raise Stopped(f"There is no active member with number {member!r}.")
    return found.id, number


async def _new_member(
    db: Db, community: int, name: str, email: str | None, now: datetime
) -> tuple[UUID, str]:
    neighbourhood = next(
        (a for a in await areas.areas(db, community) if a.kind == "neighbourhood"), None
    )
    if neighbourhood is None:
        raise Stopped("This community has no neighbourhood yet.")
    details = parties.Details(
        full_name=name, call_name=name.split()[0], area_id=neighbourhood.id, email=email
    )
    party = await parties.apply(db, community=community, details=details, now=now)
    number = await parties.admit(db, community=community, party=party, by=None, now=now)
    await hours.open_account(db, community=community, party=party, booked_by=party, now=now)
    return party, number


def _name(raw: str) -> str:
    try:
        return clean_name(raw)
    except BadText as bad:
        raise Stopped(bad.sentence) from bad


async def reindex(settings: Settings) -> None:
    """Make the search words of all posts anew, with a progress bar."""
    async with connected(settings.database_url_work) as db:
        for community in await areas.communities(db):
            with Progress() as progress:
                task = progress.add_task(community.slug, total=None)
                async with db.transaction():
                    await enter(db, community.id)
                    async for done, total in posts.reindex(db, community=community.id):
                        progress.update(task, completed=done, total=total)


def actor_key(settings: Settings) -> bytes:
    """Key with which the log hashes people: the same for all web processes of one installation,
    and as secret as their way into the database."""
    known = settings.database_url or settings.database_url_work
    return hashlib.sha256(b"log:" + known.encode()).digest()
