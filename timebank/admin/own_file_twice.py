"""A member's own file twice: as data to take along, and in words to read."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import AMSTERDAM, day, moment

_ON_THE_PAGE: dict[str, Callable[[], str]] = {
    "Minuten": lambda: _("Hoeveel tijd"),
    "Minuten, laagste": lambda: _("Meer gekregen dan gegeven, tot"),
    "Minuten, hoogste": lambda: _("Meer gegeven dan gekregen, tot"),
}
"""Headings that say how a machine counts, by their Dutch source."""


class Twice(msgspec.Struct, frozen=True):
    """One value: as data, and as people read it. Without words it is data alone."""

    data: Any
    words: str | None


def as_data(value: Any) -> Any:
    """What JSON knows: times by the clock in Amsterdam, amounts of time in minutes."""
    if isinstance(value, Twice):
        return as_data(value.data)
    if isinstance(value, dict):
        return {heading: as_data(one) for heading, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_data(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def in_words(value: Any, now: datetime) -> Any:
    """What people read: days and amounts in words, no code that only a machine knows."""
    if isinstance(value, Twice):
        return value.words
    if isinstance(value, dict):
        renamed = {_(source): said() for source, said in _ON_THE_PAGE.items()}
        return {renamed.get(heading, heading): in_words(one, now) for heading, one in value.items()}
    if isinstance(value, list | tuple):
        return [in_words(one, now) for one in value]
    if isinstance(value, datetime):
        return moment(value, now)
    if isinstance(value, date):
        return day(value, local_date(now))
    return None if isinstance(value, UUID) else value
