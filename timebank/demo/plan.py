"""Who meets whom in eighteen months: drawn from how people take part. Pure, no I/O."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from timebank.demo.people import Life, Neighbour

GETS: dict[Life, float] = {
    "hub": 7, "connected": 5, "sometimes": 1.6, "helped": 6, "drifted": 5, "helper": 0,
}  # fmt: skip
"""How often somebody is helped in a year."""
GIVES: dict[Life, float] = {
    "hub": 15, "connected": 4.5, "sometimes": 1.3, "helper": 6, "drifted": 4, "helped": 0,
}  # fmt: skip
"""How likely somebody is to be the one who helps."""
LOWEST, HIGHEST = -420, 2100
"""Balances (minutes) that the plan keeps away from: well within the community's limits."""
LENGTHS = [30, 45, 60, 60, 60, 90, 90, 120, 120, 180]
FIRST_DAY = 520
LEAD = 7
"""A meeting begins so many days earlier, with a question."""


@dataclass(frozen=True)
class Meeting:
    """One neighbour helps another, about so many days before now (below zero: still to come)."""

    giver: Neighbour
    getter: Neighbour
    days_ago: int
    minutes: int


class Book:
    """What the plan knows so far: balances, and who met whom."""

    def __init__(self, starting_minutes: int) -> None:
        self._balance: dict[str, int] = defaultdict(lambda: starting_minutes)
        self._met: dict[str, list[Neighbour]] = defaultdict(list)

    def fits(self, giver: Neighbour, getter: Neighbour, minutes: int) -> bool:
        """Whether neither comes near a limit."""
        low = self._balance[getter.full_name] - minutes
        high = self._balance[giver.full_name] + minutes
        return low >= LOWEST and high <= HIGHEST

    def note(self, meeting: Meeting) -> None:
        """It will happen."""
        self._balance[meeting.giver.full_name] += meeting.minutes
        self._balance[meeting.getter.full_name] -= meeting.minutes
        self._met[meeting.getter.full_name].append(meeting.giver)

    def helped_before(self, getter: Neighbour) -> list[Neighbour]:
        """Who helped this neighbour already."""
        return self._met[getter.full_name]


def meetings(folk: Sequence[Neighbour], rng: Random, starting_minutes: int) -> list[Meeting]:
    """All meetings, oldest first; the last ones are still on their way today."""
    book = Book(starting_minutes)
    found = []
    for days_ago in range(FIRST_DAY, -8, -1):
        for getter in folk:
            yearly = GETS.get(getter.life, 0)
            if getter.active(days_ago + LEAD) and rng.random() < yearly / 365:
                meeting = _meeting(folk, book, getter, days_ago, rng)
                if meeting is not None:
                    book.note(meeting)
                    found.append(meeting)
    return found


def _meeting(
    folk: Sequence[Neighbour], book: Book, getter: Neighbour, days_ago: int, rng: Random
) -> Meeting | None:
    minutes = rng.choice(LENGTHS)
    givers = [
        giver for giver in folk
        if giver is not getter and GIVES.get(giver.life, 0) and giver.active(days_ago + LEAD)
        and book.fits(giver, getter, minutes)
    ]  # fmt: skip
    known = [giver for giver in book.helped_before(getter) if giver in givers]
    if known and rng.random() < 0.35:
        return Meeting(rng.choice(known), getter, days_ago, minutes)
    if not givers:
        return None
    weights = [GIVES[g.life] * (3 if g.area == getter.area else 1) for g in givers]
    return Meeting(rng.choices(givers, weights)[0], getter, days_ago, minutes)
