"""Pages of the parties: what we know of me, and what I decide about it."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Tick
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.parties import actions, power_words, store, wording
from timebank.parties.held import held
from timebank.parties.model import WORKER_CALL, Party
from timebank.parties.neighbour_pages import ROUTES as NEIGHBOUR_ROUTES
from timebank.parties.people_pages import ROUTES as PEOPLE_ROUTES
from timebank.web import cookies
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

LANGUAGE_DAYS = 365


class SettingsForm(msgspec.Struct, kw_only=True):
    """How I get post, and who finds me."""

    language: Annotated[str, Choice(*NAMES)]
    mail_whole: Annotated[bool, Tick()] = False
    hidden: Annotated[bool, Tick()] = False


@get("/parties/me", name="parties.me")
async def me(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What do you know of me, and is that all right?"""
    community, subject = viewer.community_id, viewer.subject_id
    party = await store.party(db, community, subject)
    answers = [c for c in await store.consents(db, community, subject) if c.kind == WORKER_CALL]
    staff = await store.staff_of(db, community=community, area=party.area_id, today=visit.today)
    consent_form = visit.form("/parties/me/consents", answer=answers[0].answer if answers else None)
    settings_form = _settings_form(visit, party)
    return visit.page(
        "parties/me.html",
        form=settings_form if settings_form.errors else consent_form,
        consent_form=consent_form,
        settings_form=settings_form,
        unblock_form=visit.form("/parties/me/blocks"),
        me=party,
        held=await held(db, community, subject),
        keep_form=visit.form("/parties/me/reach/end"),
        words_for=wording,
        answers=answers,
        blocked=await store.blocks(db, community, subject),
        workers=[s for s in staff if s.kind == "worker" and s.id != subject],
        helpers=await store.helpers(db, community=community, party=subject, today=visit.today),
        powers_words=power_words.powers_words,
        admins=[s for s in staff if s.kind == "admin" and s.id != subject],
    )


def _settings_form(visit: Visit, party: Party) -> Form:
    return visit.form("/parties/me/settings").over(**_settings(party))


def _settings(party: Party) -> dict[str, str | None]:
    """The form as it is now."""
    return {
        "language": party.language, "mail_whole": "1" if party.mail_whole else None,
        "hidden": "1" if party.hidden else None,
    }  # fmt: skip


@post("/parties/me/settings", name="parties.settings", again="/parties/me")
async def choose_settings(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Language, mail, in sight or not."""
    await store.lock(db, community=viewer.community_id, ids=[viewer.subject_id])
    typed = form.read(SettingsForm)
    party = await store.party(db, viewer.community_id, viewer.subject_id)
    form.demand_unchanged(**_settings(party))
    await actions.choose_settings(
        db, community=viewer.community_id, party=viewer.subject_id, language=typed.language,
        mail_whole=typed.mail_whole, hidden=typed.hidden, by=viewer.party_id, now=visit.now,
    )  # fmt: skip
    answer = await visit.done(db, form, "/parties/me", said="saved")
    if viewer.acting_for is None:
        answer.set_cookie(
            cookies.make(
                "lang", visit.community.slug, typed.language, https=visit.https,
                seconds=LANGUAGE_DAYS * 86400,
            )
        )  # fmt: skip
    return answer


@post("/parties/{party:uuid}/block/end", name="parties.unblock", again="/parties/me")
async def unblock(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """These two may meet again."""
    place: dict[str, Any] = {
        "community": viewer.community_id, "blocker": viewer.subject_id, "blocked": party,
    }  # fmt: skip
    if not await store.has_blocked(db, **place):
        raise NotFound
    await actions.unblock(db, by=viewer.party_id, now=visit.now, **place)
    return await visit.done(db, form, "/parties/me", said="unblocked")


after("unblocked", lambda: _("U kunt elkaar nu weer tegenkomen."))

ROUTES = [
    me,
    choose_settings,
    unblock,
    *NEIGHBOUR_ROUTES,
    *PEOPLE_ROUTES,
]
