"""Days and clock times. Days are days in Europe/Amsterdam; moments are UTC with their zone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText, fold
from timebank.kernel.words import AMSTERDAM, clock, month_name

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
LONGEST_NIGHT_MINUTES = 8 * 60
"""An end before its start is taken to be the next day up to this length; beyond it we ask."""

_MONTHS = (
    ("januari", "january", "jan"), ("februari", "february", "feb", "febr"),
    ("maart", "march", "mrt", "mar"), ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"),
    ("juli", "july", "jul"), ("augustus", "august", "aug"),
    ("september", "sep", "sept"), ("oktober", "october", "okt", "oct"),
    ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_MONTH_NUMBER = {word: number for number, names in enumerate(_MONTHS, 1) for word in names}

_AFTERNOON = frozenset(["middag", "middags", "smiddags", "avond", "avonds", "savonds", "pm"])
_MORNING = frozenset(
    ["ochtend", "ochtends", "sochtends", "morgens", "smorgens", "nacht", "nachts", "snachts", "am"]
)
_FILLERS = frozenset(["om", "uur", "u", "h", "s", "in", "de", "het", "at", "the", "oclock"])
_HOUR_WORDS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "one two three four five six seven eight nine ten eleven twelve",
)
_HOURS = {word: n for words in _HOUR_WORDS for n, word in enumerate(words.split(), 1)}


@dataclass(frozen=True, slots=True)
class Span:
    """The time between two clock times. `asks` is a question when the end may be a slip."""

    minutes: int
    next_day: bool
    asks: str | None = None


def local(moment: datetime) -> datetime:
    """A moment as the clock in Amsterdam shows it. Compare moments in UTC, not these."""
    return moment.astimezone(AMSTERDAM)


def local_date(moment: datetime) -> date:
    """The day it is in Amsterdam at this moment."""
    return local(moment).date()


def start_of_day(day: date) -> datetime:
    """The moment a day begins in Amsterdam, in UTC."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The moment a day is over in Amsterdam, in UTC; "t/m" that day means before this moment."""
    return start_of_day(day + timedelta(days=1))


def at(day: date, clock_time: time) -> datetime:
    """The moment of a local date and time, in UTC.

    In the hour that is skipped in spring the clock moves on by that hour (02.30 is 03.30); in the
    hour that comes twice in autumn it is the first one.
    """
    return datetime.combine(day, clock_time.replace(fold=0), AMSTERDAM).astimezone(UTC)


def exists(day: date, clock_time: time) -> bool:
    """Whether the clock in Amsterdam shows this time on this day."""
    return local(at(day, clock_time)).replace(tzinfo=None, fold=0) == datetime.combine(
        day, clock_time.replace(fold=0)
    )


def parse_day(
    day: str, month: str, year: str, *, earliest: date = EARLIEST, latest: date = LATEST
) -> date:
    """The date in three fields, month as number or word. Raises BadText with what to mend."""
    day_number, month_number, year_number = _whole(day), _month(month), parse_year(year)
    if month_number is None:
        raise BadText("month", _("Vul de maand in als getal of woord, zoals 3 of maart."))
    if day_number is None or not 1 <= day_number <= 31:
        raise BadText("day", _("Vul de dag in als getal, van 1 tot en met 31."))
    days = monthrange(year_number, month_number)[1]
    if day_number > days:
        raise BadText(
            "day",
            _(
                "%(day)s %(month)s bestaat niet. Die maand heeft %(days)s dagen.",
                day=day_number, month=month_name(month_number), days=days,
            ),
        )  # fmt: skip
    found = date(year_number, month_number, day_number)
    if found < earliest:
        raise BadText("early", _("Kies een dag vanaf %(day)s.", day=_written(earliest)))
    if found > latest:
        raise BadText("late", _("Kies een dag tot en met %(day)s.", day=_written(latest)))
    return found


def parse_year(text: str, *, earliest: int = EARLIEST.year, latest: int = LATEST.year) -> int:
    """A year in four figures. Raises BadText."""
    year = _whole(text)
    if year is None or len(text.strip()) != 4:
        raise BadText("year", _("Schrijf het jaar met vier cijfers, zoals 2026."))
    if not earliest <= year <= latest:
        raise BadText(
            "year",
            _("Vul een jaar in van %(low)s tot en met %(high)s.", low=earliest, high=latest),
        )
    return year


def parse_clock(text: str) -> time:
    """A time of day as people write it: "14.00", "14u", "2 uur", "half drie". Raises BadText.

    Nobody makes an appointment for the small hours by saying "2 uur": an hour from 1 to 6 without a
    leading zero is the afternoon, unless "'s nachts" or "'s ochtends" stands with it.
    """
    plain = fold(text[:60]).strip(" .").replace("a.m", "am").replace("p.m", "pm")
    words = re.findall(r"\d+|[a-z]+|[^\sa-z\d'’]", plain)
    afternoon = any(word in _AFTERNOON for word in words)
    morning = any(word in _MORNING for word in words)
    said = [word for word in words if word not in _AFTERNOON | _MORNING | _FILLERS]
    hour, minute, sure = _hour_and_minute(said)
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59 or (afternoon and morning):
        raise _no_clock()
    if morning:
        return time(hour % 12 if hour == 12 else hour, minute)
    if hour < 12 and (afternoon or (not sure and 1 <= hour <= 6)):
        hour += 12
    return time(hour, minute)


def span(start: time, end: time, *, on: date | None = None) -> Span:
    """The time from `start` to `end`, over midnight when the end comes first. Raises BadText.

    Equal times are refused: no time passed. 22.30 to 00.45 is two hours and a quarter; 10.00 to
    9.00 asks whether the next day is meant. With `on` the minutes are those that really pass, also
    in the night the clock changes, and a time that this night skips is refused.
    """
    if start == end:
        raise BadText("equal", _("Begin en einde zijn gelijk. Vul in hoe laat het klaar is."))
    first = datetime.combine(on or date(2000, 1, 1), start)
    last = datetime.combine(first.date(), end)
    next_day = end < start
    if next_day:
        last += timedelta(days=1)
    minutes = int((last - first).total_seconds()) // 60
    if on is not None:
        for moment in (first, last):
            _refuse_skipped(moment.date(), moment.time())
        passed = at(last.date(), end) - at(first.date(), start)
        minutes = int(passed.total_seconds()) // 60
    asks = None
    if next_day and minutes > LONGEST_NIGHT_MINUTES:
        asks = _("Het einde is vroeger dan het begin. Bedoelt u %(end)s de volgende dag?",
                 end=clock(end))  # fmt: skip
    return Span(minutes, next_day, asks)


def _refuse_skipped(day: date, clock_time: time) -> None:
    if not exists(day, clock_time):
        raise BadText(
            "skipped",
            _(
                "Die nacht gaat de klok een uur vooruit. %(clock)s is er dan niet.",
                clock=clock(clock_time),
            ),
        )


def _hour_and_minute(said: list[str]) -> tuple[int, int, bool]:
    """Hour, minute, and whether the hour leaves no doubt about morning and afternoon."""
    match said:
        case [figures] if len(figures) == 4 and _whole(figures) is not None:
            return int(figures[:2]), int(figures[2:]), True
        case [figures] if len(figures) <= 2 and _whole(figures) is not None:
            return int(figures), 0, figures.startswith("0")
        case [figures, *separator, minutes] if (
            separator in ([], ["."], [":"], [","])
            and len(figures) <= 2
            and len(minutes) == 2
            and _whole(figures) is not None
            and _whole(minutes) is not None
        ):
            return int(figures), int(minutes), figures.startswith("0")
        case ["half", hour]:
            return (_spoken_hour(hour) - 1) or 12, 30, False
        case ["kwart", "over", hour]:
            return _spoken_hour(hour), 15, False
        case ["kwart", "voor", hour]:
            return (_spoken_hour(hour) - 1) or 12, 45, False
        case [hour]:
            return _spoken_hour(hour), 0, False
    raise _no_clock()


def _spoken_hour(word: str) -> int:
    hour = _HOURS.get(word) or _whole(word)
    if hour is None or not 1 <= hour <= 12:
        raise _no_clock()
    return hour


def _no_clock() -> BadText:
    return BadText("clock", _("Schrijf de tijd zoals 14.00 of 9.30."))


def _whole(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else None


def _month(text: str) -> int | None:
    number = _whole(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    return _MONTH_NUMBER.get(fold(text).strip(" ."))


def _written(day: date) -> str:
    return _("%(day)d %(month)s %(year)d", day=day.day, month=month_name(day.month), year=day.year)
