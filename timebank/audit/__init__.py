"""Audit. What other slices may call."""

from timebank.audit.model import Entry
from timebank.audit.store import about_party, all_entries, note

__all__ = ["Entry", "about_party", "all_entries", "note"]
