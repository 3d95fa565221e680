"""Identifiers: version 7 UUIDs made by the application, so they sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh uuidv7."""
    return uuid7()


def parse_id(text: str) -> UUID | None:
    """The id written in an address, or None when it is not one (an address is never a 500)."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
