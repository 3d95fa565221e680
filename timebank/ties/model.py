"""Ties: who met whom, in words and counts of meetings. Pure facts."""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

import msgspec

LATELY = timedelta(days=90)
Direction = Literal["both", "gave", "got"]


class Tie(msgspec.Struct, frozen=True):
    """Somebody a member met in confirmed exchanges. `gave` and `got` count from the member's side:
    how often they did something for the other, and were helped by the other."""

    id: UUID
    call_name: str
    full_name: str
    first_on: date
    last_on: date
    times: int
    gave: int
    got: int
    gone: bool
    living: bool

    @property
    def direction(self) -> Direction:
        """Who helped whom: over and again, or always the same way."""
        if self.gave and self.got:
            return "both"
        return "gave" if self.gave else "got"


class Counts(msgspec.Struct, frozen=True):
    """How many different people a member has a tie with: lately, ever, and when the last was."""

    lately: int
    ever: int
    last_on: date | None
