"""The steps between two neighbours, each as the pages take them."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID

from timebank import exchanges, messages, posts
from timebank.demo.people import Neighbour
from timebank.demo.stage import Town
from timebank.demo.texts import read
from timebank.exchanges import By, Exchange, Plan
from timebank.kernel.dates import local_date

WORDS = read("talk")


def line(town: Town, kind: str, me: Neighbour, you: Neighbour) -> str:
    """A sentence of this kind from one neighbour to another."""
    lines: Sequence[str] = WORDS[kind]
    return town.rng.choice(lines).format(me=me.call_name, you=you.call_name)


def by(town: Town, person: Neighbour) -> By:
    """The one who acts."""
    return By.viewer(town.viewer(person))


async def posts_it(town: Town, person: Neighbour, wish: posts.Wish) -> UUID:
    """A new post; its id."""
    return await posts.publish(town.db, town.viewer(person), wish, now=town.now)


async def answers(town: Town, me: Neighbour, post: UUID, words: str) -> UUID:
    """Answer a post; the id of the talk."""
    viewer = town.viewer(me)
    found = await posts.post_for(town.db, viewer, post, now=town.now)
    return await messages.reply(town.db, viewer, found, words, now=town.now)


async def says(town: Town, me: Neighbour, talk: UUID, words: str) -> None:
    """One more message."""
    await messages.write(town.db, town.viewer(me), talk, words, now=town.now)


async def seen(town: Town, me: Neighbour, talk: UUID) -> Exchange:
    """The appointment as its page shows it."""
    return await exchanges.for_party(town.db, by(town, me), talk)


async def proposes(town: Town, me: Neighbour, talk: UUID, plan: Plan) -> UUID:
    """A day and how long; the proposal's id."""
    return await exchanges.propose(town.db, by(town, me), talk, plan, now=town.now)


async def agrees(town: Town, me: Neighbour, talk: UUID, proposal: UUID) -> None:
    """Yes to that day."""
    await exchanges.agree(town.db, by(town, me), talk, proposal=proposal, now=town.now)


async def done(
    town: Town, me: Neighbour, talk: UUID, minutes: int, on: date, thanks: str = ""
) -> None:
    """It was done and took so long."""
    await exchanges.say_done(
        town.db, by(town, me), talk, minutes=minutes, done_on=on, thanks=thanks, now=town.now
    )


async def says_yes(town: Town, me: Neighbour, talk: UUID) -> None:
    """Yes to the minutes on the page."""
    found = await seen(town, me, talk)
    await exchanges.confirm(
        town.db, by(town, me), talk, minutes=found.on_the_table or 0, round_=found.round,
        now=town.now,
    )  # fmt: skip


async def says_other(
    town: Town, me: Neighbour, talk: UUID, minutes: int | None, words: str
) -> None:
    """No, it was different."""
    found = await seen(town, me, talk)
    await exchanges.disagree(
        town.db, by(town, me), talk, minutes=minutes, words=words, round_=found.round,
        now=town.now,
    )  # fmt: skip


def a_day(town: Town, minutes: int, where: str = "") -> Plan:
    """A day within a week and a half, at a usual hour."""
    day = local_date(town.now) + timedelta(days=town.rng.randint(1, 9))
    clock = time(town.rng.randint(9, 16), town.rng.choice([0, 0, 0, 30]))
    return Plan(minutes=minutes, on_date=day, at_time=clock, meet_at=where)
