"""Introductions: who might like to meet whom, with two yeses. What other slices may call."""

from timebank.introductions import told, wording
from timebank.introductions.answering import put_wish
from timebank.introductions.asking import ask, choose, close, list_for
from timebank.introductions.calendar import run
from timebank.introductions.handing import hand_over, reassign
from timebank.introductions.model import State, Waiting, Wish
from timebank.introductions.store import forget, of_party
from timebank.introductions.suggesting import suggest

__all__ = [
    "State",
    "Waiting",
    "Wish",
    "ask",
    "choose",
    "close",
    "forget",
    "hand_over",
    "list_for",
    "of_party",
    "put_wish",
    "reassign",
    "run",
    "suggest",
    "told",
    "wording",
]
