"""Moderation: reports ("meld dit"), posts out of sight, bookings put right. Facts and pure rules."""

from datetime import date, datetime, timedelta
from typing import Literal, get_args
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
    "private", "money", "rude", "unsafe", "not_true", "advert", "other", "first_look"
]
Outcome = Literal["hidden", "left", "talked", "suspended"]

MOST_OPEN = 5
"""Open reports a member may have: nobody is buried under them by one person."""
WORKING_DAYS = 2
"""A report is looked at within this many working days."""
WORDS_KEPT = timedelta(days=365)
"""The words of a report go so long after it was closed; that it was there stays."""

REPORT_REASONS: tuple[Reason, ...] = tuple(r for r in get_args(Reason) if r != "look_again")
"""The closed list to choose from; the database holds the same in a named check."""

HIDE_REASONS: tuple[HideReason, ...] = tuple(r for r in get_args(HideReason) if r != "first_look")
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


says(
    "post_hiding_one_open",
    lambda: _("Iemand anders heeft dit bericht net al van de site gehaald."),
)
says(
    "report_not_its_own_owner",
    lambda: _("Deze collega kan de melding niet overnemen."),
    field="owner",
)
