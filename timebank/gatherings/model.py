"""Gatherings: a group that meets on a day, at a place, with a host. Facts and pure rules."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says
from timebank.kernel.words import clock, day, weekday_name

Every = Literal["once", "week", "two_weeks", "month"]
Way = Literal["page", "paper"]
"""Ticked on a page, or typed in from a list on paper."""

KEPT = timedelta(days=396)
"""Who was there is kept for thirteen months, as long as ties are looked back at."""
REGULAR = timedelta(weeks=12)
"""Who put themselves on the list, or was there, within this time is expected again."""
KEEP_WITHIN = timedelta(days=14)
"""A list that was not kept waits on the desk for so long; later nobody remembers."""
TICK_BACK = timedelta(days=60)
"""A list from paper is typed in within two months."""
LAST_WEEK_FROM = 29
"""A group that first met on the 29th or later meets on the last such weekday of a month."""


class Gathering(msgspec.Struct, frozen=True):
    """A group as those see it who may. `place` is where it meets, as it is said; days are days in
    Amsterdam. Without a host (or with one who left) a worker keeps the list."""

    id: UUID
    area_id: UUID
    area_name: str
    title: str
    words: str
    place_id: UUID | None
    place_name: str
    meet_at: str
    every: Every
    first_on: date
    starts_at: time
    state: Literal["open", "closed"]
    host_id: UUID | None
    host_call_name: str
    host_number: str

    @property
    def where(self) -> str:
        """The place and what is said about it."""
        return ", ".join(part for part in (self.place_name, self.meet_at) if part)


class Guest(msgspec.Struct, frozen=True):
    """A member who is expected, and whether they were ticked on the day asked for."""

    id: UUID
    call_name: str
    full_name: str
    number: str
    here: bool


class Kept(msgspec.Struct, frozen=True):
    """A day whose list was kept: how many members and others were there, by whom it was typed."""

    on_date: date
    members: int
    others: int
    way: Way
    ticked_by: str


class Keeping(msgspec.Struct, frozen=True):
    """A group as the desk asks of it: since when it runs, and which lists were kept."""

    id: UUID
    area_id: UUID
    title: str
    every: Every
    first_on: date
    host_id: UUID | None
    host_call_name: str
    runs_since: date
    kept: list[date]

    def missed(self, today: date) -> date | None:
        """The latest day before today, within two weeks, on which it met and no list was kept."""
        since = max(self.runs_since, today - KEEP_WITHIN)
        days = meets(self.every, self.first_on, since, today - timedelta(days=1))
        return max((d for d in days if d not in self.kept), default=None)


class Attended(msgspec.Struct, frozen=True):
    """One time a member was there, as that member reads it."""

    gathering_id: UUID
    title: str
    on_date: date
    way: Way
    ticked_by: str
    at: datetime


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker fills in about a group. Texts are tidied already."""

    area_id: UUID
    title: str
    words: str = ""
    place_id: UUID | None = None
    meet_at: str = ""
    every: Every = "week"
    first_on: date
    starts_at: time
    host_id: UUID | None = None


def meets(every: Every, first_on: date, between: date, until: date) -> list[date]:
    """The days on which a group meets from `between` up to and including `until`, in order."""
    return [d for d in _days(every, first_on, between, until) if between <= d <= until]


def next_on(found: Gathering, today: date) -> date | None:
    """The next day it meets, today included; None when it was once and is over, or closed."""
    if found.state == "closed":
        return None
    days = meets(found.every, found.first_on, today, max(today, found.first_on) + timedelta(62))
    return days[0] if days else None


def may_tick(found: Gathering, today: date) -> list[date]:
    """Days of which the list may be kept, the latest first: when it met lately, and today."""
    days = meets(found.every, found.first_on, today - TICK_BACK, today)
    return sorted({*days, today}, reverse=True)


def _days(every: Every, first_on: date, between: date, until: date) -> Iterator[date]:
    if every == "once":
        yield first_on
    elif every == "month":
        yield from _monthly(first_on, between, until)
    else:
        step = 7 if every == "week" else 14
        skipped = max(0, (between - first_on).days // step)
        current = first_on + timedelta(days=skipped * step)
        while current <= until:
            yield current
            current += timedelta(days=step)


def _monthly(first_on: date, between: date, until: date) -> Iterator[date]:
    start = max(first_on, between)
    year, month = start.year, start.month
    while (year, month) <= (until.year, until.month):
        current = _in_month(first_on, year, month)
        if current >= first_on:
            yield current
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _in_month(first_on: date, year: int, month: int) -> date:
    """The first, second, third, fourth or last such weekday of a month."""
    ahead = (first_on.weekday() - date(year, month, 1).weekday()) % 7
    if first_on.day >= LAST_WEEK_FROM:
        last = monthrange(year, month)[1]
        return date(year, month, 1 + ahead + 7 * ((last - 1 - ahead) // 7))
    return date(year, month, 1 + ahead + 7 * ((first_on.day - 1) // 7))


def rhythm(found: Gathering, today: date) -> str:
    """When it meets: "elke dinsdag om 10.00 uur"."""
    when, weekday = clock(found.starts_at), weekday_name(found.first_on)
    if found.every == "once":
        return _("%(day)s om %(clock)s", day=day(found.first_on, today), clock=when)
    if found.every == "week":
        return _("elke %(weekday)s om %(clock)s", weekday=weekday, clock=when)
    if found.every == "two_weeks":
        return _("om de week op %(weekday)s om %(clock)s", weekday=weekday, clock=when)
    return _monthly_words(found.first_on, weekday, when)


def _monthly_words(first_on: date, weekday: str, when: str) -> str:
    sentences = (
        _("elke eerste %(weekday)s van de maand om %(clock)s", weekday=weekday, clock=when),
        _("elke tweede %(weekday)s van de maand om %(clock)s", weekday=weekday, clock=when),
        _("elke derde %(weekday)s van de maand om %(clock)s", weekday=weekday, clock=when),
        _("elke vierde %(weekday)s van de maand om %(clock)s", weekday=weekday, clock=when),
        _("elke laatste %(weekday)s van de maand om %(clock)s", weekday=weekday, clock=when),
    )
    return sentences[(first_on.day - 1) // 7]


def every_words(every: Every) -> str:
    """How it comes back, as a choice."""
    return {
        "once": _("Eén keer"),
        "week": _("Elke week"),
        "two_weeks": _("Om de week"),
        "month": _("Elke maand, op dezelfde dag van de week"),
    }[every]


says("gathering_title_length", lambda: _("Schrijf de naam in 1 tot 80 letters."), field="title")
says("gathering_words_length", lambda: _("Maak dit korter."), field="words")
says("gathering_meet_at_length", lambda: _("Maak dit korter."), field="meet_at")
says("gathering_at_place", lambda: _("Kies een plek uit de lijst."), field="place")
