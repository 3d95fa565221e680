"""Queries of the ties."""

from datetime import date
from uuid import UUID

from timebank.kernel.db import Db, load, one, rows
from timebank.ties.model import LATELY, Counts, Tie

q = load("ties")


async def circle(db: Db, community: int, party: UUID, limit: int = 50) -> list[Tie]:
    """Everybody a member met, the latest first. Workers, organisations, the own household, who is
    blocked either way or erased are left out; who left or died is there as `gone`."""
    return await rows(Tie, q.circle(db, community=community, party=party, limit=limit))


async def counts(db: Db, community: int, party: UUID, *, today: date) -> Counts:
    """How many different people a member has a tie with; `lately` is the last 90 days."""
    query = q.counts(db, community=community, party=party, since=today - LATELY)
    return await one(Counts, query)
