"""Standing appointments: a local time that comes back every week, two weeks or month.

The clock time stays what it is when the clock changes: "elke dinsdag 10.00 uur" is ten o'clock in
summer and winter. In a month without the day of the first date (the 29th, 30th, 31st) it is that
month's last day, and the month after it is the day of the first date again.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from timebank.kernel.dates import at
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import AMSTERDAM, clock, weekday_name

MOST_DATES = 53
"""A year of weeks, first and last day included."""

Every = Literal["week", "two_weeks", "month"]
_WEEKS = {"week": 1, "two_weeks": 2}


@dataclass(frozen=True, slots=True)
class Series:
    """From `first` on, at local time `at`, up to and including `until`, at most `count` times."""

    first: date
    at: time
    every: Every
    until: date | None = None
    count: int = MOST_DATES

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_DATES:
            raise ValueError("a series has 1 to 53 dates")
        if self.until is not None and self.until < self.first:
            raise ValueError("a series ends before it begins")


def dates(series: Series) -> list[date]:
    """The local dates of a series, in order; at least the first."""
    found = []
    for n in range(series.count):
        day = _nth(series, n)
        if day is None or (series.until is not None and day > series.until):
            break
        found.append(day)
    return found


def moments(series: Series) -> list[datetime]:
    """The dates with their time, as moments in UTC (dates.at says what the clock change does)."""
    return [at(day, series.at) for day in dates(series)]


def reminder(moment: datetime, hours: int = 24) -> datetime:
    """The moment to remind of an appointment: the same clock time, so many hours of days before.

    Whole days go by the calendar, so that "the day before" stays at ten when the clock changes.
    """
    days, rest = divmod(hours, 24)
    here = moment.astimezone(AMSTERDAM)
    return at(here.date() - timedelta(days=days), here.time()) - timedelta(hours=rest)


def rhythm(series: Series) -> str:
    """ "elke dinsdag om 10.00 uur"."""
    when = clock(series.at)
    if series.every == "week":
        return _("elke %(weekday)s om %(clock)s", weekday=weekday_name(series.first), clock=when)
    if series.every == "two_weeks":
        return _(
            "om de week op %(weekday)s om %(clock)s",
            weekday=weekday_name(series.first), clock=when,
        )  # fmt: skip
    if series.first.day > 28:
        return _(
            "elke maand op dag %(day)d (of de laatste dag) om %(clock)s",
            day=series.first.day, clock=when,
        )  # fmt: skip
    return _("elke maand op dag %(day)d om %(clock)s", day=series.first.day, clock=when)


def _nth(series: Series, n: int) -> date | None:
    try:
        if series.every == "month":
            months = series.first.month - 1 + n
            year, month = series.first.year + months // 12, months % 12 + 1
            return date(year, month, min(series.first.day, monthrange(year, month)[1]))
        return series.first + timedelta(weeks=n * _WEEKS[series.every])
    except (ValueError, OverflowError):  # past the last day a date can hold
        return None
