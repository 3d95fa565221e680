"""Queries of the signals."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank.kernel.db import Db, load, one, rows
from timebank.kernel.ids import new_id
from timebank.signals.model import (
    Listed,
    OpenNow,
    Signal,
    Step,
)

q = load("signals")


async def open_of(db: Db, community: int, party: UUID) -> OpenNow | None:
    """The open signal of one member, whoever may see it."""
    found = await rows(OpenNow, q.open_of(db, community=community, party=party))
    return found[0] if found else None


async def add_told(
    db: Db, community: int, id_: UUID, *, reasons: list[dict[str, Any]], lane: str, due_on: date
) -> None:
    """What a person said belongs to an open signal, which is looked at by `due_on` at the latest."""
    await q.add_told(db, community=community, id=id_, reasons=reasons, lane=lane, due_on=due_on)


async def step(
    db: Db, *, community: int, signal: UUID, actor: UUID | None, from_state: str | None,
    to_state: str, reason: str, now: datetime,
) -> None:  # fmt: skip
    """One line of what happened to a signal."""
    await q.step(
        db, community=community, id=new_id(), signal=signal, actor=actor, from_state=from_state,
        to_state=to_state, reason=reason, now=now,
    )  # fmt: skip


async def open_in_areas(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, colleagues: Sequence[UUID],
    today: date, forgotten: date, limit: int,
) -> list[Listed]:  # fmt: skip
    """What waits in these neighbourhoods, the oldest date first; last what lies with colleagues,
    unless it lies there since before `forgotten`."""
    query = q.open_in_areas(
        db, community=community, areas=list(areas), worker=worker, colleagues=list(colleagues),
        today=today, forgotten=forgotten, limit=limit,
    )  # fmt: skip
    return await rows(Listed, query)


async def of_party(db: Db, community: int, party: UUID, limit: int) -> list[Signal]:
    """A member's signals, the newest first."""
    return await rows(Signal, q.of_party(db, community=community, party=party, limit=limit))


async def with_chance(db: Db, community: int) -> bool:
    """Whether this community puts some members among the calls at random."""
    return bool(await q.with_chance(db, community=community))


async def set_chance(db: Db, community: int, on: bool) -> None:
    """Turn that on or off."""
    await q.set_chance(db, community=community, chance=on)


async def objected_of(db: Db, community: int, party: UUID, on: date) -> UUID | None:
    """The signal that ended with the member's own word on that day."""
    found: UUID | None = await q.objected_of(db, community=community, party=party, on=on)
    return found


async def shown(db: Db, community: int, id_: UUID) -> Signal:
    """One signal while it may be seen. Raises NotFound."""
    return await one(Signal, q.shown(db, community=community, id=id_))


async def move(
    db: Db, *, community: int, id_: UUID, from_state: str, state: str, owner: UUID | None,
    due_on: date | None, now: datetime, snooze_until: date | None = None,
    plan: str | None = None, outcome: str | None = None, closed_on: date | None = None,
    verdict: str | None = None,
) -> bool:  # fmt: skip
    """One step; False when somebody else was first."""
    found = await q.move(
        db, community=community, id=id_, from_state=from_state, state=state, owner=owner,
        due_on=due_on, now=now, snooze_until=snooze_until, plan=plan, outcome=outcome,
        closed_on=closed_on, verdict=verdict,
    )  # fmt: skip
    return bool(found)


async def hand_over(db: Db, *, community: int, id_: UUID, from_state: str, to: UUID) -> bool:
    """Another owner; False when it changed in the meantime."""
    found = await q.hand_over(db, community=community, id=id_, from_state=from_state, to=to)
    return bool(found)


async def steps(db: Db, community: int, signal: UUID) -> list[Step]:
    """What happened to a signal, in order."""
    return await rows(Step, q.steps(db, community=community, signal=signal))


async def forget(db: Db, community: int, party: UUID) -> None:
    """Score, signals and their story."""
    for query in (q.forget_steps, q.forget, q.forget_score):
        await query(db, community=community, party=party)


async def looked_today(
    db: Db, *, community: int, worker: UUID, parties: Sequence[UUID], since: datetime
) -> set[UUID]:
    """Which of these members this worker looked at since a moment."""
    found = await q.looked_today(
        db, community=community, worker=worker, parties=list(parties), since=since
    )
    return {r["subject_id"] for r in found}
