"""Meldingen: the desk of those who look at reports, and one report."""

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import messages
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Id, Tick, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.moderation import hiding, reports, store
from timebank.moderation.model import HIDE_REASONS, Outcome, Report
from timebank.moderation.wording import (
    hidden_sentence,
    hide_reason_name,
    outcome_name,
    reason_name,
    told_message_hidden,
)
from timebank.web import policy
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30


@get("/reports", name="reports.desk")
async def desk(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What waits for an answer, the most pressing first."""
    policy.demand(viewer, "report.handle")
    found = await store.desk(db, viewer)
    return visit.page("moderation/desk.html", reports=found, reason_name=reason_name)


@get("/reports/done", name="reports.done")
async def done(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], before: Query[UUID | None] = None
) -> Response[Any]:
    """How earlier ones ended."""
    policy.demand(viewer, "report.handle")
    found = await store.done(db, viewer, before=before, limit=PAGE + 1)
    return visit.page(
        "moderation/done.html",
        reports=found[:PAGE],
        more=found[PAGE - 1].id if len(found) > PAGE else None,
        reason_name=reason_name,
        outcome_name=outcome_name,
    )


@get("/reports/{report:uuid}", name="reports.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], report: Path[UUID]
) -> Response[Any]:
    """One report: what, why, by whom, the text, what was written. The look is recorded first."""
    policy.demand(viewer, "report.handle")
    found = await reports.look(db, viewer, report, now=visit.now)
    text = await store.text_now(db, viewer.community_id, report)
    written = await store.words(db, viewer.community_id, report)
    return visit.page(
        "moderation/show.html",
        report=found,
        text=text,
        as_it_was=_changed(text.title, text.words, written),
        voices=await store.voices(db, viewer.community_id, report),
        written=written,
        colleagues=await store.colleagues(db, viewer.community_id, found, visit.today),
        form=visit.form(f"/reports/{report}/outcome"),
        notes=visit.form(f"/reports/{report}/notes"),
        owner=visit.form(f"/reports/{report}/owner"),
        outcomes=_outcomes(found, hidden=text.hidden),
        reasons=[(code, hide_reason_name(code)) for code in HIDE_REASONS],
        reason_name=reason_name,
        outcome_name=outcome_name,
    )


def _changed(title: str, now_words: str, words: list[Any]) -> str | None:
    """The text as it stood when it was reported, when it reads differently now."""
    then = next((w.words for w in words if w.kind == "shown"), None)
    now = "\n".join(part for part in (title, now_words) if part)
    return then if then is not None and then != now[:2500] else None


def _outcomes(report: Report, *, hidden: bool) -> list[tuple[str, str, str]]:
    """What can be decided, with what it does. Out of sight already: back, or it stays so."""
    leave = ("left", _("Laat het staan"), _("Er is niets mis. Niemand hoort hiervan."))
    talked = ("talked", _("Ik heb erover gepraat"), _("Schrijf hieronder kort op wat u afsprak."))
    suspended = (
        "suspended", _("Deze buur doet even niet mee"),
        _("Doe dat eerst op de pagina van deze buur."),
    )  # fmt: skip
    if report.about_kind == "party":
        return [leave, talked, suspended]
    hide = ("hidden", _("Haal het van de site"), _("De schrijver leest waarom."))
    if hidden:
        return [
            ("left", _("Zet het weer op de site"), _("De schrijver hoort dat.")),
            ("hidden", _("Het blijft van de site"), _("De schrijver leest waarom.")),
        ]
    return [hide, leave, talked, suspended]


class OutcomeForm(msgspec.Struct, kw_only=True):
    """What was decided, and what the author reads when it goes out of sight."""

    outcome: Annotated[
        str, Choice("hidden", "left", "talked", "suspended", ask=N_("Kies wat u besluit."))
    ]
    reason: Annotated[str | None, Choice(*HIDE_REASONS)] = None
    words: Annotated[str | None, Words(600)] = None
    note: Annotated[str | None, Words(1500)] = None
    sure: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """Hiding takes a reason, and 'something else' takes words."""
        if self.outcome == "hidden" and self.reason is None:
            return {"reason": _("Kies de reden. De schrijver leest die.")}
        if self.outcome == "hidden" and self.reason == "other" and not self.words:
            return {"words": _("Schrijf de reden op. De schrijver leest dit.")}
        if self.outcome == "talked" and not self.note:
            return {"note": _("Schrijf kort op wat u afsprak.")}
        return {}


@post("/reports/{report:uuid}/outcome", name="reports.close", again="/reports/{report}")
async def close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], report: Path[UUID]
) -> Response[Any]:
    """Decide. What its author will read is shown first, and then done."""
    policy.demand(viewer, "report.handle")
    found = await store.report_for(db, viewer, report)
    if not found.is_open:
        raise reports.already_closed()
    asked = form.read(OutcomeForm)
    text = await store.text_now(db, viewer.community_id, report)
    if asked.outcome not in [code for code, _label, _hint in _outcomes(found, hidden=text.hidden)]:
        raise Invalid({"outcome": _("Kies iets uit de lijst.")})
    if asked.outcome == "hidden" and not asked.sure:
        return _check(visit, form, found, asked)
    await _do(db, viewer, found, asked, hidden=text.hidden, visit=visit)
    return await visit.done(db, form, "/reports", said="report_closed")


def _check(visit: Visit, form: Form, report: Report, asked: OutcomeForm) -> Response[Any]:
    fresh = visit.form(f"/reports/{report.id}/outcome")
    fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
    reason, words = asked.reason or "other", asked.words or ""
    by_post = report.about_kind == "post"
    return visit.page(
        "moderation/hide_check.html",
        form=fresh,
        person=report.subject_call_name,
        sentence=hidden_sentence(reason, words) if by_post else told_message_hidden(reason),
        back=f"/reports/{report.id}",
    )


async def _do(
    db: Db, viewer: Viewer, report: Report, asked: OutcomeForm, *, hidden: bool, visit: Visit
) -> None:
    """First close the report, so that of two who decide at the same time one is told; then what
    was decided."""
    await reports.close(
        db, viewer, report.id, outcome=cast(Outcome, asked.outcome), words=asked.note,
        now=visit.now,
    )  # fmt: skip
    if asked.outcome == "hidden" and report.about_kind == "post":
        await hiding.hide_post(
            db, viewer, report.about_id, reason=asked.reason or "other",
            words=asked.words or "", now=visit.now,
        )  # fmt: skip
    if asked.outcome == "left" and hidden and report.about_kind == "post":
        await hiding.show_post(db, viewer, report.about_id, now=visit.now)
    if asked.outcome == "hidden" and report.about_kind == "message":
        await hiding.hide_message(
            db, viewer, await messages.message(db, community=viewer.community_id, id_=report.about_id),
            reason=asked.reason or "other", now=visit.now,
        )  # fmt: skip
    if asked.outcome == "left" and hidden and report.about_kind == "message":
        await messages.show_again(
            db, community=viewer.community_id, id_=report.about_id, by=viewer.party_id,
            now=visit.now,
        )  # fmt: skip


class NoteForm(msgspec.Struct, kw_only=True):
    """Something to remember."""

    remark: Annotated[str, Words(1500, ask=N_("Schrijf op wat u wilt bewaren."))]


@post("/reports/{report:uuid}/notes", name="reports.note", again="/reports/{report}")
async def add_note(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], report: Path[UUID]
) -> Response[Any]:
    """For whoever handles it, and nobody else."""
    policy.demand(viewer, "report.handle")
    await store.report_for(db, viewer, report)
    words = form.read(NoteForm).remark
    await reports.add_note(db, viewer, report, words=words, now=visit.now)
    return await visit.done(db, form, f"/reports/{report}", said="saved")


class OwnerForm(msgspec.Struct, kw_only=True):
    """Who takes it over."""

    owner: Annotated[UUID, Id(ask=N_("Kies een collega."))]


@post("/reports/{report:uuid}/owner", name="reports.hand_over", again="/reports/{report}")
async def hand_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], report: Path[UUID]
) -> Response[Any]:
    """It lies with a colleague from now on."""
    policy.demand(viewer, "report.handle")
    await store.report_for(db, viewer, report)
    to = form.read(OwnerForm).owner
    await reports.hand_over(db, viewer, report, to=to, now=visit.now)
    return await visit.done(db, form, "/reports", said="report_handed_over")


after("report_closed", lambda: _("De melding is afgesloten."))
after("report_handed_over", lambda: _("De melding ligt nu bij uw collega."))

ROUTES = [desk, done, show, close, add_note, hand_over]
