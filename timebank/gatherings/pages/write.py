"""Making and changing a group: its worker."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas, parties
from timebank.gatherings import actions
from timebank.gatherings.model import Every, Gathering, Wish, every_words
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Clock, Day, Id, Line, Words, on
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid, NotFound
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

EVERY = cast(tuple[Every, ...], get_args(Every))


class GatheringForm(msgspec.Struct, kw_only=True):
    """What, when, where, who receives."""

    title: Annotated[str, Line(80, ask=N_("Vul in hoe de groep heet."))]
    words: Annotated[str, Words(600)] = ""
    every: Annotated[str, Choice(*EVERY, ask=N_("Kies hoe vaak."))]
    first: Annotated[date | str, Day(ask=N_("Kies de eerste dag."))]
    starts: Annotated[time, Clock(ask=N_("Vul in hoe laat het begint."))]
    place: Annotated[UUID | None, Id()] = None
    meet_at: Annotated[str, Line(120)] = ""
    host: Annotated[str, Line(60)] = ""

    def check(
        self, *, today: date, places: Collection[UUID | None], kept_on: date | None
    ) -> dict[str, str]:
        """It begins within a year of today, or as it did (`kept_on`), at one of these places."""
        problems = {}
        first, year = on(self.first, today), timedelta(days=366)
        if (first > today + year or first < today - year) and first != kept_on:
            problems["first"] = _("Kies een dag binnen een jaar.")
        if self.place not in places:
            problems["place"] = _("Kies een plek uit de lijst.")
        return problems


async def _wish(
    db: Db, visit: Visit, viewer: Viewer, form: Form, area: UUID, kept: Gathering | None
) -> Wish:
    typed = form.read(
        GatheringForm, today=visit.today, kept_on=kept and kept.first_on,
        places={None, kept and kept.place_id, *(p.id for p in await _places(db, viewer, area))},
    )  # fmt: skip
    first_on = on(typed.first, visit.today)
    return Wish(
        area_id=area, title=typed.title, words=typed.words, place_id=typed.place,
        meet_at=typed.meet_at, every=cast(Every, typed.every), first_on=first_on,
        starts_at=typed.starts, host_id=await _host(db, viewer, typed.host),
    )  # fmt: skip


async def _host(db: Db, viewer: Viewer, typed: str) -> UUID | None:
    if not typed:
        return None
    found = await parties.by_number(db, viewer.community_id, typed)
    if found is None or found.state != "active":
        raise Invalid({"host": _("Wij vinden geen buur met dit nummer. Klopt het?")})
    return found.id


def _area(viewer: Viewer, area: UUID | None) -> UUID:
    """The neighbourhood it is made in: the one asked for, or the worker's first."""
    chosen = area or next(iter(viewer.worker_areas), None)
    if chosen is None or not actions.manages(viewer, chosen):
        raise NotFound
    return chosen


async def _places(db: Db, viewer: Viewer, area: UUID) -> list[areas.Place]:
    found = await areas.places(db, viewer.community_id)
    return [place for place in found if place.area_id == area]


async def _page(
    visit: Visit, viewer: Viewer, db: Db, form: Form, area: UUID, group: Gathering | None
) -> Response[Any]:
    return visit.page(
        "gatherings/edit.html", form=form, group=group, area_id=area,
        places=await _places(db, viewer, area),
        every=[(code, every_words(code)) for code in EVERY],
        area_name=(await areas.area(db, viewer.community_id, area)).name,
        mine=[
            await areas.area(db, viewer.community_id, other)
            for other in viewer.worker_areas
            if other != area and group is None
        ],
    )  # fmt: skip


@get("/gatherings/new", name="gatherings.new")
async def new(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Query[UUID | None] = None
) -> Response[Any]:
    """Which group begins?"""
    chosen = _area(viewer, area)
    form = visit.form(f"/gatherings?area={chosen}", every="week", first_choice="other")
    return await _page(visit, viewer, db, form, chosen, None)


@post("/gatherings", name="gatherings.create", again="/gatherings/new")
async def create(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    area: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """It begins."""
    wish = await _wish(db, visit, viewer, form, _area(viewer, area), None)
    id_ = await actions.start(db, viewer, wish, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{id_}", said="gathering_started")


@get("/gatherings/{gathering:uuid}/edit", name="gatherings.edit")
async def edit(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], gathering: Path[UUID]
) -> Response[Any]:
    """What changes?"""
    found = await actions.managed_by(db, viewer, gathering)
    form = visit.form(f"/gatherings/{gathering}").over(**_values(found))
    return await _page(visit, viewer, db, form, found.area_id, found)


def _values(found: Gathering) -> dict[str, str | int]:
    """The form as the group is now."""
    return {
        "title": found.title, "words": found.words, "every": found.every,
        "first_choice": "other", "first_day": found.first_on.day,
        "first_month": found.first_on.month, "first_year": found.first_on.year,
        "starts": f"{found.starts_at:%H.%M}", "place": str(found.place_id or ""),
        "meet_at": found.meet_at, "host": found.host_number,
    }  # fmt: skip


@post(
    "/gatherings/{gathering:uuid}", name="gatherings.update", again="/gatherings/{gathering}/edit"
)
async def update(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID]
) -> Response[Any]:
    """Kept."""
    found = await actions.managed_by(db, viewer, gathering)
    wish = await _wish(db, visit, viewer, form, found.area_id, found)
    form.demand_unchanged(**_values(found))
    await actions.change(db, viewer, gathering, wish, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{gathering}", said="saved")


@post(
    "/gatherings/{gathering:uuid}/closing", name="gatherings.close",
    again="/gatherings/{gathering}",
)  # fmt: skip
async def close(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID]
) -> Response[Any]:
    """It stops."""
    form.read(NothingForm)
    await actions.set_open(db, viewer, gathering, False, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{gathering}", said="gathering_closed")


@post(
    "/gatherings/{gathering:uuid}/opening", name="gatherings.open",
    again="/gatherings/{gathering}",
)  # fmt: skip
async def reopen(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID]
) -> Response[Any]:
    """It begins again."""
    form.read(NothingForm)
    await actions.set_open(db, viewer, gathering, True, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{gathering}", said="saved")


after("gathering_started", lambda: _("De groep staat er. Buren kunnen zich op de lijst zetten."))
after("gathering_closed", lambda: _("De groep is gestopt. Buren zien deze pagina niet meer."))

ROUTES = [new, create, edit, update, close, reopen]
