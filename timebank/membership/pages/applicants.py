"""The desk of who asked to join: spoken to by a person, who looks for doubles and then answers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import areas, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.membership import store
from timebank.membership.admission import admit, applicant_for, reads_like_staff, refuse
from timebank.membership.forms import ReasonForm
from timebank.membership.model import ANSWER_DAYS
from timebank.parties import Party, wording
from timebank.web.inject import In, Path
from timebank.web.policy import demand
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


@get("/applicants", name="membership.applicants")
async def applicants(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who waits for an answer, the longest waiting first; and who still has to be called."""
    demand(viewer, "member.admit")
    mine = None if viewer.is_admin else viewer.worker_areas
    found = await parties.applicants(db, community=viewer.community_id, areas=mine)
    calls = await store.calls_to_make(db, community=viewer.community_id, areas=mine)
    names = await parties.cards(db, viewer.community_id, [call.caller_id for call in calls])
    return visit.page(
        "membership/applicants.html",
        applicants=[
            (a, answer_by := local_date(a.applied_at) + timedelta(days=ANSWER_DAYS),
             answer_by < visit.today)
            for a in found
        ],
        calls=[(call, names.get(call.caller_id)) for call in calls],
        words_for=wording,
    )  # fmt: skip


@get("/applicants/{party:uuid}", name="membership.applicant")
async def applicant(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """Who is this, and do we know them already?"""
    found = await applicant_for(db, viewer, party)
    form = visit.form(f"/applicants/{party}/refusal")
    admit_form = visit.form(f"/applicants/{party}/admission")
    if found.number is not None and not (form.errors or admit_form.errors):
        return see_other(visit.url(f"/parties/{party}/admin"))
    community = viewer.community_id
    words = (visit.community.words.worker.one,)
    consents = await parties.consents(db, community, party)
    return visit.page(
        "membership/applicant.html",
        form=form,
        admit_form=admit_form,
        told_form=visit.form(f"/parties/{party}/told"),
        apart_form=visit.form(f"/applicants/{party}/not-alike"),
        applicant=found,
        alike=await parties.look_alikes(db, community, party),
        unwilling=await parties.unwilling(db, community, party),
        like_staff=await reads_like_staff(
            db, community=community, name=f"{found.full_name}", party=party, now=visit.now,
            words=words,
        )
        or await reads_like_staff(
            db, community=community, name=found.call_name, party=party, now=visit.now, words=words
        ),
        maybe_young=parties.maybe_too_young(found.birth_year, visit.today),
        consent=consents[0] if consents else None,
        refusal=await store.newest_reason(db, community=community, party=party, kind="refused"),
        answer_by=local_date(found.applied_at) + timedelta(days=ANSWER_DAYS),
        words_for=wording,
    )  # fmt: skip


@post("/applicants/{party:uuid}/admission", name="membership.admit", again="/applicants/{party}")
async def admission(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Yes: a number, starting hours, and a way in. A code is shown on this page once."""
    form.read(NothingForm)
    admitted = await admit(db, viewer, party, now=visit.now)
    done = await visit.done(db, form, f"/parties/{party}/admin", said="admitted")
    if admitted.code is None:
        return done
    return await code_page(visit, db, party, admitted.code)


async def code_page(visit: Visit, db: Db, party: UUID, code: str) -> Response[Any]:
    """A card with number and code, to read out or print. Stored nowhere, so shown once."""
    member: Party = await parties.party(db, visit.community.id, party)
    about = await areas.community(
        db, visit.community.id, area=member.area_id, language=visit.language
    )
    grouped = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
    return visit.page("membership/code.html", member=member, code=grouped, about=about)


@post("/applicants/{party:uuid}/refusal", name="membership.refuse", again="/applicants/{party}")
async def refusal(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """No, with a reason."""
    await applicant_for(db, viewer, party)
    refused = await refuse(db, viewer, party, words=form.read(ReasonForm).words, now=visit.now)
    said = "refused_by_mail" if refused.email else "refused_to_call"
    return await visit.done(db, form, f"/applicants/{party}", said=said)


@post(
    "/applicants/{party:uuid}/not-alike/{other:uuid}", name="membership.not_alike",
    again="/applicants/{party}",
)  # fmt: skip
async def not_alike(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID],
    other: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """Two different people: not asked again."""
    await applicant_for(db, viewer, party)
    if other not in {found.id for found in await parties.look_alikes(
        db, viewer.community_id, party
    )}:  # fmt: skip
        raise NotFound
    await parties.say_not_alike(
        db, community=viewer.community_id, one_id=party, other_id=other, by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/applicants/{party}", said="two_people")


@post("/parties/{party:uuid}/told", name="membership.told", again="/applicants")
async def told(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Somebody spoke with who got a no."""
    found = await applicant_for(db, viewer, party)
    reasons = await store.reasons(db, community=viewer.community_id, party=party)
    for reason in reasons:
        if reason.caller_id is not None and reason.told_at is None:
            await store.told(
                db, community=viewer.community_id, party=party, reason=reason.id,
                by=viewer.party_id, now=visit.now,
            )  # fmt: skip
    path = f"/parties/{party}/admin" if found.number else "/applicants"
    return await visit.done(db, form, path, said="told")


after("admitted", lambda: _("Deze buur doet mee. De mail om in te loggen gaat nu weg."))
after("refused_by_mail", lambda: _("De mail met de reden gaat nu weg."))
after("refused_to_call", lambda: _("Bel nu, of schrijf een brief. Er is geen e-mailadres."))
after("two_people", lambda: _("Bewaard: dit zijn twee mensen. Wij vragen het niet nog eens."))
after("told", lambda: _("Bewaard: u heeft het verteld."))

ROUTES = [applicants, applicant, admission, refusal, not_alike, told]
