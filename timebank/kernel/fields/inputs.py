"""What all fields have in common."""

from collections.abc import Mapping

from timebank.kernel.i18n import gettext as _

Sent = Mapping[str, list[str]]
"""What came over, by name."""


class OneInput:
    """A field that is one input on the page, and may have a sentence of its own for when it is empty."""

    ask: str | None = None

    def names(self, name: str) -> tuple[str, ...]:
        return (name,)

    def missing(self) -> str:
        return self.ask or _("Vul dit nog in.")
