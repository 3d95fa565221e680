"""Minutes, days, moments and lists in words, in the reader's language."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import language, ngettext

SMALL_COUNT = 5
"""Counts of people below this are never shown (design: small cells hide)."""
DAYS_WITHOUT_YEAR = 183
"""Within six months either way the year is left out."""
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_WEEKDAYS: tuple[Callable[[], str], ...] = (
    lambda: _("maandag"), lambda: _("dinsdag"), lambda: _("woensdag"), lambda: _("donderdag"),
    lambda: _("vrijdag"), lambda: _("zaterdag"), lambda: _("zondag"),
)  # fmt: skip
_MONTHS: tuple[Callable[[], str], ...] = (
    lambda: _("januari"), lambda: _("februari"), lambda: _("maart"), lambda: _("april"),
    lambda: _("mei"), lambda: _("juni"), lambda: _("juli"), lambda: _("augustus"),
    lambda: _("september"), lambda: _("oktober"), lambda: _("november"), lambda: _("december"),
)  # fmt: skip


def duration(minutes: int, hour: tuple[str, str] | None = None) -> str:
    """An amount of time: "45 minuten", "1 uur", "2 uur en 30 minuten". Never a sign or a decimal.

    `hour` is the community's own word for it, singular and plural. Raises ValueError below zero:
    who gave and who got is said by the sentence around it.
    """
    return _duration(minutes, hour, language.get())


@lru_cache(maxsize=1024)
def _duration(minutes: int, hour: tuple[str, str] | None, _language: str) -> str:
    if minutes < 0:
        raise ValueError("an amount of time has no sign")
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return ngettext("%(n)d minuut", "%(n)d minuten", rest)
    whole = _hours(hours, hour)
    if rest == 0:
        return whole
    part = ngettext("%(n)d minuut", "%(n)d minuten", rest)
    return _("%(hours)s en %(minutes)s", hours=whole, minutes=part)


def _hours(hours: int, hour: tuple[str, str] | None) -> str:
    if hour is None:
        return ngettext("%(n)d uur", "%(n)d uur", hours)
    return _("%(count)d %(word)s", count=hours, word=hour[0] if hours == 1 else hour[1])


def weekday_name(day: date) -> str:
    """ "donderdag"."""
    return _WEEKDAYS[day.weekday()]()


def month_name(month: int) -> str:
    """ "maart" for 3."""
    return _MONTHS[month - 1]()


def day(d: date, today: date) -> str:
    """ "donderdag 5 maart"; with the year when it is more than six months from today."""
    return _day(d, today, language.get())


@lru_cache(maxsize=4096)
def _day(d: date, today: date, _language: str) -> str:
    parts = {"weekday": weekday_name(d), "day": d.day, "month": month_name(d.month)}
    if abs((d - today).days) > DAYS_WITHOUT_YEAR:
        return _("%(weekday)s %(day)d %(month)s %(year)d", **parts, year=d.year)
    return _("%(weekday)s %(day)d %(month)s", **parts)


def clock(t: time) -> str:
    """ "14.00 uur"."""
    return _("%(hour)d.%(minute)02d uur", hour=t.hour, minute=t.minute)


def moment(at: datetime, now: datetime) -> str:
    """ "donderdag 5 maart, 14.00 uur", by the clock in Amsterdam. Both carry their zone."""
    here = at.astimezone(AMSTERDAM)
    today = now.astimezone(AMSTERDAM).date()
    return _("%(day)s, %(clock)s", day=day(here.date(), today), clock=clock(here.timetz()))


def relative(d: date, today: date) -> str:
    """ "gisteren, woensdag 4 maart" within seven days, else the date alone."""
    when = day(d, today)
    away = (d - today).days
    if away == 0:
        return _("vandaag, %(day)s", day=when)
    if away == 1:
        return _("morgen, %(day)s", day=when)
    if away == -1:
        return _("gisteren, %(day)s", day=when)
    if 0 < away <= 7:
        return ngettext("over %(n)d dag, %(day)s", "over %(n)d dagen, %(day)s", away, day=when)
    if -7 <= away < 0:
        return ngettext(
            "%(n)d dag geleden, %(day)s", "%(n)d dagen geleden, %(day)s", -away, day=when
        )
    return when


def joined(items: Sequence[str]) -> str:
    """ "A, B en C". Nothing for an empty list."""
    if len(items) < 2:
        return "".join(items)
    text = items[0]
    for item in items[1:-1]:
        text = _("%(list)s, %(item)s", list=text, item=item)
    return _("%(list)s en %(item)s", list=text, item=items[-1])


def count_of_people(n: int) -> str:
    """The count in figures; below five "minder dan 5", zero included."""
    if n < SMALL_COUNT:
        return _("minder dan %(n)d", n=SMALL_COUNT)
    return str(n)
