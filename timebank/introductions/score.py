"""How well two members fit: points, reasons and who is left out. Pure; the points stay here.

points = 3 for each kind of help that one seeks and the other offers, at most two
       + 1.5 for each shared interest, at most two (a wish for company counts as one)
       + 2 e^(-metres/500) + 1 for a shared language + 0.5 for the same age band
       + the ties they share, those with few ties counting most (Adamic-Adar), at most 2
       + 1 for a connector: somebody who likes to receive people, met three to twelve neighbours in
         ninety days, has at most two introductions running, and mostly answers
       - 0.5 for each time this member was asked lately, so that it is not always the same one.
"""

from collections.abc import Iterable, Sequence
from math import exp
from uuid import UUID

import msgspec

from timebank.introductions.model import MOST_SUGGESTED, Reason, Suggestion
from timebank.kernel.search import stems, words
from timebank.posts import telling_stems

FARTHEST_METRES = 1500
CORNER_METRES = 300
WALK_METRES = 1000
CONNECTS = (3, 12)
MOST_RUNNING = 2
ANSWERS = 0.7
AGE_BANDS = (30, 50, 65, 75)
"""Bands begin at these ages; below and above is one each."""
_GENERAL = frozenset(stems("geen liever graag houd hou mensen buren iemand alles altijd druk"))


class Tag(msgspec.Struct, frozen=True):
    """What somebody asks or offers now."""

    direction: str
    category: str
    title: str
    together: bool


class Seeker(msgspec.Struct, frozen=True):
    """The member somebody is looked for."""

    id: UUID
    area_id: UUID
    place_id: UUID | None
    household_id: UUID | None
    birth_year: int | None
    likes: str
    dislikes: str
    by_age: bool
    languages: tuple[str, ...]
    may: bool


class Candidate(msgspec.Struct, frozen=True):
    """Somebody who passed every filter of the database."""

    id: UUID
    call_name: str
    full_name: str
    number: str
    likes: str
    dislikes: str
    birth_year: int | None
    place_name: str
    by_age: bool
    hosts: bool
    languages: tuple[str, ...]
    tags: int
    together: bool
    aa: float
    metres: float | None


class Facts(msgspec.Struct, frozen=True):
    """What is known of somebody on the short list."""

    id: UUID
    met_lately: int
    running: int
    asked_lately: int
    answers: float
    welcoming: bool


class Scored(msgspec.Struct, frozen=True):
    """A candidate with points and reasons."""

    points: float
    connector: bool
    suggestion: Suggestion


def topics(likes: str, tags: Iterable[Tag]) -> frozenset[str]:
    """Stems of what somebody likes, asks and offers."""
    found = telling_stems(likes)
    for tag in tags:
        found |= telling_stems(tag.title)
    return found - _GENERAL


def not_wishes(dislikes: str) -> frozenset[str]:
    """Stems of what somebody does not want."""
    return telling_stems(dislikes) - _GENERAL


def crosses(seeker: Seeker, mine: Sequence[Tag], other: Candidate, theirs: Sequence[Tag]) -> bool:
    """Whether what one likes, asks or offers is what the other does not want."""
    return bool(
        not_wishes(seeker.dislikes) & topics(other.likes, theirs)
        or not_wishes(other.dislikes) & topics(seeker.likes, mine)
    )


def is_connector(other: Candidate, facts: Facts) -> bool:
    """Likes to receive people, knows some but is not the top, has room, and answers."""
    return (
        other.hosts
        and CONNECTS[0] <= facts.met_lately <= CONNECTS[1]
        and facts.running <= MOST_RUNNING
        and facts.answers >= ANSWERS
    )


def score(
    seeker: Seeker, mine: Sequence[Tag], other: Candidate, theirs: Sequence[Tag], facts: Facts,
    year: int,
) -> Scored:  # fmt: skip
    """Points and reasons. What she can give comes first: giving is easier than being helped."""
    helps = _helps(mine, theirs)
    interests = _interests(seeker, mine, other, theirs)
    connector = is_connector(other, facts)
    points = 3.0 * min(len(helps), 2) + 1.5 * min(len(interests), 2) + min(other.aa, 2.0)
    reasons = [*helps[:2], *interests[:2]]
    if other.metres is not None:
        points += 2 * exp(-other.metres / 500)
        reasons += _near(other)
    for code in sorted(set(seeker.languages) & set(other.languages) - {"nl"})[:1]:
        points += 1
        reasons.append(Reason("language", code))
    if _same_age(seeker, other, year):
        points += 0.5
        reasons.append(Reason("age"))
    if other.aa > 0:
        reasons.append(Reason("friend"))
    if facts.welcoming:
        reasons.append(Reason("welcoming"))
    if connector:
        points += 1
        reasons.append(Reason("connector"))
    suggestion = Suggestion(
        other.id, other.call_name, other.full_name, other.number, other.dislikes, tuple(reasons)
    )
    return Scored(points - 0.5 * facts.asked_lately, connector, suggestion)


def best(found: Iterable[Scored]) -> list[Suggestion]:
    """The few that fit best, at most one connector among them; nobody without a reason."""
    chosen: list[Suggestion] = []
    connectors = 0
    ordered = sorted(found, key=lambda one: (-one.points, one.suggestion.id))
    for one in ordered:
        if len(chosen) == MOST_SUGGESTED:
            break
        if not one.suggestion.reasons or (one.connector and connectors):
            continue
        chosen.append(one.suggestion)
        connectors += one.connector
    return chosen


def age_band(birth_year: int, year: int) -> int:
    """Which of the bands of AGE_BANDS, by the age reached this year."""
    return sum(year - birth_year >= start for start in AGE_BANDS)


def _same_age(seeker: Seeker, other: Candidate, year: int) -> bool:
    if not (seeker.by_age and other.by_age) or seeker.birth_year is None:
        return False
    return other.birth_year is not None and (
        age_band(seeker.birth_year, year) == age_band(other.birth_year, year)
    )


def _helps(mine: Sequence[Tag], theirs: Sequence[Tag]) -> list[Reason]:
    pairs = {
        (own.direction, own.category)
        for own in mine
        for other in theirs
        if own.direction != other.direction
        and own.category == other.category
        and own.category != "other"
    }
    gives = [Reason("gives", category) for way, category in sorted(pairs) if way == "offer"]
    return gives + [Reason("gets", category) for way, category in sorted(pairs) if way == "need"]


def _interests(
    seeker: Seeker, mine: Sequence[Tag], other: Candidate, theirs: Sequence[Tag]
) -> list[Reason]:
    shared = (telling_stems(seeker.likes) & telling_stems(other.likes)) - _GENERAL
    said = {word for word in words(seeker.likes) if shared & set(stems(word))}
    first = {next(iter(stems(word))): word for word in sorted(said, reverse=True)}
    found = [Reason("interest", word) for word in sorted(first.values())]
    together = any(tag.together for tag in mine) and any(tag.together for tag in theirs)
    return found + ([Reason("together")] if together else [])


def _near(other: Candidate) -> list[Reason]:
    metres = other.metres if other.metres is not None else FARTHEST_METRES
    if metres == 0 and other.place_name:
        return [Reason("same_place", other.place_name)]
    if metres <= CORNER_METRES:
        return [Reason("corner")]
    return [Reason("walk")] if metres <= WALK_METRES else []
