"""Queries of the life of a signal: what its story asks for, and what the calendar does."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, one, rows
from timebank.signals.model import BACK_DAYS, CALL_BACKS, MET_WITHIN_DAYS, REMIND_DAYS, Outlook

q = load("signals")


class Unclaimed(msgspec.Struct, frozen=True):
    """Signals that nobody took for long: how many, and the oldest day; never of whom."""

    many: int
    since: date | None


class Lying(msgspec.Struct, frozen=True):
    """A signal that somebody took, without a talk since."""

    id: UUID
    party_id: UUID
    owner_id: UUID
    area_id: UUID


async def outlooks(db: Db, community: int, ids: Sequence[UUID]) -> dict[UUID, Outlook]:
    """What the stories of these open signals ask for, by id."""
    query = q.outlooks(db, community=community, ids=list(ids), within=MET_WITHIN_DAYS)
    return {found.id: found for found in await rows(Outlook, query)}


async def shown_in(db: Db, community: int, area: UUID) -> set[UUID]:
    """About whom a signal is open in a neighbourhood."""
    found = await q.shown_in(db, community=community, area=area)
    return {row["party_id"] for row in found}


async def unclaimed(db: Db, community: int, before: date) -> Unclaimed:
    """Signals raised on or before a day that nobody took."""
    return await one(Unclaimed, q.unclaimed(db, community=community, before=before))


async def left_lying(db: Db, community: int, today: date) -> list[Lying]:
    """Signals to give back, locked."""
    query = q.left_lying(
        db, community=community, before=today - timedelta(BACK_DAYS),
        due_before=today - timedelta(BACK_DAYS - REMIND_DAYS),
    )  # fmt: skip
    return await rows(Lying, query)


async def call_back(db: Db, community: int) -> None:
    """Whoever was introduced is asked after two weeks."""
    await q.call_back(db, community=community, days=CALL_BACKS[0])
