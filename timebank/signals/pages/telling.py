"""A neighbour who worries, and a member who would like a call or a visit."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas, audit, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Id, Line, Tick, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.signals import said_store, telling
from timebank.signals.bringing import by_telling
from timebank.web import policy
from timebank.web.inject import In, Path, Query
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

MOST_WORDS = 700


class WorryForm(msgspec.Struct, kw_only=True):
    """About whom, what was seen, and whether the neighbour may hear who told it."""

    who: Annotated[str, Line(120)] = ""
    area: Annotated[UUID | None, Id()] = None
    words: Annotated[str, Words(MOST_WORDS, ask=N_("Schrijf kort op wat u zag."))]
    may_name: Annotated[bool, Tick()] = False

    def check(self, *, about: UUID | None, areas: Collection[UUID | None]) -> dict[str, str]:
        """Whoever is meant has a name, and lives in one of these places, unless it is known who."""
        problems = {}
        if about is None and not self.who:
            problems["who"] = _("Schrijf op over wie het gaat.")
        if about is None and self.area not in areas:
            problems["area"] = _("Kies iets uit de lijst.")
        return problems


class VisitForm(msgspec.Struct, kw_only=True):
    """When it suits, or what about."""

    words: Annotated[str, Words(MOST_WORDS)] = ""


async def _places(db: Db, viewer: Viewer) -> list[areas.Area]:
    """Neighbourhoods to choose from; one's own first."""
    found = [
        a
        for a in await areas.areas(db, viewer.community_id)
        if a.state == "active" and a.kind == "neighbourhood"
    ]
    return sorted(found, key=lambda area: area.id != viewer.subject_area_id)


async def _works(db: Db, visit: Visit, viewer: Viewer, area: UUID) -> list[parties.Staff]:
    staff = await parties.staff_of(db, community=viewer.community_id, area=area, today=visit.today)
    return [one for one in staff if one.kind == "worker"]


async def _unwatched(db: Db, visit: Visit, viewer: Viewer, places: list[areas.Area]) -> list[str]:
    """Neighbourhoods where nobody reads it now, by name."""
    return [p.name for p in places if not await _works(db, visit, viewer, p.id)]


@get("/signals/new", name="signals.new_worry")
async def new_worry(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """Do you worry about a neighbour? Who reads it, and what happens."""
    policy.demand(viewer, "worry.tell")
    meant = None
    if party is not None:
        meant = await parties.neighbour(db, viewer.community_id, party, viewer.subject_id)
    places = await _places(db, viewer)
    area = meant.area_id if meant else viewer.subject_area_id
    form = visit.form("/signals" if meant is None else f"/signals?party={party}", area=str(area))
    return visit.page(
        "signals/worry.html",
        form=form,
        meant=meant,
        places=[(str(p.id), p.name) for p in places],
        chooses=meant is None and len(places) > 1,
        unwatched=await _unwatched(db, visit, viewer, places) if meant is None else [],
        workers=await _works(db, visit, viewer, area),
        due_on=by_telling(visit.today),
        works_here=any(viewer.works_in(p.id) for p in places),
    )


@post("/signals", name="signals.worry", again="/signals/new")
async def tell_worry(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """To the worker, and to nobody else."""
    policy.demand(viewer, "worry.tell")
    places = {p.id for p in await _places(db, viewer)}
    typed = form.read(WorryForm, about=party, areas={None, viewer.subject_area_id, *places})
    area = typed.area or viewer.subject_area_id
    told = await telling.worry(
        db, viewer, party=party, who=typed.who, area=area, words=typed.words,
        may_name=typed.may_name, now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/signals/told/{told}/thanks")


@get("/visits/new", name="signals.new_visit")
async def new_visit(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Would you like somebody to call or come by?"""
    policy.demand(viewer, "visit.ask")
    return visit.page(
        "signals/visit.html",
        form=visit.form("/visits"),
        workers=await _works(db, visit, viewer, viewer.subject_area_id),
        due_on=by_telling(visit.today),
    )


@post("/visits", name="signals.visit", again="/visits/new")
async def ask_visit(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """On the worker's list, within two working days."""
    told = await telling.ask_visit(db, viewer, words=form.read(VisitForm).words, now=visit.now)
    return await visit.done(db, form, f"/signals/told/{told}/thanks")


@get("/signals/told/{told:uuid}/thanks", name="signals.told_thanks")
async def thanks(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], told: Path[UUID]
) -> Response[Any]:
    """It arrived; who looks, and by when. For who told it."""
    policy.demand(viewer, "own.see")
    found = await said_store.told(db, viewer.community_id, told)
    if found.by_id != viewer.subject_id:
        raise NotFound
    workers = await _works(db, visit, viewer, found.area_id)
    return visit.page(
        "signals/told_thanks.html", told=found,
        owner=next((w for w in workers if w.id == found.owner_id), None),
    )  # fmt: skip


audit.says("attention.worried", lambda _e: _("Vertelde een zorg over een buur."))
audit.says("attention.looked", lambda _e: _("Las wat een buur vertelde."))
audit.says("attention.asked", lambda _e: _("Vroeg of er iemand belt of langskomt."))

ROUTES = [new_worry, tell_worry, new_visit, ask_visit, thanks]
