"""The work list: lines with one owner, one date, one next step and one button. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

Kind = Literal[
    "signal", "follow_up", "notice", "exchange", "repair", "applicant", "report", "told", "appeal",
    "job", "no_worker", "introduction", "need", "list", "away", "unclaimed", "heard", "call",
    "voucher", "helped", "welcome",
]  # fmt: skip
Step = Literal[
    "call", "agree", "ask_how", "call_again", "pass_on", "send", "settle", "get_to_know", "decide",
    "tell", "look_again", "retry", "find_worker", "introduce", "ask_met",
    "find_helper", "keep_list", "stand_in", "round_off", "other_way", "ask_workers", "read_worry",
    "read_words", "answer_call", "print", "say_hello",
]  # fmt: skip
Group = Literal["late", "today", "week", "later"]
GROUPS: tuple[Group, ...] = ("late", "today", "week", "later")
WEEK_DAYS = 7
FORGOTTEN_DAYS = 7
"""What lies a week past its date stands on every colleague's own list."""


class Who(msgspec.Struct, frozen=True):
    """The person a line is about, for those who work here."""

    id: UUID
    call_name: str
    full_name: str
    number: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits. `why` is a sentence, or markup from a slice's own macro. `href` is where
    the button leads; with `posts_to` it sends a form, and `href` stands beside it. Paths are in the
    community."""

    kind: Kind
    step: Step
    due: date
    who: Who | None = None
    what: str = ""
    why: Any = ""
    since: date | None = None
    owner_id: UUID | None = None
    owner_name: str = ""
    href: str = ""
    posts_to: str = ""
    hand_over: str = ""
    about: UUID | None = None
    """What it is handed over by: its own id, or of the member or thing it is about."""
    area_id: UUID | None = None
    also_area_id: UUID | None = None
    """Of a second member it is about: who does it watches over both."""
    stands_in_for: str = ""
    """The colleague who is away, with whom it lies."""
    away_id: UUID | None = None
    seen: UUID | None = None
    """The newest notice that the line shows: no later one is passed on with it."""

    def is_late(self, today: date) -> bool:
        """Past its date."""
        return self.due < today

    @property
    def has_reason(self) -> bool:
        """Whether it shows that somebody is given attention: who sees it is written down."""
        return self.kind in ("signal", "follow_up", "introduction", "heard", "call")

    @property
    def on_paper(self) -> bool:
        """Whether it is something to do away from the desk."""
        return self.kind not in ("job", "no_worker", "away", "unclaimed")

    def is_of(self, worker: UUID) -> bool:
        """Whether it lies with this worker, also when others stand in."""
        return worker in (self.owner_id, self.away_id)

    def lies_with(self, worker: UUID, today: date) -> bool:
        """Whether it stands on this worker's own list: theirs, nobody's, or left lying too long."""
        forgotten = self.due < today - timedelta(days=FORGOTTEN_DAYS)
        return self.owner_id is None or self.owner_id == worker or forgotten


class Counted(msgspec.Struct, frozen=True):
    """How many lines there are, and how many are past their date."""

    all: int
    late: int


def group_of(line: Line, today: date) -> Group:
    """Late, today, this week, or later; a first talk with a new neighbour never presses."""
    if line.kind == "welcome":
        return "later"
    if line.due < today:
        return "late"
    if line.due == today:
        return "today"
    return "week" if line.due <= today + timedelta(days=WEEK_DAYS) else "later"


def grouped(lines: Iterable[Line], today: date) -> list[tuple[Group, list[Line]]]:
    """Lines by group, the oldest date first, but what lies with who is away before all others,
    and new neighbours last; groups without lines are left out."""
    ordered = sorted(
        lines, key=lambda line: (line.kind == "welcome", not line.stands_in_for, line.due)
    )
    found: dict[Group, list[Line]] = {group: [] for group in GROUPS}
    for line in ordered:
        found[group_of(line, today)].append(line)
    return [(group, found[group]) for group in GROUPS if found[group]]


def counted(lines: Iterable[Line], today: date) -> Counted:
    """For the sentence on top."""
    every = list(lines)
    return Counted(len(every), sum(line.is_late(today) for line in every))


class Drain(msgspec.Struct, frozen=True):
    """A member a third of whose time went to one helper in thirty days. Facts; nothing is blocked."""

    party_id: UUID
    number: str
    call_name: str
    full_name: str
    helper_call_name: str
    minutes: int
    last_on: date
