"""The page of a neighbour: who is this? No counts, and no date but the month since which they take
part, so that nobody reads loneliness from it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get

from timebank import audit
from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound, TooMany
from timebank.kernel.words import month_name
from timebank.parties import store
from timebank.parties.looking_after import looks_after
from timebank.web.errors import on_refusal
from timebank.web.inject import In, Path
from timebank.web.policy import may
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

PAGES_AN_HOUR = throttle.Limit(60, throttle.HOUR)
TOLD_ONCE_AN_HOUR = throttle.Limit(1, throttle.HOUR)


@get("/parties/{party:uuid}", name="parties.neighbour")
async def neighbour(
    request: Request[Any, Any, Any], visit: In[Visit], viewer: In[Viewer], db: In[Db],
    party: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """Who is this? Refusals are given back and not raised, so that the count of looks stays."""
    try:
        await _count(db, visit, viewer)
        return await _page(visit, viewer, db, party)
    except (TooMany, NotFound) as refusal:
        return on_refusal(request, refusal)


async def _count(db: Db, visit: Visit, viewer: Viewer) -> None:
    """Sixty pages of people an hour; who wants more is told to the admin, once an hour."""
    place: dict[str, Any] = {"community": viewer.community_id, "now": visit.now}
    key = throttle.key_of(viewer.party_id)
    try:
        await throttle.count(db, kind="person_pages", key=key, limit=PAGES_AN_HOUR, **place)
    except TooMany:
        try:
            await throttle.count(db, kind="many_people", key=key, limit=TOLD_ONCE_AN_HOUR, **place)
            await audit.note(db, act="party.many_pages", actor=viewer.party_id, **place)
        except TooMany:
            pass
        raise


async def _page(visit: Visit, viewer: Viewer, db: Db, party: UUID) -> Response[Any]:
    community = viewer.community_id
    try:
        found = await store.neighbour(db, community, party, viewer.subject_id)
    except NotFound:
        if await _is_for_staff(db, viewer, party):
            return see_other(visit.url(f"/parties/{party}/admin"))
        raise
    return visit.page(
        "parties/neighbour.html",
        neighbour=found,
        since_month=month_name(found.since.month) if found.since else None,
        posts=await store.open_posts_of(db, community=community, id_=party, today=visit.today),
        together=await store.done_together(
            db, community=community, one_id=viewer.subject_id, other_id=party
        ),
        own=party == viewer.subject_id,
        for_staff=await _is_for_staff(db, viewer, party),
    )


async def _is_for_staff(db: Db, viewer: Viewer, party: UUID) -> bool:
    """Whether this viewer looks after that member, and has their page with everything on it."""
    if not may(viewer, "member.list"):
        return False
    card = (await store.cards(db, viewer.community_id, [party])).get(party)
    if card is None or card.state == "erased":
        return False
    return viewer.is_admin or await looks_after(db, viewer, party, card.area_id)


ROUTES = [neighbour]
