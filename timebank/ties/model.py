"""Ties: who met whom, in words and counts of meetings. Pure facts."""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

import msgspec

LATELY = timedelta(days=90)
A_YEAR = timedelta(days=365)
Direction = Literal["both", "gave", "got"]
Ring = Literal[0, 1, 2]
"""How long ago: the last three months, the last year, longer."""


class Counts(msgspec.Struct, frozen=True):
    """How many different people a member has a tie with: lately, ever, and when the last was."""

    lately: int
    ever: int
    last_on: date | None


class Met(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a member's circle as it stood on a day. `place`: how many people the member had met
    before this one, ever; it never changes, so a drawing keeps everybody where they were. `gone`: left
    or died by then. `is_worker`: somebody who works here and spoke with the member; no tie."""

    id: UUID
    call_name: str
    full_name: str
    first_on: date
    last_on: date
    times: int
    gave: int = 0
    got: int = 0
    place: int = 0
    hidden: bool = False
    gone: bool = False
    is_worker: bool = False

    @property
    def direction(self) -> Direction:
        """Who helped whom: over and again, or always the same way."""
        if self.gave and self.got:
            return "both"
        return "gave" if self.gave else "got"

    def ring(self, on: date) -> Ring:
        """How long ago they met last, seen from a day."""
        if self.last_on > on - LATELY:
            return 0
        return 1 if self.last_on > on - A_YEAR else 2


class Resident(msgspec.Struct, frozen=True):
    """Somebody of a neighbourhood, as a worker of it sees them: whether this worker may name them, and
    whether they said yes to a call."""

    id: UUID
    call_name: str
    full_name: str
    since_on: date
    may_name: bool
    agreed: bool


class Month(msgspec.Struct, frozen=True):
    """How many ties began in a month."""

    month: date
    many: int
