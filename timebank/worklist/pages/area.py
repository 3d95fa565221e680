"""A neighbourhood as its workers see it: who knows whom, what came of signals, how it grew."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import areas, signals, ties
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.kernel.words import count_of_people, month_name
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/worklist/areas/{area:uuid}", name="worklist.area")
async def show_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """Who connects, who stands apart? Whoever is named for standing apart reads that it was looked at."""
    policy.demand(viewer, "signal.see")
    if not viewer.works_in(area):
        raise NotFound
    community, today = viewer.community_id, visit.today
    found = await ties.neighbourhood(
        db, community, area, worker=viewer.party_id, today=today,
        seeking=await signals.shown_in(db, viewer, area, today=today),
    )  # fmt: skip
    await signals.record_looks(db, viewer, found.named, now=visit.now)
    mine = [one for one in await areas.areas(db, community) if viewer.works_in(one.id)]
    return visit.page(
        "ties/area.html",
        area=next(one for one in mine if one.id == area),
        mine=mine,
        found=found,
        growth=await ties.growth(db, community, area, today=today),
        came=await signals.came_of_it(db, community, area, today=today),
        count=count_of_people,
        figure=ties.shown,
        month_name=month_name,
    )


ROUTES = [show_area]
