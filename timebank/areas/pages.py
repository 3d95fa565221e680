"""Pages of the areas: for now, the community's own stylesheet."""

from litestar import Response, get

from timebank.kernel.db import Db
from timebank.web.hue import stylesheet
from timebank.web.inject import In
from timebank.web.visit import Visit


@get("/style.css", name="areas.style", public=True)
async def community_style(visit: In[Visit], db: In[Db]) -> Response[str]:
    """The colour of this community, for an hour: it seldom changes."""
    return Response(
        stylesheet(visit.community.hue),
        media_type="text/css",
        headers={"Cache-Control": "public, max-age=3600"},
    )


ROUTES = [community_style]
