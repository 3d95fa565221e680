"""Queries of the ties."""

from datetime import date
from uuid import UUID

from timebank.kernel.db import Db, load, one, rows
from timebank.ties.model import LATELY, Counts, Met

q = load("ties")


async def circle(db: Db, community: int, party: UUID, *, on: date, limit: int = 50) -> list[Met]:
    """Everybody a member had met by a day, the latest first. Workers, organisations, the own household,
    who is blocked either way, suspended or erased are left out; who left or died is there as `gone`."""
    query = q.circle(db, community=community, party=party, day=on, limit=limit)
    return await rows(Met, query)


async def talked_with(db: Db, community: int, party: UUID, *, on: date) -> list[Met]:
    """The worker a member spoke with last, if any; no tie."""
    return await rows(Met, q.talked_with(db, community=community, party=party, day=on))


async def counts(db: Db, community: int, party: UUID, *, today: date) -> Counts:
    """How many different people a member has a tie with; `lately` is the last 90 days."""
    query = q.counts(db, community=community, party=party, since=today - LATELY)
    return await one(Counts, query)
