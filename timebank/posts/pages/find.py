"""Pages to find with: Ik vraag, Ik bied, and search."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get

from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.text import without_turns
from timebank.posts import actions, finding, suggest
from timebank.posts.fit import Reader, reason
from timebank.posts.model import (
    CATEGORIES,
    OPPOSITE,
    Cursor,
    Direction,
    Filters,
    Fit,
    Found,
    category_name,
)
from timebank.posts.sentences import own_state
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 12
FITS = 4
LONGEST_QUERY = 200
SEARCHES = throttle.Limit(240, throttle.HOUR)
"""Characters of a search that are looked at; the rest of what was typed is left alone."""


class Link(msgspec.Struct, frozen=True):
    """A filter as a link."""

    href: str
    label: str
    current: bool = False
    icon: str = ""


def direction_of(visit: Visit) -> Direction:
    """Which side the reader is on: asking ('need', so neighbours' offers are shown) or offering."""
    return "offer" if visit.query.get("direction") == "offer" else "need"


class Asked:
    """What the address asks for, and the addresses of the other choices."""

    def __init__(self, visit: Visit, viewer: Viewer, path: str) -> None:
        self._visit = visit
        self._path = path
        self.direction = direction_of(visit)
        self.text = without_turns(visit.query.get("q", "")).strip()[:LONGEST_QUERY]
        category = visit.query.get("category", "")
        self.category = category if category in CATEGORIES else None
        self.together = visit.query.get("together") == "1"
        self.has_place = viewer.subject_place_id is not None
        self.near = self.has_place and visit.query.get("near") == "1"

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(self.category or self.together or self.near)

    def filters(self, to: Reader) -> Filters:
        """As the queries want them."""
        return Filters(self.category, self.together, tuple(to.near) if self.near else None)

    def address(self, **changed: str | None) -> str:
        """This list, with some choices changed; from its beginning."""
        values: dict[str, str | None] = {
            "direction": self.direction,
            "q": self.text or None,
            "category": self.category,
            "together": "1" if self.together else None,
            "near": "1" if self.near else None,
        } | changed
        kept = {key: value for key, value in values.items() if value}
        below = "#results" if self._path == "/posts" else ""
        return self._visit.url(f"{self._path}?{urlencode(kept)}{below}")

    def tabs(self) -> list[Link]:
        """Everything, together, round the corner."""
        plain = {"together": None, "near": None}
        tabs = [
            Link(self.address(**plain), _("Alles"), not self.together and not self.near),
            Link(self.address(**plain | {"together": "1"}), _("Samen"), self.together, "together"),
        ]
        if self.has_place:
            near = self.address(**plain | {"near": "1"})
            tabs.append(Link(near, _("Om de hoek"), self.near, "place"))
        return tabs

    def categories(self) -> list[Link]:
        """Kinds of help."""
        return [
            Link(self.address(category=key), category_name(key), key == self.category)
            for key in CATEGORIES
        ]

    def chosen(self) -> Link | None:
        """The kind that was chosen, as a link that takes the choice away."""
        if self.category is None:
            return None
        return Link(self.address(category=None), category_name(self.category))


@get("/posts", name="posts.list")
async def show_list(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Ik vraag: my needs, and what neighbours offer. Ik bied: the other way round."""
    asked = Asked(visit, viewer, "/posts")
    before = parse_id(visit.query.get("before", ""))
    other = OPPOSITE[asked.direction]
    to = await actions.reader(db, viewer, now=visit.now)
    fits = []
    if not asked.narrowed and before is None:
        fits = await finding.fitting(db, viewer, [other], to, limit=FITS, today=visit.today)
    skip = [post.id for post in fits] if before is None else _seen_above(visit)
    rest = await finding.feed(
        db, viewer, other, asked.filters(to), skip=skip, before=before, limit=PAGE + 1,
        today=visit.today,
    )  # fmt: skip
    shown = fits + rest[:PAGE]
    context: dict[str, Any] = {
        "asked": asked,
        "items": [Fit(post, reason(post, to)) for post in shown],
        "more": asked.address(before=str(rest[PAGE - 1].id), above=".".join(map(str, skip)))
        if len(rest) > PAGE
        else None,
        "first": before is None,
    }
    if visit.htmx_target != "results":
        own = await actions.mine(db, viewer, asked.direction, now=visit.now)
        context |= {
            "own": [(item, own_state(item, visit.today)) for item in own],
            "forms": {
                item.post.id: (
                    visit.form(f"/posts/{item.post.id}/renewal"),
                    visit.form(f"/posts/{item.post.id}/withdrawal"),
                )
                for item in own
                if item.post.state == "expired"
            },
        }
    return visit.page("posts/list.html", block="results", **context)


def _seen_above(visit: Visit) -> list[UUID]:
    """What fitted best when the first page was made: what fits may change, what was seen does not."""
    said = visit.query.get("above", "").split(".")[:FITS]
    return [id_ for one in said if (id_ := parse_id(one)) is not None]


def _cursor(visit: Visit) -> Cursor | None:
    score, _dot, id_ = visit.query.get("after", "").partition(".")
    found: UUID | None = parse_id(id_)
    if found is None or not (score.isascii() and score.isdigit() and len(score) < 9):
        return None
    return Cursor(int(score), found)


@get("/posts/search", name="posts.search")
async def show_search(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What neighbours have open and answers to the reader's words."""
    asked = Asked(visit, viewer, "/posts/search")
    other = OPPOSITE[asked.direction]
    found, meant, items = Found([], 0, None), None, []
    if asked.text:
        await throttle.count(
            db, community=viewer.community_id, kind="search", key=throttle.key_of(viewer.party_id),
            limit=SEARCHES, now=visit.now,
        )  # fmt: skip
        to = await actions.reader(db, viewer, now=visit.now)
        found = await finding.found(
            db, viewer, other, asked.text, asked.filters(to), before=_cursor(visit), limit=PAGE,
            today=visit.today,
        )  # fmt: skip
        items = [Fit(post, reason(post, to)) for post in found.posts]
        if not found.count:
            meant = await suggest.did_you_mean(
                db, viewer.community_id, other, asked.text, now=visit.now
            )
    return visit.page(
        "posts/search.html",
        block="results",
        asked=asked,
        items=items,
        count=found.count,
        more=asked.address(after=str(found.more)) if found.more else None,
        meant=meant,
        meant_href=asked.address(q=meant) if meant else "",
        new_href=visit.url(
            "/posts/new?" + urlencode({"direction": asked.direction, "title": asked.text[:80]})
        ),
    )


ROUTES = [show_list, show_search]
