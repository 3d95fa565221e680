"""The log in words, for the member it is about: what the person in front of the line did.

A slice says its own acts beside the code that writes them: `audit.says("exchange.confirmed",
lambda entry: _("Gaf door dat de afspraak klaar is."))`. The sentence has no subject: who did it stands
in front of it.
"""

from collections.abc import Callable

from timebank.audit.model import Entry
from timebank.kernel.i18n import gettext as _

Saying = Callable[[Entry], str]
_SAYINGS: dict[str, Saying] = {}


def says(act: str, sentence: Saying) -> None:
    """Tie an act to its sentence. An act of somebody who only looked ends in "looked".
    Raises ValueError when the act has one already."""
    if act in _SAYINGS:
        raise ValueError(f"the act {act} has a sentence already")
    _SAYINGS[act] = sentence


def sentence(entry: Entry) -> str:
    """What was done, in the reader's language."""
    found = _SAYINGS.get(entry.act)
    return found(entry) if found else _("Schreef iets over u op.")


def is_said(act: str) -> bool:
    """Whether this act has words of its own."""
    return act in _SAYINGS
