"""Membership: join, admit, refuse, rest, suspend, restore, stop. What other slices may call."""

from timebank.membership import cards, mail, reach, told
from timebank.membership.admission import admit, ask_to_join
from timebank.membership.blocking import block
from timebank.membership.erasing import depart, forget
from timebank.membership.handing import hand_appeal, hand_call, reassign
from timebank.membership.leaving import finish_leaving, leave
from timebank.membership.model import ANSWER_DAYS
from timebank.membership.standing import (
    end_pauses,
    pause,
    record_death,
    suspend,
    take_part_again,
)
from timebank.membership.store import (
    appeals,
    calls_to_make,
    leaving_of,
    open_appeals,
    reasons,
    times_helped,
)

__all__ = [
    "ANSWER_DAYS",
    "admit",
    "appeals",
    "ask_to_join",
    "block",
    "calls_to_make",
    "cards",
    "depart",
    "end_pauses",
    "finish_leaving",
    "forget",
    "hand_appeal",
    "hand_call",
    "leave",
    "leaving_of",
    "mail",
    "open_appeals",
    "pause",
    "reach",
    "reasons",
    "reassign",
    "record_death",
    "suspend",
    "take_part_again",
    "times_helped",
    "told",
]
