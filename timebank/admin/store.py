"""Queries of the admin's own; everything else is asked from the slices that own it."""

from timebank.kernel.db import Db, load

q = load("admin")


async def beyond(db: Db, community: int, low: int, high: int) -> int:
    """How many members have a balance beyond these limits (minutes)."""
    found: int = await q.beyond(db, community=community, low=low, high=high)
    return found
