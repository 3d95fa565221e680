"""Wis mijn gegevens: what goes, what stays, until when one can come back."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import access, exchanges, hours, parties
from timebank.admin import erasure_asking as asking
from timebank.admin import erasure_store as store
from timebank.admin.erasure import LONGEST_DAYS, WAIT_DAYS
from timebank.kernel.db import Db
from timebank.kernel.fields import Tick
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.web.inject import In
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class SureForm(msgspec.Struct, kw_only=True):
    """They read it, and want it."""

    sure: Annotated[bool, Tick()] = False


@get("/parties/me/erasure", name="erasure.own")
async def show(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Do you want us to forget you? Who acts for a member reads how that member can ask."""
    community, party = viewer.community_id, viewer.subject_id
    running = await store.of_party(db, community, party)
    open_ = await _open_and_seen(db, community, party)
    people = {id_ for found in open_ for id_ in found.party_ids}
    return visit.page(
        "admin/erase_me.html",
        form=visit.form("/parties/me/erasure"),
        stay_form=visit.form("/parties/me/erasure/end"),
        running=running if running and running.due_on else None,
        last_day=visit.today + timedelta(days=WAIT_DAYS),
        longest=LONGEST_DAYS,
        appointments=open_,
        unsettled=await exchanges.unsettled(db, community=community, party=party),
        subject=party,
        names=await parties.cards(db, community, people),
        balance=await hours.balance(db, community=community, party=party, now=visit.now),
        works_here=bool(viewer.roles),
        acting=viewer.acting_for is not None,
    )


async def _open_and_seen(db: Db, community: int, party: UUID) -> list[exchanges.Exchange]:
    """What is open, but with whom one does not meet any more: that lies with a worker."""
    return [
        found
        for found in await exchanges.open_of(db, community=community, party=party)
        if await parties.may_meet(db, community, party, found.other(party))
    ]


@post("/parties/me/erasure", name="erasure.ask", again="/parties/me/erasure")
async def ask(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """The password comes first; then the days begin."""
    access.demand_proof(visit, viewer, form)
    if not form.read(SureForm).sure:
        raise Invalid({"sure": _("Zet een vinkje als u het zeker weet.")})
    await asking.ask(db, viewer, now=visit.now)
    return await visit.done(db, form, "/parties/me/erasure", said="erasure_asked")


@post("/parties/me/erasure/end", name="erasure.stay", again="/parties/me/erasure")
async def stay(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """Back, with everything as it was."""
    form.read(NothingForm)
    await asking.stay(db, viewer, now=visit.now)
    return await visit.done(db, form, "/parties/me", said="came_back")


after("erasure_asked", lambda: _("Wij hebben het opgeschreven. Bedenkt u zich? Dat kan nog."))

ROUTES = [show, ask, stay]
