"""Who stands in for a worker who is away: for the admin."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.areas import manage, store
from timebank.areas.model import Sheet
from timebank.kernel.db import Db
from timebank.kernel.fields import Id
from timebank.kernel.forms import Form
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class DeputyForm(msgspec.Struct, kw_only=True):
    """Who; empty for whoever works here."""

    deputy: Annotated[UUID | None, Id()] = None


async def _sheet(visit: Visit, viewer: Viewer, db: Db, area: UUID) -> Sheet:
    policy.demand(viewer, "area.manage")
    found = await store.sheets(db, viewer.community_id, visit.today, only=area)
    if not found or found[0].kind == "community":
        raise NotFound
    return found[0]


@get("/areas/{area:uuid}/deputy", name="areas.edit_deputy")
async def edit_deputy(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """Who does what a colleague leaves?"""
    found = await _sheet(visit, viewer, db, area)
    form = visit.form(f"/areas/{area}/deputy", deputy=str(found.deputy_id or ""))
    return visit.page("areas/deputy.html", form=form, area=found)


@post("/areas/{area:uuid}/deputy", name="areas.set_deputy", again="/areas/{area}/deputy")
async def set_deputy(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """From now on."""
    await _sheet(visit, viewer, db, area)
    deputy = form.read(DeputyForm).deputy
    await manage.set_deputy(db, viewer, area, deputy=deputy, now=visit.now)
    return await visit.done(db, form, f"/areas/{area}", said="saved")


ROUTES = [edit_deputy, set_deputy]
