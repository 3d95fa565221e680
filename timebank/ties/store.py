"""Queries of the ties."""

from datetime import date
from uuid import UUID

from timebank.kernel.db import Db, load, one, rows
from timebank.ties.model import LATELY, Counts, Met, Month, Resident

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


async def residents(
    db: Db, community: int, area: UUID, *, worker: UUID, today: date
) -> list[Resident]:
    """Who takes part in a neighbourhood and does not work here, by name, as this worker may see them."""
    query = q.residents(db, community=community, area=area, worker=worker, today=today)
    return await rows(Resident, query)


async def met_in_area(db: Db, community: int, area: UUID, *, since: date) -> dict[UUID, set[UUID]]:
    """Whom everybody of a neighbourhood met after a day, wherever those live."""
    found: dict[UUID, set[UUID]] = {}
    for row in await q.met_in_area(db, community=community, area=area, since=since):
        found.setdefault(row["party_id"], set()).add(row["other_id"])
    return found


async def new_by_month(
    db: Db, community: int, area: UUID, *, since: date, today: date
) -> list[Month]:
    """How many ties of a neighbourhood began in each month; months without any are left out."""
    query = q.new_by_month(db, community=community, area=area, since=since, today=today)
    return await rows(Month, query)
