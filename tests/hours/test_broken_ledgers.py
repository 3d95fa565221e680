"""Every broken copy of the ledger is caught by the histories and the checks."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from tests.databases import drop_database
from tests.hours.books import Books, ledger_sql, make_database
from tests.hours.broken import BROKEN, broken
from tests.hours.machine import play
from timebank.kernel.embedded import Embedded

HISTORIES = 50
CAUGHT = (
    AssertionError,  # of the machine: they did not do the same
    asyncpg.IntegrityConstraintViolationError,  # refused what the model books
    asyncpg.InsufficientPrivilegeError,  # another wall stood behind the one that was taken away
)


@pytest.fixture
def books(
    request: pytest.FixtureRequest, cluster: Embedded, below_the_ledger: str
) -> Iterator[Books]:
    sql = broken(ledger_sql(), request.param)
    database = asyncio.run(make_database(cluster, "broken", [sql], below_the_ledger))
    books = Books(cluster, database)
    yield books
    books.close()
    asyncio.run(drop_database(cluster, database))


@pytest.mark.parametrize("books", BROKEN, indirect=True)
def test_a_broken_ledger_is_caught(books: Books) -> None:
    with pytest.raises(CAUGHT):
        play(books, HISTORIES)
