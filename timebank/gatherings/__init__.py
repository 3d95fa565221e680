"""Gatherings: groups that meet, and who was there. What other slices may call."""

from timebank.gatherings import told
from timebank.gatherings.actions import forget_old, open_in, unkept
from timebank.gatherings.model import Gathering, rhythm
from timebank.gatherings.store import forget

__all__ = ["Gathering", "forget", "forget_old", "open_in", "rhythm", "told", "unkept"]
