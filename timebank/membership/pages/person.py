"""A member's page for those who look after them: the facts of membership, and what can be done."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import access, audit, parties
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.membership import store
from timebank.membership.pages.applicants import code_page
from timebank.membership.standing import member_for
from timebank.parties import Party, wording
from timebank.web import cookies
from timebank.web.inject import In, Path
from timebank.web.policy import demand
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


@get("/parties/{party:uuid}/admin", name="membership.person")
async def person(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """How does this member take part? The look is recorded before the page is made."""
    member = await member_for(db, viewer, party)
    community = viewer.community_id
    if party != viewer.party_id:
        await audit.note(
            db, community=community, act="party.looked", actor=viewer.party_id, subject=party,
            now=visit.now,
        )  # fmt: skip
    reasons = await store.reasons(db, community=community, party=party)
    appeals = await store.appeals(db, community=community, party=party)
    names = await parties.cards(
        db, community, {r.caller_id for r in reasons if r.caller_id} | {a.owner_id for a in appeals}
    )
    forms: dict[str, Any] = {
        name: visit.form(f"/parties/{party}/{path}")
        for name, path in (
            ("form", "suspension/answer"), ("acting_form", "acting-for"), ("code_form", "code"),
            ("restore_form", "suspension/end"), ("back_form", "leaving/end"), ("told_form", "told"),
            ("keep_form", "reach/end"), ("out_form", "sessions/end"),
        )
    }  # fmt: skip
    return visit.page(
        "membership/person.html",
        **forms,
        wrong=next((form for form in forms.values() if form.errors), forms["form"]),
        member=member,
        reasons=reasons if viewer.is_admin else reasons[:1],
        appeal=next((a for a in appeals if a.answered_at is None), None)
        if viewer.is_admin
        else None,
        names=names,
        consent=await parties.consent(db, community, party, parties.WORKER_CALL),
        held=await parties.held(db, community, party),
        leaving=await store.leaving_of(db, community=community, party=party),
        may_act=await parties.looks_after(db, viewer, party, member.area_id)
        and party != viewer.party_id
        and member.state in parties.TAKING_PART,
        may_code=await _may_code(db, visit, viewer, member),
        is_self=party == viewer.party_id,
        words_for=wording,
    )


async def _may_code(db: Db, visit: Visit, viewer: Viewer, member: Party) -> bool:
    """A code lets somebody in as this member. For those who work here only an admin makes one, and
    nobody for themselves: no worker becomes an admin this way."""
    if member.state not in parties.TAKING_PART or member.id == viewer.party_id:
        return False
    roles = await access.roles_of(
        db, community=viewer.community_id, party=member.id, today=visit.today
    )
    return viewer.is_admin or not roles


@post(
    "/parties/{party:uuid}/acting-for", name="membership.act_for", again="/parties/{party}/admin",
    no_key=True,
)  # fmt: skip
async def begin_acting(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """By phone or on paper: from here every page is this member's, under the worker's name."""
    demand(viewer, "member.act_for")
    form.read(NothingForm)
    token = await access.act_for(db, viewer=viewer, party=party, now=visit.now)
    answer = see_other(visit.url("/"))
    answer.set_cookie(
        cookies.make("session", visit.community.slug, token, https=visit.https, seconds=None)
    )
    return answer


@post("/parties/{party:uuid}/code", name="membership.code", again="/parties/{party}/admin")
async def make_code(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """A code to choose a (new) password with. Shown once; an older one is worthless now."""
    demand(viewer, "member.code")
    form.read(NothingForm)
    member = await member_for(db, viewer, party)
    if not await _may_code(db, visit, viewer, member):
        raise NotFound
    code = await access.make_ticket(
        db, community=viewer.community_id, party=party, kind="worker_code", by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    await visit.done(db, form, f"/parties/{party}/admin", said="code_made")
    return await code_page(visit, db, party, code)


@post(
    "/parties/{party:uuid}/sessions/end", name="membership.end_sessions",
    again="/parties/{party}/admin",
)  # fmt: skip
async def sign_out_everywhere(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """A phone was lost or stolen: whoever holds it is out at once (OWASP ASVS 7.4.5)."""
    demand(viewer, "member.code")
    form.read(NothingForm)
    member = await member_for(db, viewer, party)
    if not await _may_code(db, visit, viewer, member):
        raise NotFound
    await access.close_all(db, community=viewer.community_id, party=party, now=visit.now)
    await audit.note(
        db, community=viewer.community_id, act="session.ended_for", actor=viewer.party_id,
        subject=party, now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/parties/{party}/admin", said="signed_out_everywhere")


after("signed_out_everywhere", lambda: _("Deze buur is nu overal uitgelogd."))
after("code_made", lambda: _("De code is gemaakt. Is hij kwijt? Maak dan een nieuwe."))

ROUTES = [person, begin_acting, make_code, sign_out_everywhere]
