"""Ties: two residents who really met. A query, not a register. What other slices may call."""

from timebank.ties.bars import shown
from timebank.ties.growth import Growth, growth
from timebank.ties.model import Counts, Met, Month, Resident
from timebank.ties.neighbourhood import Neighbourhood, neighbourhood
from timebank.ties.picture import Grew, Picture, grew
from timebank.ties.picture import of_member as picture_of
from timebank.ties.store import circle, counts

__all__ = [
    "Counts",
    "Grew",
    "Growth",
    "Met",
    "Month",
    "Neighbourhood",
    "Picture",
    "Resident",
    "circle",
    "counts",
    "grew",
    "growth",
    "neighbourhood",
    "picture_of",
    "shown",
]
