"""Changing one's own details, or those of the member a worker acts for."""

from typing import Any

from litestar import Response, get, post

from timebank import access, areas, parties
from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.membership.admission import reads_like_staff, too_young_sentence
from timebank.membership.forms import DetailsForm, starting_values
from timebank.membership.pages.join import choices, neighbourhoods
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/parties/me/edit", name="membership.edit")
async def show_edit(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What should be different?"""
    party = await parties.party(db, viewer.community_id, viewer.subject_id)
    form = visit.form("/parties/me")
    if not form.sent:
        form.start_with(**starting_values(party))
    return visit.page(
        "membership/edit.html", form=form,
        **choices(
            await neighbourhoods(db, viewer.community_id),
            await areas.places(db, viewer.community_id),
        ),
    )  # fmt: skip


@post("/parties/me", name="membership.change", again="/parties/me/edit")
async def change(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """Changed at once, and every page shows it. A new e-mail address or phone number asks the
    password once more, and is told at the old address."""
    community, subject = viewer.community_id, viewer.subject_id
    old = await parties.party(db, community, subject)
    new = form.read(DetailsForm).details(
        await neighbourhoods(db, community), await areas.places(db, community), visit.today,
        language=old.language,
    )  # fmt: skip
    if parties.too_young(new.birth_year, visit.today):
        raise Invalid({"birth_year": too_young_sentence()})
    await _no_staff_name(db, visit, old, new)
    if (new.email, new.phone_key) != (old.email, old.phone_key):
        access.demand_proof(visit, viewer, form)
    await parties.change_details(
        db, community=community, party=subject, details=new, by=viewer.party_id, now=visit.now
    )
    if old.email and new.email != old.email:
        await outbox.put(
            db, community=community, kind="mail.moved",
            payload={"party": str(subject), "to": old.email}, now=visit.now,
        )  # fmt: skip
    return await visit.done(db, form, "/parties/me", said="saved")


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


ROUTES = [show_edit, change]
