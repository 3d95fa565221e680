"""Fields for how many, and for how long."""

from collections.abc import Callable
from functools import partial
from typing import Any

from timebank.kernel import numbers, text
from timebank.kernel.fields.inputs import OneInput, Sent
from timebank.kernel.fields.texts import Line
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _


class Whole(OneInput):
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
        readers: dict[str, Callable[[str], int]] = {
            "hours": partial(numbers.hours_field, most=self.most), "minutes": numbers.minutes_field,
        }  # fmt: skip
        for part, reader in readers.items():
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
        found = numbers.parse_minutes(raw, most=self.most)
        if isinstance(found, numbers.Minutes):
            return found.minutes
        first, _space, rest = text.fold(raw).partition(" ")
        if self.none and first in ("0", "geen", "none") and not any(c.isdigit() for c in rest):
            return 0
        raise BadField(found.sentence)


def _digits(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 4):
        raise BadField(_("Kies iets uit de lijst."))
    return int(raw)
