"""Notices: kind and values; the sentence is made when it is delivered, in the receiver's language."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import isolated
from timebank.parties import Card
from timebank.web.community import Words


class Notice(msgspec.Struct, frozen=True):
    """One thing a person should hear. `details` holds ids (keys ending in _id), numbers, dates."""

    id: UUID
    party_id: UUID
    kind: str
    details: dict[str, Any]
    about_kind: str | None
    about_id: UUID | None
    made_at: datetime
    way: str
    read_at: datetime | None


class Told(msgspec.Struct, frozen=True):
    """A notice with the names it mentions and the community's own words, looked up just now."""

    notice: Notice
    names: dict[UUID, Card]
    words: Words

    def name(self, key: str) -> str:
        """Call name of the party whose id stands under `key`."""
        card = self.names.get(UUID(self.notice.details[key]))
        return isolated(card.call_name) if card else _("iemand die niet meer meedoet")

    def number(self, key: str) -> int:
        """A whole number, such as minutes."""
        return int(self.notice.details[key])

    def time(self, key: str = "minutes") -> str:
        """An amount that stands in the books, or may come there."""
        return self.words.time(self.number(key))

    def day(self, key: str) -> date:
        """A date."""
        return date.fromisoformat(self.notice.details[key])

    def text(self, key: str) -> str:
        """A code."""
        return str(self.notice.details.get(key, ""))


class Line(msgspec.Struct, frozen=True):
    """A notice as it is read: the sentence, and the page it is about."""

    id: UUID
    party_id: UUID
    sentence: str
    href: str
    made_at: datetime
    way: str
    read: bool


class ForPaper(msgspec.Struct, frozen=True):
    """A notice that waits to go on paper, in the words of its receiver's language. What comes from
    a worker's care is not said on paper: its sentence only asks to call. `asks`: it waits for an
    answer."""

    id: UUID
    party_id: UUID
    sentence: str
    asks: bool
    made_at: datetime


class Mailable(msgspec.Struct, frozen=True):
    """A notice that may go out by mail, and to whom."""

    notice: Notice
    email: str
    call_name: str
    language: str
    mail_whole: bool


COPY_OF = "for_id"
"""Detail of a notice to a helper: the member it is about."""
Wording = Callable[[Told], str]
_WORDINGS: dict[str, Wording] = {}
_NOT_IN_MAIL: set[str] = set()
_ASKING: set[str] = set()


def worded(kind: str, *, in_mail: bool = True, asks: bool = False) -> Callable[[Wording], Wording]:
    """Marks the function that puts a kind of notice into a sentence. Without `in_mail` the sentence
    never stands in a mail or a letter, whatever the member chose: it comes from a worker's care.
    `asks`: it waits for an answer from who reads it. Raises ValueError for a kind that has words."""

    def register(wording: Wording) -> Wording:
        if kind in _WORDINGS:
            raise ValueError(f"notice {kind} has its words already")
        _WORDINGS[kind] = wording
        if not in_mail:
            _NOT_IN_MAIL.add(kind)
        if asks:
            _ASKING.add(kind)
        return wording

    return register


def may_be_mailed(kind: str) -> bool:
    """Whether the sentence of this kind may stand in a mail."""
    return kind not in _NOT_IN_MAIL


def asks_answer(kind: str) -> bool:
    """Whether a notice of this kind waits for an answer."""
    return kind in _ASKING


def sentence(told: Told) -> str:
    """The notice in the reader's language. A helper hears what is told to the member she helps, with that
    member's name before it."""
    wording = _WORDINGS.get(told.notice.kind)
    said = wording(told) if wording else _("Er staat iets voor u klaar.")
    if COPY_OF in told.notice.details:
        return _("Voor %(name)s: %(sentence)s", name=told.name(COPY_OF), sentence=said)
    return said


def call_me() -> str:
    """What stands on paper for a notice that comes from a worker's care: no word of why."""
    return _("Ik wil u graag even spreken. Belt u mij?")


_PAGES = {
    "post": "/posts/{id}",
    "exchange": "/exchanges/{id}",
    "party": "/parties/{id}",
    "applicant": "/applicants/{id}",
    "hours": "/hours",
    "vouchers": "/vouchers",
    "hiding": "/posts/{id}/hiding",
    "area": "/areas/{id}",
    "gathering": "/gatherings/{id}",
    "introduction": "/introductions/{id}/mine",
    "me": "/parties/me",
    "helpers": "/parties/me#helpers",
    "mandate": "/mandates",
    "log": "/parties/me/views#deeds",
    "sessions": "/sessions",
    "held": "/messages/held",
    "own_erasure": "/parties/me/erasure",
    "erasure": "/erasures/{id}",
}


def href(notice: Notice) -> str:
    """Path (in the community) of the page a notice is about. A helper begins to act first."""
    if COPY_OF in notice.details:
        return "/mandates"
    return _PAGES.get(notice.about_kind or "", "/").format(id=notice.about_id)
