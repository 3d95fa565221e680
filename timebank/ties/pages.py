"""The member's own page of the ties: whom did I meet?"""

from typing import Any

from litestar import Response, get

from timebank.kernel.db import Db
from timebank.ties import picture
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/parties/me/ties", name="ties.mine")
async def mine(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who is in my circle?"""
    return visit.page(
        "ties/mine.html",
        circle=await picture.of_oneself(db, viewer.community_id, viewer.subject_id, on=visit.today),
    )


ROUTES = [mine]
