"""Pages of the areas: the community's own stylesheet, and the neighbourhoods as staff see them."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank.areas import store
from timebank.areas.deputy_pages import ROUTES as DEPUTY_ROUTES
from timebank.areas.manage_pages import ROUTES as MANAGE_ROUTES
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.kernel.words import count_of_people
from timebank.web import policy
from timebank.web.hue import stylesheet
from timebank.web.inject import In, Path, Query
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/style.css", name="areas.style", public=True)
async def community_style(visit: In[Visit], db: In[Db], hue: Query[str] = "") -> Response[str]:
    """The colour of this community. With its hue in the address (as pages link it, so that a new
    colour is seen at once) it stays for an hour; a page may show another hue as a sample."""
    shown = int(hue) if hue.isascii() and hue.isdigit() and len(hue) <= 3 else -1
    known = 0 <= shown < 360
    return Response(
        stylesheet(shown if known else visit.community.hue),
        media_type="text/css",
        headers={"Cache-Control": "public, max-age=3600" if known else "no-cache"},
    )


@get("/areas", name="areas.list")
async def list_areas(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Which neighbourhoods there are, who helps there, and the desks of who works here."""
    policy.demand(viewer, "worklist.see")
    found = await store.sheets(db, viewer.community_id, visit.today)
    return visit.page(
        "areas/list.html",
        whole=found[0],
        areas=[sheet for sheet in found[1:] if sheet.state == "active"],
        closed=[sheet for sheet in found[1:] if sheet.state == "closed"],
        count=count_of_people,
    )


@get("/areas/{area:uuid}", name="areas.show")
async def show_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """One neighbourhood: who helps, who works here, its places."""
    policy.demand(viewer, "worklist.see")
    found = await store.sheets(db, viewer.community_id, visit.today, only=area)
    if not found:
        raise NotFound
    return visit.page(
        "areas/show.html",
        area=found[0],
        places=await store.places_of(db, viewer.community_id, area),
        count=count_of_people,
        form=visit.form(f"/areas/{area}/{'closing' if found[0].state == 'active' else 'opening'}"),
    )


ROUTES = [community_style, list_areas, show_area, *MANAGE_ROUTES, *DEPUTY_ROUTES]
