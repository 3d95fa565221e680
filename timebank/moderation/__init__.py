"""Moderation: reports, posts out of sight, bookings put right. What other slices may call."""

from timebank.moderation import told, wording
from timebank.moderation.hiding import hide_post, show_post
from timebank.moderation.model import Repair, Report, Thing, reach
from timebank.moderation.reports import (
    close,
    colleagues_for,
    hand_over,
    make,
    reassign,
    thing_for,
    tidy,
)
from timebank.moderation.store import desk, forget, open_repairs, waiting_count

__all__ = [
    "Repair",
    "Report",
    "Thing",
    "close",
    "colleagues_for",
    "desk",
    "forget",
    "hand_over",
    "hide_post",
    "make",
    "open_repairs",
    "reach",
    "reassign",
    "show_post",
    "thing_for",
    "tidy",
    "told",
    "waiting_count",
    "wording",
]
