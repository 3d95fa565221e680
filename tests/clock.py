"""A clock that tests can move."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""A Tuesday morning, 10.00 uur in Amsterdam."""


class TestClock:
    """Tells the time it was set to."""

    __test__ = False

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **amount: float) -> datetime:
        """Forward by an amount (days=…, hours=…); the new time."""
        self.at += timedelta(**amount)
        return self.at

    def set(self, at: datetime) -> datetime:
        """To this moment."""
        self.at = at
        return at

    def reset(self) -> None:
        """Back to the start."""
        self.at = START
