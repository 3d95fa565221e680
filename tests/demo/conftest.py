"""The demo, loaded once for these tests in a database of its own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.databases import drop_database
from timebank import operate
from timebank.kernel.db import Db, Pool, open_pool, prepare
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded
from timebank.kernel.settings import Settings

NAME = "demo_town"


def settings_of(cluster: Embedded, database: str) -> Settings:
    """Settings for a database of the test server."""
    return Settings(
        database_url=cluster.dsn(WEB, database), database_url_work=cluster.dsn(WORK, database),
        database_url_owner=cluster.dsn(OWNER, database), public_url="http://127.0.0.1:8000",
        demo=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
async def demo(cluster: Embedded) -> AsyncIterator[Settings]:
    """A database with the demo, loaded as `timebank demo` does it."""
    db = await asyncpg.connect(cluster.dsn(OWNER, "postgres"))
    await db.execute(f"create database {NAME}")
    await db.close()
    settings = settings_of(cluster, NAME)
    await operate.prepare_demo(settings, say=lambda _text: None)
    yield settings
    await drop_database(cluster, NAME)


@pytest.fixture
async def everything(demo: Settings) -> AsyncIterator[Db]:
    """The demo's database, seen by its owner."""
    db = await asyncpg.connect(demo.database_url_owner)
    await prepare(db)
    yield db
    await db.close()


@pytest.fixture
async def demo_pool(demo: Settings) -> AsyncIterator[Pool]:
    """Connections of the web role to the demo."""
    pool = await open_pool(demo.database_url, size=2)
    yield pool
    pool.terminate()
