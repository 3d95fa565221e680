"""Signals: their life, from raised to closed. The rule that raises them stands in rule.py."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.signals import rule
from timebank.signals.points import NOW, VERSIONS, Points
from timebank.signals.rule import Facts, Reason, Standing, Verdict, judge

State = Literal[
    "raised", "taken", "contact_made", "plan", "snoozed", "closed", "lapsed", "objected"
]
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
REMIND_DAYS, BACK_DAYS = 14, 21
"""Taken and no talk: after two weeks a reminder, a week later somebody else may take it."""
CALL_BACKS = (14, 42)
"""After a plan or an introduction the worker asks how it went: in two weeks, and in six."""
MOST_TRIES = 3
"""So many times not reached in a row: another way, or the end."""
NEW_NEIGHBOURS, MET_WITHIN_DAYS = 2, 60
"""When so many new neighbours each met her twice within so many days, it may be over."""
UNCLAIMED_WORKING_DAYS = 10
"""Raised and not taken for so long: the admin reads how many there are, and no name."""
REST_DAYS = 180
"""'I would like to be left in peace' is respected for half a year."""
SNOOZE_MOST_DAYS = 365
MOST_SHOWN = 20
"""A worker's list shows no more at once: a list to call from, not a register."""

MAY_FOLLOW: dict[State, tuple[State, ...]] = {
    "raised": ("taken",),
    "taken": ("raised",),
    "contact_made": ("raised", "taken", "contact_made", "plan", "snoozed"),
    "plan": ("contact_made", "plan"),
    "snoozed": OPEN,
    "closed": OPEN,
    "lapsed": ("raised",),
    "objected": OPEN,
}
"""From which states each state may follow. The rule writes `raised` and `lapsed` and nothing else: it
never moves what a human has taken. `objected` is the member's own word. What somebody took and left
without a talk for three weeks, the calendar gives back: from `taken` to `raised`."""


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


class Outlook(msgspec.Struct, frozen=True):
    """What the story of an open signal asks for: tries in a row that reached nobody, since when a plan
    or an introduction runs, how many new neighbours she met twice within two months, and since when
    it is as it is."""

    id: UUID
    state: State
    state_on: date
    due_on: date
    tries: int
    began_on: date | None
    new_neighbours: int

    @property
    def unreached(self) -> bool:
        """Tried often enough: a card, or the end."""
        return self.tries >= MOST_TRIES

    @property
    def has_grown(self) -> bool:
        """The circle grew: the system proposes to close, a human closes."""
        return self.new_neighbours >= NEW_NEIGHBOURS

    def goes_back_on(self, today: date) -> date | None:
        """When somebody else may take it, once the reminder is due; None as long as it is not."""
        reminded = max(self.state_on + timedelta(REMIND_DAYS), self.due_on)
        if self.state != "taken" or today < reminded:
            return None
        return reminded + timedelta(BACK_DAYS - REMIND_DAYS)

    def call_back_on(self, today: date) -> date | None:
        """The next day to ask how the plan goes; None without one."""
        if self.began_on is None:
            return None
        days = [self.began_on + timedelta(after) for after in CALL_BACKS]
        return next((day for day in days if day > today), None)


def working_days_ago(today: date, days: int) -> date:
    """The day so many working days (Monday to Friday) before today."""
    found = today
    while days:
        found -= timedelta(days=1)
        days -= found.weekday() < 5
    return found


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
    "Outlook",
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
