"""Introductions: who might like to meet whom. Facts, the life of one, and its terms."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

State = Literal[
    "chosen", "first_asked", "first_yes", "second_asked", "introduced", "followed_up", "closed"
]
Outcome = Literal[
    "met", "met_again", "not_met", "declined", "no_answer", "withdrawn", "passed_over"
]
CameOfIt = Literal["met", "met_again", "not_met"]
Answer = Literal["yes", "no"]
Way = Literal["phone", "page"]
Told = Literal["page", "yes", "no", "thinks", "missed"]
"""How a worker asked: a message, or by phone with what was said."""

MOST_SUGGESTED = 3
MOST_ASKS = 2
ASKS_WITHIN = timedelta(days=30)
"""No member is asked more than twice a month."""
NOT_AGAIN = timedelta(days=90)
"""Two who were suggested to each other are not suggested again so soon."""
ASK_DAYS = 7
"""A chosen one is asked within a week; an answer is waited for as long."""
OTHER_DAYS = 3
"""After the first yes the other is asked within three days."""
MISSED_DAYS = 2
FOLLOW_UP = timedelta(weeks=4)
SILENT_DAYS = 7
"""What came of it is asked after four weeks; a week of silence later a worker calls."""
KEPT = timedelta(days=365)
ADULT = 18

MAY_FOLLOW: dict[State, frozenset[State]] = {
    "chosen": frozenset({"first_asked", "first_yes", "closed"}),
    "first_asked": frozenset({"first_yes", "closed"}),
    "first_yes": frozenset({"second_asked", "introduced", "closed"}),
    "second_asked": frozenset({"introduced", "closed"}),
    "introduced": frozenset({"followed_up", "closed"}),
    "followed_up": frozenset({"closed"}),
    "closed": frozenset(),
}


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why two may fit: a code, and the value it was judged on (a kind of help, a place, a language,
    a word both like)."""

    code: Literal[
        "gives", "gets", "together", "interest", "same_place", "corner", "walk", "language", "age",
        "friend", "welcoming", "connector",
    ]  # fmt: skip
    value: str = ""


class Introduction(msgspec.Struct, frozen=True):
    """One introduction: it began with `party_id`; `other_id` is who might fit."""

    id: UUID
    party_id: UUID
    other_id: UUID
    state: State
    owner_id: UUID | None
    due_on: date | None
    reasons: tuple[Reason, ...]
    outcome: Outcome | None
    introduced_on: date | None
    closed_on: date | None
    made_on: date

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state != "closed"

    @property
    def to_ask(self) -> UUID | None:
        """Whose turn it is to be asked, or whose answer is awaited; None when both said yes."""
        if self.state in ("chosen", "first_asked"):
            return self.party_id
        return self.other_id if self.state in ("first_yes", "second_asked") else None


class Ask(msgspec.Struct, frozen=True):
    """One side that was asked."""

    party_id: UUID
    way: Way
    asked_at: datetime
    answer: Answer | None
    answered_at: datetime | None
    came_of_it: CameOfIt | None


class Side(msgspec.Struct, frozen=True):
    """What one who was asked may see: not with whom it began, and no names and numbers until both
    said yes. `flipped`: the reasons were judged from the other's side."""

    id: UUID
    state: State
    reasons: tuple[Reason, ...]
    flipped: bool
    answer: Answer | None
    came_of_it: CameOfIt | None
    other_id: UUID
    owner_name: str | None
    introduced_on: date | None
    call_name: str
    full_name: str
    phone: str


class Step(msgspec.Struct, frozen=True):
    """One thing that happened. `actor_name` is empty for the calendar."""

    at: datetime
    reason: str
    to_state: State
    actor_name: str


class Waiting(msgspec.Struct, frozen=True):
    """An introduction on the work list, with the side it is about now."""

    id: UUID
    state: State
    due_on: date
    made_on: date
    owner_id: UUID
    area_id: UUID
    other_area_id: UUID
    owner_name: str
    party_id: UUID
    call_name: str
    full_name: str
    number: str


class Past(msgspec.Struct, frozen=True):
    """An introduction as it stands on the member's page for the worker."""

    id: UUID
    party_id: UUID
    other_id: UUID
    state: State
    due_on: date | None
    outcome: Outcome | None
    made_on: date
    full_name: str
    call_name: str


class Wish(msgspec.Struct, frozen=True):
    """What a member says about meeting new people."""

    answer: Answer
    hosts: bool = False
    by_age: bool = False
    languages: tuple[str, ...] = ()


class Suggestion(msgspec.Struct, frozen=True):
    """Somebody worth meeting, with the reasons. `dislikes` is for the worker to weigh."""

    id: UUID
    call_name: str
    full_name: str
    number: str
    dislikes: str
    reasons: tuple[Reason, ...]
