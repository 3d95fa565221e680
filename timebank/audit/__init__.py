"""Audit. What other slices may call."""

from timebank.audit import words
from timebank.audit.model import Entry
from timebank.audit.saying import is_said, says, sentence
from timebank.audit.store import LOOKS, LOOKS_KEPT, about_party, forget_old, log, note, shown_to

__all__ = [
    "LOOKS",
    "LOOKS_KEPT",
    "Entry",
    "about_party",
    "forget_old",
    "is_said",
    "log",
    "note",
    "says",
    "sentence",
    "shown_to",
    "words",
]
