"""The database: a pool, one transaction a request, named queries, rows as Structs.

`db` is a plain asyncpg connection all the way: actions take it first and never open a
transaction. SQL stands in sql/<slice>.sql and is touched by that slice's store only.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import aiosql
import asyncpg
import msgspec
from aiosql.types import SQLOperationType

from timebank.kernel.refusals import NotFound

SQL_DIR = Path(__file__).parent.parent.parent / "sql"
POOL_WAIT_SECONDS = 2.6
"""A request that gets no connection within this time is answered 503, so that none hangs."""
FIRST_ANSWER_SECONDS = 2.0
"""A database that was stopped in mid-air takes what it is sent and never answers: the first, easy
statement shows that, and the person is not kept waiting for the rest."""
PATIENCE_SECONDS = 7.0
"""The same for a statement in the middle of a request. The web role's own limit is 5 s."""

Db: TypeAlias = asyncpg.Connection
Pool: TypeAlias = asyncpg.Pool
T = TypeVar("T")


class DatabaseAway(Exception):
    """No connection could be had in time; the person gets a plain 503 page."""


GONE = (
    DatabaseAway,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What says that the connection broke or could not be had; whatever was asked may be asked again."""


async def _leave_as_it_is(connection: Db) -> None:
    """A connection goes back as it came: settings are made `local` to a transaction, and no other
    state is ever set. Saves a round trip for each request."""


async def prepare(connection: Db) -> None:
    """Settings of each new connection: jsonb arrives and leaves as Python values."""
    await connection.set_type_codec(
        "jsonb",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
        schema="pg_catalog",
    )


async def open_pool(dsn: str, *, size: int = 8, patience: float = PATIENCE_SECONDS) -> Pool:
    """A pool of at most `size` connections; it does not fail when the database is away.

    patience: seconds that any statement may take. Past it the connection is given up.
    """
    pool: Pool = asyncpg.create_pool(
        dsn, min_size=0, max_size=size, init=prepare, timeout=POOL_WAIT_SECONDS,
        command_timeout=patience, reset=_leave_as_it_is,
    )  # fmt: skip
    return await pool


@asynccontextmanager
async def connection(pool: Pool) -> AsyncIterator[Db]:
    """A connection outside any transaction. Raises DatabaseAway when none can be had in time."""
    try:
        db = await pool.acquire(timeout=POOL_WAIT_SECONDS)
    except (OSError, TimeoutError, *GONE) as exc:
        raise DatabaseAway from exc
    try:
        yield cast(Db, db)
    finally:
        await _give_back(pool, db)


async def _give_back(pool: Pool, db: Any) -> None:
    """What was done is done, also when the connection breaks now: the pool then makes another."""
    try:
        await pool.release(db, timeout=FIRST_ANSWER_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError, *GONE):
        return


async def at_once(db: Db, asked: Awaitable[T]) -> T:
    """The answer to an easy statement. Raises DatabaseAway when it does not come soon."""
    try:
        async with asyncio.timeout(FIRST_ANSWER_SECONDS):
            return await asked
    except TimeoutError as exc:
        _drop(db)
        raise DatabaseAway from exc


async def roll_back(db: Db) -> None:
    """Undo, where anything is left to undo: a broken connection undoes it by itself."""
    try:
        await at_once(db, db.execute("rollback"))
    except (OSError, asyncpg.PostgresError, *GONE):
        _drop(db)


def _drop(db: Db) -> None:
    """Without a word to the server. A connection the pool already gave up cannot even be dropped."""
    with suppress(asyncpg.InterfaceError):
        db.terminate()


@asynccontextmanager
async def transaction(pool: Pool, community: int) -> AsyncIterator[Db]:
    """One transaction in one community: row security sees no other. Commits at the end."""
    async with connection(pool) as db, db.transaction():
        await at_once(db, enter(db, community))
        yield db


async def enter(db: Db, community: int) -> None:
    """From here to the end of the transaction only rows of `community` exist.

    `set local` as text, because set_config() does not reach the machines of a spread database.
    """
    await db.execute(f"set local app.community = '{int(community)}'")


@cache
def load(name: str) -> Any:
    """The named queries of sql/<name>.sql, each an async function of keyword arguments.

    A query for many rows gives a list, one marked `^` a row or None, `$` a value.
    """
    queries = aiosql.from_path(SQL_DIR / f"{name}.sql", "asyncpg", mandatory_parameters=False)
    order = queries.driver_adapter.var_sorted
    for query in queries.available_queries:
        found = getattr(queries, query)
        if found.operation in _FETCH:
            setattr(queries, query, _direct(found, tuple(order[query])))
    return queries


def names_of(queries: Any) -> list[str]:
    """The names in such a file, in order; without the cursor that aiosql adds beside each."""
    return [name for name in queries.available_queries if not name.endswith("_cursor")]


_FETCH = {
    SQLOperationType.SELECT: "fetch",
    SQLOperationType.SELECT_ONE: "fetchrow",
    SQLOperationType.SELECT_VALUE: "fetchval",
    SQLOperationType.INSERT_UPDATE_DELETE: "execute",
}
"""How the driver is asked, by the mark behind a query's name."""


def _direct(query: Any, order: tuple[str, ...]) -> Any:
    """The query, asked of the driver itself. aiosql's own call inspects the connection each time
    and gives many rows one by one after it fetched them all; a page asks a dozen times."""
    sql, method = query.sql, _FETCH[query.operation]

    @wraps(query)
    async def ask(db: Db, **values: Any) -> Any:
        return await getattr(db, method)(sql, *[values[name] for name in order])

    return ask


async def rows(kind: type[T], query: Awaitable[Any]) -> list[T]:
    """All rows of a query as Structs of `kind`."""
    return msgspec.convert([dict(found) for found in await query], list[kind])  # type: ignore[valid-type]  # a type known when it runs


async def row(kind: type[T], query: Awaitable[Any]) -> T | None:
    """The row of a query that gives at most one (`^`) as a `kind`, or None."""
    found = await query
    return None if found is None else msgspec.convert(dict(found), kind)


async def one(kind: type[T], query: Awaitable[Any]) -> T:
    """The row of a query (`^`) as a `kind`. Raises NotFound when there is none."""
    found = await row(kind, query)
    if found is None:
        raise NotFound
    return found
