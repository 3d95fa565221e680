"""Finding: what fits a member, what is new, and what answers to their words."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from timebank import areas
from timebank.kernel import search
from timebank.kernel.db import Db
from timebank.posts.fit import Reader, Subject, telling_stems
from timebank.posts.model import Cursor, Direction, Filters, Found, Glimpse, Post
from timebank.posts.second_look import says_no_more
from timebank.posts.store import as_post, q
from timebank.web.viewer import Viewer

RECENT = 200
"""What fits is looked for among this many of the newest; older ones are for searching."""
FEW = 10
"""With fewer exact hits than this, words that look like it count too."""
MOST = 200
"""A search looks no further than this many hits."""
DOOR_RECENT = 40
"""What stands at the front door is chosen from this many of the newest."""


async def reader(db: Db, viewer: Viewer, *, today: date) -> Reader:
    """What this member can truthfully be told about posts of others."""
    place = viewer.subject_place_id
    found = await q.reader(
        db, community=viewer.community_id, subject=viewer.subject_id, place=place,
        metres=areas.NEARBY_METRES, today=today,
    )  # fmt: skip
    subjects = tuple(Subject(**own, stems=telling_stems(own["title"])) for own in found["subjects"])
    return Reader(subjects, place, frozenset(found["near"]))


async def fitting(
    db: Db, viewer: Viewer, directions: Sequence[Direction], to: Reader, *, limit: int, today: date
) -> list[Post]:
    """Of the newest posts on each of these sides those that fit, the best first."""
    if not to.subjects and not to.near:
        return []
    offers, needs = to.opposite("need"), to.opposite("offer")
    found = await q.fitting(
        db, community=viewer.community_id, subject=viewer.subject_id, directions=directions,
        need_stems=offers.stems, need_categories=offers.categories, need_together=offers.together,
        offer_stems=needs.stems, offer_categories=needs.categories, offer_together=needs.together,
        near=list(to.near), recent=RECENT, limit=limit, today=today,
    )  # fmt: skip
    return [as_post(row) for row in found]


async def feed(
    db: Db, viewer: Viewer, direction: Direction, filters: Filters, *, skip: Iterable[UUID],
    before: UUID | None, limit: int, today: date,
) -> list[Post]:  # fmt: skip
    """What neighbours have open, newest first, without those in `skip`."""
    found = await q.feed(
        db, community=viewer.community_id, subject=viewer.subject_id, direction=direction,
        skip=list(skip), before=before, limit=limit, today=today, **_narrowed(filters),
    )  # fmt: skip
    return [as_post(row) for row in found]


async def found(
    db: Db, viewer: Viewer, direction: Direction, text: str, filters: Filters, *,
    before: Cursor | None, limit: int, today: date,
) -> Found:  # fmt: skip
    """What neighbours have open and answers to these words, best first."""
    exact = search.tsquery_exact(text)
    if not exact:
        return Found([], 0, None)
    hits = await q.search(
        db, community=viewer.community_id, subject=viewer.subject_id, direction=direction,
        exact=exact, prefix=search.tsquery_prefix(text), letters=search.trigram_text(text),
        few=FEW, most=MOST, before=before.id if before else None,
        before_score=before.score if before else None, limit=limit + 1, today=today,
        **_narrowed(filters),
    )  # fmt: skip
    shown = hits[:limit]
    more = Cursor(shown[-1]["score"], shown[-1]["id"]) if len(hits) > limit else None
    return Found([as_post(row) for row in shown], hits[0]["found"] if hits else 0, more)


async def at_the_door(db: Db, community: int, *, limit: int, today: date) -> list[Glimpse]:
    """Open needs for whoever does not take part (yet), newest first: nothing that may name somebody
    or a spot smaller than the neighbourhood."""
    found = await q.at_the_door(db, community=community, recent=DOOR_RECENT, today=today)
    fit = (r for r in found if says_no_more(r["title"], r["names"]))
    return [Glimpse(r["title"], r["lang"], r["area_name"]) for r in islice(fit, limit)]


def _narrowed(filters: Filters) -> dict[str, Any]:
    return {
        "category": filters.category,
        "together": filters.together,
        "near": None if filters.near is None else list(filters.near),
    }


async def known_words(db: Db, community: int, direction: Direction, *, today: date) -> list[str]:
    """Words of open titles that every member may see."""
    found = await q.known_words(db, community=community, direction=direction, today=today)
    return [r["word"] for r in found]


async def near_words(db: Db, words: Sequence[str], typed: str, *, least: float) -> list[str]:
    """Up to 30 of these words that look like `typed`, with at least this trigram similarity."""
    found = await q.near_words(db, words=list(words), typed=typed, least=least)
    return [r["word"] for r in found]
