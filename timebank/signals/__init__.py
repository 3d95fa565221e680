"""Signals: a reason to talk, only about members who said yes. What other slices may call."""

from timebank.signals import wording
from timebank.signals.actions import (
    answer_worker_call,
    close,
    explain,
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
from timebank.signals.deciding import Replay, decide, replay, version, versions
from timebank.signals.model import (
    Explanation,
    Listed,
    Outcome,
    Outlook,
    Place,
    Plan,
    Signal,
    State,
    Step,
)
from timebank.signals.rule import Lane as RuleLane
from timebank.signals.running import everybody, forget, forget_unwanted, reassign, run
from timebank.signals.said import is_asked

__all__ = [
    "Explanation",
    "Listed",
    "Outcome",
    "Outlook",
    "Place",
    "Plan",
    "Replay",
    "RuleLane",
    "Signal",
    "State",
    "Step",
    "answer_worker_call",
    "chase",
    "close",
    "decide",
    "everybody",
    "explain",
    "explain_all",
    "forget",
    "forget_unwanted",
    "hand_over",
    "is_asked",
    "list_for",
    "make_plan",
    "note_contact",
    "open_for",
    "outlooks",
    "reassign",
    "record_looks",
    "replay",
    "run",
    "signal_for",
    "signals_of",
    "snooze",
    "steps_of",
    "take",
    "unclaimed",
    "version",
    "versions",
    "wording",
]
