"""Introductions: who might like to meet whom, with two yeses. What other slices may call."""

from timebank.introductions import told, wording
from timebank.introductions.actions import list_for
from timebank.introductions.calendar import run
from timebank.introductions.handing import hand_over, reassign
from timebank.introductions.model import State, Waiting
from timebank.introductions.store import forget, of_party
from timebank.introductions.suggesting import suggest

__all__ = [
    "State",
    "Waiting",
    "forget",
    "hand_over",
    "list_for",
    "of_party",
    "reassign",
    "run",
    "suggest",
    "told",
    "wording",
]
