"""Exchanges: what two or more parties do for each other, from first word to confirmed. Pure rules.

Minutes are whole minutes. Days are days in Europe/Amsterdam.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.dates import at
from timebank.web.viewer import Viewer

State = Literal[
    "suggested", "talking", "agreed", "planned", "done", "confirmed", "disputed",
    "declined", "cancelled", "no_contact", "not_feasible", "no_show", "closed",
]  # fmt: skip
Mode = Literal["hours", "gift", "return"]
NextAction = Literal[
    "answer", "answer_proposal", "plan", "do", "say_done", "confirm", "confirm_other",
    "settle", "settle_pair", "ask_both", "take_over",
]  # fmt: skip
"""What happens next. The last four are a worker's."""

OPEN: tuple[State, ...] = ("suggested", "talking", "agreed", "planned", "done", "disputed")
AGREED: tuple[State, ...] = ("agreed", "planned")
WITH_WORKER: tuple[NextAction, ...] = ("settle", "settle_pair", "ask_both", "take_over")

TALK_DAYS = 7
"""Somebody who was asked something has a week; then we remind, and a week later a worker asks."""
PLAN_DAYS = 14
WORKER_DAYS = 7
"""A worker who got an exchange has a week for the first call."""
CONTACT_DAYS = 7
"""Phone and meeting place stay in sight until so many days after it was done."""
TALK_AFTER_DAYS = 30
"""So long one can still write (to thank) when all is over."""
LONG_MINUTES = 8 * 60
"""More than this in one go is asked about once: 'Klopt dat?'"""
FIRST_SILENT_MINUTES = 2 * 60
"""A pair's first exchange over this is never booked by silence (design, rule 2)."""
MOST_IN_SERIES = 26
CLAIM_BACK_DAYS = 365
PAIR_DISPUTES = 3
"""The third dispute between one pair goes to one worker as one case."""


class By(msgspec.Struct, frozen=True):
    """Who acts: `subject_id` is the member it is done for, `hand_id` who did it."""

    community: int
    subject_id: UUID
    hand_id: UUID

    @classmethod
    def viewer(cls, viewer: Viewer) -> "By":
        """The person at the screen, for themselves or for the member they act for."""
        return cls(viewer.community_id, viewer.subject_id, viewer.party_id)

    @property
    def acting(self) -> bool:
        return self.hand_id != self.subject_id

    @property
    def on_behalf_of(self) -> UUID | None:
        """For the audit."""
        return self.subject_id if self.acting else None


class Side(msgspec.Struct, frozen=True):
    """One party of an exchange: `gives` does something, `gets` is helped; together it is both."""

    party_id: UUID
    gives: bool
    gets: bool
    agreed_at: datetime | None = None


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange as the database has it; the migration says what the columns mean."""

    community_id: int
    id: UUID
    state: State
    mode: Mode
    round: int
    post_id: UUID | None
    series_id: UUID | None
    area_id: UUID
    started_by_id: UUID
    entered_by_id: UUID
    title: str
    planned_on: date | None
    planned_at: time | None
    zone: str
    planned_minutes: int | None
    meet_at: str
    next_action: NextAction | None
    owner_id: UUID | None
    asked_id: UUID | None
    due_on: date | None
    done_on: date | None
    claimed_minutes: int | None
    claimed_by_id: UUID | None
    claimed_at: datetime | None
    answered_minutes: int | None
    answered_by_id: UUID | None
    answered_at: datetime | None
    by_hand: bool
    announced_at: datetime | None
    reminded_at: datetime | None
    handed_reason: str | None
    disputed_at: datetime | None
    minutes: int | None
    confirmed_at: datetime | None
    booked_by: str | None
    end_reason: str | None
    ended_by_id: UUID | None
    settled_by_id: UUID | None
    state_at: datetime
    created_at: datetime
    sides: list[Side]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def party_ids(self) -> list[UUID]:
        return [side.party_id for side in self.sides]

    @property
    def on_the_table(self) -> int | None:
        """The minutes said last: what a yes agrees to."""
        return self.answered_minutes or self.claimed_minutes

    @property
    def last_said_by(self) -> UUID | None:
        """Who said those minutes."""
        return self.answered_by_id or self.claimed_by_id

    def side(self, party: UUID) -> Side | None:
        """The part of this party, or None for a stranger."""
        return next((s for s in self.sides if s.party_id == party), None)

    def other(self, party: UUID) -> UUID:
        """The counterpart; of several, the first."""
        return next(s.party_id for s in self.sides if s.party_id != party)

    def giver(self) -> UUID:
        """Who does the work; when all do, who did not begin."""
        givers = [s.party_id for s in self.sides if s.gives and not s.gets]
        return givers[0] if givers else self.other(self.started_by_id)

    @property
    def together(self) -> bool:
        """Both do, both have: no one is the helper."""
        return all(side.gives and side.gets for side in self.sides)

    def getter(self) -> UUID:
        """Who is helped; when all are, who began."""
        getters = [s.party_id for s in self.sides if s.gets and not s.gives]
        return getters[0] if getters else self.started_by_id


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A date, a time and a duration; `every` makes it come back until `until_on`."""

    id: UUID
    by_id: UUID
    on_date: date | None
    at_time: time | None
    minutes: int
    meet_at: str
    every: Literal["week", "two_weeks", "month"] | None
    until_on: date | None
    made_at: datetime


class Said(msgspec.Struct, frozen=True):
    """Free text beside an exchange."""

    id: UUID
    by_id: UUID
    kind: str
    words: str
    at: datetime


class Thread(msgspec.Struct, frozen=True):
    """One message of the talk, as the exchange's page shows it. `care`: codes to be careful with."""

    id: UUID
    from_id: UUID
    words: str
    language: str
    care: str
    at: datetime
    hidden: bool
    first: bool


class Repair(msgspec.Struct, frozen=True):
    """One side asked to have a booking put right, and nobody has settled it yet."""

    id: UUID
    exchange_id: UUID
    asked_by_id: UUID
    asked_at: datetime
    owner_id: UUID
    due_on: date


class OpenRepair(Repair, frozen=True):
    """Such a request as it waits on the work list."""

    area_id: UUID


def contact_shown(exchange: Exchange, today: date) -> bool:
    """Whether phone and meeting place may be seen by the counterpart: once agreed, until a week
    after it was done."""
    if exchange.state in AGREED:
        return True
    if exchange.state in ("done", "disputed", "confirmed") and exchange.done_on is not None:
        return today <= exchange.done_on + timedelta(days=CONTACT_DAYS)
    return False


def may_write(exchange: Exchange, now: datetime) -> bool:
    """Whether the talk is open: as long as the exchange is, and a while after to say thanks. Never
    after somebody said no."""
    if exchange.is_open:
        return True
    if exchange.state in ("declined", "no_contact", "not_feasible"):
        return False
    return now - exchange.state_at <= timedelta(days=TALK_AFTER_DAYS)


def starts_at(exchange: Exchange) -> datetime | None:
    """The moment a planned exchange begins, in UTC; None without date or time."""
    if exchange.planned_on is None or exchange.planned_at is None:
        return None
    return at(exchange.planned_on, exchange.planned_at)


def silent_booking_allowed(
    *, minutes: int, both_online: bool, by_hand: bool, met_before: bool
) -> bool:
    """Whether silence may end in a booking (design, rule 2): both online, no helper between, and not
    a pair's first exchange over two hours."""
    if not both_online or by_hand:
        return False
    return met_before or minutes <= FIRST_SILENT_MINUTES


def repair_until(exchange: Exchange, repair_days: int) -> datetime | None:
    """Until when either side may ask to have the booking put right."""
    if exchange.confirmed_at is None:
        return None
    return exchange.confirmed_at + timedelta(days=repair_days)
