"""Refusals: a 'no' with a status and a sentence for the person who asked.

Everything that is not a Refusal is a bug. Unique, check, foreign key and limit rules are named
constraints in the database; `says` puts the sentence beside the rule's owner, `refusal_of` finds it.
"""

import re
from collections.abc import Callable

import asyncpg

from timebank.kernel.i18n import gettext as _


class Refusal(Exception):
    """A request is refused. `status` is the HTTP status, `sentence` is shown to the person."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refusal):
    """404: does not exist, or is not for this person's eyes. The two answer exactly the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Deze pagina bestaat niet, of is niet voor u bedoeld."))


class Conflict(Refusal):
    """409: what the person saw is no longer so."""

    status = 409


class TooMany(Refusal):
    """429: too often in a short time. `retry_after` is in seconds."""

    status = 429

    def __init__(self, sentence: str, *, retry_after: int = 60) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Invalid(Refusal):
    """422: what was typed cannot be used. `errors` holds one sentence per field, all at once.

    The key "" holds a sentence that belongs to no field.
    """

    status = 422

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


Sentence = Callable[[], str]
_SAYS: dict[str, tuple[Sentence, str | None]] = {}


def says(constraint: str, sentence: Sentence, *, field: str | None = None) -> None:
    """Tie a named constraint to its sentence; with `field` it is a 422 on that field, else a 409.
    Raises ValueError when it has one already."""
    if constraint in _SAYS:
        raise ValueError(f"constraint {constraint} has a sentence already")
    _SAYS[constraint] = (sentence, field)


def said_constraints() -> frozenset[str]:
    """Names of all constraints that have a sentence (a test compares them with the catalogue)."""
    return frozenset(_SAYS)


def constraint_of(exc: asyncpg.PostgresError) -> str:
    """Name of the rule that refused. On a spread database it stands in the message only,
    followed by the number of a shard."""
    name = getattr(exc, "constraint_name", None) or ""
    if not name and (found := re.search(r'constraint "([^"]+)"', str(exc))):
        name = found[1]
    return re.sub(r"_\d{6,}$", "", name)


def refusal_of(exc: asyncpg.PostgresError) -> Refusal | None:
    """The refusal that a database error stands for, or None when it is a bug."""
    found = _SAYS.get(constraint_of(exc))
    if found is None:
        return None
    sentence, field = found
    return Conflict(sentence()) if field is None else Invalid({field: sentence()})
