"""What becomes of a need when the appointment about it ends: it was met, or it is asked again.

Posts are always locked first, before the exchange: call these before taking that.
"""

from datetime import datetime
from uuid import UUID

from timebank import posts
from timebank.exchanges import lists, store
from timebank.exchanges.model import AGREED, Exchange
from timebank.kernel.db import Db

ONCE_AGREED = (*AGREED, "done", "disputed")
WAS_DONE = frozenset({"free_help", "another_exchange"})
"""Reasons to close without hours that say that the help was given."""


async def hold(db: Db, community: int, exchange: UUID) -> UUID | None:
    """The post of an exchange, locked until the transaction ends; None without one."""
    post = await store.post_of(db, community, exchange)
    if post is not None:
        await posts.hold(db, community=community, id_=post)
    return post


async def met(db: Db, community: int, exchange: UUID, now: datetime) -> None:
    """The help was given, however that was settled: its need is over. Undone with the rest when the
    booking is refused."""
    post = await store.post_of(db, community, exchange)
    if post is not None:
        await posts.close(db, community=community, id_=post, now=now)


async def ended(
    db: Db, community: int, seen: Exchange, now: datetime, *, reason: str,
    whole_series: bool = False,
) -> None:  # fmt: skip
    """The appointment ends without hours. Its need is open again, unless the help was given after all
    or another appointment about it still stands (another date of a series)."""
    if seen.post_id is None or seen.state not in ONCE_AGREED:
        return
    was_said_done = seen.state not in AGREED and reason in ("other", "gone")
    if reason in WAS_DONE or was_said_done:
        await met(db, community, seen.id, now)
        return
    await hold(db, community, seen.id)
    if not await lists.another_stands(db, community, seen.id, but_series=whole_series):
        await posts.reopen(db, community=community, id_=seen.post_id, now=now)
