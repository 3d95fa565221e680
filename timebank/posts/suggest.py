"""'Bedoelde u …?': the community's own words, nearest to what was typed."""

from collections import OrderedDict
from datetime import datetime, timedelta

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.search import words
from timebank.posts import finding
from timebank.posts.model import Direction

LEAST = 0.15
"""A first sieve by trigrams: "akordion" and "accordeon" are 0.19 alike."""
MOST_WORDS = 4
SHORTEST = 4
KEPT = timedelta(minutes=5)
MOST_KEPT = 200

_kept: OrderedDict[tuple[int, Direction], tuple[datetime, list[str]]] = OrderedDict()


async def did_you_mean(
    db: Db, community: int, direction: Direction, text: str, *, now: datetime
) -> str | None:
    """What was typed with unknown words made known ones; None when nothing is near enough."""
    typed = words(text)[:MOST_WORDS]
    known = await _known(db, community, direction, now)
    if not known or not typed:
        return None
    meant = []
    for word in typed:
        near = None
        if len(word) >= SHORTEST and word not in known:
            near = nearest(word, await finding.near_words(db, known, word, least=LEAST))
        meant.append(near or word)
    return " ".join(meant) if meant != typed else None


def nearest(typed: str, known: list[str]) -> str | None:
    """The word with the fewest slips of the hand: one in every three letters at most."""
    best = min(known, key=lambda word: slips(typed, word), default=None)
    if best is None or slips(typed, best) > max(len(typed), len(best)) // 3:
        return None
    return best


def slips(one: str, other: str) -> int:
    """How many letters were missed, added, mistaken or swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


async def _known(db: Db, community: int, direction: Direction, now: datetime) -> list[str]:
    """Reading every title takes long in a big community, and the words change slowly."""
    key = (community, direction)
    found = _kept.get(key)
    if found is not None and found[0] <= now < found[0] + KEPT:
        return found[1]
    fresh = await finding.known_words(db, community, direction, today=local_date(now))
    _kept[key] = (now, fresh)
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return fresh
