"""Vraag en aanbod: all posts of a neighbourhood, for those who work here."""

from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get

from timebank import areas
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.posts import store
from timebank.posts.model import Direction, Post, State
from timebank.posts.pages.find import Link
from timebank.posts.sentences import staff_state
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30


class Asked:
    """What the address asks for. An area one does not work in is as unknown as none at all."""

    def __init__(self, visit: Visit, own: dict[UUID, str]) -> None:
        self._visit = visit
        self._own = own
        area = parse_id(visit.query.get("area", ""))
        self.area = area if area in own else None
        given = visit.query.get("direction")
        self.direction: Direction | None = (
            "offer" if given == "offer" else "need" if given == "need" else None
        )
        state = visit.query.get("state", "")
        self.state: Any = state if state in get_args(State) else None
        self.hidden = visit.query.get("hidden") == "1"

    @property
    def areas(self) -> list[UUID]:
        """The areas to look in."""
        return [self.area] if self.area else list(self._own)

    def address(self, **changed: str | None) -> str:
        """This list, with some choices changed; from its beginning."""
        values: dict[str, str | None] = {
            "area": str(self.area) if self.area else None,
            "direction": self.direction,
            "state": self.state,
            "hidden": "1" if self.hidden else None,
        } | changed
        kept = {key: value for key, value in values.items() if value}
        return self._visit.url("/posts/all" + (f"?{urlencode(kept)}" if kept else ""))

    def area_links(self) -> list[Link]:
        """One for each neighbourhood, when there is more than one."""
        if len(self._own) < 2:
            return []
        links = [Link(self.address(area=None), _("Alles"), self.area is None)]
        for id_, name in self._own.items():
            links.append(Link(self.address(area=str(id_)), name, id_ == self.area))
        return links

    def state_links(self) -> list[Link]:
        """Which posts."""
        plain: dict[str, str | None] = {"state": None, "hidden": None}
        choices = [
            (_("Alles"), plain, not self.state and not self.hidden),
            (_("Staat er nu"), plain | {"state": "open"}, self.state == "open"),
            (_("Afgesproken"), plain | {"state": "matched"}, self.state == "matched"),
            (_("Verlopen"), plain | {"state": "expired"}, self.state == "expired"),
            (_("Verborgen"), plain | {"hidden": "1"}, self.hidden),
        ]
        return [Link(self.address(**change), label, current) for label, change, current in choices]


@get("/posts/all", name="posts.all")
async def show_all(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Every post of one's own neighbourhoods, in every state, hidden ones too; an admin's are all."""
    policy.demand(viewer, "post.hide")
    known = await areas.areas(db, viewer.community_id)
    own = {
        area.id: area.name for area in known if viewer.is_admin or area.id in viewer.worker_areas
    }
    asked = Asked(visit, own)
    found = await store.all_in_areas(
        db, viewer.community_id, asked.areas, direction=asked.direction, state=asked.state,
        hidden=asked.hidden, before=parse_id(visit.query.get("before", "")), limit=PAGE + 1,
        today=visit.today,
    )  # fmt: skip
    shown: list[Post] = found[:PAGE]
    return visit.page(
        "posts/all.html",
        block="results",
        asked=asked,
        rows=[(post, staff_state(post, visit.today)) for post in shown],
        more=asked.address(before=str(shown[-1].id)) if len(found) > PAGE else None,
    )


ROUTES = [show_all]
