"""Gegevens wissen for somebody who asks by letter, by phone or in person: two people, two names."""

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import access, parties
from timebank.admin import erasure_asking as asking
from timebank.admin import erasure_store as store
from timebank.admin.erasure import WAIT_DAYS
from timebank.admin.erasure_store import Erasure, Way
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Id
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.parties import Card
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class ErasureForm(msgspec.Struct, kw_only=True):
    """How they asked, and which colleague speaks with them too."""

    way: Annotated[str, Choice("letter", "phone", "visit", ask=N_("Kies hoe het gevraagd is."))]
    second: Annotated[UUID, Id(ask=N_("Kies een collega."))]


async def _names(db: Db, viewer: Viewer, found: list[Erasure]) -> dict[UUID, Card]:
    ids = {id_ for e in found for id_ in (e.party_id, e.asked_by_id, e.second_id) if id_}
    return await parties.cards(db, viewer.community_id, ids)


@get("/erasures", name="erasure.list")
async def list_all(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who asked to be forgotten, and when it happens."""
    policy.demand(viewer, "erasure.ask")
    found = [
        e for e in await store.all_open(db, viewer.community_id) if e.party_id != viewer.party_id
    ]
    names = await _names(db, viewer, found)
    return visit.page("admin/erasures.html", found=found, names=names)


@get("/parties/{party:uuid}/erasure/new", name="erasure.new")
async def new(visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]) -> Response[Any]:
    """Who asked it, how, and who is the second?"""
    member = await asking.member_for(db, viewer, party)
    return visit.page(
        "admin/erase_member.html",
        form=visit.form(f"/parties/{party}/erasure"),
        member=member,
        colleagues=[
            (str(card.id), card.full_name)
            for card in await asking.colleagues(db, viewer, member, now=visit.now)
        ],
        days=WAIT_DAYS,
    )


@post("/parties/{party:uuid}/erasure", name="erasure.ask_for", again="/parties/{party}/erasure/new")
async def ask_for(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """The password comes first. The colleague hears it, and so does the member."""
    await asking.member_for(db, viewer, party)
    access.demand_proof(visit, viewer, form)
    asked = form.read(ErasureForm)
    await asking.ask_for(
        db, viewer, party, way=cast(Way, asked.way), second=asked.second, now=visit.now
    )
    return await visit.done(db, form, "/erasures", said="erasure_asked_for")


@get("/erasures/{erasure:uuid}", name="erasure.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], erasure: Path[UUID]
) -> Response[Any]:
    """Is it real?"""
    found = await asking.erasure_for(db, viewer, erasure)
    return visit.page(
        "admin/erasure.html",
        found=found,
        names=await _names(db, viewer, [found]),
        is_second=found.second_id == viewer.party_id,
        form=visit.form(f"/erasures/{erasure}/agreement"),
        stop_form=visit.form(f"/erasures/{erasure}/end"),
        days=WAIT_DAYS,
    )


@post("/erasures/{erasure:uuid}/agreement", name="erasure.agree", again="/erasures/{erasure}")
async def agree(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], erasure: Path[UUID]
) -> Response[Any]:
    """The second says yes: the days begin."""
    form.read(NothingForm)
    await asking.agree(db, viewer, erasure, now=visit.now)
    return await visit.done(db, form, f"/erasures/{erasure}", said="erasure_begun")


@post("/erasures/{erasure:uuid}/end", name="erasure.stop", again="/erasures/{erasure}")
async def stop(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], erasure: Path[UUID]
) -> Response[Any]:
    """It does not happen."""
    form.read(NothingForm)
    await asking.stop(db, viewer, erasure, now=visit.now)
    return await visit.done(db, form, "/worklist", said="erasure_stopped")


after("erasure_asked_for", lambda: _("Uw collega hoort het nu, en uw buur ook."))
after(
    "erasure_begun",
    lambda: _("Dank u. Wij wachten nu nog even. Tot die dag kan uw buur zich bedenken."),
)
after("erasure_stopped", lambda: _("Het gaat niet door. Er is niets gewist."))

ROUTES = [list_all, new, ask_for, show, agree, stop]
