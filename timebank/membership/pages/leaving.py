"""Rest, or stop: what happens to posts, appointments and time, before one chooses."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from litestar import Response, get, post

from timebank import exchanges, hours, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import on
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.membership import standing, store
from timebank.membership.forms import RestForm
from timebank.membership.leaving import leave
from timebank.membership.model import LEAVE_DAYS, rests
from timebank.web.inject import In
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/parties/me/leaving", name="membership.leaving")
async def show_leaving(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Do you want rest, or to stop?"""
    community, subject = viewer.community_id, viewer.subject_id
    member = await parties.party(db, community, subject)
    still_open = await _open_and_seen(db, community, subject)
    people = {id_ for found in still_open for id_ in found.party_ids}
    owners = {found.owner_id for found in still_open if found.owner_id}
    balance = await hours.balance(db, community=community, party=subject, now=visit.now)
    return visit.page(
        "membership/leaving.html",
        form=visit.form("/parties/me/leaving"),
        back_form=visit.form("/parties/me/leaving/end"),
        member=member,
        rests=rests(visit.today),
        appointments=still_open,
        subject=subject,
        names=await parties.cards(db, community, people | owners),
        minutes=balance.minutes,
        givable=balance.givable_minutes,
        helped=await store.times_helped(db, community=community, party=subject),
        leaving=await store.leaving_of(db, community=community, party=subject),
        final_on=visit.today + timedelta(days=LEAVE_DAYS),
    )


async def _open_and_seen(db: Db, community: int, subject: UUID) -> list[exchanges.Exchange]:
    """What is open, but with whom one does not meet any more: that lies with a worker."""
    found = await exchanges.open_of(db, community=community, party=subject)
    others = {exchange.other(subject) for exchange in found}
    met = {id_ for id_ in others if await parties.may_meet(db, community, subject, id_)}
    return [exchange for exchange in found if exchange.other(subject) in met]


@post("/parties/me/leaving", name="membership.leave", again="/parties/me/leaving")
async def choose(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """Rest until a day, or stop."""
    typed = form.read(RestForm)
    place: dict[str, Any] = {
        "community": viewer.community_id, "party": viewer.subject_id, "by": viewer.party_id,
        "now": visit.now, "on_behalf_of": viewer.on_behalf_of,
    }  # fmt: skip
    if typed.choice == "pause":
        until = on(cast(date | str, typed.until), visit.today)
        await standing.pause(db, until=until, **place)
    else:
        await leave(db, **place)
    return await visit.done(db, form, "/parties/me/leaving", said=f"chose_{typed.choice}")


@post("/parties/me/leaving/end", name="membership.come_back", again="/parties/me/leaving")
async def come_back(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Back, with everything as it was."""
    form.read(NothingForm)
    await standing.take_part_again(
        db, community=viewer.community_id, party=viewer.subject_id, by=viewer.party_id,
        now=visit.now, on_behalf_of=viewer.on_behalf_of,
    )  # fmt: skip
    return await visit.done(db, form, "/parties/me", said="came_back")


after("chose_pause", lambda: _("U heeft nu rust. Wat u vroeg en aanbood, rust ook."))
after("chose_leave", lambda: _("Wij hebben het opgeschreven. Bedenkt u zich? Dat kan nog."))
after("came_back", lambda: _("Fijn dat u er weer bent. Alles staat er nog."))

ROUTES = [show_leaving, choose, come_back]
