"""Leaflets: what this is, and what neighbours ask and offer."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import areas, audit, parties, posts
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.papers import actions
from timebank.papers.model import address, receiver_of
from timebank.papers.sheets import Places
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/print/about", name="papers.about", public=True)
async def about(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """What is this? With a code that opens the front page."""
    return visit.page("papers/about.html", opens=visit.on_paper("/"))


@get("/print/help", name="papers.help", public=True)
async def help_whole(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """The ten questions with their answers, none folded away."""
    return visit.page("papers/help.html")


async def _board(
    visit: Visit,
    db: Db,
    *,
    area: UUID,
    language: str,
    reader: UUID | None,
    to: parties.Party | None = None,
) -> Response[Any]:
    about = await Places(db, visit).at(area, language)
    rule = await areas.letter_rule(db, visit.community.id)
    place: dict[str, Any] = {
        "community": visit.community.id, "area": area, "reader": reader, "today": visit.today,
    }  # fmt: skip
    sheet = visit.part(
        "papers/_board.html", language=language, about=about, words=about.words, to=to,
        needs=await posts.leaflet(db, direction="need", **place),
        offers=await posts.leaflet(db, direction="offer", **place),
        opens=visit.on_paper("/"), window=rule.window,
        address=address(receiver_of(to), rule.town) if to else [],
    )  # fmt: skip
    return visit.page("papers/board.html", sheet=sheet, to=to, place_name=about.place_name)


@get("/print/areas/{area:uuid}/posts", name="papers.area_posts")
async def area_posts(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """What neighbours here ask and offer, for anybody who lives here: of who does not want to meet
    somebody, nothing stands on it."""
    policy.demand(viewer, "paper.make")
    if not viewer.works_in(area):
        raise NotFound
    await audit.note(
        db, community=viewer.community_id, act="leaflet.printed", actor=viewer.party_id,
        now=visit.now, detail={"area": str(area)},
    )  # fmt: skip
    return await _board(visit, db, area=area, language=visit.language, reader=None)


@get("/print/parties/{party:uuid}/posts", name="papers.posts_for")
async def posts_for(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """The same for one member: what they would see on the site, in their language."""
    member = await actions.of_mine(db, viewer, party)
    await actions.printed(db, viewer, "leaflet.printed", [party], now=visit.now)
    return await _board(
        visit, db, area=member.area_id, language=member.language, reader=party, to=member
    )


audit.says("leaflet.printed", lambda _e: _("Drukte voor u af wat buren vragen en bieden."))

ROUTES = [about, help_whole, area_posts, posts_for]
