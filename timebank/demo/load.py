"""Load the demo: found the towns, then play eighteen months, day by day, up to now."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import asyncpg
from rich.console import Console
from rich.progress import Progress

from timebank import access
from timebank.demo import (
    arrival,
    care,
    company,
    east,
    everyday,
    founding,
    lives,
    meetings,
    plan,
    scenes,
    store,
)
from timebank.demo.stage import Agenda, Story, Town
from timebank.demo.texts import Bag, Text, read, texts
from timebank.demo.upkeep import Upkeep
from timebank.kernel.db import Pool, open_pool
from timebank.kernel.settings import Settings

PASSWORD = "samen koffie drinken"  # noqa: S105  # everybody's, in the demo; `serve` refuses it
STARTING_MINUTES = 300


async def load(settings: Settings, *, now: datetime) -> None:
    """Fill an empty, migrated database with two made-up communities, as they are at `now`.

    Everything goes through the verbs of the pages, from a fixed seed: the same `now` gives the
    same towns. Shows a progress bar.
    """
    hash_ = await access.Hasher().hash(PASSWORD)
    towns = read("towns")["town"]
    web = await open_pool(settings.database_url, size=len(towns))
    work = await open_pool(settings.database_url_work, size=len(towns))
    try:
        founded = [await founding.found(settings, web, facts, now) for facts in towns]
        with Progress(console=Console(stderr=True), transient=True) as progress:
            async with (
                asyncio.TaskGroup() as tasks
            ):  # side by side: mostly it waits for the database
                for facts, town in zip(towns, founded, strict=True):
                    show = _shown(progress, town, facts["name"])
                    tasks.create_task(_play(settings, town, facts, (web, work), now, hash_, show))
    finally:
        web.terminate()
        work.terminate()


def _shown(progress: Progress, town: Town, name: str) -> Callable[[date], None]:
    bar = progress.add_task(name, total=founding.FOUNDED_DAYS)

    def show(day: date) -> None:
        progress.update(bar, completed=founding.FOUNDED_DAYS - (town.today - day).days)

    return show


async def _play(
    settings: Settings, town: Town, facts: dict[str, Any], pools: tuple[Pool, Pool],
    now: datetime, password_hash: str, show: Callable[[date], None],
) -> None:  # fmt: skip
    web, work = pools
    agenda = Agenda(town)
    upkeep = Upkeep(town, work, settings, now)
    _write(agenda, facts["slug"], password_hash)

    async def after_day(day: date) -> None:
        await upkeep.after_day(day)
        show(day)

    await agenda.play(web, now, after_day)
    await founding.name_helpers(town, web, facts)
    await upkeep.finish()
    await _show_cast(settings, town)


def _write(agenda: Agenda, slug: str, password_hash: str) -> None:
    """All stories of a town onto its agenda."""
    town = agenda.town
    for person in town.folk:
        agenda.add(town.moment(person.joined), arrival.joins(town, person, password_hash))
    own = [text for text in texts("offer") if text.town == slug]
    bag = Bag(own, town.rng)
    for days_ago, person, text, stays in everyday.share_offers(town, bag, len(own)):
        agenda.add(town.moment(days_ago), everyday.offers(town, person, text, stays))
    for first, story in _special(town, slug):
        agenda.add(first, story)
    needs = Bag(_needs(slug)[1::2], town.rng)
    for meeting in plan.meetings(town.folk, town.rng, STARTING_MINUTES):
        agenda.add(town.moment(meeting.days_ago + plan.LEAD), meetings.meet(town, meeting, needs))


def _special(town: Town, slug: str) -> Iterator[tuple[datetime, Story]]:
    """The written stories, and what every town has."""
    yield from lives.everywhere(town, Bag(_needs(slug)[::2], town.rng))
    yield from care.talks(town)
    yield from company.everywhere(town)
    for worker in [person for person in town.folk if person.role == "worker"]:
        yield town.moment(worker.joined - 5, "9.15"), care.works(town, worker)
    if slug == "zuid":
        yield from scenes.stories(town)
        yield from lives.in_south(town)
        yield from care.south(town)
        yield from company.south(town)
    else:
        yield from east.stories(town)


def _needs(slug: str) -> list[Text]:
    return [text for text in texts("need") if text.town == slug]


async def _show_cast(settings: Settings, town: Town) -> None:
    """Who can be tried, on the sign-in page of the demo: only the owner may write that."""
    owner = await asyncpg.connect(settings.database_url_owner)
    try:
        for person in town.folk:
            if person.story:
                await store.show_on_sign_in(
                    owner, community=town.community, party=person.id, place=person.story_place,
                    story=person.story,
                )  # fmt: skip
    finally:
        await owner.close()
