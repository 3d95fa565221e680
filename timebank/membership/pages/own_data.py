"""All about me, as a file; and not meeting somebody any more."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.membership import blocking
from timebank.membership.download import everything
from timebank.membership.forms import NothingForm
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


async def as_file(visit: Visit, db: Db, party: UUID) -> Response[bytes]:
    """The member's own data as JSON that people can read too. Not stored on the way."""
    found = await everything(
        db, community=visit.community.id, party=party,
        worker_word=visit.community.words.worker.one, now=visit.now,
    )  # fmt: skip
    return Response(
        msgspec.json.format(msgspec.json.encode(found), indent=2),
        media_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="mijn-gegevens.json"',
            "Cache-Control": "no-store",
        },
    )


@get("/parties/me/download", name="membership.download")
async def download(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[bytes]:
    """Everything that is kept about me."""
    return await as_file(visit, db, viewer.subject_id)


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

ROUTES = [download, ask_block, block]
