"""Two questions about contact: answered by the member, or typed in after a call or from a card."""

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, contacts, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Tick
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.signals import said, said_store, store
from timebank.signals.rule import Wants
from timebank.signals.said_model import WAYS, Way
from timebank.signals.said_wording import talks_options, wants_options, way_options
from timebank.web import policy
from timebank.web.inject import In, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

RATHER_NOT = "rather_not"


class CheckinForm(msgspec.Struct, kw_only=True):
    """The two answers; or none, with the button that says so."""

    talks: Annotated[str | None, Choice("0", "1", "2", "3", RATHER_NOT)] = None
    wants: Annotated[str | None, Choice("yes", "no", "unsure")] = None
    way: Annotated[str | None, Choice(*WAYS)] = None
    not_now: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """Both, or the button."""
        wrong = {}
        if self.talks is None and not self.not_now:
            wrong["talks"] = _("Kies een antwoord. “Zeg ik liever niet” mag ook.")
        if self.wants is None and not self.not_now:
            wrong["wants"] = _("Kies een antwoord. “Weet ik niet” mag ook.")
        return wrong

    @property
    def count(self) -> int | None:
        """With how many she talked well; None when she would rather not say."""
        return int(self.talks) if self.talks and self.talks != RATHER_NOT else None


async def _whom(db: Db, viewer: Viewer, party: UUID | None) -> parties.Party:
    """The member herself, or one of this worker's. Raises NotFound."""
    policy.demand(viewer, "checkin.answer")
    if party is None:
        return await parties.party(db, viewer.community_id, viewer.subject_id)
    return await contacts.person_for(db, viewer, party)


def _typed_for(viewer: Viewer, person: parties.Party) -> bool:
    """Whether somebody types in what another said."""
    return person.id != viewer.party_id


@get("/checkins/new", name="signals.new_checkin")
async def new_checkin(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """With how many people did you talk well, and would you like more contact?"""
    person = await _whom(db, viewer, party)
    known = await said_store.known(db, viewer.community_id, person.id, visit.today)
    own = not _typed_for(viewer, person)
    address = "/checkins" if party is None else f"/checkins?party={person.id}"
    return visit.page(
        "signals/checkin.html",
        form=visit.form(address, way="phone"),
        person=person,
        known=known,
        own=own,
        back="/" if own else f"/worklist/parties/{person.id}" if party else "/parties/me",
        talks=talks_options(),
        wants=wants_options(),
        ways=way_options(),
    )


@post("/checkins", name="signals.checkin", again="/checkins/new")
async def check_in(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """Kept, under her yes."""
    person = await _whom(db, viewer, party)
    typed = form.read(CheckinForm)
    other = _typed_for(viewer, person)
    listed = await said.check_in(
        db, community=viewer.community_id, party=person.id, by=viewer.party_id,
        way=cast(Way, typed.way or "phone") if other else "page", talks=typed.count,
        wants=cast(Wants | None, None if typed.not_now else typed.wants), now=visit.now,
    )  # fmt: skip
    if party is not None:
        told = "checkin_listed" if listed else "checkin_kept"
        return await visit.done(db, form, f"/worklist/parties/{person.id}", said=told)
    return await visit.done(db, form, "/checkins/thanks")


@get("/checkins/thanks", name="signals.checkin_thanks")
async def thanks(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What happens with it, and by when."""
    policy.demand(viewer, "checkin.answer")
    community, subject = viewer.community_id, viewer.subject_id
    newest = await said_store.checkins(db, community, subject, 1)
    found = await store.open_of(db, community, subject)
    owner = await parties.cards(db, community, [found.owner_id] if found else [])
    return visit.page(
        "signals/checkin_thanks.html",
        newest=newest[0] if newest else None,
        found=found,
        owner=owner.get(found.owner_id) if found else None,
    )


@get("/checkins/card", name="signals.checkin_card")
async def card(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """The same two questions on paper, for one member or without a name."""
    policy.demand(viewer, "contact.write")
    person = await contacts.person_for(db, viewer, party) if party else None
    return visit.page(
        "signals/checkin_card.html", person=person, talks=talks_options(),
        wants=wants_options(),
    )  # fmt: skip


audit.says("attention.said", lambda _e: _("Beantwoordde twee vragen over contact."))
audit.says("attention.entered", lambda _e: _("Typte in wat u zei over contact."))
after("checkin_kept", lambda: _("Het antwoord is bewaard."))
after("checkin_listed", lambda: _("Het antwoord is bewaard. Dit staat nu op de werklijst."))

ROUTES = [new_checkin, check_in, thanks, card]
