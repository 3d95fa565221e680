"""Not meeting somebody any more."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.membership import blocking
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/parties/{party:uuid}/block", name="membership.ask_block")
async def ask_block(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """Do you want not to meet this neighbour?"""
    found = await blocking.somebody_i_know_of(db, viewer, party)
    form = visit.form(f"/parties/{party}/block")
    return visit.page("membership/block.html", form=form, neighbour=found)


@post("/parties/{party:uuid}/block", name="membership.block", again="/parties/{party}/block")
async def block(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """At once, and the other is not told."""
    form.read(NothingForm)
    await blocking.block(db, viewer, party, now=visit.now)
    return await visit.done(db, form, "/parties/me", said="blocked")


after("blocked", lambda: _("U komt elkaar hier niet meer tegen. Die buur krijgt geen bericht."))

ROUTES = [ask_block, block]
