"""What the calendar asks of signals: give back what was left lying, call back after a plan."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.signals import life_store, opening, run_store, store
from timebank.signals.life_store import Unclaimed
from timebank.signals.model import (
    RAISED_DAYS,
    UNCLAIMED_WORKING_DAYS,
    Outlook,
    working_days_ago,
)
from timebank.web import policy
from timebank.web.viewer import Viewer


async def chase(db: Db, *, community: int, now: datetime) -> None:
    """For the job runner, each hour; twice changes nothing more. What a worker took without a talk
    for three weeks goes back: another worker of the neighbourhood may take it. Nothing else that a
    person did is undone."""
    today = local_date(now)
    await life_store.call_back(db, community)
    lying = await life_store.left_lying(db, community, today)
    if not lying:
        return
    desks, asides = (
        await run_store.desks(db, community, today),
        await run_store.asides(db, community),
    )
    load = {desk.worker_id: desk.load for desk in desks}
    for found in lying:
        others = [desk for desk in desks if desk.worker_id != found.owner_id]
        owner = opening.pick(others, load, asides, area=found.area_id, party=found.party_id)
        await store.move(
            db, community=community, id_=found.id, from_state="taken", state="raised", now=now,
            owner=owner or found.owner_id, due_on=today + timedelta(RAISED_DAYS),
        )  # fmt: skip
        await store.step(
            db, community=community, signal=found.id, actor=None, from_state="taken",
            to_state="raised", reason="went_back", now=now,
        )  # fmt: skip


async def outlooks(db: Db, community: int, signals: list[Any]) -> dict[UUID, Outlook]:
    """What the story of each of these signals asks for; for who may see them."""
    return await life_store.outlooks(db, community, [s.id for s in signals if s.is_open])


async def unclaimed(db: Db, viewer: Viewer, *, now: datetime) -> Unclaimed | None:
    """For an admin: how many signals wait too long for a worker; None without any."""
    if not policy.may(viewer, "job.see"):
        return None
    before = working_days_ago(local_date(now), UNCLAIMED_WORKING_DAYS)
    found = await life_store.unclaimed(db, viewer.community_id, before)
    return found if found.many else None
