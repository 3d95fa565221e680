"""What somebody sees who may not take part now: why, who calls, how to object, their own data, and
nothing else (OWASP ASVS 6.3.8)."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import access, areas, parties
from timebank.access import Asked, SignInNeeded
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.membership import standing, store
from timebank.membership.forms import AppealForm
from timebank.web import cookies
from timebank.web.inject import In
from timebank.web.said import after
from timebank.web.visit import Visit, see_other


async def _who(request: Asked, visit: Visit, db: Db) -> UUID:
    """The suspended member who signed in. Raises SignInNeeded for anybody else."""
    party = await access.shut_out(request, db, visit)
    if party is None:
        raise SignInNeeded(community=visit.community.id)
    return party


@get("/suspension", name="membership.suspension", public=True)
async def suspension(request: Asked, visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Why can I not take part?"""
    if visit.viewer is not None:
        return see_other(visit.url("/"))
    party = await _who(request, visit, db)
    community = visit.community.id
    member = await parties.party(db, community, party)
    reason = await store.newest_reason(db, community=community, party=party, kind="suspended")
    answer = await store.newest_reason(db, community=community, party=party, kind="upheld")
    appeals = await store.appeals(db, community=community, party=party)
    waiting = next((a for a in appeals if a.answered_at is None), None)
    ids = {r.caller_id for r in (reason, answer) if r and r.caller_id}
    names = await parties.cards(db, community, ids | ({waiting.owner_id} if waiting else set()))
    visit.community = await areas.community(
        db, community, area=member.area_id, language=visit.language
    )
    if answer is not None and reason is not None and answer.at < reason.at:
        answer = None
    return visit.page(
        "membership/suspension.html",
        form=visit.form("/suspension/appeals"),
        end_form=visit.form("/suspension/end"),
        member=member,
        reason=reason,
        answer=answer,
        waiting=waiting,
        names=names,
    )


@post("/suspension/appeals", name="membership.appeal", public=True, again="/suspension")
async def appeal(request: Asked, visit: In[Visit], db: In[Db], form: In[Form]) -> Response[Any]:
    """I do not agree: somebody else looks again."""
    party = await _who(request, visit, db)
    words = form.read(AppealForm).words
    await standing.appeal(db, community=visit.community.id, party=party, words=words, now=visit.now)
    return await visit.done(db, form, "/suspension", said="appealed")


@post("/suspension/end", name="membership.leave_suspension", public=True, again="/suspension",
      no_key=True)  # fmt: skip
async def end(request: Asked, visit: In[Visit], db: In[Db], form: In[Form]) -> Response[Any]:
    """Sign out."""
    party = await _who(request, visit, db)
    await access.close_all(db, community=visit.community.id, party=party, now=visit.now)
    visit.say("signed_out")
    answer = see_other(visit.url("/session?said=signed_out"), visit.cookies)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.set_cookie(
        cookies.make("session", visit.community.slug, "", https=visit.https, seconds=0)
    )
    return answer


after("appealed", lambda: _("Het is doorgegeven. Iemand kijkt er nog eens naar."))

ROUTES = [suspension, appeal, end]
