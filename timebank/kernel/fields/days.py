"""Fields for when: a day, a time of day."""

from datetime import date, time, timedelta

from timebank.kernel import dates, text
from timebank.kernel.fields.inputs import OneInput, Sent
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _


class Day:
    """A date: today, tomorrow, over so many `weeks`, or day, month and year. `on(…)` makes a date of
    what was read."""

    def __init__(self, *, ask: str | None = None, weeks: tuple[int, ...] = ()) -> None:
        self.ask = ask
        self.weeks = {str(number) for number in weeks}

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(f"{name}_{part}" for part in ("choice", "day", "month", "year"))

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Kies een dag.")

    def read(self, name: str, sent: Sent) -> "date | str":
        """A date, or the words "today"/"tomorrow", or a number of weeks."""
        try:
            choice = single(f"{name}_choice", sent)
        except Blank:
            choice = "other"
        if choice in ("today", "tomorrow") or choice in self.weeks:
            return choice
        if choice != "other":
            raise BadField(_("Kies een dag uit de lijst."))
        parts = []
        for part in ("day", "month", "year"):
            try:
                parts.append(single(f"{name}_{part}", sent))
            except Blank:
                parts.append("")
        if not any(parts):
            raise Blank
        try:
            return dates.parse_day(*parts)
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


class Clock(OneInput):
    """A time of day as people write it."""

    def __init__(self, *, ask: str | None = None) -> None:
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Vul een tijd in, zoals 14.00.")

    def read(self, name: str, sent: Sent) -> time:
        try:
            return dates.parse_clock(single(name, sent))
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


def on(day: "date | str", today: date) -> date:
    """The date meant by a Day field."""
    if not isinstance(day, str):
        return day
    days = {"today": 0, "tomorrow": 1}.get(day)
    return today + (timedelta(weeks=int(day)) if days is None else timedelta(days=days))
