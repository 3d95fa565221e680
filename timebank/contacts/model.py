"""Contacts: a real conversation between a worker and a member. Pure facts and rules."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

Purpose = Literal["attention", "practical"]
"""'attention': under the member's own yes to a call; 'practical': anything else done for a member."""
Topic = Literal["how", "meet", "arrange", "told", "other"]
"""What it was for: to hear how somebody is, to let neighbours meet, to arrange something, to tell
something, or anything else."""
Way = Literal["call", "visit", "walk_in", "street", "card"]
Outcome = Literal["held", "not_reached"]
Wish = Literal["meet", "join", "rest", "other_help", "no_calls"]
"""What the member wants, in the member's own choice of a closed list. Nothing about health."""
Heard = Literal[
    "call", "call_missed", "visit", "visit_missed", "walk_in", "street", "card"
]  # fmt: skip
"""How it went, as one question on the page: the way, and whether there was a talk."""

FURTHEST = timedelta(days=365)
"""No next date lies further away."""


LookPurpose = Literal["call", "came", "arrange", "meet", "colleague"]
"""Why a worker opens a member's page: asked once a day, and written down before the page is made."""


class Looking(msgspec.Struct, frozen=True):
    """Why this worker looks today, and since when it was said last."""

    purpose: LookPurpose
    at: datetime


class Contact(msgspec.Struct, frozen=True):
    """One talk, or a try. `by_id` spoke, `entered_by_id` typed; days are days in Amsterdam."""

    id: UUID
    party_id: UUID
    by_id: UUID
    purpose: Purpose
    topic: Topic
    way: Way
    outcome: Outcome
    wish: Wish | None
    held_on: date
    at: datetime
    follow_up_on: date | None
    owner_id: UUID | None
    followed_up_at: datetime | None
    words: str
    mood: str
    """How she was, in the worker's words."""
    by_name: str
    entered_by_name: str
    entered_by_id: UUID

    @property
    def heard(self) -> Heard:
        """How it went, as the page asked it."""
        return heard(self.way, self.outcome)


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker notes of a contact. `follow_up_on` is the next date, when there is one."""

    heard: Heard
    held_on: date
    topic: Topic = "how"
    words: str = ""
    mood: str = ""
    wish: Wish | None = None
    follow_up_on: date | None = None

    @property
    def way(self) -> Way:
        """By phone, at the door …"""
        return _WAY[self.heard]

    @property
    def outcome(self) -> Outcome:
        """Whether there was a talk."""
        return "not_reached" if self.heard.endswith("_missed") else "held"


class FollowUp(msgspec.Struct, frozen=True):
    """A next date that was agreed, with its owner and the member's name and number."""

    id: UUID
    party_id: UUID
    purpose: Purpose
    way: Way
    outcome: Outcome
    wish: Wish | None
    held_on: date
    follow_up_on: date
    owner_id: UUID
    area_id: UUID
    full_name: str
    call_name: str
    number: str
    owner_name: str

    @property
    def heard(self) -> Heard:
        """How the talk before it went."""
        return heard(self.way, self.outcome)


class Colleague(msgspec.Struct, frozen=True):
    """Another worker of the neighbourhood."""

    id: UUID
    call_name: str
    full_name: str


class Waiting(msgspec.Struct, frozen=True):
    """An open follow-up, as it is handed over."""

    id: UUID
    party_id: UUID
    owner_id: UUID


_WAY: dict[Heard, Way] = {
    "call": "call",
    "visit": "visit",
    "walk_in": "walk_in",
    "street": "street",
    "card": "card",
    "call_missed": "call",
    "visit_missed": "visit",
}


def heard(way: Way, outcome: Outcome) -> Heard:
    """How it went, as one answer."""
    if outcome == "held":
        return way
    return "visit_missed" if way == "visit" else "call_missed"
