"""What goes wrong with a command, in one plain line with a way on, and never a stack of calls."""

import socket

import asyncpg

from timebank.kernel.db import DatabaseAway
from timebank.kernel.refusals import refusal_of

KINDS = (DatabaseAway, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What may happen on any machine: `line` has words for it."""

_WAY_ON: list[tuple[type[BaseException], str]] = [
    (asyncpg.InvalidCatalogNameError, "Make it first: deploy/database.sh does."),
    (
        asyncpg.InvalidAuthorizationSpecificationError,
        "See the role and its password in DATABASE_URL, DATABASE_URL_WORK or DATABASE_URL_OWNER.",
    ),
    (asyncpg.UndefinedObjectError, "Is it a role, then timebank migrate --create-roles makes it."),
    (
        asyncpg.InsufficientPrivilegeError,
        "Do DATABASE_URL, DATABASE_URL_WORK and DATABASE_URL_OWNER each sign in as their own role?",
    ),
    (socket.gaierror, "Is the host in DATABASE_URL… spelled as it should be?"),
    (ConnectionRefusedError, "Does PostgreSQL run there, and does it listen at that address?"),
    (FileNotFoundError, "Is the folder of the socket, or a certificate, in DATABASE_URL… there?"),
    (TimeoutError, "Is there a machine at the address in DATABASE_URL…, and may we reach it?"),
]
"""What an operator does about it, the first kind that fits."""


def line(trouble: BaseException) -> str:
    """Our own rule in our own words; of another error the first line, as the rest quotes rows."""
    known = refusal_of(trouble) if isinstance(trouble, asyncpg.PostgresError) else None
    if known is not None:
        return known.sentence
    if isinstance(trouble, OSError) and trouble.filename is not None:
        return f"{trouble.filename}: {trouble.strerror}."
    if isinstance(trouble, DatabaseAway) and trouble.__cause__ is not None:
        trouble = trouble.__cause__
    first = (str(trouble).splitlines() or [""])[0].strip() or type(trouble).__name__
    way_on = next((words for kind, words in _WAY_ON if isinstance(trouble, kind)), "")
    return f"The database cannot be reached or refuses: {first}. {way_on}".strip()
