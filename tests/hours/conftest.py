"""The ledger is tested in databases of its own, because it is broken on purpose there."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from tests.hours.books import (
    OWNER,
    WEB,
    WORK,
    ledger_sql,
    make_database,
    migrations_before_the_ledger,
)
from timebank.kernel.db import Db
from timebank.kernel.embedded import DATABASE, Embedded


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    with Embedded.start(tmp_path_factory.mktemp("hours") / "db", throwaway=True) as server:
        yield server


@pytest.fixture(scope="session")
def before_the_ledger(cluster: Embedded) -> str:
    """Name of a database that has everything below the ledger, to copy from."""
    return asyncio.run(make_database(cluster, "below", migrations_before_the_ledger(), DATABASE))


@pytest.fixture(scope="session")
def ledger(cluster: Embedded, before_the_ledger: str) -> str:
    """Name of a database with the ledger as it is."""
    return asyncio.run(make_database(cluster, "ledger", [ledger_sql()], before_the_ledger))


async def _connected(cluster: Embedded, role: str, database: str) -> AsyncIterator[Db]:
    db = await asyncpg.connect(cluster.dsn(role, database))
    yield db
    await db.close()


@pytest.fixture
async def web(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, WEB, ledger):
        yield db


@pytest.fixture
async def work(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, WORK, ledger):
        yield db


@pytest.fixture
async def owner(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, OWNER, ledger):
        yield db
