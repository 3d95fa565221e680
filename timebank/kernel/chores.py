"""Chores: work that the calendar asks for, done once by whichever process comes first."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
import msgspec

from timebank.kernel.db import Db, Pool, connection, load, transaction

q = load("chores")


class Chore(msgspec.Struct, frozen=True):
    """`do(db, community=…, now=…)`, at most once every `every`, in a transaction of its own."""

    name: str
    every: timedelta
    do: Callable[..., Awaitable[object]]


async def communities(pool: Pool) -> list[int]:
    """Every community of this platform."""
    async with connection(pool) as db:
        return [row["id"] for row in await q.communities(db)]


async def claim(db: Db, *, community: int, chore: Chore, now: datetime) -> bool:
    """Whether it is this process's turn; the row is locked until its transaction ends."""
    try:
        found = await q.claim(
            db, community=community, name=chore.name, now=now, before=now - chore.every,
            ahead=now + chore.every,
        )  # fmt: skip
    except asyncpg.LockNotAvailableError:
        return False  # somebody is at it, and takes long
    return bool(found)


async def run(pool: Pool, *, community: int, chore: Chore, now: datetime) -> bool:
    """Do the chore when it is due. When it fails, nothing was done and it is due again."""
    async with transaction(pool, community) as db:
        if not await claim(db, community=community, chore=chore, now=now):
            return False
        await chore.do(db, community=community, now=now)
        return True
