"""Other points for the signal of a community: an operator shows what would change, an admin decides.

A command and no page: it happens once in years, and whoever does it has read the replay first.
"""

from datetime import datetime
from uuid import UUID

from timebank import access, areas, parties, signals
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, enter
from timebank.kernel.embedded_files import Say
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.settings import Settings
from timebank.starting import Stopped, ready

FEWEST = 5
"""Below it a count of people is not told."""


def count_of(people: int) -> str:
    """How many people, where it may be said."""
    return str(people) if people >= FEWEST else f"<{FEWEST}"


async def points(
    settings: Settings, slug: str, version: int | None, member: str | None, *,
    now: datetime, say: Say,
) -> None:  # fmt: skip
    """Say which points there are; with a version what it would change; with the number of an admin go
    over to it. Raises Stopped."""
    async with ready(settings.database_url_work) as db:
        community = await areas.community_id(db, slug)
        if community is None:
            raise Stopped(f"There is no community {slug!r}.")
        async with db.transaction():
            await enter(db, community)
            await _points(db, community, version, member, now, say)


async def _points(
    db: Db, community: int, version: int | None, member: str | None, now: datetime, say: Say
) -> None:
    known = {found.version: found for found in signals.versions()}
    if version is None:
        current = await signals.version(db, community)
        for number, found in known.items():
            say(f"{number}{' (now)' if number == current else ''}: {found.why}")
        return
    if version not in known:
        raise Stopped(f"There is no version {version} of the points.")
    if member is None:
        found_now = await signals.replay(db, community=community, version=version, now=now)
    else:
        by = await _admin(db, community, member, now)
        found_now = await signals.decide(db, community=community, version=version, by=by, now=now)
    say(
        f"From version {found_now.before} to {version}: {count_of(found_now.come)} members would"
        f" come, {count_of(found_now.go)} would go, {count_of(found_now.stay)} would stay."
    )
    say("Nothing was changed." if member is None else "Decided. The next run goes by it.")


async def _admin(db: Db, community: int, member: str, now: datetime) -> UUID:
    number = parse_member_number(member)
    found = await parties.by_number(db, community, number) if number else None
    today = local_date(now)
    if found is None or found.id not in await access.admins(db, community=community, today=today):
        raise Stopped(f"{member!r} is not the number of an admin.")
    return found.id


__all__ = ["Stopped", "count_of", "points"]
