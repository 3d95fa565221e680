"""Moderation: reports, posts out of sight, bookings put right. What other slices may call."""

from timebank.moderation import told
from timebank.moderation.model import Report
from timebank.moderation.reports import forget, make, reassign, thing_for, tidy
from timebank.moderation.store import desk, waiting_count

__all__ = [
    "Report",
    "desk",
    "forget",
    "make",
    "reassign",
    "thing_for",
    "tidy",
    "told",
    "waiting_count",
]
