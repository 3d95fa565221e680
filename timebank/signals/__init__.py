"""Signals: a reason to talk, only about members who said yes. What other slices may call."""

from timebank.signals import said_wording, wording
from timebank.signals.actions import (
    answer_worker_call,
    close,
    explain_all,
    hand_over,
    list_for,
    make_plan,
    note_contact,
    open_for,
    record_looks,
    signal_for,
    signals_of,
    snooze,
    steps_of,
    take,
)
from timebank.signals.calendar import chase, outlooks, unclaimed
from timebank.signals.came_store import came_of_it, looked_back_on
from timebank.signals.chance import call_of, calls, draw, hand_call, shown_in
from timebank.signals.deciding import Replay, decide, replay, version, versions
from timebank.signals.model import (
    Listed,
    Outcome,
    Outlook,
    Place,
    Plan,
    Signal,
    State,
)
from timebank.signals.quarterly import write_down as write_quarter
from timebank.signals.rule import Lane as RuleLane
from timebank.signals.running import everybody, forget, reassign, run
from timebank.signals.said import check_in, is_asked
from timebank.signals.said_model import KEPT_DAYS as SAID_KEPT_DAYS
from timebank.signals.said_model import TOLD_KEPT_DAYS, Judgement
from timebank.signals.telling import hand_told, told_about, told_list, unheard

__all__ = [
    "SAID_KEPT_DAYS",
    "TOLD_KEPT_DAYS",
    "Judgement",
    "Listed",
    "Outcome",
    "Outlook",
    "Place",
    "Plan",
    "Replay",
    "RuleLane",
    "Signal",
    "State",
    "answer_worker_call",
    "call_of",
    "calls",
    "came_of_it",
    "chase",
    "check_in",
    "close",
    "decide",
    "draw",
    "everybody",
    "explain_all",
    "forget",
    "hand_call",
    "hand_over",
    "hand_told",
    "is_asked",
    "list_for",
    "looked_back_on",
    "make_plan",
    "note_contact",
    "open_for",
    "outlooks",
    "reassign",
    "record_looks",
    "replay",
    "run",
    "said_wording",
    "shown_in",
    "signal_for",
    "signals_of",
    "snooze",
    "steps_of",
    "take",
    "told_about",
    "told_list",
    "unclaimed",
    "unheard",
    "version",
    "versions",
    "wording",
    "write_quarter",
]
