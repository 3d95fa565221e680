"""What was told, for the worker who reads it; and a worker's own hunch."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, contacts, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Words
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.signals import said_store, telling
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class HunchForm(msgspec.Struct, kw_only=True):
    """Why this worker thinks of her."""

    words: Annotated[str, Words(700, ask=N_("Schrijf in één zin waarom."))]


@get("/signals/told/{told:uuid}", name="signals.told")
async def read(visit: In[Visit], viewer: In[Viewer], db: In[Db], told: Path[UUID]) -> Response[Any]:
    """What was told, by whom. The look is written down first."""
    found = await telling.told_for(db, viewer, told)
    await telling.look(db, viewer, found, now=visit.now)
    person = None
    if found.about_id is not None:
        person = await parties.party(db, viewer.community_id, found.about_id)
    return visit.page(
        "signals/told.html", told=found, person=person,
        form=visit.form(f"/signals/told/{told}/end"),
    )  # fmt: skip


@post("/signals/told/{told:uuid}/end", name="signals.told_done", again="/signals/told/{told}")
async def finish(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], told: Path[UUID]
) -> Response[Any]:
    """Dealt with."""
    form.read(NothingForm)
    await telling.finish(db, viewer, told, now=visit.now)
    return await visit.done(db, form, "/worklist", said="told_done")


@get("/signals/hunch", name="signals.new_hunch")
async def new_hunch(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """Why do you think of her?"""
    person = await contacts.person_for(db, viewer, party)
    known = await said_store.known(db, viewer.community_id, person.id, visit.today)
    return visit.page(
        "signals/hunch.html", person=person, known=known,
        form=visit.form(f"/signals/hunch?party={person.id}"),
    )  # fmt: skip


@post("/signals/hunch", name="signals.hunch", again="/signals/hunch")
async def hunch(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """She stands on this worker's list, with this reason; she can read it."""
    person = await contacts.person_for(db, viewer, party)
    await telling.hunch(db, viewer, person.id, words=form.read(HunchForm).words, now=visit.now)
    return await visit.done(db, form, f"/worklist/parties/{person.id}", said="hunch_kept")


audit.says("attention.done", lambda _e: _("Las wat er verteld was, en handelde het af."))
audit.says("attention.hunch", lambda _e: _("Dacht aan u, en schreef op waarom."))
after("told_done", lambda: _("Gedaan. De woorden blijven nog drie maanden bewaard."))
after("hunch_kept", lambda: _("Bewaard. Dit staat nu op uw werklijst."))

ROUTES = [read, finish, new_hunch, hunch]
