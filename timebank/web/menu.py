"""The five places to go, in words, always in sight: for residents, and for those who work here."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from timebank.kernel.i18n import pgettext
from timebank.kernel.text import capital
from timebank.web.community import Community, Words
from timebank.web.policy import may
from timebank.web.viewer import Viewer


class Item(msgspec.Struct, frozen=True):
    """One entry: where, what it says, its icon, and whether it is this page."""

    href: str
    label: str
    icon: str
    current: bool


class Asked(Protocol):
    """What the menu needs to know of a visit."""

    viewer: Viewer | None
    community: Community
    path: str

    def url(self, path: str) -> str: ...


_MEMBER: list[tuple[str, Callable[[Words], str], str]] = [
    ("/", lambda _words: pgettext("menu", "Start"), "house"),
    ("/posts?direction=need", lambda _words: pgettext("menu", "Ik vraag"), "ask"),
    ("/posts?direction=offer", lambda _words: pgettext("menu", "Ik bied"), "offer"),
    ("/exchanges", lambda _words: pgettext("menu", "Afspraken"), "calendar"),
    ("/hours", lambda _words: pgettext("menu", "Mijn tijd"), "time"),
]
_STAFF: list[tuple[str, Callable[[Words], str], str]] = [
    ("/worklist", lambda _words: pgettext("menu", "Werklijst"), "list"),
    ("/parties", lambda _words: pgettext("menu", "Mensen"), "people"),
    ("/posts/all", lambda _words: pgettext("menu", "Vraag en aanbod"), "board"),
    ("/exchanges/all", lambda _words: pgettext("menu", "Afspraken"), "calendar"),
    ("/areas", lambda words: capital(words.neighbourhood.one), "area"),
]

_AREAS = ("/areas", "/worklist/areas")
"""Pages of neighbourhoods, those of all and one's own."""


def menu(visit: Asked) -> list[Item]:
    """The entries for who looks; nobody signed in gets none."""
    if visit.viewer is None:
        return []
    entries = _entries(visit.viewer)
    best = max(
        (href for href, _label, _icon in entries if _leads_to(visit, href)), key=len, default=None
    )
    if entries is not _MEMBER and any(_leads_to(visit, href) for href in _AREAS):
        best = entries[-1][0]
    return [
        Item(visit.url(href), label(visit.community.words), icon, current=href == best)
        for href, label, icon in entries
    ]


def _entries(viewer: Viewer) -> list[tuple[str, Callable[[Words], str], str]]:
    """For a worker the last one is the neighbourhood they watch over; for an admin all of them."""
    if not may(viewer, "worklist.see"):
        return _MEMBER
    if not (may(viewer, "signal.see") and viewer.worker_areas):
        return _STAFF
    _all, label, icon = _STAFF[-1]
    return [*_STAFF[:-1], (f"/worklist/areas/{viewer.worker_areas[0]}", label, icon)]


def _leads_to(visit: Asked, href: str) -> bool:
    path, _mark, query = href.partition("?")
    here, _mark, asked = visit.path.partition("?")
    base = visit.url(path)
    if path == "/":
        return here == base
    return (here == base or here.startswith(base + "/")) and (not query or query in asked)
