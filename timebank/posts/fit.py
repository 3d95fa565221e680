"""What fits a reader, and the true reason why: their own posts and their own place."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.search import stems
from timebank.posts.model import Direction, Post, category_name

_SAYS_NOTHING = """
hulp help helpen helpt zoek zoeken zoekt gezocht gevraagd vraag vragen gevraagd bied bieden aanbod
aangeboden samen uur uurtje uren keer keertje week weken dag dagen ochtend middag avond maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag weekend buurt buur buren buurman buurvrouw huis
thuis nieuw nieuwe klein kleine oud oude groot grote paar twee drie vier leren brengen brengt halen
haalt maken maakt gaan gaat komen komt nodig tijd weer steeds vaak soms beetje stuk mens mensen
leuk fijn gezellig even kopje need offer looking want hour together neighbour
"""
"""Words that stand in titles about anything: sharing one is no reason."""


class Subject(msgspec.Struct, frozen=True):
    """One of the reader's own open posts."""

    direction: Direction
    title: str
    category: str
    together: bool
    stems: frozenset[str]


class Opposite(msgspec.Struct, frozen=True):
    """The reader's own posts on one side."""

    subjects: tuple[Subject, ...]

    @property
    def stems(self) -> list[str]:
        """Stems that tell what they are about."""
        return sorted(frozenset().union(*(own.stems for own in self.subjects)))

    @property
    def categories(self) -> list[str]:
        """Kinds of help among them that say something."""
        return sorted({own.category for own in self.subjects} - {"other"})

    @property
    def together(self) -> bool:
        """Whether one of them is meant to be done together."""
        return any(own.together for own in self.subjects)


class Reader(msgspec.Struct, frozen=True):
    """What the reader can be told truthfully about: own posts, own place, places round the corner."""

    subjects: tuple[Subject, ...]
    place_id: UUID | None
    near: frozenset[UUID]

    def opposite(self, direction: Direction) -> Opposite:
        """Their own posts on the other side, which posts of `direction` may fit."""
        return Opposite(tuple(own for own in self.subjects if own.direction != direction))


@cache
def _nothing() -> frozenset[str]:
    return frozenset(stems(_SAYS_NOTHING))


def telling_stems(title: str) -> frozenset[str]:
    """Stems of a title that say what it is about."""
    return frozenset(stems(title)) - _nothing()


def reason(post: Post, reader: Reader) -> str | None:
    """Why this post fits, in one sentence that starts small and ends with a full stop; or None.

    Said only of facts: a word or kind of help shared with an open post of the reader's own, both
    wanting company, or two places that both chose and that are the same or round the corner.
    """
    (shared, title), near = _shared(post, reader), _nearby(post, reader)
    if not shared and not near:
        return None
    # The isolates keep a title that runs from right to left from turning the sentence around.
    kind = category_name(post.category)
    return _SENTENCES[shared, near]() % {
        "title": f"\u2068{title}\u2069", "kind": kind, "place": post.place,
    }  # fmt: skip


_SENTENCES: dict[tuple[str, str], Callable[[], str]] = {
    ("offers", ""): lambda: _("u biedt “%(title)s”."),
    ("asks", ""): lambda: _("u vraagt “%(title)s”."),
    ("offers_kind", ""): lambda: _("u biedt ook iets bij “%(kind)s”."),
    ("asks_kind", ""): lambda: _("u vraagt ook iets bij “%(kind)s”."),
    ("together", ""): lambda: _("u wilt ook graag iets samen doen."),
    ("", "own"): lambda: _("%(place)s is ook uw plek."),
    ("", "near"): lambda: _("%(place)s is bij u om de hoek."),
    ("offers", "own"): lambda: _("u biedt “%(title)s”, en %(place)s is ook uw plek."),
    ("offers", "near"): lambda: _("u biedt “%(title)s”, en %(place)s is bij u om de hoek."),
    ("asks", "own"): lambda: _("u vraagt “%(title)s”, en %(place)s is ook uw plek."),
    ("asks", "near"): lambda: _("u vraagt “%(title)s”, en %(place)s is bij u om de hoek."),
    ("offers_kind", "own"): lambda: _(
        "u biedt ook iets bij “%(kind)s”, en %(place)s is ook uw plek."
    ),
    ("offers_kind", "near"): lambda: _(
        "u biedt ook iets bij “%(kind)s”, en %(place)s is bij u om de hoek."
    ),
    ("asks_kind", "own"): lambda: _(
        "u vraagt ook iets bij “%(kind)s”, en %(place)s is ook uw plek."
    ),
    ("asks_kind", "near"): lambda: _(
        "u vraagt ook iets bij “%(kind)s”, en %(place)s is bij u om de hoek."
    ),
    ("together", "own"): lambda: _(
        "u wilt ook graag iets samen doen, en %(place)s is ook uw plek."
    ),
    ("together", "near"): lambda: _(
        "u wilt ook graag iets samen doen, en %(place)s is bij u om de hoek."
    ),
}
"""By what is shared (the subject of an offer or a need of one's own, or no more than its kind; wanting
company) and where it is."""


def _shared(post: Post, reader: Reader) -> tuple[str, str]:
    """What is shared, and the title of the reader's own post it is shared with: no title where only
    the kind of help is the same, as who mends clothes does not yet empty an attic."""
    mine = reader.opposite(post.direction)
    about = telling_stems(post.title)
    verb = "offers" if post.direction == "need" else "asks"
    same = next((own for own in mine.subjects if own.stems & about), None)
    if same is not None:
        return verb, same.title
    if post.category in mine.categories:
        return f"{verb}_kind", ""
    return ("together" if post.together and mine.together else ""), ""


def _nearby(post: Post, reader: Reader) -> str:
    if post.place_id is None or reader.place_id is None:
        return ""
    if post.place_id == reader.place_id:
        return "own"
    return "near" if post.place_id in reader.near else ""
