"""Fields for what people choose."""

from uuid import UUID

from timebank.kernel.fields.inputs import OneInput, Sent
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id


class Choice(OneInput):
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


class Choices(OneInput):
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


class Tick(OneInput):
    """A box that is ticked (value 1) or not."""

    def read(self, name: str, sent: Sent) -> bool:
        values = sent.get(name, [])
        if not values or values == [""]:
            raise Blank
        if values != ["1"]:
            raise BadField(_("Zet een vinkje, of laat het leeg."))
        return True


class Id(OneInput):
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
