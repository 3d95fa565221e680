"""Signals: their life, from raised to closed. The rule that raises them stands in rule.py."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.signals import rule
from timebank.signals.points import NOW, VERSIONS, Points
from timebank.signals.rule import Facts, Reason, Standing, Verdict, judge

State = Literal[
    "raised", "taken", "contact_made", "plan", "snoozed", "closed", "lapsed", "objected"
]  # fmt: skip
Lane = Literal["asks", "seeks", "told"]
Plan = Literal["introduce", "group", "visit", "other_help"]
Outcome = Literal["grown", "prefers", "moved", "other_help", "not_right", "not_reached"]

OPEN: tuple[State, ...] = ("raised", "taken", "contact_made", "plan", "snoozed")
RAISED_DAYS = 14
"""A raised signal is looked at within ten working days."""
TAKEN_DAYS = 7
"""Who takes one, calls within a week."""
NEXT_DAYS = 14
"""Without another date, the next word is in two weeks; after an introduction as well."""
REST_DAYS = 180
"""'I would like to be left in peace' is respected for half a year."""
SNOOZE_MOST_DAYS = 365
MOST_SHOWN = 20
"""A worker's list shows no more at once: a list to call from, not a register."""
LAPSED_KEPT_DAYS = 90
CLOSED_KEPT_DAYS = 365

MAY_FOLLOW: dict[State, tuple[State, ...]] = {
    "taken": ("raised",),
    "contact_made": ("raised", "taken", "contact_made", "plan", "snoozed"),
    "plan": ("contact_made", "plan"),
    "snoozed": OPEN,
    "closed": OPEN,
    "lapsed": ("raised",),
    "objected": OPEN,
}
"""From which states each state may follow. The engine writes `raised` and `lapsed` and nothing else:
it never moves what a human has taken. `objected` is the member's own word."""


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One signal, for a worker of that neighbourhood. The score stays in the database."""

    id: UUID
    party_id: UUID
    state: State
    lane: Lane
    opened_on: date
    reasons: list[Reason]
    reasons_on: date
    owner_id: UUID | None
    owner_name: str
    due_on: date | None
    snooze_until: date | None
    plan: Plan | None
    outcome: Outcome | None
    closed_on: date | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Listed(Signal, frozen=True, kw_only=True):
    """A signal as it waits on the work list, with the member's name and number."""

    area_id: UUID
    full_name: str
    call_name: str
    number: str
    reach_words: str


class Step(msgspec.Struct, frozen=True):
    """One thing that happened to a signal. `actor_name` is empty for the engine."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str
    from_state: State | None
    to_state: State
    reason: str


class Judged(Facts, frozen=True, kw_only=True):
    """The facts of one member, as the run reads them. `online`: reached by app or e-mail, else by
    phone, paper or via somebody; it shares out the list and weighs nothing."""

    party_id: UUID
    area_id: UUID
    online: bool
    muted_on: date | None = None

    @property
    def asks_again(self) -> bool:
        """Whether what she said in a check-in is newer than an objection."""
        return self.muted_on is None or (self.said_on is not None and self.said_on > self.muted_on)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a member stands after a run: for trials, never on a page."""

    party_id: UUID
    score: int
    lane: rule.Lane
    reasons: list[Reason]


class Stood(Standing, frozen=True, kw_only=True):
    """How a member stood at the last run, and the reasons that last had evidence."""

    party_id: UUID
    reasons: list[Reason]


class Running(msgspec.Struct, frozen=True):
    """An open signal, as the run finds it."""

    id: UUID
    party_id: UUID
    state: State
    lane: Lane
    opened_on: date
    low_since: date | None
    reasons: list[Reason]

    @property
    def told(self) -> list[Reason]:
        """What people said of it: that stays, whatever the rule says."""
        return [reason for reason in self.reasons if reason.is_told]


class OpenNow(Running, frozen=True):
    """An open signal, with who looks after it."""

    owner_id: UUID
    due_on: date


class Ended(msgspec.Struct, frozen=True):
    """A signal that ended not long ago, and what it weighed then."""

    party_id: UUID
    score: int
    closed_on: date


class Desk(msgspec.Struct, frozen=True):
    """A worker of a neighbourhood, how many open signals lie there, and how many of those the rule put
    there this week."""

    area_id: UUID
    worker_id: UUID
    load: int
    fresh: int


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What a member reads about their own signal: as it is, in words made from the same values."""

    state: State
    since: date
    reasons: list[str]
    reasons_on: date
    owner_name: str
    steps: list[Step]


__all__ = [
    "MAY_FOLLOW",
    "NOW",
    "OPEN",
    "VERSIONS",
    "Desk",
    "Ended",
    "Explanation",
    "Facts",
    "Judged",
    "Lane",
    "Listed",
    "OpenNow",
    "Outcome",
    "Place",
    "Plan",
    "Points",
    "Reason",
    "Running",
    "Signal",
    "Standing",
    "State",
    "Step",
    "Stood",
    "Verdict",
    "judge",
]
