"""Load the demo: found the towns, then play eighteen months, day by day, up to now."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import asyncpg
from rich.progress import Progress

from timebank import access
from timebank.demo import arrival, everyday, founding, meetings, plan, store
from timebank.demo.stage import Agenda, Town
from timebank.demo.texts import Bag, read, texts
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
    web = await open_pool(settings.database_url, size=1)
    work = await open_pool(settings.database_url_work, size=1)
    try:
        with Progress(transient=True) as progress:
            for facts in read("towns")["town"]:
                bar = progress.add_task(facts["name"], total=founding.FOUNDED_DAYS)
                town = await founding.found(settings, web, facts, now)

                def show(day: date, town: Town = town, bar: Any = bar) -> None:
                    past = founding.FOUNDED_DAYS - (town.today - day).days
                    progress.update(bar, completed=past)

                await _play(settings, town, facts, (web, work), now, hash_, show)
                progress.update(bar, completed=founding.FOUNDED_DAYS)
    finally:
        web.terminate()
        work.terminate()


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
    await upkeep.seal()
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
    needs = Bag([text for text in texts("need") if text.town == slug], town.rng)
    for meeting in plan.meetings(town.folk, town.rng, STARTING_MINUTES):
        agenda.add(town.moment(meeting.days_ago + plan.LEAD), meetings.meet(town, meeting, needs))


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
