"""What several tests of the whole house share."""

import pytest

from tests.house.pseudo import made_up
from timebank.access.transaction import Transaction

__all__ = ["made_up", "nothing_lasts"]


@pytest.fixture
def nothing_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request's transaction is rolled back when its page stands, so that no question changes
    the answer to the next."""
    end = Transaction.end

    async def roll_back(self: Transaction, *, commit: bool) -> None:
        await end(self, commit=False)

    monkeypatch.setattr(Transaction, "end", roll_back)
