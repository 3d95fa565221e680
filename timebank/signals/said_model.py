"""What members say of themselves, and what people tell a worker: facts and small rules."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.signals.rule import GRACE_DAYS, Wants

Way = Literal["page", "phone", "card"]
Judgement = Literal["right", "not_right", "unsure"]
"""Was it right to call this member, as the worker says."""
QUARTER_DAYS = 91
"""A member is asked no more often than this."""
KEPT_DAYS = 365
"""How long an answer is kept; the rule looks at half a year of it."""
WAYS: tuple[Way, ...] = ("phone", "card")
"""How a worker got an answer that they type in."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whether a member is asked, or may come on a worker's list. `grown`: surely not
    under eighteen, as far as the year of birth is known."""

    area_id: UUID
    state: str
    member_since: date | None
    said_yes: bool
    grown: bool
    works_here: bool
    muted_until: date | None
    said_on: date | None

    @property
    def may_be_raised(self) -> bool:
        """Whether anything may be kept of her: she takes part, said yes, is of age, and does not
        work here."""
        taking_part = self.state in ("active", "paused", "leaving")
        return taking_part and self.said_yes and self.grown and not self.works_here

    def is_asked(self, today: date) -> bool:
        """Whether Start asks her the two questions: not in the first six weeks, nor while she wants
        to be left in peace, nor twice in a quarter."""
        if not self.may_be_raised or self.state != "active" or self.muted_until is not None:
            return False
        if self.member_since is None or (today - self.member_since).days < GRACE_DAYS:
            return False
        return self.said_on is None or (today - self.said_on).days >= QUARTER_DAYS


class Checkin(msgspec.Struct, frozen=True):
    """What a member said of herself on a day. `talks` as in rule.Facts; None: would rather not say."""

    on_date: date
    talks: int | None
    wants: Wants | None
    way: Way


Kind = Literal["worry", "hunch", "visit", "not_right"]
Objection = Literal["not_now", "not_right"]
TOLD_KEPT_DAYS = 90
"""How long words are kept after they were dealt with, unless a signal about her is still open."""
BACK_DAYS = 28
"""Who takes an objection back within four weeks, finds the signal as it was."""
MOST_OPEN = 5
"""Worries of one member that may wait at once: nobody is buried under them by one person."""


class Mute(msgspec.Struct, frozen=True):
    """'Not now', or 'this is not right': nothing opens before `until_on`, unless she asks herself."""

    said_on: date
    until_on: date
    reason: Objection


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody told a worker. `about_id`: the member, as far as that may be known; else `who`
    says it in words. `may_name`: the member may hear who told it."""

    id: UUID
    kind: Kind
    by_id: UUID
    area_id: UUID
    about_id: UUID | None
    party_id: UUID | None
    may_name: bool
    owner_id: UUID
    due_on: date
    at: datetime
    done_at: datetime | None
    owner_name: str
    by_name: str
    who: str
    words: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call of this week, named by the rule or by chance: nothing here says which."""

    id: UUID
    party_id: UUID
    week_on: date
    owner_id: UUID
    area_id: UUID
    full_name: str
    call_name: str
    number: str
    reach_words: str
    owner_name: str


class Found(msgspec.Struct, frozen=True):
    """How often workers found a call right, not right, or could not say."""

    from_rule: bool
    verdict: Literal["right", "not_right", "unsure"]
    many: int


class Unheard(msgspec.Struct, frozen=True):
    """A neighbourhood where something waits for a worker, and none is."""

    area_id: UUID
    waiting: int
    due_on: date


class Orphan(msgspec.Struct, frozen=True):
    """Something that was told, and lies with who cannot look at it."""

    id: UUID
    area_id: UUID
    about_id: UUID | None


def working_day(today: date, days: int) -> date:
    """The day so many working days (Monday to Friday) after today."""
    found = today
    while days > 0:
        found += timedelta(days=1)
        days -= found.weekday() < 5
    return found
