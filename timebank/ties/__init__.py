"""Ties: two residents who really met. A query, not a register. What other slices may call."""

from timebank.ties.model import Counts, Tie
from timebank.ties.store import circle, counts

__all__ = ["Counts", "Tie", "circle", "counts"]
