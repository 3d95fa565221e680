"""A trial: a simulated neighbourhood goes through the real tables and the real rule, week by week."""

from timebank.trial.answer import Flag, ready
from timebank.trial.reading import (
    BadWorld,
    CheckIn,
    Exchange,
    Member,
    Pause,
    Request,
    Visit,
    World,
    read,
)
from timebank.trial.running import Trial, run
from timebank.trial.where import database, until_stopped

__all__ = [
    "BadWorld",
    "CheckIn",
    "Exchange",
    "Flag",
    "Member",
    "Pause",
    "Request",
    "Trial",
    "Visit",
    "World",
    "database",
    "read",
    "ready",
    "run",
    "until_stopped",
]
