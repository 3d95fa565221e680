"""Pages of home: the front door, Start, and the list of communities."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas, notices, posts
from timebank.access import Asked, site_of
from timebank.home.start import facts
from timebank.kernel.db import Db, connection
from timebank.kernel.fields import Id
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES
from timebank.web import cookies
from timebank.web.body import read_form
from timebank.web.doors import safe_next
from timebank.web.errors import plain_page
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

NEEDS = 3
"""So many needs stand at the front door."""


class ReadForm(msgspec.Struct):
    """Up to which notice somebody read."""

    up_to: Annotated[UUID, Id()]


@get("/", name="home.start", public=True)
async def start(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Start for a member, the front door for anybody else."""
    if visit.viewer is None:
        asked = await posts.at_the_door(db, visit.community.id, limit=NEEDS, today=visit.today)
        return visit.page("home/front.html", asked=asked)
    return visit.page("home/start.html", **await facts(db, visit, visit.viewer))


@post("/notices/reading", name="home.read", again="/")
async def read_notices(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """I read these. What came in meanwhile stays."""
    read = form.read(ReadForm)
    await notices.mark_read(
        db, community=viewer.community_id, party=viewer.subject_id, up_to=read.up_to,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/")


@get("/", name="platform.communities", public=True)
async def communities(request: Asked) -> Response[Any]:
    """Leads to the only community, or lists them."""
    async with connection(site_of(request).pool) as db:
        found = await areas.communities(db)
    if len(found) == 1:
        return see_other(f"/{found[0].slug}")
    return plain_page(request, "home/communities.html", 200, communities=found)


@post("/language", name="platform.language", public=True)
async def choose_language(request: Asked) -> Response[Any]:
    """The language switch: stays on the page. It changes nothing but a cookie of one's own."""
    fields = await read_form(request.scope, request.receive)
    code = fields.get("language", [""])[0]
    wanted = fields.get("next", ["/"])[0]
    answer = see_other(safe_next(wanted, lambda path: True) or "/")
    if code in NAMES:
        site = site_of(request)
        answer.set_cookie(
            cookies.make("lang", "", code, https=site.settings.https, seconds=365 * 86400)
        )
    return answer


@get("/help", name="home.help", public=True)
async def help_page(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """A person to call, and ten questions."""
    return visit.page("home/help.html")


@get("/privacy", name="home.privacy", public=True)
async def privacy(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Who sees what."""
    return visit.page("home/privacy.html")


@get("/accessibility", name="home.accessibility", public=True)
async def accessibility(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Does this work for you?"""
    return visit.page("home/accessibility.html")


ROUTES = [start, read_notices, help_page, privacy, accessibility]
PLATFORM_ROUTES = [communities, choose_language]
