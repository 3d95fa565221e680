"""Posts: what somebody offers or asks for. Facts, words and pure rules."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says

Direction = Literal["offer", "need"]
State = Literal[
    "dormant", "draft", "review", "open", "paused", "matched", "closed", "withdrawn", "expired"
]
Pausing = Literal["owner", "member"]
"""Who let a post rest: its owner, or everybody's rest while the owner does not take part."""

OPPOSITE: dict[Direction, Direction] = {"offer": "need", "need": "offer"}

_CATEGORY_NAMES: dict[str, Callable[[], str]] = {
    "garden": lambda: _("Tuin en balkon"),
    "errands": lambda: _("Boodschappen"),
    "household": lambda: _("Huishouden"),
    "repair": lambda: _("Klussen in huis"),
    "transport": lambda: _("Vervoer en meegaan"),
    "company": lambda: _("Gezelschap"),
    "computer": lambda: _("Computer en telefoon"),
    "paperwork": lambda: _("Brieven en formulieren"),
    "lessons": lambda: _("Leren en taal"),
    "children": lambda: _("Kinderen"),
    "animals": lambda: _("Dieren"),
    "cooking": lambda: _("Koken en eten"),
    "lending": lambda: _("Iets lenen"),
    "other": lambda: _("Iets anders"),
}
CATEGORIES: tuple[str, ...] = tuple(_CATEGORY_NAMES)
"""The closed list of kinds of help; the database holds the same in a named check."""


def category_name(category: str) -> str:
    """The kind of help in words."""
    return _CATEGORY_NAMES[category]()


class Author(msgspec.Struct, frozen=True):
    """Who stands behind a post. Without a name when the person was erased."""

    id: UUID
    call_name: str
    full_name: str


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post as somebody may see it. `expires_on` is its last day (t/m); `minutes` a guess."""

    id: UUID
    direction: Direction
    state: State
    by: Author
    beneficiary_id: UUID | None
    entered_by_id: UUID
    title: str
    words: str
    category: str
    together: bool
    minutes: int | None
    when_text: str
    lang: str
    area_id: UUID
    area_name: str
    place_id: UUID | None
    place: str
    expires_on: date
    created_at: datetime
    paused_for: Pausing | None
    hidden_at: datetime | None

    @property
    def place_name(self) -> str:
        """The place it chose, else its neighbourhood."""
        return self.place or self.area_name

    @property
    def hidden(self) -> bool:
        """Moderation took it out of sight."""
        return self.hidden_at is not None

    @property
    def is_open(self) -> bool:
        """Whether neighbours can answer it today."""
        return self.state == "open" and not self.hidden


class Own(msgspec.Struct, frozen=True):
    """A post of one's own, and how many neighbours answered and are still there."""

    post: Post
    replies: int


class Gone(msgspec.Struct, frozen=True):
    """A post that was open once: only that it is over, and what to look for instead."""

    id: UUID
    direction: Direction
    state: State
    category: str


class Glimpse(msgspec.Struct, frozen=True):
    """A need as somebody on the street may read it: no name, nothing nearer than its neighbourhood."""

    title: str
    lang: str
    area_name: str


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to post. Texts are tidied already; `minutes` is a guess, or None."""

    direction: Direction
    title: str
    words: str = ""
    category: str = "other"
    together: bool = False
    minutes: int | None = None
    when_text: str = ""
    place_id: UUID | None = None
    beneficiary_id: UUID | None = None


class Fit(msgspec.Struct, frozen=True):
    """A post, and why it fits the reader; None when there is no true reason."""

    post: Post
    why: str | None


class Filters(msgspec.Struct, frozen=True):
    """What a reader narrowed a list to. `near`: places round the corner, None for everywhere."""

    category: str | None = None
    together: bool = False
    near: tuple[UUID, ...] | None = None


class Cursor(msgspec.Struct, frozen=True):
    """The last one found that was seen: its score and its id."""

    score: int
    id: UUID

    def __str__(self) -> str:
        return f"{self.score}.{self.id}"


class Found(msgspec.Struct, frozen=True):
    """A page of a search. `count` is of all that was found; `more` leads to the next page."""

    posts: list[Post]
    count: int
    more: Cursor | None


says("post_title_length", lambda: _("Schrijf uw zin in 1 tot 80 letters."), field="title")
says("post_words_length", lambda: _("Maak dit korter. Er passen 1500 letters in."), field="words")
says("post_when_length", lambda: _("Maak dit korter. Er passen 120 letters in."), field="when_text")
says(
    "post_minutes", lambda: _("Kies hoe lang het duurt. Meer dan 24 uur kan niet."), field="minutes"
)
says("post_at_place", lambda: _("Kies een plek uit de lijst."), field="place")
