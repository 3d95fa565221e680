"""The list of people, for those who work here."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.kernel.db import Db
from timebank.kernel.fields import Line
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.refusals import NotFound
from timebank.parties import store, wording
from timebank.parties.model import Listed, PartyState
from timebank.web.inject import In, Query
from timebank.web.policy import demand
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 50
GROUPS: dict[str, tuple[PartyState, ...]] = {
    "": ("active", "paused", "leaving"),
    "still": ("suspended",),
    "gone": ("left", "deceased"),
}
"""What the list shows: who takes part, who may not now, who went."""


class SearchForm(msgspec.Struct, kw_only=True):
    """A name or a number. It is posted: a name has no place in an address."""

    who: Annotated[str, Line(80, ask=N_("Vul een naam of een nummer in."))]


@get("/parties", name="parties.list")
async def people(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], group: Query[str] = "",
    area: Query[UUID | None] = None, after: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """The members of my neighbourhoods, by name."""
    demand(viewer, "member.list")
    if group not in GROUPS:
        raise NotFound
    found = await store.members(
        db, community=viewer.community_id, areas=_areas(viewer, area), states=GROUPS[group],
        worker=_worker(viewer), after=after, limit=PAGE + 1,
    )  # fmt: skip
    form = visit.form("/parties/search")
    return await _page(visit, viewer, db, form, found, group=group, area=area, after=after)


@post("/parties/search", name="parties.search", again="/parties", no_key=True)
async def search(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:  # fmt: skip
    """Those whose name or number this is, in whatever state."""
    demand(viewer, "member.list")
    who = form.read(SearchForm).who
    number = parse_member_number(who)
    every = [state for states in GROUPS.values() for state in states]
    found = await store.members(
        db, community=viewer.community_id, areas=_areas(viewer, None), states=every,
        worker=_worker(viewer), name=None if number else who, number=number, limit=PAGE + 1,
    )  # fmt: skip
    return await _page(visit, viewer, db, form, found, searched=who)


def _worker(viewer: Viewer) -> UUID | None:
    """Who must not see those they stepped aside for; an admin sees everybody."""
    return None if viewer.is_admin else viewer.party_id


def _areas(viewer: Viewer, area: UUID | None) -> Sequence[UUID] | None:
    """The neighbourhoods to look in; None is all of them, for an admin."""
    if viewer.is_admin:
        return None if area is None else [area]
    if area is not None and not viewer.works_in(area):
        raise NotFound
    return viewer.worker_areas if area is None else [area]


async def _page(
    visit: Visit, viewer: Viewer, db: Db, form: Form, found: list[Listed], *, group: str = "",
    area: UUID | None = None, after: UUID | None = None, searched: str | None = None,
) -> Response[Any]:  # fmt: skip
    mine = [
        a for a in await areas.areas(db, viewer.community_id)
        if a.kind == "neighbourhood" and (viewer.is_admin or viewer.works_in(a.id))
    ]  # fmt: skip
    chosen = f"&area={area}" if area else ""
    labels = [("", _("Doen mee")), ("still", _("Mogen nu niet meedoen")), ("gone", _("Gestopt"))]
    tabs = [
        {"href": visit.url(f"/parties?group={key}{chosen}"), "label": label,
         "current": key == group and searched is None}
        for key, label in labels
    ]  # fmt: skip
    return visit.page(
        "parties/list.html",
        form=form,
        people=found[:PAGE],
        more=f"/parties?group={group}{chosen}&after={found[PAGE - 1].id}"
        if len(found) > PAGE and searched is None
        else None,
        too_many=len(found) > PAGE and searched is not None,
        first=after is None,
        tabs=tabs,
        group=group,
        usual=GROUPS[group][0] if group != "gone" else None,  # the tab says it: not once a line
        areas=mine if len(mine) > 1 else [],
        area=area,
        searched=searched,
        words_for=wording,
    )


ROUTES = [people, search]
