"""Handing one line to a colleague."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import contacts
from timebank.contacts import Colleague
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Id
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import handing, lines
from timebank.worklist.model import Line


class ToForm(msgspec.Struct, kw_only=True):
    """To whom."""

    to: Annotated[UUID, Id(ask=N_("Kies een collega."))]


async def _line(
    visit: Visit, viewer: Viewer, db: Db, kind: str, about: UUID
) -> tuple[Line, list[Colleague]]:
    policy.demand(viewer, "worklist.see")
    line = handing.chosen(await lines.everything(db, visit, viewer), kind, about)
    return line, await handing.colleagues(db, viewer, line, today=visit.today, now=visit.now)


@get("/worklist/lines/{kind:str}/{about:uuid}/owner", name="worklist.owner")
async def show_owner(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], kind: Path[str], about: Path[UUID]
) -> Response[Any]:
    """Who does this from now on?"""
    line, colleagues = await _line(visit, viewer, db, kind, about)
    return visit.page(
        "worklist/owner.html", line=line, colleagues=colleagues,
        form=visit.form(f"/worklist/lines/{kind}/{about}/owner"),
    )  # fmt: skip


@post(
    "/worklist/lines/{kind:str}/{about:uuid}/owner",
    name="worklist.hand_over",
    again="/worklist/lines/{kind}/{about}/owner",
)
async def hand_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], kind: Path[str],
    about: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """A colleague does it."""
    line, colleagues = await _line(visit, viewer, db, kind, about)
    to = form.read(ToForm).to
    if to not in {c.id for c in colleagues}:
        raise NotFound
    await handing.hand(db, viewer, line, to=to, aside=False, now=visit.now)
    return await visit.done(db, form, "/worklist", said="handed_over")


class DeskForm(msgspec.Struct, kw_only=True):
    """To whom, and whether what was said goes along."""

    to: Annotated[UUID, Id(ask=N_("Kies een collega."))]
    notes: Annotated[str, Choice("with", "without", ask=N_("Kies of de gesprekken meegaan."))]


@get("/worklist/handover", name="worklist.show_handover")
async def show_handover(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who does all of this while I am away?"""
    policy.demand(viewer, "contact.write")
    desks = await contacts.desks(db, viewer, today=visit.today)
    names = {w.id: w.full_name for w in desks.watchers if w.id != viewer.party_id}
    return visit.page(
        "worklist/handover.html", form=visit.form("/worklist/handover"), colleagues=names
    )


@post("/worklist/handover", name="worklist.handover", again="/worklist/handover")
async def handover(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """All in one act; what that colleague may not do, stays."""
    policy.demand(viewer, "contact.write")
    asked = form.read(DeskForm)
    await handing.whole_desk(db, visit, viewer, to=asked.to, with_notes=asked.notes == "with")
    return await visit.done(db, form, "/worklist", said="desk_handed")


@post("/worklist/parties/{party:uuid}/notes", name="worklist.open_notes", again="/worklist")
async def open_notes(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """The member says that this worker may read what was said before."""
    await contacts.person_for(db, viewer, party)
    form.read(NothingForm)
    await contacts.open_notes(db, viewer, party, now=visit.now)
    await contacts.at_work(db, viewer, party, now=visit.now)
    return await visit.done(db, form, f"/worklist/parties/{party}", said="notes_opened")


after(
    "desk_handed",
    lambda: _("Overgedragen. Wat uw collega niet mag doen, staat nog bij u."),
)
after("notes_opened", lambda: _("U leest nu ook wat er eerder gezegd is."))

ROUTES = [show_owner, hand_over, show_handover, handover, open_notes]
