"""Queries of the run: what the rule may know of members, how they stood, what it raised and let go."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank.areas import Terms
from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id
from timebank.signals import rule
from timebank.signals.model import (
    Desk,
    Ended,
    Judged,
    Running,
    Stood,
)
from timebank.signals.points import NOW, VERSIONS, Points

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


async def end_run(db: Db, community: int, today: date, version: int) -> None:
    """The day and the version of the points, for the record."""
    await q.end_run(db, community=community, today=today, version=version)


async def points(db: Db, community: int) -> Points:
    """The points this community goes by: what somebody decided last, else what all start with."""
    version = await q.version(db, community=community)
    return VERSIONS.get(version, NOW) if version is not None else NOW


async def decide(
    db: Db, community: int, *, version: int, by: UUID, come: int, go: int, now: datetime
) -> None:
    """From now on this community goes by these points; who decided is kept."""
    await q.decide(
        db, community=community, id=new_id(), version=version, by=by, come=come, go=go, now=now
    )


async def facts(db: Db, community: int, today: date, party: UUID | None = None) -> list[Judged]:
    """What the rule may know, of every member it may look at, or of one."""

    def days(count: int) -> date:
        return today - timedelta(days=count)

    whom = {"community": community, "party": party}
    members = await q.judged(
        db, **whom, today=today,
        grace=start_of_day(days(rule.GRACE_DAYS - 1)), back=start_of_day(days(rule.BACK_DAYS - 1)),
        adult_year=today.year - ADULT_YEARS,
    )  # fmt: skip
    known = [
        await q.meetings(
            db, **whom, today=today, lately_since=days(rule.LATELY_DAYS),
            long_since=days(rule.LONG_DAYS), kept_since=days(rule.KEPT_DAYS),
        ),
        await q.asking(
            db, **whom, asked_from=start_of_day(days(rule.LONG_DAYS)),
            asked_until=start_of_day(days(rule.ASKED_DAYS - 1)),
        ),
        await q.said(db, **whom, today=today, said_from=days(rule.SAID_DAYS)),
        await q.been(db, **whom, today=today, kept_since=days(rule.KEPT_DAYS)),
    ]  # fmt: skip
    found = {member["party_id"]: dict(member) for member in members}
    for rows_ in known:
        for row in rows_:
            if row["party_id"] in found:
                found[row["party_id"]].update(row)
    return msgspec.convert(list(found.values()), list[Judged])


async def standings(db: Db, community: int) -> dict[UUID, Stood]:
    """How each member stood at the last run, of whom something is kept."""
    found = await rows(Stood, q.standings(db, community=community))
    return {s.party_id: s for s in found}


async def put_scores(db: Db, community: int, version: int, scores: list[dict[str, Any]]) -> None:
    """How members with evidence stand today; everybody else's row goes."""
    await q.put_scores(db, community=community, version=version, scores=scores)
    await q.drop_scores(db, community=community, but=[s["party_id"] for s in scores])


async def running(db: Db, community: int) -> list[Running]:
    """Open signals."""
    return await rows(Running, q.running(db, community=community))


async def refresh(
    db: Db, community: int, version: int, signals: list[dict[str, Any]], today: date
) -> None:
    """What the rule says of open signals today."""
    await q.refresh(db, community=community, version=version, today=today, signals=signals)


async def lapse(db: Db, community: int, ids: Sequence[UUID], now: datetime, today: date) -> None:
    """Nobody took them, and there is no reason any more."""
    await q.lapse(db, community=community, ids=list(ids), now=now, today=today)


async def ended(db: Db, community: int, since: date) -> dict[UUID, list[Ended]]:
    """What ended since a day, of each member."""
    found: dict[UUID, list[Ended]] = {}
    for signal in await rows(Ended, q.ended(db, community=community, since=since)):
        found.setdefault(signal.party_id, []).append(signal)
    return found


async def opened_lately(db: Db, community: int, since: date) -> Counter[bool]:
    """How many the rule put on the list since a day, by channel (online or not)."""
    found = await q.opened_lately(db, community=community, since=since)
    return Counter(row["online"] for row in found)


async def desks(db: Db, community: int, today: date) -> list[Desk]:
    """Workers by neighbourhood."""
    week_ago = today - timedelta(days=rule.RUN_DAYS)
    return await rows(Desk, q.desks(db, community=community, today=today, week_ago=week_ago))


async def asides(db: Db, community: int) -> set[tuple[UUID, UUID]]:
    """(worker, member): who stepped aside for whom."""
    found = await q.asides(db, community=community)
    return {(r["worker_id"], r["party_id"]) for r in found}


async def raise_signals(
    db: Db, community: int, version: int, signals: list[dict[str, Any]], *, due_on: date,
    now: datetime, today: date,
) -> None:  # fmt: skip
    """New signals (each: id, party_id, lane, score, reasons, owner_id), with their first step."""
    await q.raise_signals(
        db, community=community, signals=signals, version=version, due_on=due_on,
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


async def reassign(db: Db, community: int, today: date) -> None:
    """Signals of who no longer works there get another owner."""
    await q.reassign(db, community=community, today=today)


async def unwanted(db: Db, community: int) -> list[UUID]:
    """Members of whom something is kept that may not be."""
    return [r["party_id"] for r in await q.unwanted(db, community=community)]


async def forget_old(db: Db, community: int, terms: Terms, today: date) -> None:
    """What is past the community's term; and what a closed one weighed, once it cannot matter any
    more."""
    term = {
        "lapsed_before": today - timedelta(days=terms.unfollowed_days),
        "closed_before": today - timedelta(days=terms.notes_days),
    }
    await q.forget_weight(db, community=community, before=today - timedelta(days=rule.REOPEN_DAYS))
    await q.forget_old_steps(db, community=community, **term)
    await q.forget_old(db, community=community, **term)
