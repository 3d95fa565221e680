"""What workers do: talks with members, and the signals that the weekly run raised."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from timebank import contacts, exchanges, signals
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.demo.talk import WORDS
from timebank.kernel.dates import local_date
from timebank.web.viewer import Viewer

Begun = tuple[datetime, Story]
ENDS: Sequence[signals.Outcome] = ("grown", "prefers", "other_help")


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


async def works(town: Town, worker: Neighbour) -> Story:
    """Once a week a worker goes through what is stuck, and through the signals."""
    while True:
        yield town.later(6, 8)
        viewer = town.self_of(worker)
        await _unstick(town, viewer)
        for signal in await signals.list_for(town.db, viewer, now=town.now):
            patient = town.rng.random() < 0.4 or signal.full_name.startswith("Bep Molenaar")
            if signal.owner_id == viewer.party_id and not patient:
                await _moves_along(town, viewer, signal)


async def _unstick(town: Town, viewer: Viewer) -> None:
    """What lies with this worker for a while is settled: both were called."""
    stuck = await exchanges.stuck(
        town.db, community=town.community, areas=viewer.worker_areas, today=local_date(town.now)
    )
    for found in stuck:
        fresh = found.due_on is None or found.due_on > local_date(town.now)
        if fresh or found.next_action == "settle" or found.side(viewer.party_id):
            continue
        if found.state == "done":
            await exchanges.settle(
                town.db, viewer, found.id, minutes=found.on_the_table or 0, round_=found.round,
                words="Gebeld met allebei. De tijd klopt, het was gewoon vergeten.", now=town.now,
            )  # fmt: skip
        else:
            await exchanges.settle_without(
                town.db, viewer, found.id, reason="came_to_nothing", now=town.now,
                words="Gebeld met allebei. Het kwam er niet van, en dat is niet erg.",
            )  # fmt: skip


async def _moves_along(town: Town, viewer: Viewer, signal: signals.Signal) -> None:
    """The next step of a signal: taken, spoken, planned, closed."""
    today = local_date(town.now)
    if signal.state == "raised":
        await signals.take(town.db, viewer, signal.id, now=town.now)
    elif signal.state == "taken":
        noted = town.rng.choice(WORDS["contact"])
        note = contacts.Note(heard=noted["way"], held_on=today, words=noted["words"])
        await signals.note_contact(town.db, viewer, signal.party_id, note, now=town.now)
    elif signal.state == "contact_made" and town.rng.random() < 0.6:
        await signals.make_plan(
            town.db, viewer, signal.id, plan="introduce", due_on=today + timedelta(days=14),
            now=town.now,
        )  # fmt: skip
    elif signal.state in ("contact_made", "plan"):
        outcome = town.rng.choice(ENDS)
        await signals.close(town.db, viewer, signal.id, outcome=outcome, now=town.now)
