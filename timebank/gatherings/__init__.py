"""Gatherings: groups that meet, and who was there. What other slices may call."""

from timebank.gatherings import told
from timebank.gatherings.actions import forget_old, keep, kept_by, open_in, start, unkept
from timebank.gatherings.model import KEPT, Wish, rhythm
from timebank.gatherings.store import forget

__all__ = [
    "KEPT",
    "Wish",
    "forget",
    "forget_old",
    "keep",
    "kept_by",
    "open_in",
    "rhythm",
    "start",
    "told",
    "unkept",
]
