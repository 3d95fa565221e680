"""Ties: two residents who really met. A query, not a register. What other slices may call."""

from timebank.ties.model import Counts, Met
from timebank.ties.picture import Picture
from timebank.ties.picture import of_member as picture_of
from timebank.ties.store import circle, counts

__all__ = ["Counts", "Met", "Picture", "circle", "counts", "picture_of"]
