"""What an admin does with neighbourhoods and places; each act stands in the log."""

from datetime import datetime
from uuid import UUID

from timebank import audit
from timebank.areas import actions, store
from timebank.areas.model import Area
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext
from timebank.kernel.refusals import Conflict, NotFound
from timebank.kernel.text import sort_key
from timebank.kernel.words import SMALL_COUNT
from timebank.web.viewer import Viewer


async def add(db: Db, viewer: Viewer, *, parent: UUID, name: str, now: datetime) -> UUID:
    """A new neighbourhood. Raises Invalid when the name is taken."""
    made = await actions.add_neighbourhood(
        db, community=viewer.community_id, parent=parent, name=name, now=now
    )
    await _note(db, viewer, "area.added", ("area", made), now)
    return made


async def rename(db: Db, viewer: Viewer, area: Area, *, name: str, now: datetime) -> None:
    """Another name. Raises Invalid when it is taken."""
    await store.update_area(
        db, community=viewer.community_id, id_=area.id, name=name, sort_name=sort_key(name),
        helper=area.helper_id, phone=area.helper_phone, hours=area.helper_hours,
        walk_in=area.walk_in,
    )  # fmt: skip
    await _note(db, viewer, "area.renamed", ("area", area.id), now)


async def set_helper(
    db: Db, viewer: Viewer, area: UUID, *, helper: UUID | None, phone: str | None,
    hours: str | None, walk_in: str | None, now: datetime,
) -> None:  # fmt: skip
    """The named person behind every screen here: somebody who works here. Raises NotFound."""
    allowed = await store.possible_helpers(db, viewer.community_id, local_date(now))
    if helper is not None and helper not in {id_ for id_, _name in allowed}:
        raise NotFound
    await actions.set_helper(
        db, community=viewer.community_id, area=area, helper=helper, phone=phone, hours=hours,
        walk_in=walk_in,
    )  # fmt: skip
    await _note(db, viewer, "area.helper_set", ("area", area), now)


async def set_deputy(
    db: Db, viewer: Viewer, area: UUID, *, deputy: UUID | None, now: datetime
) -> None:
    """Who stands in for a colleague who is away: one of those who work here. Raises NotFound."""
    found = await store.sheets(db, viewer.community_id, local_date(now), only=area)
    here = {worker.party_id for sheet in found for worker in sheet.workers}
    if not found or (deputy is not None and deputy not in here):
        raise NotFound
    await store.set_deputy(db, community=viewer.community_id, area=area, deputy=deputy)
    await _note(db, viewer, "area.deputy_set", ("area", area), now)


async def close(db: Db, viewer: Viewer, area: UUID, *, now: datetime) -> None:
    """A neighbourhood closes when nobody has it and nobody works for it. Raises NotFound, or
    Conflict saying how many still do."""
    if not await store.lock_area(db, viewer.community_id, area):
        raise NotFound
    left = await store.living_there(db, viewer.community_id, area, local_date(now))
    if left:
        raise Conflict(still_there(left))
    if not await store.set_area_state(db, community=viewer.community_id, id_=area, state="closed"):
        raise Conflict(_("Dit was al gesloten."))
    await _note(db, viewer, "area.closed", ("area", area), now)


def still_there(left: int) -> str:
    """Why a neighbourhood cannot close; few people are not counted."""
    if left < SMALL_COUNT:
        return _(
            "Dit kan nog niet: er horen nog mensen bij. Zet eerst iedereen over, en stop de taken."
        )
    return ngettext(
        "Dit kan nog niet: er hoort nog %(n)d persoon bij. Zet eerst iedereen over, en stop de taken.",
        "Dit kan nog niet: er horen nog %(n)d mensen bij. Zet eerst iedereen over, en stop de taken.",
        left,
    )


async def reopen(db: Db, viewer: Viewer, area: UUID, *, now: datetime) -> None:
    """A closed neighbourhood opens again. Raises NotFound, Conflict."""
    if not await store.lock_area(db, viewer.community_id, area):
        raise NotFound
    if not await store.set_area_state(db, community=viewer.community_id, id_=area, state="active"):
        raise Conflict(_("Dit was al open."))
    await _note(db, viewer, "area.opened", ("area", area), now)


async def add_place(
    db: Db, viewer: Viewer, area: UUID, *, name: str, x_m: int | None, y_m: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """A new place. Raises Invalid when the name is taken there."""
    made = await actions.add_place(
        db, community=viewer.community_id, area=area, name=name, x_m=x_m, y_m=y_m
    )
    await _note(db, viewer, "place.added", ("place", made), now)


async def change_place(
    db: Db, viewer: Viewer, area: UUID, place: UUID, *, name: str, x_m: int | None,
    y_m: int | None, now: datetime,
) -> None:  # fmt: skip
    """Another name, or another spot. Raises NotFound, Invalid."""
    if not await store.update_place(
        db, community=viewer.community_id, id_=place, area=area, name=name,
        sort_name=sort_key(name), x_m=x_m, y_m=y_m,
    ):  # fmt: skip
        raise NotFound
    await _note(db, viewer, "place.changed", ("place", place), now)


async def retire_place(db: Db, viewer: Viewer, area: UUID, place: UUID, *, now: datetime) -> None:
    """No longer offered; who chose it keeps it. Raises NotFound."""
    if not await store.retire_place(
        db, community=viewer.community_id, area=area, id_=place, now=now
    ):
        raise NotFound
    await _note(db, viewer, "place.retired", ("place", place), now)


async def _note(db: Db, viewer: Viewer, act: str, about: tuple[str, UUID], now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, about=about, now=now
    )
