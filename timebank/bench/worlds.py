"""Simulated neighbourhoods with people who grow isolated: who lives there, and what the truth is.

They know nothing of the rule that is measured on them. People live (lives.py), and what a platform would
have seen of it is written down. What confuses such rules is in it: people with a rich life elsewhere,
members who never took part, group-goers, steady pairs, people away, volunteers who meet only staff, late
and missing records, members reached by phone only, isolated people who stay silent.

The numbers come from what is known of real time banks: 0.03 to 2.5 exchanges for each member in a year in
the middle half of them, a third of the members inactive and two in five of those over 75, isolation
about one in ten; and for evidence from how often a reason was seen in busy neighbourhoods and how often
it was right (two needs without an answer: 1.4 % of members, half of them isolated).
"""

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Literal

import msgspec

Level = Literal["quiet", "middle", "busy"]
LEVELS: dict[Level, float] = {"quiet": 0.6, "middle": 1.7, "busy": 4.0}
"""Exchanges for each member in a year."""
AREAS, STAFF, ORGANISATIONS = 4, 6, 2
BURN_IN = 60
"""Weeks that were lived before week 0."""
OLD = 8
"""The age band of 75 and over; the first is under 25, each next one ten years (the sixth five)."""
AGES = [5, 11, 13, 14, 15, 10, 17, 15]
ISOLATED_WEEKS = 8
"""Isolated is who has been so for so many weeks."""


class Person(msgspec.Struct):
    """One simulated member, with what stays the same in a life. `energy`: how much somebody takes part,
    1 on average; `company`: the chance in a week to be at a group."""

    id: int
    joined: int
    area: int
    x: float
    y: float
    age_band: int
    lang: int
    channel: str
    kind: str = "member"
    energy: float = 1.0
    company: float = 0.0
    partner: int = -1
    """With whom a steady pair does nearly everything."""
    helps_staff: bool = False
    rich_outside: bool = False
    since: int | None = None
    """The week from which on she is isolated, as long as she is."""
    seeks: bool = False
    leans: str = ""
    """On whom an isolated person leans: one, staff or nobody."""
    away_until: int = -(10**6)
    friends: list[int] = msgspec.field(default_factory=list)


class Town(msgspec.Struct):
    """What the platform saw, row by row as the files of a trial have it, and the truth at the end:
    `isolated` are members who are so for eight weeks or longer."""

    people: list[Person]
    exchanges: list[tuple[int, int, int, float, int]] = msgspec.field(default_factory=list)
    requests: list[tuple[int, int, int, int]] = msgspec.field(default_factory=list)
    groups: list[tuple[int, int, int]] = msgspec.field(default_factory=list)
    checkins: list[tuple[int, int, int, int]] = msgspec.field(default_factory=list)
    pauses: list[tuple[int, int, int]] = msgspec.field(default_factory=list)
    logins: list[tuple[int, int]] = msgspec.field(default_factory=list)
    isolated: frozenset[int] = frozenset()


def settle(rng: Random, members: int, weeks: int) -> list[Person]:
    """Everybody who will ever be there: members, then staff, then organisations."""
    people = [_member(rng, n, weeks) for n in range(members)]
    extra = ["staff"] * STAFF + ["org"] * ORGANISATIONS
    for n, kind in enumerate(extra, members):
        people.append(Person(n, -BURN_IN, n % AREAS, 0.0, 0.0, 4, 0, "app", kind))
    _befriend(rng, people[:members])
    return people


def _member(rng: Random, n: int, weeks: int) -> Person:
    age = rng.choices(range(1, len(AGES) + 1), AGES)[0]
    by_phone = rng.random() < (0.5 if age == OLD else 0.25 if age == OLD - 1 else 0.08)
    area = rng.randrange(AREAS)
    person = Person(
        n, rng.randrange(-150, weeks - 4), area, rng.gauss(900 * (area % 2), 300),
        rng.gauss(900 * (area // 2), 300), age, rng.choices(range(4), [7, 1, 1, 1])[0],
        "phone" if by_phone else "app",
    )  # fmt: skip
    inactive = 0.40 if age == OLD else 0.30
    person.energy = 0.0 if rng.random() < inactive else rng.gammavariate(1.2, 1.2)
    person.rich_outside = rng.random() < 0.6
    person.company = 0.45 if rng.random() < 0.20 else 0.012
    person.helps_staff = rng.random() < 0.045
    return person


def _befriend(rng: Random, members: list[Person]) -> None:
    """Everybody mostly deals with a few people nearby who take part; one in thirty with one only."""
    here = [[p for p in members if p.area == area and p.energy > 0] for area in range(AREAS)]
    for person in members:
        near = rng.sample(here[person.area], min(40, len(here[person.area])))
        near.sort(key=lambda p: math.dist((p.x, p.y), (person.x, person.y)))
        many = 2 + int(rng.expovariate(1 / 4))
        person.friends = [p.id for p in near if p is not person][: min(many, 15)]
        if person.energy > 0 and rng.random() < 0.03:
            person.partner = person.friends[0]


HEADS = {
    "members": "member_id,joined_week,area,x,y,age_band,lang,channel,kind",
    "exchanges": "giver,receiver,week,hours,recorded_week",
    "requests": "request_id,member_id,week,answered_week",
    "groups": "event_id,week,member_id",
    "checkins": "member_id,week,talks,wants_more",
    "pauses": "member_id,from_week,to_week",
    "logins": "member_id,week",
}


def write(town: Town, folder: Path) -> None:
    """As files that `timebank trial` reads."""
    people = [
        (p.id, p.joined, p.area, round(p.x, 1), round(p.y, 1), p.age_band, p.lang, p.channel, p.kind)
        for p in town.people
    ]  # fmt: skip
    tables: dict[str, Iterable[Sequence[object]]] = {
        "members": people, "exchanges": town.exchanges, "requests": town.requests,
        "groups": town.groups, "checkins": town.checkins, "pauses": town.pauses,
        "logins": town.logins,
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(HEADS[name].split(","))
            lines.writerows(rows)
