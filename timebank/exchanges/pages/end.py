"""Pages that end an appointment otherwise: call it off, it did not happen, no hours, put it right."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.exchanges import reasons, settling, store, talking
from timebank.exchanges.forms import CancellationForm, ClosingForm, NoShowForm, RepairForm
from timebank.exchanges.model import AGREED, By, Exchange
from timebank.exchanges.pages.show import page_of
from timebank.exchanges.sheet import Sheet, sheet
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


async def _mine(db: Db, visit: Visit, by: By, id_: UUID) -> tuple[Exchange, Sheet]:
    found = await store.for_party(db, by, id_)
    return found, await sheet(db, visit.community, found, by.subject_id, now=visit.now)


@get("/exchanges/{exchange_id:uuid}/cancellation", name="exchanges.show_cancel")
async def show_cancel(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """Calling off is fine; the other hears why."""
    by = By.viewer(viewer)
    found, shown = await _mine(db, visit, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/cancellation", dates="one")
    if found.state not in AGREED:
        return await page_of(visit, db, found, by.subject_id, form)
    return visit.page(
        "exchanges/cancel.html", form=form, sheet=shown, e=found,
        reasons=reasons.choices(reasons.CANCELLATIONS),
    )  # fmt: skip


@post(
    "/exchanges/{exchange_id:uuid}/cancellation",
    name="exchanges.cancel",
    again="/exchanges/{exchange_id}/cancellation",
)
async def cancel(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """It does not take place."""
    asked = form.read(CancellationForm)
    await talking.cancel(
        db, By.viewer(viewer), exchange_id, reason=asked.reason, words=asked.words,
        whole_series=asked.dates == "rest", now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="cancelled")


@get("/exchanges/{exchange_id:uuid}/no-show", name="exchanges.show_no_show")
async def show_no_show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """What happened? Nothing is booked."""
    by = By.viewer(viewer)
    found, shown = await _mine(db, visit, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/no-show")
    if found.state not in AGREED:
        return await page_of(visit, db, found, by.subject_id, form)
    return visit.page(
        "exchanges/no_show.html", form=form, sheet=shown, e=found,
        reasons=reasons.choices(reasons.NO_SHOWS),
    )  # fmt: skip


@post(
    "/exchanges/{exchange_id:uuid}/no-show",
    name="exchanges.no_show",
    again="/exchanges/{exchange_id}/no-show",
)
async def say_no_show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """The day came, and it did not happen."""
    asked = form.read(NoShowForm)
    await talking.no_show(
        db, By.viewer(viewer), exchange_id, reason=asked.reason, words=asked.words, now=visit.now
    )
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="no_show")


@get("/exchanges/{exchange_id:uuid}/closing", name="exchanges.show_close")
async def show_close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """Ready, without hours."""
    by = By.viewer(viewer)
    found, shown = await _mine(db, visit, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/closing")
    if not found.is_open:
        return await page_of(visit, db, found, by.subject_id, form)
    return visit.page(
        "exchanges/close.html", form=form, sheet=shown, e=found,
        reasons=reasons.choices(reasons.CLOSINGS),
    )  # fmt: skip


@post(
    "/exchanges/{exchange_id:uuid}/closing",
    name="exchanges.close",
    again="/exchanges/{exchange_id}/closing",
)
async def close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """An end without hours, with its reason."""
    asked = form.read(ClosingForm)
    await talking.close(
        db, By.viewer(viewer), exchange_id, reason=asked.reason, words=asked.words, now=visit.now
    )
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="closed")


@get("/exchanges/{exchange_id:uuid}/repair", name="exchanges.show_repair")
async def show_repair(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """What is wrong with what was booked?"""
    by = By.viewer(viewer)
    found, shown = await _mine(db, visit, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/repair")
    if not shown.may_repair:
        return await page_of(visit, db, found, by.subject_id, form)
    return visit.page("exchanges/repair.html", form=form, sheet=shown, e=found)


@post(
    "/exchanges/{exchange_id:uuid}/repair",
    name="exchanges.repair",
    again="/exchanges/{exchange_id}/repair",
)
async def ask_repair(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """A worker looks at it."""
    words = form.read(RepairForm).words
    await settling.ask_repair(db, By.viewer(viewer), exchange_id, words=words, now=visit.now)
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="repair_asked")


after("cancelled", lambda: _("De afspraak gaat niet door. Uw buur hoort het."))
after("no_show", lambda: _("Dank u. Er is niets geboekt."))
after("closed", lambda: _("Afgerond. Er is niets geboekt."))
after("repair_asked", lambda: _("Dank u. Wij kijken ernaar en bellen u binnen een week."))

ROUTES = [
    show_cancel, cancel, show_no_show, say_no_show, show_close, close, show_repair, ask_repair,
]  # fmt: skip
