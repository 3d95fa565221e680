"""Ties: two residents who really met. A query, not a register. What other slices may call."""

from timebank.ties.bars import shown
from timebank.ties.growth import growth
from timebank.ties.model import Met
from timebank.ties.neighbourhood import neighbourhood
from timebank.ties.picture import grew
from timebank.ties.picture import of_member as picture_of
from timebank.ties.store import circle, counts

__all__ = [
    "Met",
    "circle",
    "counts",
    "grew",
    "growth",
    "neighbourhood",
    "picture_of",
    "shown",
]
