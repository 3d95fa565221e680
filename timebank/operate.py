"""What the commands of an operator do."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from rich.progress import Progress

from timebank import (
    access,
    admin,
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
from timebank.kernel import clock, migrate, numbers
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, enter, load, names_of
from timebank.kernel.names import clean_name
from timebank.kernel.refusals import Conflict, NotFound
from timebank.kernel.settings import Settings
from timebank.kernel.text import BadText
from timebank.starting import Say, Stopped, communities, connected, demand_owner, ready

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


async def prepare_demo(settings: Settings, *, say: Say) -> None:
    """Migrate, and load the made-up towns when there is nothing yet, or only half of them.

    Raises Stopped for a database whose members the demo did not make, before anything changes there.
    """
    await demand_owner(settings.database_url_owner)
    async with connected(settings.database_url_owner) as db:
        found = await communities(db)
        if any(not community.demo for community in found):
            raise Stopped("This database has communities of real people: the demo stays out of it.")
        await migrate.migrate(settings.database_url_owner, say=say)
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


async def check(settings: Settings, *, say: Say) -> int:
    """Run every query of sql/checks.sql and sql/terms.sql in every community; how many rows should not
    be there."""
    offences = 0
    files = (load("checks"), load("terms"))
    queries = [(name, getattr(file, name)) for file in files for name in names_of(file)]
    async with ready(settings.database_url_owner) as db:
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
    async with ready(settings.database_url_owner) as db:
        async with db.transaction():
            id_, root = await areas.found_community(
                db, slug=slug, name=_name(name), hue=hue, welcome="", demo=False, now=now
            )
            await enter(db, id_)
            await hours.open_books(db, community=id_, now=now)
            for neighbourhood in neighbourhoods:
                await areas.add_neighbourhood(
                    db, community=id_, parent=root, name=_name(neighbourhood, 60), now=now
                )
        return id_


async def create_admin(
    settings: Settings, slug: str, name: str | None, email: str | None, member: str | None
) -> tuple[str, str]:
    """(member number, one-time code) of the new admin. Raises Stopped, Invalid."""
    now = clock.now()
    async with ready(settings.database_url) as db:
        id_ = await areas.community_id(db, slug)
        if id_ is None:
            raise Stopped(f"There is no community {slug!r}.")
        async with db.transaction():
            await enter(db, id_)
            if member is not None:
                party, number = await _existing(db, id_, member)
            else:
                party, number = await _new_member(db, id_, _name(name or ""), _email(email), now)
            await access.grant_role(
                db, community=id_, party=party, kind="admin", area=None, starts_on=local_date(now),
                ends_on=None, by=None, now=now,
            )  # fmt: skip
            code = await access.make_ticket(
                db, community=id_, party=party, kind="worker_code", by=None, now=now
            )
        return number, code


async def _existing(db: Db, community: int, member: str) -> tuple[UUID, str]:
    number = numbers.parse_member_number(member)
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


def _name(raw: str, limit: int = 80) -> str:
    try:
        name = clean_name(raw)
    except BadText as bad:
        raise Stopped(bad.sentence) from bad
    if not name:
        raise Stopped("A name cannot be empty.")
    if len(name) > limit:
        raise Stopped(f"A name like this has at most {limit} letters; this one has {len(name)}.")
    return name


def _email(raw: str | None) -> str | None:
    if raw is None:
        return None
    try:
        return numbers.email(raw)
    except BadText as bad:
        raise Stopped(bad.sentence) from bad


async def reindex(settings: Settings) -> None:
    """Make the search words of all posts anew, with a progress bar."""
    async with ready(settings.database_url_work) as db:
        for community in await areas.communities(db):
            with Progress() as progress:
                task = progress.add_task(community.slug, total=None)
                async with db.transaction():
                    await enter(db, community.id)
                    async for done, total in posts.reindex(db, community=community.id):
                        progress.update(task, completed=done, total=total)


async def erase_again(settings: Settings, lines: list[str], *, say: Say) -> int:
    """Erase whom a restore brought back: lines of `community|party|…`. How many cannot go yet.

    Raises Stopped for a line that says something else, before anybody is erased.
    """
    whom = [_erased(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    kept = 0
    async with ready(settings.database_url_work) as db:
        for community, party in whom:
            try:
                async with db.transaction():
                    await enter(db, community)
                    await admin.erase_again(db, community=community, party=party, now=clock.now())
                say(f"{party}: erased.")
            except NotFound:
                say(f"{party}: not there, or erased already.")
            except Conflict as waits:
                kept += 1
                say(f"{party}: not yet. {waits.sentence}")
    return kept


def _erased(number: int, line: str) -> tuple[int, UUID]:
    try:
        community, party, *_when = line.strip().split("|")
        return int(community), UUID(party)
    except ValueError:
        raise Stopped(f"Line {number} is not: number of the community|id of the member.") from None


def actor_key(settings: Settings) -> bytes:
    """Key with which the log hashes people: the same for all web processes of one installation,
    and as secret as their way into the database."""
    known = settings.database_url or settings.database_url_work
    return hashlib.sha256(b"log:" + known.encode()).digest()
