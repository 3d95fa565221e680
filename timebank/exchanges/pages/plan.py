"""Pages to make an appointment: propose a day, say yes to one, say no to a talk."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import hours
from timebank.exchanges import planning, reasons, store, talking
from timebank.exchanges.forms import AgreementForm, ProposalForm, RefusalForm
from timebank.exchanges.model import AGREED, By
from timebank.exchanges.pages.show import page_of
from timebank.exchanges.sheet import sheet
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/exchanges/{exchange_id:uuid}/proposals/new", name="exchanges.propose")
async def show_propose(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """Which day, what time, how long, where?"""
    by = By.viewer(viewer)
    found = await store.for_party(db, by, exchange_id)
    known: dict[str, str | int] = {"every": "once", "time_choice": found.planned_minutes or ""}
    if found.planned_minutes and found.planned_minutes not in (30, 60, 90, 120):
        hours, minutes = divmod(found.planned_minutes, 60)
        known = {"every": "once", "time_choice": "other", "time_hours": hours or "",
                 "time_minutes": minutes or ""}  # fmt: skip
    form = visit.form(f"/exchanges/{exchange_id}/proposals", meet_at=found.meet_at, **known)
    if found.state not in ("talking", *AGREED):
        return await page_of(visit, db, found, by.subject_id, form)
    shown = await sheet(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page("exchanges/propose.html", form=form, sheet=shown, e=found)


@post(
    "/exchanges/{exchange_id:uuid}/proposals",
    name="exchanges.proposals",
    again="/exchanges/{exchange_id}/proposals/new",
)
async def propose(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """It goes to the other, who answers."""
    rules = await hours.rules(db, community=viewer.community_id)
    asked = form.read(ProposalForm, today=visit.today, unit_minutes=rules.unit_minutes)
    await planning.propose(
        db, By.viewer(viewer), exchange_id, asked.plan(visit.today), now=visit.now
    )
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="proposed")


@post(
    "/exchanges/{exchange_id:uuid}/agreement",
    name="exchanges.agree",
    again="/exchanges/{exchange_id}",
)
async def agree(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """Yes to the proposal that stood on the page."""
    proposal = form.read(AgreementForm).proposal
    await planning.agree(db, By.viewer(viewer), exchange_id, proposal=proposal, now=visit.now)
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="agreed")


@get("/exchanges/{exchange_id:uuid}/refusal", name="exchanges.refuse")
async def show_refuse(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """No is fine; a sentence with it may be picked."""
    by = By.viewer(viewer)
    found = await store.for_party(db, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/refusal", reason="none")
    if found.state not in talking.BEFORE:
        return await page_of(visit, db, found, by.subject_id, form)
    shown = await sheet(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page(
        "exchanges/refuse.html", form=form, sheet=shown, e=found,
        own=found.started_by_id == by.subject_id, reasons=reasons.choices(reasons.REFUSALS),
    )  # fmt: skip


@post(
    "/exchanges/{exchange_id:uuid}/refusal",
    name="exchanges.refusal",
    again="/exchanges/{exchange_id}/refusal",
)
async def refuse(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """The talk ends, kindly."""
    reason = form.read(RefusalForm).reason
    await talking.refuse(db, By.viewer(viewer), exchange_id, reason=reason, now=visit.now)
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="refused")


after("proposed", lambda: _("Uw voorstel is verstuurd. Uw buur zegt of het goed is."))
after("agreed", lambda: _("Dat is afgesproken. Uw buur hoort het ook."))
after("refused", lambda: _("Uw buur krijgt een vriendelijk bericht. U hoeft niets meer te doen."))

ROUTES = [show_propose, propose, agree, show_refuse, refuse]
