"""The ledger is tested in databases of its own, because copies of it are broken on purpose."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.hours.books import (
    NOW,
    ledger_sql,
    make_community,
    make_database,
    offences,
    sql_below_the_ledger,
)
from tests.hours.street import RULES, Street
from timebank import hours
from timebank.kernel.db import Db
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded


@pytest.fixture(scope="session")
def below_the_ledger(cluster: Embedded) -> str:
    """Name of a database that has everything below the ledger, to copy from."""
    return asyncio.run(make_database(cluster, "below", sql_below_the_ledger(), "template1"))


@pytest.fixture(scope="session")
def ledger(cluster: Embedded, below_the_ledger: str) -> str:
    """Name of a database with the ledger as it is."""
    return asyncio.run(make_database(cluster, "ledger", [ledger_sql()], below_the_ledger))


async def _connected(cluster: Embedded, role: str, database: str) -> AsyncIterator[Db]:
    db = await asyncpg.connect(cluster.dsn(role, database))
    yield db
    await db.close()


@pytest.fixture
async def ledger_web(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, WEB, ledger):
        yield db


@pytest.fixture
async def ledger_work(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, WORK, ledger):
        yield db


@pytest.fixture
async def ledger_owner(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    async for db in _connected(cluster, OWNER, ledger):
        yield db


@pytest.fixture
async def ledger_superuser(cluster: Embedded, ledger: str) -> AsyncIterator[Db]:
    """Somebody who may do anything: what seals are for."""
    async for db in _connected(cluster, "app", ledger):
        yield db


@pytest.fixture
async def street(ledger_web: Db, ledger_owner: Db) -> AsyncIterator[Street]:
    """Four neighbours with accounts; afterwards their books are sound."""
    community, people = await make_community(ledger_owner, ledger_web, 4, RULES)
    street = Street(ledger_web, ledger_owner, community, people)
    async with street.request() as db:
        for person in people:
            await hours.open_account(
                db, community=community, party=person, booked_by=people[0], now=NOW
            )
    yield street
    assert await offences(ledger_owner, community) == {}
