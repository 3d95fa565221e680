"""What workers do: talks with members, and the signals that the weekly run raised."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from timebank import contacts, signals
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.demo.talk import WORDS
from timebank.kernel.dates import local_date

Begun = tuple[datetime, Story]


def talks(town: Town) -> Iterator[Begun]:
    """Talks of every day: with members who said yes, and with some who asked for help."""
    reached = [p for p in town.folk if p.consent == "yes" and p.joined > 150 and p.role is None]
    for person in town.rng.sample(reached, len(reached) // 4):
        noted = town.rng.choice(WORDS["contact"])
        yield town.moment(town.rng.randint(15, 140)), notes(town, person, noted)


def south(town: Town) -> Iterator[Begun]:
    """The talks with Bep: a visit in spring, and a call that nobody answered."""
    bep = town.who("Bep Molenaar-van Wijngaarden")
    visit = {
        "way": "visit",
        "words": "Trap is lastig sinds de zomer. Breit nog elke dag. Wil graag mensen om zich heen, "
        "geen grote groepen.",
    }
    yield town.moment(130, "10.30"), notes(town, bep, visit)
    yield town.moment(10, "9.40"), missed(town, bep, next_days=7)


async def notes(town: Town, person: Neighbour, noted: dict[str, Any]) -> Story:
    """A worker writes down what was said."""
    note = contacts.Note(heard=noted["way"], held_on=local_date(town.now), words=noted["words"])
    worker = town.self_of(town.worker_of(person))
    await signals.note_contact(town.db, worker, person.id, note, now=town.now)
    return
    yield town.now


async def missed(town: Town, person: Neighbour, next_days: int) -> Story:
    """A call that nobody answered, with the next date."""
    today = local_date(town.now)
    note = contacts.Note(
        heard="call_missed", held_on=today, follow_up_on=today + timedelta(days=next_days)
    )
    worker = town.self_of(town.worker_of(person))
    await signals.note_contact(town.db, worker, person.id, note, now=town.now)
    return
    yield town.now


async def looks_after(town: Town, worker: Neighbour) -> Story:
    """A worker goes through the signals of her neighbourhood once a week and moves some along."""
    ends: Sequence[signals.Outcome] = ["grown", "prefers", "other_help"]
    while True:
        viewer = town.self_of(worker)
        for signal in await signals.list_for(town.db, viewer, mine=True, now=town.now):
            chance = town.rng.random()
            if signal.full_name.startswith("Bep Molenaar") or chance < 0.4:
                continue
            if signal.state == "raised":
                await signals.take(town.db, viewer, signal.id, now=town.now)
            elif signal.state == "taken":
                noted = town.rng.choice(WORDS["contact"])
                note = contacts.Note(
                    heard=noted["way"], held_on=local_date(town.now), words=noted["words"]
                )
                await signals.note_contact(town.db, viewer, signal.party_id, note, now=town.now)
            elif signal.state == "contact_made" and chance < 0.7:
                due_on = local_date(town.now) + timedelta(days=14)
                await signals.make_plan(
                    town.db, viewer, signal.id, plan="introduce", due_on=due_on, now=town.now
                )
            elif signal.state in ("contact_made", "plan"):
                await signals.close(
                    town.db, viewer, signal.id, outcome=town.rng.choice(ends), now=town.now
                )
        yield town.later(6, 8)
