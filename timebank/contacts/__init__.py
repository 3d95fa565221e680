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
    let_go,
    look,
    note,
    of,
    open_page,
    person_for,
    purpose_of,
    reassign,
    step_aside,
)
from timebank.contacts.desk_model import Desks, Shared
from timebank.contacts.desks import desks, hand_line, line_owners, open_desk
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
    "Desks",
    "FollowUp",
    "Heard",
    "Note",
    "Purpose",
    "Shared",
    "Wish",
    "colleagues_for",
    "demand_colleague",
    "desks",
    "due_for",
    "follow_up_for",
    "forget",
    "forget_attention",
    "forget_old",
    "hand_line",
    "hand_over",
    "let_go",
    "line_owners",
    "look",
    "note",
    "of",
    "open_page",
    "open_desk",
    "person_for",
    "purpose_of",
    "reassign",
    "step_aside",
    "wording",
]
