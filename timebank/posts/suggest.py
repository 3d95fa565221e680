"""'Bedoelde u …?': the community's own words, nearest to what was typed."""

from collections import OrderedDict
from datetime import datetime, timedelta

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.search import words
from timebank.posts import finding
from timebank.posts.model import Direction

LEAST = 0.35
"""How alike two words must be, by trigrams: "tuinhlup" and "tuinhulp" are 0.38."""
MOST_WORDS = 4
SHORTEST = 4
KEPT = timedelta(minutes=10)
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
            near = await finding.nearest_word(db, known, word, least=LEAST)
        meant.append(near or word)
    return " ".join(meant) if meant != typed else None


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
