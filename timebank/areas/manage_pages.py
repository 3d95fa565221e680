"""Managing neighbourhoods and places: for the admin."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.areas import manage, store
from timebank.areas.model import Area, Place
from timebank.kernel.db import Db
from timebank.kernel.fields import Id, Line, Phone, Whole
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import Phone as PhoneNumber
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class NameForm(msgspec.Struct, kw_only=True):
    """What a neighbourhood is called."""

    name: Annotated[str, Line(60, ask=N_("Vul een naam in."), letters=1)]


async def _area(db: Db, viewer: Viewer, area: UUID, *, whole: bool = False) -> Area:
    policy.demand(viewer, "area.manage")
    found = await store.area(db, viewer.community_id, area)
    if found.kind == "community" and not whole:
        raise NotFound
    return found


@get("/areas/new", name="areas.new")
async def new_area(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What is it called?"""
    policy.demand(viewer, "area.manage")
    return visit.page("areas/name.html", form=visit.form("/areas"), area=None)


@post("/areas", name="areas.create", again="/areas/new")
async def create_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """A new neighbourhood, open from now on."""
    policy.demand(viewer, "area.manage")
    name = form.read(NameForm).name
    root = (await store.areas(db, viewer.community_id))[0]
    made = await manage.add(db, viewer, parent=root.id, name=name, now=visit.now)
    return await visit.done(db, form, f"/areas/{made}", said="area_added")


@get("/areas/{area:uuid}/edit", name="areas.edit")
async def edit_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """Another name."""
    found = await _area(db, viewer, area)
    form = visit.form(f"/areas/{area}", name=found.name)
    return visit.page("areas/name.html", form=form, area=found)


@post("/areas/{area:uuid}", name="areas.update", again="/areas/{area}/edit")
async def update_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """It is called so from now on, everywhere."""
    found = await _area(db, viewer, area)
    await manage.rename(db, viewer, found, name=form.read(NameForm).name, now=visit.now)
    return await visit.done(db, form, f"/areas/{area}", said="saved")


@post("/areas/{area:uuid}/closing", name="areas.close", again="/areas/{area}")
async def close_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """Only when nobody has it any more; else the page says who still does."""
    await _area(db, viewer, area)
    await manage.close(db, viewer, area, now=visit.now)
    return await visit.done(db, form, "/areas", said="area_closed")


@post("/areas/{area:uuid}/opening", name="areas.open", again="/areas/{area}")
async def open_area(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """Open again."""
    await _area(db, viewer, area)
    await manage.reopen(db, viewer, area, now=visit.now)
    return await visit.done(db, form, f"/areas/{area}", said="area_added")


class HelperForm(msgspec.Struct, kw_only=True):
    """Who helps here, and how to reach them; empty: as for the whole community."""

    person: Annotated[UUID | None, Id()] = None
    phone: Annotated[PhoneNumber | None, Phone()] = None
    hours: Annotated[str | None, Line(120)] = None
    walk_in: Annotated[str | None, Line(120)] = None


@get("/areas/{area:uuid}/helper", name="areas.edit_helper")
async def edit_helper(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """The named person behind every screen."""
    found = await _area(db, viewer, area, whole=True)
    form = visit.form(f"/areas/{area}/helper").over(**_helper_values(found))
    helpers = await store.possible_helpers(db, viewer.community_id, visit.today)
    return visit.page("areas/helper.html", form=form, area=found, helpers=helpers)


def _helper_values(found: Area) -> dict[str, str | None]:
    """The form as it is now."""
    return {
        "person": str(found.helper_id or ""), "phone": found.helper_phone,
        "hours": found.helper_hours, "walk_in": found.walk_in,
    }  # fmt: skip


@post("/areas/{area:uuid}/helper", name="areas.set_helper", again="/areas/{area}/helper")
async def set_helper(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """Seen on every page from now on."""
    found = await _area(db, viewer, area, whole=True)
    asked = form.read(HelperForm)
    form.demand_unchanged(**_helper_values(found))
    await manage.set_helper(
        db, viewer, area, helper=asked.person, phone=asked.phone.shown if asked.phone else None,
        hours=asked.hours, walk_in=asked.walk_in, now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/areas/{area}", said="saved")


class PlaceForm(msgspec.Struct, kw_only=True):
    """A place people know, and where it lies if that is known."""

    name: Annotated[str, Line(60, ask=N_("Vul een naam in."), letters=1)]
    x_m: Annotated[int | None, Whole(-100_000, 100_000)] = None
    y_m: Annotated[int | None, Whole(-100_000, 100_000)] = None

    def check(self) -> dict[str, str]:
        """Both metres, or none."""
        if (self.x_m is None) == (self.y_m is None):
            return {}
        return {"y_m" if self.y_m is None else "x_m": _("Vul beide in, of geen van beide.")}


async def _place(db: Db, viewer: Viewer, area: UUID, place: UUID) -> Place:
    await _area(db, viewer, area)
    found = await store.places_of(db, viewer.community_id, area)
    one = next((known for known in found if known.id == place), None)
    if one is None:
        raise NotFound
    return one


@get("/areas/{area:uuid}/places/new", name="areas.new_place")
async def new_place(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID]
) -> Response[Any]:
    """A square, a street, a block of flats."""
    found = await _area(db, viewer, area)
    form = visit.form(f"/areas/{area}/places")
    return visit.page("areas/place.html", form=form, area=found, spot=None)


@post("/areas/{area:uuid}/places", name="areas.create_place", again="/areas/{area}/places/new")
async def create_place(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID]
) -> Response[Any]:
    """People can choose it from now on."""
    await _area(db, viewer, area)
    asked = form.read(PlaceForm)
    await manage.add_place(
        db, viewer, area, name=asked.name, x_m=asked.x_m, y_m=asked.y_m, now=visit.now
    )
    return await visit.done(db, form, f"/areas/{area}", said="place_added")


@get("/areas/{area:uuid}/places/{place:uuid}/edit", name="areas.edit_place")
async def edit_place(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], area: Path[UUID], place: Path[UUID]
) -> Response[Any]:
    """Another name, another spot, or away."""
    found = await _place(db, viewer, area, place)
    form = visit.form(
        f"/areas/{area}/places/{place}", name=found.name, x_m=found.x_m, y_m=found.y_m
    )
    return visit.page(
        "areas/place.html",
        form=form,
        area=await store.area(db, viewer.community_id, area),
        spot=found,
        retiring=visit.form(f"/areas/{area}/places/{place}/retirement"),
    )


@post(
    "/areas/{area:uuid}/places/{place:uuid}",
    name="areas.update_place",
    again="/areas/{area}/places/{place}/edit",
)
async def update_place(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID],
    place: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """Who chose it keeps it, under its new name."""
    await _place(db, viewer, area, place)
    asked = form.read(PlaceForm)
    await manage.change_place(
        db, viewer, area, place, name=asked.name, x_m=asked.x_m, y_m=asked.y_m, now=visit.now
    )
    return await visit.done(db, form, f"/areas/{area}", said="saved")


@post(
    "/areas/{area:uuid}/places/{place:uuid}/retirement",
    name="areas.retire_place",
    again="/areas/{area}/places/{place}/edit",
)
async def retire_place(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], area: Path[UUID],
    place: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """Nobody can choose it any more; who did keeps it."""
    await _place(db, viewer, area, place)
    await manage.retire_place(db, viewer, area, place, now=visit.now)
    return await visit.done(db, form, f"/areas/{area}", said="place_retired")


after("area_added", lambda: _("Het is open. Mensen kunnen het nu kiezen."))
after("area_closed", lambda: _("Het is gesloten. U kunt het later weer openen."))
after("place_added", lambda: _("De plek staat erbij. Mensen kunnen die nu kiezen."))
after("place_retired", lambda: _("De plek is weg. Wie die plek al koos, houdt die."))

ROUTES = [
    new_area, create_area, edit_area, update_area, close_area, open_area, edit_helper, set_helper,
    new_place, create_place, edit_place, update_place, retire_place,
]  # fmt: skip
