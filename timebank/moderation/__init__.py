"""Moderation: reports, posts out of sight, bookings put right. What other slices may call."""

from timebank.moderation import told, wording
from timebank.moderation.model import WORDS_KEPT, reach
from timebank.moderation.reports import (
    colleagues_for,
    hand_over,
    make,
    reassign,
    thing_for,
    tidy,
)
from timebank.moderation.store import desk, forget, open_repairs, waiting_count

__all__ = [
    "WORDS_KEPT",
    "colleagues_for",
    "desk",
    "forget",
    "hand_over",
    "make",
    "open_repairs",
    "reach",
    "reassign",
    "thing_for",
    "tidy",
    "told",
    "waiting_count",
    "wording",
]
