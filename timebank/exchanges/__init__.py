"""Exchanges: from the first word to confirmed hours. What other slices may call."""

from timebank.exchanges import told
from timebank.exchanges.chasing import Chased, chase
from timebank.exchanges.confirming import confirm, disagree, say_done
from timebank.exchanges.erasing import end_all, forget, hold_open, unsettled
from timebank.exchanges.hands import both_sides, demand_other_hand
from timebank.exchanges.lists import (
    first_contacts,
    is_new,
    met_before,
    my_open_talk,
    one_helper,
    open_of,
    repairs,
    stuck,
    wrote_after_refusal,
)
from timebank.exchanges.model import By, Exchange, may_write
from timebank.exchanges.planning import Plan, agree, propose
from timebank.exchanges.settling import (
    ask_repair,
    hand_over,
    hand_to_worker,
    reassign,
    repair,
    settle,
    settle_without,
    take,
)
from timebank.exchanges.sheet import sheet as everything_of
from timebank.exchanges.store import for_party
from timebank.exchanges.talking import begin, cancel, close, no_show, refuse, spoke
from timebank.exchanges.view import lines, waiting_and_coming

__all__ = [
    "By",
    "Chased",
    "Exchange",
    "Plan",
    "agree",
    "ask_repair",
    "begin",
    "both_sides",
    "cancel",
    "chase",
    "close",
    "confirm",
    "demand_other_hand",
    "disagree",
    "end_all",
    "everything_of",
    "first_contacts",
    "for_party",
    "forget",
    "hand_over",
    "hand_to_worker",
    "hold_open",
    "is_new",
    "lines",
    "may_write",
    "met_before",
    "my_open_talk",
    "no_show",
    "one_helper",
    "open_of",
    "propose",
    "reassign",
    "refuse",
    "repair",
    "repairs",
    "say_done",
    "settle",
    "settle_without",
    "spoke",
    "stuck",
    "take",
    "told",
    "unsettled",
    "waiting_and_coming",
    "wrote_after_refusal",
]
