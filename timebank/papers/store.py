"""Queries for what is printed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from timebank.kernel.db import Db, load, rows
from timebank.papers.model import Receiver

q = load("papers")


async def receivers(
    db: Db, *, community: int, areas: Sequence[UUID], ids: Iterable[UUID]
) -> list[Receiver]:
    """These members of these neighbourhoods by name, with their address."""
    query = q.receivers(db, community=community, areas=list(areas), ids=list(ids))
    return await rows(Receiver, query)
