"""Changing one's own details, or those of the member a worker acts for."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank import access, areas, parties
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.membership import reach
from timebank.membership.admission import reads_like_staff
from timebank.membership.forms import DetailsForm, starting_values
from timebank.membership.pages.join import choices, neighbourhoods
from timebank.membership.standing import member_for
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/parties/me/edit", name="membership.edit")
async def show_edit(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What should be different?"""
    party = await parties.party(db, viewer.community_id, viewer.subject_id)
    form = visit.form("/parties/me")
    values = starting_values(party, await parties.held(db, viewer.community_id, viewer.subject_id))
    form.over(**values)
    return visit.page(
        "membership/edit.html", form=form,
        **choices(
            await neighbourhoods(db, viewer.community_id),
            await areas.places(db, viewer.community_id),
        ),
    )  # fmt: skip


@post("/parties/me", name="membership.change", again="/parties/me/edit")
async def change(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """Names and likes change at once, and every page shows it. A new e-mail address or phone number
    asks the password once more; how one is reached changes after a day, and is told the old way."""
    community, subject = viewer.community_id, viewer.subject_id
    await parties.lock(db, community=community, ids=[subject])
    old = await parties.party(db, community, subject)
    typed = form.read(
        DetailsForm, areas=await neighbourhoods(db, community),
        places=await areas.places(db, community), today=visit.today,
    )  # fmt: skip
    form.demand_unchanged(**starting_values(old, await parties.held(db, community, subject)))
    new = typed.details(language=old.language)
    await _no_staff_name(db, visit, old, new)
    if (new.email, new.phone_key) != (old.email, old.phone_key):
        access.demand_proof(visit, viewer, form)
    waits = await reach.change(
        db, community=community, old=old, new=new, by=viewer.party_id, now=visit.now
    )
    return await visit.done(db, form, "/parties/me", said="saved_held" if waits else "saved")


@post("/parties/me/reach/end", name="membership.keep_reach", again="/parties/me")
async def keep(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """That was not me, or I changed my mind: it stays as it was."""
    form.read(NothingForm)
    await reach.keep(
        db, community=viewer.community_id, party=viewer.subject_id, by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/parties/me", said="reach_kept")


@post("/parties/{party:uuid}/reach/end", name="membership.keep_reach_of",
      again="/parties/{party}/admin")  # fmt: skip
async def keep_of(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """A member says by phone that it was not them."""
    form.read(NothingForm)
    await member_for(db, viewer, party)
    await reach.keep(
        db, community=viewer.community_id, party=party, by=viewer.party_id, now=visit.now
    )
    return await visit.done(db, form, f"/parties/{party}/admin", said="reach_kept")


async def _no_staff_name(db: Db, visit: Visit, old: parties.Party, new: parties.Details) -> None:
    """Raises Invalid when a name begins to read like that of somebody who works here."""
    words = (visit.community.words.worker.one,)
    errors = {}
    for field in ("full_name", "call_name"):
        name = getattr(new, field)
        if name != getattr(old, field) and await reads_like_staff(
            db, community=visit.community.id, name=name, party=old.id, now=visit.now, words=words
        ):
            errors[field] = _(
                "Deze naam lijkt op die van iemand die hier werkt. Bel ons, dan zetten wij het goed."
            )
    if errors:
        raise Invalid(errors)


after(
    "saved_held",
    lambda: _(
        "Het is bewaard. Hoe wij u bereiken, verandert na een dag. Dat is voor uw veiligheid."
    ),
)
after("reach_kept", lambda: _("Het blijft zoals het was."))

ROUTES = [show_edit, change, keep, keep_of]
