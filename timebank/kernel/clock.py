"""The only place that asks what time it is; everywhere else `now` is an argument."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment, in UTC."""

    def __call__(self) -> datetime: ...


def now() -> datetime:
    """The present moment, with its zone (UTC)."""
    return datetime.now(UTC)
