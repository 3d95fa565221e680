"""Introductions at the desk: who fits, asking each, what came of it. Others get a 404."""

from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import contacts, gatherings, parties
from timebank.introductions import asking, store, suggesting, wording
from timebank.introductions.model import Outcome, Told
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Id
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import phone_href
from timebank.web import policy
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

OUTCOMES = cast(tuple[Outcome, ...], get_args(Outcome))
TOLD = cast(tuple[Told, ...], get_args(Told))


class OtherForm(msgspec.Struct, kw_only=True):
    """Who might fit."""

    other: Annotated[UUID, Id(ask=N_("Kies wie u wilt vragen."))]


class AskForm(msgspec.Struct, kw_only=True):
    """How the question was put, and what was said."""

    told: Annotated[str, Choice(*TOLD, ask=N_("Kies hoe u het vroeg."))]


class EndForm(msgspec.Struct, kw_only=True):
    """How it ended."""

    outcome: Annotated[str, Choice(*OUTCOMES, ask=N_("Kies hoe het afliep."))]


async def _person(db: Db, viewer: Viewer, party: UUID | None) -> parties.Party:
    policy.demand(viewer, "introduction.make")
    return await contacts.person_for(db, viewer, party)


@get("/introductions/new", name="introductions.new")
async def new(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """Who is worth meeting for this member?"""
    person = await _person(db, viewer, party)
    suggested = await suggesting.suggest(db, viewer, person, now=visit.now)
    found = suggested or []
    await contacts.open_page(db, viewer, person.id, *(one.id for one in found), now=visit.now)
    groups = await gatherings.open_in(
        db, community=viewer.community_id, area=person.area_id, viewer=person.id
    )
    return visit.page(
        "introductions/new.html",
        person=person,
        may=suggested is not None,
        found=[(one, wording.suggestion_lines(one, person.call_name)) for one in found],
        past=await store.of_party(db, viewer.community_id, person.id),
        groups=[(group, gatherings.rhythm(group, visit.today)) for group in groups[:3]],
        form=visit.form(f"/introductions?party={person.id}"),
        pass_form=visit.form(f"/introductions/passed?party={person.id}"),
        outcome_words=wording.outcome_words,
    )


@post("/introductions", name="introductions.choose", again="/introductions/new")
async def choose(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """The worker will ask these two."""
    person = await _person(db, viewer, party)
    other = form.read(OtherForm).other
    id_ = await asking.choose(db, viewer, person, other, now=visit.now)
    return await visit.done(db, form, f"/introductions/{id_}", said="introduction_chosen")


@post("/introductions/passed", name="introductions.pass_over", again="/introductions/new")
async def pass_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """Not these two."""
    person = await _person(db, viewer, party)
    other = form.read(OtherForm).other
    await asking.pass_over(db, viewer, person, other, now=visit.now)
    return await visit.done(
        db, form, f"/introductions/new?party={person.id}", said="introduction_passed"
    )


@get("/introductions/{introduction:uuid}", name="introductions.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], introduction: Path[UUID]
) -> Response[Any]:
    """What is the next step?"""
    found, person, other = await asking.introduction_for(db, viewer, introduction)
    await contacts.open_page(db, viewer, person.id, other.id, now=visit.now)
    turn = {person.id: person, other.id: other}.get(found.to_ask) if found.to_ask else None
    asked = found.state in ("first_asked", "second_asked")
    flipped = turn is not None and turn.id == other.id
    return visit.page(
        "introductions/show.html",
        found=found, person=person, other=other, turn=turn,
        phone_href=phone_href(turn.phone) if turn else None,
        reasons=[
            wording.for_worker(reason, person.call_name, other.call_name)
            for reason in found.reasons
        ],
        to_say=wording.for_side(found.reasons, flipped=flipped),
        state=wording.state_words(found.state, turn.call_name if turn else ""),
        ways=_ways(asked, turn),
        outcomes=[(code, wording.outcome_words(code)) for code in asking.outcomes(found)],
        outcome=wording.outcome_words(found.outcome) if found.outcome else "",
        asks=await store.asks(db, viewer.community_id, introduction),
        steps=await store.steps(db, viewer.community_id, introduction),
        step_words=wording.step_words,
        outcome_words=wording.outcome_words,
        ask_form=visit.form(f"/introductions/{introduction}/asking"),
        end_form=visit.form(f"/introductions/{introduction}/closing"),
    )  # fmt: skip


def _ways(asked: bool, turn: parties.Party | None) -> list[tuple[str, str]]:
    """How a worker may have asked; no message once one was sent."""
    if turn is None:
        return []
    ways = [
        ("yes", _("Gebeld: ja")), ("no", _("Gebeld: nee, nu niet")),
        ("thinks", _("Gebeld: denkt erover na")), ("missed", _("Gebeld, niet bereikt")),
    ]  # fmt: skip
    return ways if asked else [("page", _("Stuur een bericht")), *ways]


@post(
    "/introductions/{introduction:uuid}/asking", name="introductions.ask",
    again="/introductions/{introduction}",
)  # fmt: skip
async def ask(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], introduction: Path[UUID]
) -> Response[Any]:
    """Asked, by a message or by phone."""
    await asking.introduction_for(db, viewer, introduction)
    told = cast(Told, form.read(AskForm).told)
    await asking.ask(db, viewer, introduction, told, now=visit.now)
    return await visit.done(db, form, f"/introductions/{introduction}", said="introduction_noted")


@post(
    "/introductions/{introduction:uuid}/closing", name="introductions.close",
    again="/introductions/{introduction}",
)  # fmt: skip
async def close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], introduction: Path[UUID]
) -> Response[Any]:
    """It is over, with what came of it."""
    await asking.introduction_for(db, viewer, introduction)
    outcome = cast(Outcome, form.read(EndForm).outcome)
    await asking.close(db, viewer, introduction, outcome, now=visit.now)
    return await visit.done(db, form, f"/introductions/{introduction}", said="introduction_over")


after("introduction_chosen", lambda: _("Goed. Vraag nu eerst de één, en daarna de ander."))
after("introduction_passed", lambda: _("Deze twee stellen wij voorlopig niet meer voor."))
after("introduction_noted", lambda: _("Bewaard. Hieronder staat wat er nu komt."))
after("introduction_over", lambda: _("Afgerond. Dank u wel."))

ROUTES = [new, choose, pass_over, show, ask, close]
