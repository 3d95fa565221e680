"""A new neighbour with whom nobody needs to get acquainted: said once, and not asked again."""

from typing import Any
from uuid import UUID

from litestar import Response, post

from timebank import audit, contacts
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@post("/worklist/parties/{party:uuid}/welcome", name="worklist.not_needed", again="/worklist")
async def not_needed(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """The line goes; whatever else waits about this member, stays."""
    form.read(NothingForm)
    said = await contacts.not_needed(db, viewer, party, now=visit.now)
    return await visit.done(db, form, "/worklist", said="not_needed" if said else "already")


audit.says("welcome.not_needed", lambda _e: _("Haalde het kennismaken met u van de werklijst."))
after("not_needed", lambda: _("Bewaard. Deze regel komt niet terug."))

ROUTES = [not_needed]
