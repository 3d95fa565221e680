"""One real PostgreSQL for the whole run; each test gets a community of its own.

Row security keeps communities apart, so tests never meet, may commit for real, and may race.
"""

import gc
import signal
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest

from tests.clock import TestClock
from tests.house.town import Town, make_town
from tests.world import World, make_world
from timebank.access import Hasher
from timebank.app import make_app, with_wall
from timebank.kernel.db import Db, Pool, open_pool, transaction
from timebank.kernel.embedded import DATABASE, OWNER, WEB, WORK, Embedded
from timebank.kernel.migrate import migrate
from timebank.kernel.settings import Settings

ADDRESS = "http://127.0.0.1:8000"


def pytest_configure() -> None:
    """A shell lets what it starts with `&` ignore Ctrl-C, and so would all that tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not look through it again
    and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The event loop that the website itself runs on."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """The server."""
    data = tmp_path_factory.mktemp("database") / "db"
    with Embedded.start(data, throwaway=True, say=lambda _text: None) as server:
        yield server


@pytest.fixture(scope="session")
def settings(cluster: Embedded) -> Settings:
    return Settings(
        database_url=cluster.dsn(WEB),
        database_url_work=cluster.dsn(WORK),
        database_url_owner=cluster.dsn(OWNER),
        public_url=ADDRESS,
        hosts=frozenset({"127.0.0.1"}),
    )


@pytest.fixture(scope="session")
async def migrated(cluster: Embedded) -> str:
    """Name of the migrated database."""
    await migrate(cluster.dsn(OWNER), say=lambda _text: None)
    return DATABASE


@pytest.fixture(scope="session")
def clock() -> TestClock:
    """What time it is, for the app and for the makers; a test may move it (and it moves back)."""
    return TestClock()


@pytest.fixture(autouse=True)
def _clock_moves_back(clock: TestClock) -> Iterator[None]:
    yield
    clock.reset()


@pytest.fixture(scope="session")
async def wall(settings: Settings, migrated: str, clock: TestClock) -> AsyncIterator[object]:
    """The whole app behind its wall, started once."""
    app = make_app(settings, hasher=Hasher(passes=1, kib=8), now=clock)
    async with app.lifespan():
        yield with_wall(app, settings)


@pytest.fixture(scope="session")
async def web_pool(settings: Settings, migrated: str) -> AsyncIterator[Pool]:
    """Connections as the web role."""
    pool = await open_pool(settings.database_url, size=4)
    yield pool
    pool.terminate()


@pytest.fixture(scope="session")
async def work_pool(settings: Settings, migrated: str) -> AsyncIterator[Pool]:
    """Connections as the job role."""
    pool = await open_pool(settings.database_url_work, size=4)
    yield pool
    pool.terminate()


@pytest.fixture
async def owner(settings: Settings, migrated: str) -> AsyncIterator[Db]:
    """A connection as the owner, who sees every community."""
    db = await asyncpg.connect(settings.database_url_owner)
    yield db
    await db.close()


@pytest.fixture
async def world(
    wall: object, web_pool: Pool, owner: Db, settings: Settings, clock: TestClock
) -> World:
    """A fresh community with two neighbourhoods and nobody in it."""
    return await make_world(wall, web_pool, owner, clock)


@pytest.fixture
async def db(world: World, web_pool: Pool) -> AsyncIterator[Db]:
    """One transaction as the web role in the test's community; committed at the end."""
    async with transaction(web_pool, world.community) as connection:
        yield connection


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without a session."""
    async with world.browser() as client:
        yield client


@pytest.fixture
async def town(world: World) -> Town:
    """A small town with something of everything."""
    return await make_town(world)
