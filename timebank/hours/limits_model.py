"""How far a balance may go, and what a community decided about that: pure rules, in whole minutes."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from timebank.hours.model import MOST_MINUTES
from timebank.kernel.i18n import gettext as _


class Level(StrEnum):
    """How far a balance is from its limits; the stop levels let hours move inwards only."""

    STOP_LOW = "stop_low"
    LOW = "low"
    FINE = "fine"
    HIGH = "high"
    STOP_HIGH = "stop_high"


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a community decided about hours. `version` counts its decisions, 0: not stored yet."""

    version: int = 0
    starting_minutes: int = 300
    soft_low: int = -480
    soft_high: int = 2400
    hard_low: int = -600
    hard_high: int = 3600
    unit_minutes: int = 15
    give_away_after_days: int = 30


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """What a party has. The hard limits are those in force: the community's, or wider by a
    personal exception until `exception_ends_on`. `held_minutes` cannot be given away yet."""

    minutes: int
    soft_low: int
    soft_high: int
    hard_low: int
    hard_high: int
    exception_ends_on: date | None = None
    held_minutes: int = 0

    @property
    def level(self) -> Level:
        return level_of(self.minutes, self)

    @property
    def givable_minutes(self) -> int:
        """Minutes that may be given away: what one has, without starting hours that are held.

        Starting hours can be spent on help at once, and given away only after the community's
        term; nobody gives what they do not have.
        """
        return max(0, self.minutes - self.held_minutes)


class Room(msgspec.Struct, frozen=True):
    """Whether a booking fits. `level` is where it would bring the balance: the warning."""

    fits: bool
    level: Level
    minutes_after: int


class Exemption(msgspec.Struct, frozen=True):
    """A personal exception to the limits; None leaves a limit as the community has it."""

    id: UUID
    low: int | None
    high: int | None
    starts_on: date
    ends_on: date
    granted_by: UUID
    ended_by: UUID | None
    ended_at: datetime | None
    reason: str | None


def level_of(minutes: int, limits: Balance) -> Level:
    """Soft limits warn, hard limits stop; a limit itself belongs to what it warns of."""
    if minutes <= limits.hard_low:
        return Level.STOP_LOW
    if minutes >= limits.hard_high:
        return Level.STOP_HIGH
    if minutes <= limits.soft_low:
        return Level.LOW
    if minutes >= limits.soft_high:
        return Level.HIGH
    return Level.FINE


def room(minutes: int, balance: Balance) -> Room:
    """Whether a booking of `minutes` (negative: pays) fits, and how it leaves the balance.

    Only a booking that moves further out than a hard limit is refused. The ledger judges again
    when it books: another booking may come between.
    """
    after = balance.minutes + minutes
    too_low = minutes < 0 and after < balance.hard_low
    too_high = minutes > 0 and after > balance.hard_high
    return Room(not (too_low or too_high), level_of(after, balance), after)


def problems_of(rules: Rules) -> dict[str, str]:
    """What is wrong with rules that an admin typed, one sentence per field; empty when fine."""
    problems = {}
    if not -MOST_MINUTES <= rules.hard_low <= rules.soft_low:
        problems["hard_low"] = _("Deze grens ligt voorbij de grens waarbij we waarschuwen.")
    if rules.soft_low > 0:
        problems["soft_low"] = _("Zoveel meer krijgen kan hier niet. Vul minder in.")
    if not rules.soft_high <= rules.hard_high <= MOST_MINUTES:
        problems["hard_high"] = _("Deze grens ligt voorbij de grens waarbij we waarschuwen.")
    if rules.soft_high < 0:
        problems["soft_high"] = _("Zoveel meer geven kan hier niet. Vul minder in.")
    if not 0 <= rules.starting_minutes <= max(0, rules.hard_high):
        problems["starting_minutes"] = _("Kies een tijd van 0 tot en met de bovenste grens.")
    if rules.unit_minutes not in (1, 5, 10, 15, 30, 60):
        problems["unit_minutes"] = _("Kies 1, 5, 10, 15, 30 of 60 minuten.")
    if not 0 <= rules.give_away_after_days <= 3650:
        problems["give_away_after_days"] = _("Kies een aantal dagen van 0 tot en met 3650.")
    return problems
