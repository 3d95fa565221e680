"""Introductions for who is asked: yes or no, how to reach each other, what came of it; and what a
member wants in general."""

from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.introductions import answering, store, wording
from timebank.introductions.model import Answer, CameOfIt, Wish
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Choices, Tick
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import phone_href
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class AnswerForm(msgspec.Struct, kw_only=True):
    """Yes or no."""

    answer: Annotated[str, Choice("yes", "no", ask=N_("Kies ja of nee."))]


class CameForm(msgspec.Struct, kw_only=True):
    """What came of it."""

    came: Annotated[str, Choice("met", "met_again", "not_met", ask=N_("Kies wat past."))]


class WishForm(msgspec.Struct, kw_only=True):
    """What this member says about meeting new people."""

    answer: Annotated[str, Choice("yes", "no", ask=N_("Kies ja of nee."))]
    hosts: Annotated[bool, Tick()] = False
    by_age: Annotated[bool, Tick()] = False
    languages: Annotated[list[str], Choices(*wording.LANGUAGES)] = msgspec.field(
        default_factory=list
    )


@get("/introductions/{introduction:uuid}/mine", name="introductions.mine")
async def mine(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], introduction: Path[UUID]
) -> Response[Any]:
    """Would you like to meet a neighbour? After two yeses: how do you reach each other?"""
    side = await answering.side_for(db, viewer, introduction)
    return visit.page(
        "introductions/mine.html",
        asked=side,
        reasons=wording.side_lines(side),
        phone_href=phone_href(side.phone) if side.phone else None,
        form=visit.form(f"/introductions/{introduction}/answer"),
        came_form=visit.form(f"/introductions/{introduction}/outcome"),
    )


@post(
    "/introductions/{introduction:uuid}/answer", name="introductions.answer",
    again="/introductions/{introduction}/mine",
)  # fmt: skip
async def answer(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], introduction: Path[UUID]
) -> Response[Any]:
    """Yes or no; a no needs no reason."""
    await answering.side_for(db, viewer, introduction)
    said = cast(Answer, form.read(AnswerForm).answer)
    await answering.answer(db, viewer, introduction, said, now=visit.now)
    if said == "no":
        return await visit.done(db, form, "/", said="introduction_no")
    return await visit.done(
        db, form, f"/introductions/{introduction}/mine", said="introduction_yes"
    )


@post(
    "/introductions/{introduction:uuid}/outcome", name="introductions.came_of_it",
    again="/introductions/{introduction}/mine",
)  # fmt: skip
async def came_of_it(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], introduction: Path[UUID]
) -> Response[Any]:
    """What came of it, as this side says."""
    await answering.side_for(db, viewer, introduction)
    said = cast(CameOfIt, form.read(CameForm).came)
    await answering.say_what_came_of_it(db, viewer, introduction, said, now=visit.now)
    return await visit.done(db, form, "/", said="introduction_told")


@get("/introductions/wish", name="introductions.wish")
async def wish(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Do you want to meet new people?"""
    policy.demand(viewer, "own.see")
    now = await store.wish(db, viewer.community_id, viewer.subject_id)
    chosen = now or Wish("yes")
    return visit.page(
        "introductions/wish.html",
        form=visit.form(
            "/introductions/wish", answer=now.answer if now else "",
            hosts="1" if chosen.hosts else "", by_age="1" if chosen.by_age else "",
            languages=list(chosen.languages),
        ),
        languages=list(wording.LANGUAGES.items()),
    )  # fmt: skip


@post("/introductions/wish", name="introductions.put_wish", again="/introductions/wish")
async def put_wish(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Kept."""
    policy.demand(viewer, "own.see")
    typed = form.read(WishForm)
    chosen = Wish(
        cast(Answer, typed.answer), typed.hosts, typed.by_age, tuple(sorted(typed.languages))
    )
    await answering.put_wish(db, viewer, chosen, now=visit.now)
    return await visit.done(db, form, "/introductions/wish", said="saved")


after("introduction_yes", lambda: _("Fijn. Wij vragen het ook aan de ander, en laten het u weten."))
after("introduction_no", lambda: _("Goed. U hoeft niets uit te leggen. Wij gaan niet verder."))
after("introduction_told", lambda: _("Dank u wel. Wij weten het."))

ROUTES = [wish, put_wish, mine, answer, came_of_it]
