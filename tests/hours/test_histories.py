"""The ledger and its model agree over whole histories."""

from collections.abc import Iterator

import pytest

from tests.hours.books import Books
from tests.hours.machine import play
from timebank.kernel.embedded import Embedded

RULES = {
    "entry_all_at_once",
    "entry_limit_high",
    "entry_limit_low",
    "entry_minutes",
    "entry_sums_to_zero",
    "ledger_only_added",
    "transfer_account_unknown",
    "transfer_accounts_ascend",
    "transfer_addition_adds",
    "transfer_corrected_once",
    "transfer_correction_counters",
    "transfer_exchange_once",
    "transfer_gift_from_own",
    "transfer_idem_differs",
    "transfer_issue_only_starts",
    "transfer_own_community",
    "transfer_sides",
    "transfer_start_whose",
    "transfer_sums_to_zero",
    "transfer_voucher_account",
    "transfer_voucher_key",
    "transfer_voucher_stays",
}


@pytest.fixture(scope="module")
def books(cluster: Embedded, ledger: str) -> Iterator[Books]:
    books = Books(cluster, ledger)
    yield books
    books.close()


def test_sixty_steps_of_history_agree_with_the_model(books: Books) -> None:
    met = play(books, 40, shrink=True)
    assert set(met) == RULES, "a rule that never refused was not tried"
