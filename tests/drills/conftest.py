"""Databases of a drill's own, in the server that all tests share: a drill may do what it likes."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from tests.clock import TestClock
from tests.databases import SUPERUSER, drop_database
from tests.drills.installation import Installation
from tests.world import World, make_world
from timebank.kernel.db import open_pool
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.migrate import migrate

_numbers = count(1)


async def _create(cluster: Embedded, template: str) -> str:
    name = f"drill_{next(_numbers)}"
    app = await asyncpg.connect(cluster.dsn(SUPERUSER, "postgres"))
    try:
        await app.execute(f"create database {name} owner {OWNER} template {template}")
    finally:
        await app.close()
    return name


@pytest.fixture
async def empty(cluster: Embedded) -> AsyncIterator[str]:
    """Name of a database with nothing in it, gone afterwards."""
    name = await _create(cluster, "template1")
    yield name
    await drop_database(cluster, name)


@pytest.fixture(scope="session")
async def mould(cluster: Embedded) -> str:
    """Name of a migrated database to copy from."""
    name = await _create(cluster, "template1")
    await migrate(cluster.dsn(OWNER, name), say=lambda _text: None)
    return name


@pytest.fixture
async def fresh(cluster: Embedded, mould: str) -> AsyncIterator[str]:
    """Name of a migrated database with nobody in it."""
    name = await _create(cluster, mould)
    yield name
    await drop_database(cluster, name)


@pytest.fixture
def office(cluster: Embedded, fresh: str, tmp_path: Path) -> Iterator[Installation]:
    """An installation on a migrated database."""
    made = Installation(cluster, tmp_path, database=fresh)
    yield made
    made.end()


@pytest.fixture
async def street(office: Installation, clock: TestClock) -> AsyncIterator[World]:
    """The only community of that installation."""
    pool = await open_pool(office.settings.database_url, size=4)
    owner = await asyncpg.connect(office.settings.database_url_owner)
    yield await make_world(None, pool, owner, clock)
    await owner.close()
    pool.terminate()
