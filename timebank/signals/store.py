"""Queries of the signals."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db, load, one, rows
from timebank.kernel.ids import new_id
from timebank.signals import rule
from timebank.signals.model import (
    CLOSED_KEPT_DAYS,
    LAPSED_KEPT_DAYS,
    Desk,
    Ended,
    Judged,
    Listed,
    Running,
    Signal,
    Standing,
    Step,
)

q = load("signals")
ADULT_YEARS = 18
"""Who may be under eighteen is never judged."""


async def hold_run(db: Db, community: int) -> None:
    """This transaction alone runs, or takes a yes back: neither misses what the other writes."""
    await q.begin_run(db, community=community)
    await q.hold_run(db, community=community)


async def share_run(db: Db, community: int) -> None:
    """No yes is taken back while this transaction notes what it allows."""
    await q.begin_run(db, community=community)
    await q.share_run(db, community=community)


async def end_run(db: Db, community: int, today: date) -> None:
    """The day and the version of the points, for the record."""
    await q.end_run(db, community=community, today=today, version=rule.NOW.version)


async def facts(db: Db, community: int, today: date) -> list[Judged]:
    """What the rule may know, of every member it may look at."""

    def days(count: int) -> date:
        return today - timedelta(days=count)

    members = await q.judged(
        db, community=community, today=today,
        grace=start_of_day(days(rule.GRACE_DAYS - 1)), back=start_of_day(days(rule.BACK_DAYS - 1)),
        adult_year=today.year - ADULT_YEARS,
    )  # fmt: skip
    meetings = await q.meetings(
        db, community=community, today=today, lately_since=days(rule.LATELY_DAYS),
        long_since=days(rule.LONG_DAYS), kept_since=days(rule.KEPT_DAYS),
    )  # fmt: skip
    asking = await q.asking(
        db, community=community, asked_from=start_of_day(days(rule.LONG_DAYS)),
        asked_until=start_of_day(days(rule.ASKED_DAYS - 1)),
    )  # fmt: skip
    met = {row["party_id"]: dict(row) for row in meetings}
    asked = {row["party_id"]: dict(row) for row in asking}
    return msgspec.convert(
        [met.get(m["party_id"], {}) | asked.get(m["party_id"], {}) | dict(m) for m in members],
        list[Judged],
    )


async def standings(db: Db, community: int) -> dict[UUID, date | None]:
    """Since when each member with evidence stood high."""
    found = await rows(Standing, q.standings(db, community=community))
    return {s.party_id: s.high_since for s in found}


async def put_scores(db: Db, community: int, scores: list[dict[str, Any]]) -> None:
    """How members with evidence stand today; everybody else's row goes."""
    await q.put_scores(db, community=community, version=rule.NOW.version, scores=scores)
    await q.drop_scores(db, community=community, but=[s["party_id"] for s in scores])


async def running(db: Db, community: int) -> list[Running]:
    """Open signals."""
    return await rows(Running, q.running(db, community=community))


async def refresh(db: Db, community: int, signals: list[dict[str, Any]], today: date) -> None:
    """What the rule says of open signals today."""
    await q.refresh(db, community=community, version=rule.NOW.version, today=today, signals=signals)


async def lapse(db: Db, community: int, ids: Sequence[UUID], now: datetime, today: date) -> None:
    """Nobody took them, and there is no reason any more."""
    await q.lapse(db, community=community, ids=list(ids), now=now, today=today)


async def ended(db: Db, community: int, since: date) -> dict[UUID, int]:
    """What the signals that people closed since a day weighed, the heaviest of each member."""
    found = await rows(Ended, q.ended(db, community=community, since=since))
    return {e.party_id: e.score for e in sorted(found, key=lambda e: e.score)}


async def desks(db: Db, community: int, today: date) -> list[Desk]:
    """Workers by neighbourhood."""
    return await rows(Desk, q.desks(db, community=community, today=today))


async def asides(db: Db, community: int) -> set[tuple[UUID, UUID]]:
    """(worker, member): who stepped aside for whom."""
    found = await q.asides(db, community=community)
    return {(r["worker_id"], r["party_id"]) for r in found}


async def raise_signals(
    db: Db, community: int, signals: list[dict[str, Any]], *, due_on: date, now: datetime,
    today: date,
) -> None:  # fmt: skip
    """New signals (each: id, party_id, score, reasons, owner_id), with their first step."""
    await q.raise_signals(
        db, community=community, signals=signals, version=rule.NOW.version, due_on=due_on,
        now=now, today=today,
    )  # fmt: skip
    await engine_steps(db, community, [s["id"] for s in signals], None, "raised", now)


async def engine_steps(
    db: Db, community: int, signals: Sequence[UUID], from_state: str | None, to_state: str,
    now: datetime,
) -> None:  # fmt: skip
    """What the engine did to these signals."""
    steps = [{"id": new_id(), "signal_id": signal} for signal in signals]
    await q.engine_steps(
        db, community=community, steps=steps, from_state=from_state, to_state=to_state, now=now
    )


async def step(
    db: Db, *, community: int, signal: UUID, actor: UUID | None, from_state: str | None,
    to_state: str, reason: str, now: datetime,
) -> None:  # fmt: skip
    """One line of what happened to a signal."""
    await q.step(
        db, community=community, id=new_id(), signal=signal, actor=actor, from_state=from_state,
        to_state=to_state, reason=reason, now=now,
    )  # fmt: skip


async def reassign(db: Db, community: int, today: date) -> None:
    """Signals of who no longer works there get another owner."""
    await q.reassign(db, community=community, today=today)


async def open_in_areas(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, owner: UUID | None,
    today: date, forgotten: date, limit: int,
) -> list[Listed]:  # fmt: skip
    """What waits in these neighbourhoods, the oldest date first. With `owner` what lies with them,
    and what anybody left lying since before `forgotten`."""
    query = q.open_in_areas(
        db, community=community, areas=list(areas), worker=worker, owner=owner, today=today,
        forgotten=forgotten, limit=limit,
    )  # fmt: skip
    return await rows(Listed, query)


async def of_party(db: Db, community: int, party: UUID, limit: int) -> list[Signal]:
    """A member's signals, the newest first."""
    return await rows(Signal, q.of_party(db, community=community, party=party, limit=limit))


async def shown(db: Db, community: int, id_: UUID) -> Signal:
    """One signal while it may be seen. Raises NotFound."""
    return await one(Signal, q.shown(db, community=community, id=id_))


async def move(
    db: Db, *, community: int, id_: UUID, from_state: str, state: str, owner: UUID | None,
    due_on: date | None, now: datetime, snooze_until: date | None = None,
    plan: str | None = None, outcome: str | None = None, closed_on: date | None = None,
) -> bool:  # fmt: skip
    """One step; False when somebody else was first."""
    found = await q.move(
        db, community=community, id=id_, from_state=from_state, state=state, owner=owner,
        due_on=due_on, now=now, snooze_until=snooze_until, plan=plan, outcome=outcome,
        closed_on=closed_on,
    )  # fmt: skip
    return bool(found)


async def hand_over(db: Db, *, community: int, id_: UUID, from_state: str, to: UUID) -> bool:
    """Another owner; False when it changed in the meantime."""
    found = await q.hand_over(db, community=community, id=id_, from_state=from_state, to=to)
    return bool(found)


async def steps(db: Db, community: int, signal: UUID) -> list[Step]:
    """What happened to a signal, in order."""
    return await rows(Step, q.steps(db, community=community, signal=signal))


async def unwanted(db: Db, community: int) -> list[UUID]:
    """Members of whom something is kept that may not be."""
    return [r["party_id"] for r in await q.unwanted(db, community=community)]


async def forget(db: Db, community: int, party: UUID) -> None:
    """Score, signals and their story."""
    await q.forget_steps(db, community=community, party=party)
    await q.forget(db, community=community, party=party)
    await q.forget_score(db, community=community, party=party)


async def forget_old(db: Db, community: int, today: date) -> None:
    """What is past its term."""
    term = {
        "lapsed_before": today - timedelta(days=LAPSED_KEPT_DAYS),
        "closed_before": today - timedelta(days=CLOSED_KEPT_DAYS),
    }
    await q.forget_old_steps(db, community=community, **term)
    await q.forget_old(db, community=community, **term)


async def looked_today(
    db: Db, *, community: int, worker: UUID, parties: Sequence[UUID], since: datetime
) -> set[UUID]:
    """Which of these members this worker looked at since a moment."""
    found = await q.looked_today(
        db, community=community, worker=worker, parties=list(parties), since=since
    )
    return {r["subject_id"] for r in found}
