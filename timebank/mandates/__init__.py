"""Mandates: who may do what for a member, chosen by her. What other slices may call."""

from timebank.mandates import told
from timebank.mandates.actions import begin, end, end_all_of, end_between, forget, run
from timebank.mandates.model import Mandate
from timebank.mandates.store import helped_by

__all__ = [
    "Mandate",
    "begin",
    "end",
    "end_all_of",
    "end_between",
    "forget",
    "helped_by",
    "run",
    "told",
]
