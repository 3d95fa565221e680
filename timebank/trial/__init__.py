"""A trial: a simulated neighbourhood goes through the real tables and the real rule, week by week."""

from timebank.trial.reading import BadWorld, World, read
from timebank.trial.running import Flag, Trial, run
from timebank.trial.where import database

__all__ = ["BadWorld", "Flag", "Trial", "World", "database", "read", "run"]
