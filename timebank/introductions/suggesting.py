"""Who is worth meeting: the few that fit, found among many in a handful of queries."""

from datetime import datetime
from uuid import UUID

from timebank.introductions import store
from timebank.introductions.model import ADULT, Suggestion
from timebank.introductions.score import Scored, Seeker, best, crosses, score, topics
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.parties import Party
from timebank.web.viewer import Viewer


async def suggest(
    db: Db, viewer: Viewer, person: Party, *, now: datetime
) -> list[Suggestion] | None:
    """At most three people worth meeting, with the reasons; for who passed `contacts.person_for`.

    None when we do not look for this member: that takes a recorded yes to the worker's call, taking
    part, not being hidden, and no "no" to meeting people. Reads a few rows for each member of the
    worker's neighbourhoods once; nothing compares everybody with everybody.
    """
    seeker = await store.seeker(db, viewer.community_id, person.id)
    return best(await _scored(db, viewer, seeker, None, now=now)) if seeker.may else None


async def the_one(
    db: Db, viewer: Viewer, person: Party, other: UUID, *, now: datetime
) -> Suggestion | None:
    """The same of one member alone; None when a filter keeps them away."""
    seeker = await store.seeker(db, viewer.community_id, person.id)
    found = await _scored(db, viewer, seeker, other, now=now)
    return next((one.suggestion for one in found if one.suggestion.reasons), None)


async def _scored(
    db: Db, viewer: Viewer, seeker: Seeker, only: UUID | None, *, now: datetime
) -> list[Scored]:
    community, today = viewer.community_id, local_date(now)
    if not seeker.may or _too_young(seeker, today.year):
        return []
    mine = await store.open_posts(db, community=community, party=seeker.id, today=today)
    found = await store.candidates(
        db, community=community, seeker=seeker, worker=viewer.party_id,
        areas=viewer.worker_areas, likes=_pattern(seeker), today=today, now=now, only=only,
    )  # fmt: skip
    ids = [other.id for other in found]
    theirs = await store.posts_of_many(db, community=community, ids=ids, today=today)
    known = await store.facts(db, community=community, ids=ids, today=today, now=now)
    return [
        score(seeker, mine, other, theirs[other.id], known[other.id], today.year)
        for other in found
        if not crosses(seeker, mine, other, theirs[other.id])
    ]


def _too_young(seeker: Seeker, year: int) -> bool:
    return seeker.birth_year is not None and year - seeker.birth_year < ADULT


def _pattern(seeker: Seeker) -> str:
    """Words beginning with what the member likes, to shorten the list; empty when nothing is."""
    found = [stem for stem in sorted(topics(seeker.likes, [])) if stem.isalnum()][:12]
    return rf"\m({'|'.join(found)})" if found else ""
