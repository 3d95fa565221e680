"""Mandates: a member lets a daughter, a neighbour or a parent do chosen things for her. Pure rules.

A helper is a party of the same community, with a sign-in of their own: whoever is not a neighbour here
is admitted like one, by a person who spoke to them, and need do nothing else.
"""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.web.viewer import Power

Kind = Literal["chosen", "guardian"]
Way = Literal["page", "phone", "paper", "visit"]
Because = Literal[
    "member", "helper", "worker", "term", "eighteen", "gone", "blocked", "replaced"
]  # fmt: skip

WAITS = timedelta(hours=24)
"""So long a new helper waits; the member hears it the way she is reached (abuse: "I am Mrs Jansen")."""
TERMS = {"quarter": 91, "half": 182, "year": 365}
"""How long it holds, in days; then it ends, unless she chooses again."""
MOST_HELPERS = 3
"""Helpers of one member."""
MOST_HELPED = 3
"""Members that one person helps: more is work, and for somebody who works here."""
WARNED_DAYS = 14
GUARDIAN_WARNED_DAYS = 30
"""Both hear so many days before that it ends."""
ADULT = 18


class Mandate(msgspec.Struct, frozen=True):
    """A mandate that was not ended, with the names of both."""

    id: UUID
    party_id: UUID
    helper_id: UUID
    kind: Kind
    powers: list[Power]
    most_minutes: int | None
    starts_at: datetime
    ends_on: date
    way: Way
    party_call_name: str
    party_full_name: str
    helper_call_name: str
    helper_full_name: str

    def holds(self, now: datetime, today: date) -> bool:
        """Whether it holds now: it waited its day, and its last day is not over."""
        return self.starts_at <= now and today <= self.ends_on


class Ended(msgspec.Struct, frozen=True):
    """A mandate that ended just now."""

    id: UUID
    party_id: UUID
    helper_id: UUID
    kind: Kind


class Wish(msgspec.Struct, frozen=True):
    """What a member asks for a helper."""

    helper: UUID
    kind: Kind
    powers: tuple[Power, ...]
    most_minutes: int | None
    ends_on: date
    way: Way


def last_day_as_minor(birth_year: int, born_on: tuple[int, int] | None) -> date:
    """The last day of a parent's or guardian's powers: the day before the eighteenth birthday.

    `born_on` is (month, day). Somebody born on 29 February is eighteen on 28 February of a year without
    that day. When only the year is known it is the last day of the year before: powers may end too early,
    never too late (Dutch Civil Code, book 1, article 233: of age at eighteen).
    """
    if born_on is None:
        return date(birth_year + ADULT, 1, 1) - timedelta(days=1)
    month, day = born_on
    if (month, day) == (2, 29) and not _is_leap(birth_year + ADULT):
        day = 28
    return date(birth_year + ADULT, month, day) - timedelta(days=1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def may_be_minor(birth_year: int | None, today: date) -> bool:
    """Whether somebody born in this year may be younger than eighteen today."""
    return birth_year is not None and today.year - birth_year <= ADULT
