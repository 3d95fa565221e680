"""The database: a pool, one transaction a request, named queries, rows as Structs.

`db` is a plain asyncpg connection all the way: actions take it first and never open a
transaction. SQL stands in sql/<slice>.sql and is touched by that slice's store only.
"""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import aiosql
import asyncpg
import msgspec
from aiosql.types import SQLOperationType

from timebank.kernel.refusals import NotFound

SQL_DIR = Path(__file__).parent.parent.parent / "sql"
POOL_WAIT_SECONDS = 3.0
"""A request that gets no connection within this time is answered 503, so that none hangs."""

Db: TypeAlias = asyncpg.Connection
Pool: TypeAlias = asyncpg.Pool
T = TypeVar("T")


class DatabaseAway(Exception):
    """No connection could be had in time; the person gets a plain 503 page."""


async def prepare(connection: Db) -> None:
    """Settings of each new connection: jsonb arrives and leaves as Python values."""
    await connection.set_type_codec(
        "jsonb",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
        schema="pg_catalog",
    )


async def open_pool(dsn: str, *, size: int = 8) -> Pool:
    """A pool of at most `size` connections; it does not fail when the database is away."""
    pool: Pool = asyncpg.create_pool(
        dsn, min_size=0, max_size=size, init=prepare, timeout=POOL_WAIT_SECONDS
    )
    return await pool


@asynccontextmanager
async def connection(pool: Pool) -> AsyncIterator[Db]:
    """A connection outside any transaction. Raises DatabaseAway when none can be had in time."""
    try:
        db = await pool.acquire(timeout=POOL_WAIT_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError,
            asyncpg.TooManyConnectionsError, asyncpg.InterfaceError) as exc:  # fmt: skip
        raise DatabaseAway from exc
    try:
        yield cast(Db, db)
    finally:
        await pool.release(db)


@asynccontextmanager
async def transaction(pool: Pool, community: int) -> AsyncIterator[Db]:
    """One transaction in one community: row security sees no other. Commits at the end."""
    async with connection(pool) as db, db.transaction():
        await enter(db, community)
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
    for query in queries.available_queries:
        found = getattr(queries, query)
        if found.operation is SQLOperationType.SELECT and not query.endswith("_cursor"):
            setattr(queries, query, _listed(found))
    return queries


def _listed(query: Any) -> Any:
    """aiosql gives many rows one by one, after it fetched them all."""

    @wraps(query)
    async def listed(*args: Any, **kwargs: Any) -> list[asyncpg.Record]:
        return [found async for found in query(*args, **kwargs)]

    return listed


async def rows(kind: type[T], query: Awaitable[Any]) -> list[T]:
    """All rows of a query as Structs of `kind`."""
    return msgspec.convert([dict(found) for found in await query], list[kind])  # type: ignore[valid-type]


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
