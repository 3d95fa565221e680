"""Suspending somebody and taking them back, rest, death: each asks first, and says what follows."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.kernel.db import Db
from timebank.kernel.fields import on
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.membership import standing
from timebank.membership.forms import PauseForm, PerhapsReasonForm, ReasonForm
from timebank.membership.leaving import take_back
from timebank.membership.model import rests
from timebank.membership.standing import member_for
from timebank.web.inject import In, Path
from timebank.web.policy import demand
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PERSON = "/parties/{party}/admin"


@get("/parties/{party:uuid}/suspension/new", name="membership.ask_suspend")
async def ask_suspend(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """Why may this member not take part for now?"""
    demand(viewer, "member.suspend")
    member = await member_for(db, viewer, party)
    form = visit.form(f"/parties/{party}/suspension")
    return visit.page("membership/suspend.html", form=form, member=member)


@post(
    "/parties/{party:uuid}/suspension", name="membership.suspend",
    again="/parties/{party}/suspension/new",
)  # fmt: skip
async def suspend(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """From now on they may not; they read why, and somebody calls."""
    demand(viewer, "member.suspend")
    await member_for(db, viewer, party)
    words = form.read(ReasonForm).words
    await standing.suspend(db, viewer, party, words=words, now=visit.now)
    return await visit.done(db, form, f"/parties/{party}/admin", said="suspended")


@post("/parties/{party:uuid}/suspension/end", name="membership.restore", again=PERSON)
async def restore(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """They take part again, everything as it was."""
    demand(viewer, "member.suspend")
    words = form.read(PerhapsReasonForm).words
    await standing.restore(db, viewer, party, words=words, now=visit.now)
    return await visit.done(db, form, f"/parties/{party}/admin", said="restored")


@post("/parties/{party:uuid}/suspension/answer", name="membership.uphold", again=PERSON)
async def uphold(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Looked at again: it stays, and this is why."""
    demand(viewer, "member.suspend")
    await member_for(db, viewer, party)
    words = form.read(ReasonForm).words
    await standing.uphold(db, viewer, party, words=words, now=visit.now)
    return await visit.done(db, form, f"/parties/{party}/admin", said="upheld")


@get("/parties/{party:uuid}/pause/new", name="membership.ask_pause")
async def ask_pause(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """Until when does this member want rest?"""
    member = await member_for(db, viewer, party)
    form = visit.form(f"/parties/{party}/pause")
    return visit.page("membership/pause.html", form=form, member=member, rests=rests(visit.today))


@post("/parties/{party:uuid}/pause", name="membership.pause", again="/parties/{party}/pause/new")
async def pause(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Rest, on the member's own word."""
    await member_for(db, viewer, party)
    until = on(form.read(PauseForm).until, visit.today)
    await standing.pause(
        db, community=viewer.community_id, party=party, until=until, by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/parties/{party}/admin", said="paused")


@get("/parties/{party:uuid}/death/new", name="membership.ask_death")
async def ask_death(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """Is it sure?"""
    member = await member_for(db, viewer, party)
    form = visit.form(f"/parties/{party}/death")
    return visit.page("membership/death.html", form=form, member=member)


@post("/parties/{party:uuid}/death", name="membership.death", again="/parties/{party}/death/new")
async def death(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """From this minute nothing goes out in this name."""
    form.read(NothingForm)
    await standing.record_death(db, viewer, party, now=visit.now)
    return await visit.done(db, form, f"/parties/{party}/admin", said="death_recorded")


@post("/parties/{party:uuid}/leaving/end", name="membership.take_back", again=PERSON)
async def back(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Somebody who stopped, or rested, takes part again."""
    form.read(NothingForm)
    member = await member_for(db, viewer, party)
    said = "back"
    if member.state == "left":
        sentence = _(
            "Doet weer mee. De tijd komt terug uit %(pot)s.", pot=visit.community.words.pot.the
        )
        if not await take_back(db, viewer, party, sentence=sentence, now=visit.now):
            said = "back_without_hours"
    else:
        await standing.take_part_again(
            db, community=viewer.community_id, party=party, by=viewer.party_id, now=visit.now
        )
    return await visit.done(db, form, f"/parties/{party}/admin", said=said)


after("suspended", lambda: _("Deze buur doet nu niet mee, en leest de reden na het inloggen."))
after("restored", lambda: _("Deze buur doet weer mee. De tijd staat er nog."))
after("upheld", lambda: _("Het antwoord is bewaard. De buur leest het na het inloggen."))
after("paused", lambda: _("De rust staat aan. Die eindigt vanzelf."))
after("death_recorded", lambda: _("Het is doorgegeven. Er gaat niets meer uit naar deze buur."))
after("back", lambda: _("Deze buur doet weer mee."))
after(
    "back_without_hours",
    lambda: _("Deze buur doet weer mee. De tijd kwam niet terug, want de grens is nu lager."),
)

ROUTES = [ask_suspend, suspend, restore, uphold, ask_pause, pause, ask_death, death, back]
