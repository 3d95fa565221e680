"""What a worker does with a signal: take, plan, rest, close, hand over. Others get a 404."""

from datetime import date
from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import contacts, signals
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid
from timebank.signals import Judgement, Outcome, Plan
from timebank.signals import wording as signal_words
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.fields import WEEKS, NextDay, next_day
from timebank.worklist.pages.contact import OwnerForm

PLANS = cast(tuple[Plan, ...], get_args(Plan))
VERDICTS = cast(tuple[Judgement, ...], get_args(Judgement))
OUTCOMES = cast(tuple[Outcome, ...], get_args(Outcome))


class SnoozeForm(msgspec.Struct, kw_only=True):
    """Until when."""

    until: Annotated[date | str, NextDay(ask=N_("Kies tot wanneer."))]


class PlanForm(msgspec.Struct, kw_only=True):
    """What was agreed, and when the worker asks how it went."""

    plan: Annotated[str, Choice(*PLANS, ask=N_("Kies wat u samen afsprak."))]
    next: Annotated[date | str, NextDay(ask=N_("Kies wanneer u vraagt hoe het ging."))]


class ClosingForm(msgspec.Struct, kw_only=True):
    """What came of it, and whether it was right to call."""

    outcome: Annotated[str, Choice(*OUTCOMES, ask=N_("Kies hoe het afliep."))]
    verdict: Annotated[str | None, Choice(*VERDICTS)] = None


async def _page(
    visit: Visit, viewer: Viewer, db: Db, signal: UUID, template: str, action: str,
    first: dict[str, str] | None = None, **more: Any,
) -> Response[Any]:  # fmt: skip
    found, person = await signals.signal_for(db, viewer, signal)
    if not found.is_open:
        return visit.page("signals/over.html", status=Conflict.status, person=person)
    return visit.page(
        template, signal=found, person=person,
        form=visit.form(f"/signals/{signal}/{action}", **(first or {})),
        weeks=[(weeks, next_day(str(weeks), visit.today)) for weeks in WEEKS], **more,
    )  # fmt: skip


async def _back(
    visit: Visit, viewer: Viewer, db: Db, form: Form, party: UUID, said: str
) -> Response[Any]:
    await contacts.at_work(db, viewer, party, now=visit.now)
    return await visit.done(db, form, f"/worklist/parties/{party}", said=said)


@post("/signals/{signal:uuid}/taking", name="signals.take", again="/worklist")
async def take(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], signal: Path[UUID]
) -> Response[Any]:
    """This worker will call."""
    found = await signals.open_for(db, viewer, signal)
    form.read(NothingForm)
    await signals.take(db, viewer, signal, now=visit.now)
    return await _back(visit, viewer, db, form, found.party_id, "signal_taken")


@get("/signals/{signal:uuid}/snooze", name="signals.show_snooze")
async def show_snooze(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], signal: Path[UUID]
) -> Response[Any]:
    """Not now; when does it come back?"""
    return await _page(visit, viewer, db, signal, "signals/snooze.html", "snooze")


@post("/signals/{signal:uuid}/snooze", name="signals.snooze", again="/signals/{signal}/snooze")
async def snooze(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], signal: Path[UUID]
) -> Response[Any]:
    """It rests until that day."""
    found = await signals.open_for(db, viewer, signal)
    until = next_day(form.read(SnoozeForm).until, visit.today)
    if until is None:
        raise Invalid({"until": _("Kies tot wanneer.")})
    await signals.snooze(db, viewer, signal, until=until, now=visit.now)
    return await _back(visit, viewer, db, form, found.party_id, "signal_rests")


@get("/signals/{signal:uuid}/plan", name="signals.show_plan")
async def show_plan(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], signal: Path[UUID]
) -> Response[Any]:
    """What did you agree?"""
    plans = [(code, signal_words.plan_words(code)) for code in PLANS]
    return await _page(
        visit, viewer, db, signal, "signals/plan.html", "plan", {"next_choice": "2"}, plans=plans
    )


@post("/signals/{signal:uuid}/plan", name="signals.plan", again="/signals/{signal}/plan")
async def plan(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], signal: Path[UUID]
) -> Response[Any]:
    """Agreed; the worker asks later how it went."""
    found = await signals.open_for(db, viewer, signal)
    typed = form.read(PlanForm)
    due_on = next_day(typed.next, visit.today)
    if due_on is None:
        raise Invalid({"next": _("Kies wanneer u vraagt hoe het ging.")})
    await signals.make_plan(
        db, viewer, signal, plan=cast(Plan, typed.plan), due_on=due_on, now=visit.now
    )
    return await _back(visit, viewer, db, form, found.party_id, "signal_planned")


@get("/signals/{signal:uuid}/closing", name="signals.show_closing")
async def show_closing(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], signal: Path[UUID]
) -> Response[Any]:
    """How did it end?"""
    outcomes = [(code, signal_words.outcome_words(code)) for code in OUTCOMES]
    found, _person = await signals.signal_for(db, viewer, signal)
    outlook = (await signals.outlooks(db, viewer.community_id, [found])).get(signal)
    likely: Outcome | None = None
    if outlook is not None and (outlook.has_grown or outlook.unreached):
        likely = "grown" if outlook.has_grown else "not_reached"
    return await _page(visit, viewer, db, signal, "signals/close.html", "closing",
                       {"outcome": likely} if likely else None, outcomes=outcomes,
                       verdicts=signals.said_wording.verdict_options())  # fmt: skip


@post("/signals/{signal:uuid}/closing", name="signals.close", again="/signals/{signal}/closing")
async def close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], signal: Path[UUID]
) -> Response[Any]:
    """It is over, with what came of it."""
    found = await signals.open_for(db, viewer, signal)
    typed = form.read(ClosingForm)
    await signals.close(
        db, viewer, signal, outcome=cast(Outcome, typed.outcome), now=visit.now,
        verdict=cast(Judgement | None, typed.verdict),
    )  # fmt: skip
    return await _back(visit, viewer, db, form, found.party_id, "signal_closed")


@get("/signals/{signal:uuid}/owner", name="signals.owner")
async def show_owner(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], signal: Path[UUID]
) -> Response[Any]:
    """Who does this from now on?"""
    _found, person = await signals.signal_for(db, viewer, signal)
    colleagues = await contacts.colleagues_for(db, viewer, person, now=visit.now)
    return await _page(
        visit, viewer, db, signal, "contacts/owner.html", "owner", colleagues=colleagues
    )


@post("/signals/{signal:uuid}/owner", name="signals.hand_over", again="/signals/{signal}/owner")
async def hand_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], signal: Path[UUID]
) -> Response[Any]:
    """A colleague looks after it, or this worker takes it over and goes on with this person."""
    found = await signals.open_for(db, viewer, signal)
    typed = form.read(OwnerForm)
    await signals.hand_over(db, viewer, signal, to=typed.to, aside=typed.aside, now=visit.now)
    if typed.to == viewer.party_id:
        return await _back(visit, viewer, db, form, found.party_id, "line_taken")
    return await visit.done(db, form, "/worklist", said="handed_over")


after("signal_taken", lambda: _("U gaat bellen. Doe dat binnen een week."))
after("signal_rests", lambda: _("Het rust nu. Op die dag staat het weer op de werklijst."))
after("signal_planned", lambda: _("Het plan is bewaard. Op die dag vraagt u hoe het ging."))
after("signal_closed", lambda: _("Afgerond. Dank u wel."))

ROUTES = [
    take,
    show_snooze,
    snooze,
    show_plan,
    plan,
    show_closing,
    close,
    show_owner,
    hand_over,
]
