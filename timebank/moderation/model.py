"""Moderation: reports ("meld dit"), posts out of sight, bookings put right. Facts and pure rules."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says
from timebank.web.viewer import Viewer

About = Literal["post", "message", "party"]
Reason = Literal[
    "money", "rude", "private", "about_me", "unsafe", "not_true", "advert", "other", "look_again"
]
HideReason = Literal[
    "money", "rude", "private", "unsafe", "not_true", "advert", "other", "first_look"
]
Outcome = Literal["hidden", "left", "talked", "suspended"]

MOST_OPEN = 5
"""Open reports a member may have: nobody is buried under them by one person."""
WORKING_DAYS = 2
"""A report is looked at within this many working days."""
WORDS_KEPT = timedelta(days=365)
"""The words of a report go so long after it was closed; that it was there stays."""

_REASONS: dict[str, Callable[[], str]] = {
    "money": lambda: _("Er wordt om geld of bankgegevens gevraagd"),
    "rude": lambda: _("De woorden zijn kwetsend"),
    "private": lambda: _("Er staan gegevens van iemand anders in"),
    "about_me": lambda: _("Dit gaat over mij, en dat wil ik niet"),
    "unsafe": lambda: _("Ik voel mij hier niet veilig bij"),
    "not_true": lambda: _("Dit lijkt niet te kloppen"),
    "advert": lambda: _("Dit is reclame"),
    "other": lambda: _("Iets anders"),
}
REPORT_REASONS: tuple[str, ...] = tuple(_REASONS)
"""The closed list to choose from; the database holds the same in a named check."""

_BECAUSE: dict[str, Callable[[], str]] = {
    "private": lambda: _("er gegevens van iemand anders in staan"),
    "money": lambda: _("er om geld of bankgegevens gevraagd wordt"),
    "rude": lambda: _("de woorden kwetsend zijn"),
    "unsafe": lambda: _("het niet veilig is"),
    "not_true": lambda: _("het niet lijkt te kloppen"),
    "advert": lambda: _("het reclame is"),
    "first_look": lambda: _("wij er eerst naar willen kijken"),
}
HIDE_REASONS: tuple[str, ...] = (*(r for r in _BECAUSE if r != "first_look"), "other")
"""Why staff may take something out of sight; with `other` they write the reason themselves."""


class Thing(msgspec.Struct, frozen=True):
    """What is reported: whose it is, and its text as it reads now. `page_id` names its page."""

    kind: About
    id: UUID
    subject_id: UUID
    area_id: UUID | None
    text: str
    page_id: UUID


class Report(msgspec.Struct, frozen=True):
    """A report as those who handle it see it. `reasons` are codes; `voices` counts people."""

    id: UUID
    about_kind: About
    about_id: UUID
    subject_id: UUID
    taken_down: bool
    owner_id: UUID
    due_on: date
    made_at: datetime
    closed_at: datetime | None
    outcome: Outcome | None
    area_id: UUID
    area_name: str
    subject_call_name: str
    subject_full_name: str
    owner_call_name: str
    title: str
    reasons: list[Reason]
    voices: int

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def closed_on(self) -> date | None:
        """The day it was closed."""
        return local_date(self.closed_at) if self.closed_at else None


class Voice(msgspec.Struct, frozen=True):
    """Somebody who reported it, and why. Seen by those who handle it, by nobody else."""

    party_id: UUID
    reason: Reason
    at: datetime
    call_name: str
    full_name: str


class Words(msgspec.Struct, frozen=True):
    """What was written about a report, or the text it is about as it stood then."""

    id: UUID
    by_id: UUID
    kind: Literal["reported", "shown", "note"]
    words: str
    at: datetime
    call_name: str


class Text(msgspec.Struct, frozen=True):
    """What was reported, as it reads now."""

    title: str
    words: str
    lang: str
    hidden: bool
    exchange_id: UUID | None


class Hiding(msgspec.Struct, frozen=True):
    """Why a post is out of sight. `by_id` None: taken down first, to be looked at."""

    id: UUID
    post_id: UUID
    reason: HideReason
    words: str
    by_id: UUID | None
    at: datetime
    asked_at: datetime | None

    @property
    def since(self) -> date:
        """The day it went out of sight."""
        return local_date(self.at)

    @property
    def asked_on(self) -> date | None:
        """The day its author asked to look again."""
        return local_date(self.asked_at) if self.asked_at else None


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who may take over."""

    id: UUID
    call_name: str
    full_name: str


class Repair(msgspec.Struct, frozen=True):
    """A booking that somebody asked to have put right, and with whom that lies."""

    exchange_id: UUID
    title: str
    asked_by_id: UUID
    owner_id: UUID
    due_on: date
    asked_by: str
    owner: str


class Reach(msgspec.Struct, frozen=True):
    """What somebody who works here may handle: everything, or what is of their neighbourhoods."""

    everywhere: bool
    areas: tuple[UUID, ...]


def reach(viewer: Viewer) -> Reach:
    """An admin handles all reports, a worker those of their own neighbourhoods."""
    return Reach(viewer.is_admin, viewer.worker_areas)


def due_on(today: date, days: int = WORKING_DAYS) -> date:
    """The day `days` working days (Monday to Friday) after today."""
    found = today
    while days > 0:
        found += timedelta(days=1)
        if found.weekday() < 5:
            days -= 1
    return found


def reason_name(reason: str) -> str:
    """A reason to report, in words."""
    if reason == "look_again":
        return _("De schrijver vraagt om nog eens te kijken")
    return _REASONS[reason]()


def outcome_name(outcome: Outcome) -> str:
    """How a report ended."""
    names: dict[str, Callable[[], str]] = {
        "hidden": lambda: _("Van de site gehaald"),
        "left": lambda: _("Het mag blijven staan"),
        "talked": lambda: _("Erover gepraat"),
        "suspended": lambda: _("De deelnemer doet even niet mee"),
    }
    return names[outcome]()


def hide_reason_name(reason: str) -> str:
    """A reason to take something out of sight, to choose from."""
    if reason == "unsafe":
        return _("Het is niet veilig")
    return _REASONS[reason]()


def hidden_sentence(reason: str, words: str = "") -> str:
    """What the author reads (ux.md, delicate moments: post hidden)."""
    if reason == "other":
        return _(
            "Uw bericht staat nu niet meer op de site. Dit is de reden: %(reason)s U kunt het "
            "aanpassen. Bent u het er niet mee eens? Dan kijkt iemand anders ernaar.",
            reason=_ended(words),
        )
    sentence = _(
        "Uw bericht staat nu niet meer op de site, omdat %(reason)s. U kunt het aanpassen. "
        "Bent u het er niet mee eens? Dan kijkt iemand anders ernaar.",
        reason=_BECAUSE[reason](),
    )
    return f"{sentence} {words}".strip()


def told_hidden(reason: str) -> str:
    """The same in a notice, which holds codes and no sentences of anybody."""
    if reason == "other":
        return _("Uw bericht staat nu niet meer op de site. Hier leest u de reden.")
    return hidden_sentence(reason)


def told_message_hidden(reason: str) -> str:
    """What the sender of a message that was taken away is told."""
    if reason == "other":
        return _("Een bericht van u is weggehaald. Bel ons als u wilt weten waarom.")
    return _("Een bericht van u is weggehaald, omdat %(reason)s.", reason=_BECAUSE[reason]())


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else words + "."


says(
    "post_hiding_one_open",
    lambda: _("Iemand anders heeft dit bericht net al van de site gehaald."),
)
says(
    "report_not_its_own_owner",
    lambda: _("Deze collega kan de melding niet overnemen."),
    field="owner",
)
