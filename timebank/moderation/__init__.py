"""Moderation: reports, posts out of sight, bookings put right. What other slices may call."""

from timebank.moderation import told
from timebank.moderation.model import Repair, Report, reach
from timebank.moderation.reports import forget, make, reassign, thing_for, tidy
from timebank.moderation.store import desk, open_repairs, waiting_count

__all__ = [
    "Repair",
    "Report",
    "desk",
    "forget",
    "make",
    "open_repairs",
    "reach",
    "reassign",
    "thing_for",
    "tidy",
    "told",
    "waiting_count",
]
