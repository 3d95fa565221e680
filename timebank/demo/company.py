"""Company: groups that meet, what people say of themselves, two neighbours who are introduced.

Chance has a source of its own here, so that the rest of a town stays as it was.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random

from timebank import contacts, gatherings, introductions, signals
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.kernel.dates import local_date

SEED = 1972
SAID_AFTER = 60
"""Who takes part for so many days may have answered the two questions."""
REGULARS = 9
LIVELY = ("hub", "connected", "sometimes", "helped")


def everywhere(town: Town) -> Iterator[tuple[datetime, Story]]:
    """What every town has: check-ins, and members who like to meet new people."""
    rng = Random(SEED)
    yes = [p for p in town.folk if p.consent == "yes" and p.role is None and not p.written]
    for person in yes:
        days_ago = rng.randint(20, 85)
        if person.active(days_ago) and person.joined - days_ago > SAID_AFTER and rng.random() < 0.4:
            yield town.moment(days_ago, "11.00"), says(town, person, rng)
    for person in yes[::2]:
        if person.active(90):
            yield town.moment(90, "15.00"), welcomes(town, person)


def south(town: Town) -> Iterator[tuple[datetime, Story]]:
    """A coffee morning with a host, and one introduction that went well and one that waits."""
    rng = Random(SEED + 1)
    samira, marijke = town.who("Samira Bouali"), town.who("Marijke van Dongen")
    near = [
        p for p in town.folk
        if p.area == samira.area and p.active(150) and p.stops == 0 and p.role is None
        and p.kind == "person" and p.life in LIVELY
    ]  # fmt: skip
    yield town.moment(150, "9.00"), meets(town, samira, marijke, rng.sample(near, REGULARS), rng)
    waiting = [p for p in near if p.consent == "yes" and not p.written]
    yield town.moment(45, "10.00"), introduces(town, samira, waiting, went_well=True)
    yield town.moment(6, "10.00"), introduces(town, samira, waiting[::-1], went_well=False)


async def says(town: Town, person: Neighbour, rng: Random) -> Story:
    """The two questions: on the page, or by phone for who is not online."""
    alone = person.life in ("seeking", "drifted")
    talks = rng.choice([0, 1, 1, 2] if alone else [1, 2, 2, 3, 3])
    hand = person if person.online else town.worker_of(person)
    await signals.check_in(
        town.db, community=town.community, party=person.id, by=hand.id,
        way="page" if person.online else "phone", talks=talks,
        wants=rng.choice(("no", "unsure") if alone else ("no", "no", "unsure", None)),
        now=town.now,
    )  # fmt: skip
    return
    yield town.now


async def welcomes(town: Town, person: Neighbour) -> Story:
    """Likes to meet new people."""
    wish = introductions.Wish("yes", hosts=person.life in ("hub", "connected"))
    await introductions.put_wish(town.db, town.viewer(person), wish, now=town.now)
    return
    yield town.now


async def meets(
    town: Town, worker: Neighbour, host: Neighbour, regulars: Sequence[Neighbour], rng: Random
) -> Story:
    """Every Tuesday; the worker types in the host's list."""
    first = local_date(town.now) + timedelta(days=(1 - local_date(town.now).weekday()) % 7)
    viewer = town.self_of(worker)
    id_ = await gatherings.start(
        town.db, viewer, gatherings.Wish(
            area_id=town.areas[worker.area], title="Koffieochtend",
            words="Koffie, een praatje, en wie wil, neemt een handwerkje mee. Kom gerust alleen.",
            meet_at="Buurthuis De Schakel", first_on=first, starts_at=time(10), host_id=host.id,
        ), now=town.now,
    )  # fmt: skip
    while True:
        yield town.at(first, "13.30")
        here = [p for p in (host, *regulars) if rng.random() < 0.7]
        found = await gatherings.kept_by(town.db, viewer, id_)
        await gatherings.keep(
            town.db, viewer, found, on_date=first, came=(), also="\n".join(p.number for p in here),
            others=rng.randint(0, 3), way="paper", now=town.now,
        )  # fmt: skip
        first += timedelta(days=7)


async def introduces(
    town: Town, worker: Neighbour, people: Sequence[Neighbour], went_well: bool
) -> Story:
    """The worker finds somebody for the first of these for whom somebody fits, and asks both by
    phone; or asks the first, and still has to ask the other."""
    viewer = town.self_of(worker)
    for one in people:
        person = await contacts.person_for(town.db, viewer, one.id)
        fitting = await introductions.suggest(town.db, viewer, person, now=town.now)
        if fitting:
            break
    else:
        return
    id_ = await introductions.choose(town.db, viewer, person, fitting[0].id, now=town.now)
    yield town.later(1, 2)
    await introductions.ask(town.db, viewer, id_, "yes", now=town.now)
    if not went_well:
        return
    yield town.later(1, 3)
    await introductions.ask(town.db, viewer, id_, "yes", now=town.now)
    yield town.later(28, 31)
    await introductions.close(town.db, viewer, id_, "met_again", now=town.now)
