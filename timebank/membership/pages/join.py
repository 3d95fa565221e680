"""Pages of joining: who are you, and how do we reach you?"""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from litestar import Response, get, post

from timebank import access, areas, parties
from timebank.access import Asked
from timebank.areas import Area, Place
from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import TooMany
from timebank.kernel.text import isolated
from timebank.kernel.words import duration
from timebank.membership.admission import ask_to_join
from timebank.membership.forms import JoinForm
from timebank.membership.model import ANSWER_DAYS
from timebank.parties import Answer, ConsentWay, wording
from timebank.web.inject import In, Query
from timebank.web.policy import may
from timebank.web.said import after
from timebank.web.visit import Visit

PER_ADDRESS = throttle.Limit(3, throttle.HOUR)
"""Applications with one e-mail address or phone number."""
PER_NETWORK = throttle.Limit(30, throttle.HOUR)
"""Applications from one place: an evening in a neighbourhood house is one."""


async def neighbourhoods(db: Db, community: int) -> list[Area]:
    """Where one can live here; the whole community when it has no neighbourhoods."""
    found = [a for a in await areas.areas(db, community) if a.state == "active"]
    return [a for a in found if a.kind == "neighbourhood"] or found


def choices(found: list[Area], places: list[Place]) -> dict[str, Any]:
    """What the lists of a details form offer."""
    return {
        "area_options": [(str(area.id), area.name) for area in found],
        "place_options": [
            ("", _("Geen van deze plekken")),
            *((str(p.id), _("%(place)s, %(area)s", place=p.name, area=p.area_name))
              for p in places),
        ],
        "words_for": wording,
    }  # fmt: skip


def _for_another(visit: Visit) -> bool:
    """Whether somebody who works here fills this in for a neighbour."""
    return may(visit.viewer, "member.admit")


@get("/parties/new", name="membership.join", public=True)
async def show_join(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Who are you, and how do we reach you?"""
    found = await neighbourhoods(db, visit.community.id)
    places = await areas.places(db, visit.community.id)
    form = visit.form("/parties", language=visit.language)
    if len(found) == 1:
        form.start_with(area=str(found[0].id))
    return visit.page(
        "membership/join.html", form=form, for_another=_for_another(visit),
        **choices(found, places),
    )  # fmt: skip


@get("/parties/form", name="membership.paper_form", public=True)
async def paper_form(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """The same questions in the same order, to answer with a pen. Staff type it in on the page of
    joining, and say there that it came on paper."""
    found = await neighbourhoods(db, visit.community.id)
    places = await areas.places(db, visit.community.id)
    return visit.page(
        "membership/paper_form.html", form=visit.form("/parties"), **choices(found, places)
    )


@post("/parties", name="membership.ask", public=True, again="/parties/new")
async def ask(request: Asked, visit: In[Visit], db: In[Db], form: In[Form]) -> Response[Any]:
    """Somebody asks to join. Whoever is known already gets the same answer as whoever is new."""
    community = visit.community.id
    typed = form.read(
        JoinForm, areas=await neighbourhoods(db, community),
        places=await areas.places(db, community), today=visit.today,
    )  # fmt: skip
    details = typed.details(language=typed.language)
    hand = visit.viewer.party_id if visit.viewer and _for_another(visit) else None
    if hand is None:
        await _count(request, visit, db, details)
    id_ = await ask_to_join(
        db, community=community, details=details, consent=cast(Answer | None, typed.consent),
        way=cast(ConsentWay, typed.way or "phone") if hand else "page", entered_by=hand,
        now=visit.now,
    )  # fmt: skip
    if hand and visit.viewer:
        mine = visit.viewer.is_admin or visit.viewer.works_in(details.area_id)
        path = f"/applicants/{id_}" if mine else "/applicants"
        return await visit.done(db, form, path, said="applied_for")
    return await visit.done(db, form, f"/parties/thanks?area={details.area_id}")


async def _count(request: Asked, visit: Visit, db: Db, details: parties.Details) -> None:
    """Only what succeeds is counted, in its own transaction: a refusal undoes its own count, and
    the limit stays reached."""
    place: dict[str, Any] = {"community": visit.community.id, "now": visit.now}
    address = request.client.host if request.client else ""
    try:
        await throttle.count(
            db, kind="join_network", key=throttle.key_of(access.network(address)),
            limit=PER_NETWORK, **place,
        )  # fmt: skip
    except TooMany as refused:
        raise await _so_many_here(db, visit, details.area_id, refused.retry_after) from refused
    for reach in sorted({(details.email or "").casefold(), details.phone_key or ""} - {""}):
        await throttle.count(
            db, kind="join_address", key=throttle.key_of(reach), limit=PER_ADDRESS, **place
        )


async def _so_many_here(db: Db, visit: Visit, area: UUID, wait: int) -> TooMany:
    """Who takes it down instead, by name where somebody helps in that neighbourhood."""
    about = await areas.community(db, visit.community.id, area=area, language=visit.language)
    helper, time = about.helper, duration(-(-wait // 60))
    if helper is not None and helper.phone:
        sentence = _(
            "Hier hebben zich dit uur al veel mensen aangemeld. Aanmelden kan ook door de telefoon: "
            "bel %(name)s, %(phone)s. Of probeer het over %(time)s weer.",
            name=isolated(helper.full_name), phone=helper.phone, time=time,
        )  # fmt: skip
    else:
        sentence = _(
            "Hier hebben zich dit uur al veel mensen aangemeld. Vraag een %(worker)s om u aan te "
            "melden. Of probeer het over %(time)s weer.",
            worker=about.words.worker.one, time=time,
        )  # fmt: skip
    return TooMany(sentence, retry_after=wait)


@get("/parties/thanks", name="membership.thanks", public=True)
async def thanks(visit: In[Visit], db: In[Db], area: Query[UUID | None] = None) -> Response[Any]:
    """What happens next, who does it, and by when."""
    found = await areas.find_area(db, visit.community.id, area) if area else None
    visit.community = await areas.community(
        db, visit.community.id, area=found.id if found else None, language=visit.language
    )
    return visit.page("membership/thanks.html", answer_by=visit.today + timedelta(days=ANSWER_DAYS))


after("applied_for", lambda: _("De aanmelding staat erin."))

ROUTES = [show_join, paper_form, ask, thanks]
