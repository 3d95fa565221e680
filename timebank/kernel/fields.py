"""The kinds of fields a form can have. Each owns its limits and its sentences."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from timebank.kernel import dates, names, numbers, text
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id

Sent = Mapping[str, list[str]]


class _OneInput:
    ask: str | None = None

    def names(self, name: str) -> tuple[str, ...]:
        return (name,)

    def missing(self) -> str:
        return self.ask or _("Vul dit nog in.")


class Line(_OneInput):
    """One line of text, at most `limit` characters, tidied (NFC, single spaces)."""

    def __init__(self, limit: int, *, ask: str | None = None) -> None:
        self.limit = limit
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Vul dit nog in.")

    def read(self, name: str, sent: Sent) -> str:
        return self._short_enough(self._clean(single(name, sent)))

    def _clean(self, raw: str) -> str:
        try:
            return text.clean_line(raw)
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad

    def _short_enough(self, clean: str) -> str:
        if not clean:
            raise Blank
        if len(clean) > self.limit:
            raise BadField(
                _(
                    "Maak dit korter. Het zijn nu %(n)s letters, en er passen er %(limit)s in.",
                    n=len(clean),
                    limit=self.limit,
                )
            )
        return clean


class Words(Line):
    """Several lines of text, at most `limit` characters (a line end counts as one)."""

    def _clean(self, raw: str) -> str:
        try:
            return text.clean_words(raw)
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


class Name(Line):
    """The name of a person or group."""

    def _clean(self, raw: str) -> str:
        try:
            return names.clean_name(raw)
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


class Exactly(_OneInput):
    """Text compared as typed (a password): nothing is trimmed or changed."""

    def __init__(self, limit: int = 128, *, ask: str | None = None) -> None:
        self.limit = limit
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Vul dit nog in.")

    def read(self, name: str, sent: Sent) -> str:
        values = sent.get(name, [])
        if len(values) > 1:
            raise BadField(_("Dit stond er twee keer. Vul het één keer in."))
        if not values or not values[0]:
            raise Blank
        if len(values[0]) > self.limit:
            raise BadField(_("Dit is te lang. Er passen %(limit)s letters in.", limit=self.limit))
        return values[0]


class Choice(_OneInput):
    """One of the given values."""

    def __init__(self, *options: str, ask: str | None = None) -> None:
        self.options = options
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Kies wat past.")

    def read(self, name: str, sent: Sent) -> str:
        value = single(name, sent)
        if value not in self.options:
            raise BadField(_("Kies iets uit de lijst."))
        return value


class Choices(_OneInput):
    """Any number of the given values."""

    def __init__(self, *options: str) -> None:
        self.options = options

    def read(self, name: str, sent: Sent) -> list[str]:
        values = [v for v in sent.get(name, []) if v]
        if not values:
            raise Blank
        if any(v not in self.options for v in values) or len(values) > len(self.options):
            raise BadField(_("Kies iets uit de lijst."))
        return values


class Tick(_OneInput):
    """A box that is ticked (value 1) or not."""

    def read(self, name: str, sent: Sent) -> bool:
        values = sent.get(name, [])
        if not values or values == [""]:
            raise Blank
        if values != ["1"]:
            raise BadField(_("Zet een vinkje, of laat het leeg."))
        return True


class Id(_OneInput):
    """An id chosen from a list; whether it exists is for the database to say."""

    def __init__(self, *, ask: str | None = None) -> None:
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Kies wat past.")

    def read(self, name: str, sent: Sent) -> UUID:
        found = parse_id(single(name, sent))
        if found is None:
            raise BadField(_("Kies iets uit de lijst."))
        return found


class Whole(_OneInput):
    """A whole number from `low` to `high`."""

    def __init__(self, low: int, high: int, *, ask: str | None = None) -> None:
        self.low = low
        self.high = high
        self.ask = ask

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Vul een getal in.")

    def read(self, name: str, sent: Sent) -> int:
        raw = single(name, sent).strip()
        sign, digits = (-1, raw[1:]) if raw[:1] in "-−" else (1, raw)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            raise BadField(_("Vul een heel getal in, zoals 12."))
        value = sign * int(digits)
        if not self.low <= value <= self.high:
            raise BadField(
                _("Vul een getal in van %(low)s tot en met %(high)s.", low=self.low, high=self.high)
            )
        return value


class Email(Line):
    """An e-mail address, kept as written (tidied)."""

    def __init__(self) -> None:
        super().__init__(254)

    def _clean(self, raw: str) -> str:
        try:
            return numbers.email(super()._clean(raw))
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


class Phone(Line):
    """A phone number; the value is a numbers.Phone."""

    def __init__(self) -> None:
        super().__init__(60)

    def read(self, name: str, sent: Sent) -> Any:
        try:
            return numbers.phone(super().read(name, sent))
        except text.BadText as bad:
            raise BadField(bad.sentence) from bad


class Duration:
    """An amount of time in whole minutes: a common amount, or 'other' with hours and minutes."""

    def __init__(self, *, most: int = 24 * 60, ask: str | None = None) -> None:
        self.most = most
        self.ask = ask

    def names(self, name: str) -> tuple[str, ...]:
        return (f"{name}_choice", f"{name}_hours", f"{name}_minutes")

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Kies hoe lang het duurt.")

    def read(self, name: str, sent: Sent) -> int:
        try:
            choice = single(f"{name}_choice", sent)
        except Blank:
            choice = "other"
        if choice != "other":
            return self._within(_digits(choice))
        return self._within(self._other(name, sent))

    def _other(self, name: str, sent: Sent) -> int:
        total = 0
        found = False
        for part, reader in (("hours", numbers.hours_field), ("minutes", numbers.minutes_field)):
            try:
                raw = single(f"{name}_{part}", sent)
            except Blank:
                continue
            found = True
            try:
                total += reader(raw)
            except text.BadText as bad:
                raise BadField(bad.sentence) from bad
        if not found:
            raise Blank
        return total

    def _within(self, minutes: int) -> int:
        if minutes <= 0:
            raise BadField(_("Vul meer dan 0 minuten in."))
        if minutes > self.most:
            hours = self.most // 60
            raise BadField(_("Dat is te lang. Meer dan %(hours)s uur kan niet.", hours=hours))
        return minutes


class Amount(Line):
    """An amount of time typed in one field ("10 uur", "1 uur en 30 minuten"), in whole minutes;
    0 when `none` is allowed."""

    def __init__(self, *, most: int, none: bool = False, ask: str | None = None) -> None:
        super().__init__(60, ask=ask)
        self.most = most
        self.none = none

    def read(self, name: str, sent: Sent) -> Any:
        raw = super().read(name, sent)
        if self.none and raw.split()[0] in ("0", "geen", "none"):
            return 0
        found = numbers.parse_minutes(raw, most=self.most)
        if isinstance(found, numbers.Minutes):
            return found.minutes
        raise BadField(found.sentence)


class Day:
    """A date: today, tomorrow, or day, month and year. Needs `today` when it is read."""

    def __init__(self, *, ask: str | None = None) -> None:
        self.ask = ask

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(f"{name}_{part}" for part in ("choice", "day", "month", "year"))

    def missing(self) -> str:
        return _(self.ask) if self.ask else _("Kies een dag.")

    def read(self, name: str, sent: Sent) -> "date | str":
        """A date, or the words "today"/"tomorrow", which `on(…)` turns into a date."""
        try:
            choice = single(f"{name}_choice", sent)
        except Blank:
            choice = "other"
        if choice in ("today", "tomorrow"):
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


class Clock(_OneInput):
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


def _digits(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 4):
        raise BadField(_("Kies iets uit de lijst."))
    return int(raw)


def on(day: "date | str", today: date) -> date:
    """The date meant by a Day field."""
    if isinstance(day, date):
        return day
    return today if day == "today" else date.fromordinal(today.toordinal() + 1)
