"""Contacts: talks between a worker and a member. What other slices may call."""

from timebank.contacts import wording
from timebank.contacts.actions import (
    colleagues_for,
    demand_colleague,
    due_for,
    follow_up_for,
    forget_attention,
    forget_old,
    hand_over,
    look,
    note,
    of,
    open_page,
    person_for,
    purpose_of,
    reassign,
    step_aside,
)
from timebank.contacts.model import (
    FURTHEST,
    Colleague,
    Contact,
    FollowUp,
    Heard,
    Note,
    Purpose,
    Wish,
)
from timebank.contacts.store import forget

__all__ = [
    "FURTHEST",
    "Colleague",
    "Contact",
    "FollowUp",
    "Heard",
    "Note",
    "Purpose",
    "Wish",
    "colleagues_for",
    "demand_colleague",
    "due_for",
    "follow_up_for",
    "forget",
    "forget_attention",
    "forget_old",
    "hand_over",
    "look",
    "note",
    "of",
    "open_page",
    "person_for",
    "purpose_of",
    "reassign",
    "step_aside",
    "wording",
]
