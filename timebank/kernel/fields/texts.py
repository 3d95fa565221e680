"""Fields for what people write: a line, several, a name, a password, an address, a number to ring."""

from typing import Any

from timebank.kernel import names, numbers, text
from timebank.kernel.fields.inputs import OneInput, Sent
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _


class Line(OneInput):
    """One line of text, at most `limit` characters, tidied (NFC, single spaces), with at least so many
    `letters` in it."""

    def __init__(self, limit: int, *, ask: str | None = None, letters: int = 0) -> None:
        self.limit = limit
        self.ask = ask
        self.letters = letters

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
        if sum(c.isalpha() for c in clean) < self.letters:
            raise BadField(_("Schrijf een woord, met letters."))
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


class Exactly(OneInput):
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
