"""Pages after the help: how long it took, whether that is right, and what if not."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.exchanges import confirming, store
from timebank.exchanges.forms import ConfirmationForm, DisagreementForm, DoneForm
from timebank.exchanges.model import AGREED, LONG_MINUTES, By
from timebank.exchanges.pages.show import page_of
from timebank.exchanges.sheet import sheet
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, read
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/exchanges/{exchange_id:uuid}/done", name="exchanges.show_done")
async def show_done(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """How long did it take?"""
    by = By.viewer(viewer)
    found = await store.for_party(db, by, exchange_id)
    past = found.planned_on is not None and found.planned_on <= visit.today
    usual = found.planned_minutes in (30, 60, 90, 120)
    form = visit.form(
        f"/exchanges/{exchange_id}/done", done_choice="planned" if past else "today",
        time_choice=found.planned_minutes if usual else "",
    )  # fmt: skip
    if found.state not in AGREED:
        return await page_of(visit, db, found, by.subject_id, form)
    shown = await sheet(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page(
        "exchanges/done.html", form=form, sheet=shown, e=found, past=past, sure=_asked_about(form)
    )


def _asked_about(form: Form) -> int:
    """The minutes that the page asks about: pressing once more says yes to exactly these."""
    if not form.errors:
        return 0
    sent = {key: values for key, values in form.sent.items() if key != "sure"}
    try:
        asked = read(DoneForm, sent)
        for minutes in (asked.time, _by_clock(asked)):
            if minutes is not None and (minutes > LONG_MINUTES or asked.until_at is not None):
                return minutes
    except Invalid:
        return 0
    return 0


def _by_clock(asked: DoneForm) -> int | None:
    if asked.from_at is None or asked.until_at is None:
        return None
    start, end = asked.from_at, asked.until_at
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes % (24 * 60) or None


@post(
    "/exchanges/{exchange_id:uuid}/done",
    name="exchanges.done",
    again="/exchanges/{exchange_id}/done",
)
async def say_done(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """Pass it on; the other says whether it is right."""
    by = By.viewer(viewer)
    asked = form.read(DoneForm)
    found = await store.for_party(db, by, exchange_id)
    day = asked.day(found.planned_on, visit.today)
    await confirming.say_done(
        db, by, exchange_id, minutes=asked.minutes(day), done_on=day, thanks=asked.thanks,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="said_done")


@get("/exchanges/{exchange_id:uuid}/confirmation", name="exchanges.show_confirm")
async def show_confirm(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """Is this right?"""
    by = By.viewer(viewer)
    found = await store.for_party(db, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/confirmation")
    if found.state != "done" or found.asked_id != by.subject_id:
        return await page_of(visit, db, found, by.subject_id, form)
    shown = await sheet(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page("exchanges/confirm.html", form=form, sheet=shown, e=found)


@post(
    "/exchanges/{exchange_id:uuid}/confirmation",
    name="exchanges.confirm",
    again="/exchanges/{exchange_id}/confirmation",
)
async def say_yes(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """Yes to the minutes that stood there: booked once, from whatever tab."""
    seen = form.read(ConfirmationForm)
    booked = await confirming.confirm(
        db, By.viewer(viewer), exchange_id, minutes=seen.minutes, round_=seen.round, now=visit.now
    )
    said = "confirmed" if booked else "booked_already"
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said=said)


@get("/exchanges/{exchange_id:uuid}/disagreement", name="exchanges.show_disagree")
async def show_disagree(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """What was different?"""
    by = By.viewer(viewer)
    found = await store.for_party(db, by, exchange_id)
    form = visit.form(f"/exchanges/{exchange_id}/disagreement", what="time")
    if found.state != "done" or found.asked_id != by.subject_id:
        return await page_of(visit, db, found, by.subject_id, form)
    shown = await sheet(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page("exchanges/disagree.html", form=form, sheet=shown, e=found)


@post(
    "/exchanges/{exchange_id:uuid}/disagreement",
    name="exchanges.disagree",
    again="/exchanges/{exchange_id}/disagreement",
)
async def say_no(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """Once back to the other, then to a worker; until then nothing is booked."""
    asked = form.read(DisagreementForm)
    await confirming.disagree(
        db, By.viewer(viewer), exchange_id, round_=asked.round, words=asked.words,
        minutes=asked.time if asked.what == "time" else None, now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="disagreed")


after("said_done", lambda: _("Doorgegeven. Uw buur zegt of het klopt. Dan staat de tijd erbij."))
after("confirmed", lambda: _("Dank u. Het staat erbij."))
after("booked_already", lambda: _("Dit was al geboekt. Er is niets bij gekomen."))
after("disagreed", lambda: _("Dank u. Er wordt nu niets geboekt."))

ROUTES = [show_done, say_done, show_confirm, say_yes, show_disagree, say_no]
