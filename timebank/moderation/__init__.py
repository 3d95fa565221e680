"""Moderation: reports, posts out of sight, bookings put right. What other slices may call."""

from timebank.moderation import told
from timebank.moderation.model import Report
from timebank.moderation.reports import forget, reassign, tidy
from timebank.moderation.store import desk, waiting_count

__all__ = ["Report", "desk", "forget", "reassign", "tidy", "told", "waiting_count"]
