"""What a member reads and decides about the worker's attention: who looked, why, and the yes or no.

These pages are the member's own, and stand here because the answer takes signals and notes with it.
"""

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, contacts, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.signals import actions, mirror, said_wording, wording
from timebank.web.inject import In, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30


class ConsentForm(msgspec.Struct, kw_only=True):
    """The answer to the question about the worker's call."""

    answer: Annotated[str, Choice("yes", "no", "later", ask=N_("Kies een antwoord."))]


@post("/parties/me/consents", name="signals.consent", again="/parties/me")
async def answer_consent(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """The answer counts at once. With anything but yes, all that was kept under a yes is gone."""
    typed = form.read(ConsentForm)
    acting = viewer.acting_for is not None
    await actions.answer_worker_call(
        db, community=viewer.community_id, party=viewer.subject_id,
        answer=cast(parties.Answer, typed.answer), way="phone" if acting else "page",
        asked_by=viewer.party_id if acting else None, now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/parties/me", said="consent_answered")


@get("/parties/me/views", name="signals.views")
async def views(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], before: Query[UUID | None] = None
) -> Response[Any]:
    """What does the worker see of me, why, what was said, who looked, and what was done for me?"""
    community, subject = viewer.community_id, viewer.subject_id
    party = await parties.party(db, community, subject)
    staff = await parties.staff_of(db, community=community, area=party.area_id, today=visit.today)
    looks = await audit.shown_to(db, community=community, subject=subject, looks=True)
    deeds = await audit.shown_to(
        db, community=community, subject=subject, looks=False, before=before, limit=PAGE + 1
    )
    own = viewer.acting_for is None

    def said(entries: list[audit.Entry]) -> list[parties.LogLine]:
        worker = visit.community.words.worker.one
        return [parties.log_line(entry, subject=subject, worker=worker) for entry in entries]

    return visit.page(
        "parties/views.html",
        looks=said(looks),
        deeds=said(deeds[:PAGE]),
        more=deeds[PAGE - 1].id if len(deeds) > PAGE else None,
        before=before,
        workers=[s for s in staff if s.kind == "worker" and s.id != subject],
        mirror=await mirror.look(db, community, subject, today=visit.today) if own else None,
        talks=await contacts.of(db, community, subject) if own else [],
        not_now_form=visit.form("/parties/me/objection", reason="not_now"),
        back_form=visit.form("/parties/me/objection/end"),
        signal_words=wording,
        said_words=said_wording,
        contact_words=contacts.wording,
    )


after("consent_answered", lambda: _("Uw antwoord is bewaard. Het geldt vanaf nu."))

ROUTES = [answer_consent, views]
