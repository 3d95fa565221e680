"""Pages for those who work here: all appointments, and settling what got stuck."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.exchanges import lists, reasons, settling
from timebank.exchanges.forms import RepairAnswerForm, SettlementForm
from timebank.exchanges.pages.show import page_of
from timebank.exchanges.sheet import sheet
from timebank.exchanges.view import lines
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30


@get("/exchanges/all", name="exchanges.all")
async def everything(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """All appointments of the neighbourhoods one works in: stuck first. `state=over` for the past."""
    policy.demand(viewer, "worklist.see")
    areas, community = settling.staff_areas(viewer), viewer.community_id
    over = visit.query.get("state") == "over"
    if over:
        before = parse_id(visit.query.get("before", ""))
        past = await lists.over_in_areas(db, community, areas, before=before, limit=PAGE + 1)
        rows = await lines(db, visit.community, None, past[:PAGE], now=visit.now)
        more = f"state=over&before={past[PAGE - 1].id}" if len(past) > PAGE else None
    else:
        found = await lists.open_in_areas(
            db, community, areas, today=visit.today, after=_after(visit.query.get("after", "")),
            limit=PAGE + 1,
        )  # fmt: skip
        rows = await lines(db, visit.community, None, found[:PAGE], now=visit.now)
        last = found[PAGE - 1] if len(found) > PAGE else None
        more = f"after={last.rank}.{last.due_on}.{last.id}" if last else None
    return visit.page("exchanges/all.html", rows=rows, over=over, more=more)


def _after(text: str) -> tuple[int, date, UUID] | None:
    """Where the page before ended: rank, date and id. Anything else starts at the beginning."""
    rank, _dot, rest = text.partition(".")
    day, _dot, id_ = rest.partition(".")
    found = parse_id(id_)
    try:
        return (int(rank), date.fromisoformat(day), found) if found and rank in "012" else None
    except ValueError:
        return None


@get("/exchanges/{exchange_id:uuid}/settlement", name="exchanges.show_settle")
async def show_settle(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """Both were heard: how does it end?"""
    found = await settling.for_worker(db, viewer, exchange_id)
    shown = await sheet(db, visit.community, found, None, now=visit.now)
    form = visit.form(f"/exchanges/{exchange_id}/settlement")
    answer = visit.form(f"/exchanges/{exchange_id}/repair/settlement")
    if shown.repair is not None:
        return visit.page("exchanges/answer_repair.html", form=answer, sheet=shown, e=found)
    if not found.is_open:
        wrong = answer if answer.errors else form
        return await page_of(visit, db, found, None, wrong)
    return visit.page(
        "exchanges/settle.html", form=form, sheet=shown, e=found,
        reasons=reasons.choices(reasons.WORKER_ENDINGS),
        with_hours=found.state in ("done", "disputed"),
    )  # fmt: skip


@post(
    "/exchanges/{exchange_id:uuid}/settlement",
    name="exchanges.settle",
    again="/exchanges/{exchange_id}/settlement",
)
async def say_settled(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """A worker's word, which both read."""
    policy.demand(viewer, "exchange.settle")
    asked = form.read(SettlementForm)
    if asked.how == "hours":
        await settling.settle(
            db, viewer, exchange_id, minutes=asked.time or 0, words=asked.words,
            round_=asked.round, now=visit.now,
        )  # fmt: skip
    else:
        await settling.settle_without(
            db, viewer, exchange_id, reason=asked.reason or "other", words=asked.words,
            now=visit.now,
        )  # fmt: skip
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="settled")


@post(
    "/exchanges/{exchange_id:uuid}/repair/settlement",
    name="exchanges.answer_repair",
    again="/exchanges/{exchange_id}/settlement",
)
async def answer_repair(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """The booking stands, or is put right by a counter-entry that both read."""
    policy.demand(viewer, "exchange.settle")
    asked = form.read(RepairAnswerForm)
    found = await settling.for_worker(db, viewer, exchange_id)
    await settling.repair(
        db, viewer, exchange_id, minutes=asked.minutes(found.minutes or 0), words=asked.words,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="settled")


@post(
    "/exchanges/{exchange_id:uuid}/owner", name="exchanges.take", again="/exchanges/{exchange_id}"
)
async def take(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """It lies with me now."""
    policy.demand(viewer, "exchange.settle")
    await settling.take(db, viewer, exchange_id, now=visit.now)
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="taken_over")


after("settled", lambda: _("Afgerond. Beide buren lezen wat u schreef."))
after("taken_over", lambda: _("Dit ligt nu bij u."))

ROUTES = [everything, show_settle, say_settled, answer_repair, take]
