"""What must go on paper?"""

from typing import Any

from litestar import Response, get

from timebank import areas, membership
from timebank.kernel.db import Db
from timebank.papers import actions
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/print", name="papers.desk")
async def desk(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Letters and cards that wait, and all that can be printed at any time."""
    policy.demand(viewer, "paper.make")
    told = await actions.waiting(db, viewer)
    mine: dict[str, Any] = {"community": viewer.community_id, "areas": viewer.worker_areas}
    return visit.page(
        "papers/desk.html",
        letters=[(to, len(told[to.party_id])) for to in await actions.receivers(db, viewer, told)],
        most=actions.MOST,
        cards=await membership.cards.waiting(db, **mine),
        cardless=await membership.cards.without(db, **mine),
        most_cards=membership.cards.MOST,
        areas=[
            area for area in await areas.areas(db, viewer.community_id) if viewer.works_in(area.id)
        ],
        cards_form=visit.form("/print/cards"),
    )


ROUTES = [desk]
