"""The run: every day the rule looks at every member who said yes, and only at them.

It raises a signal after two runs a week apart, lets one that nobody took lapse when the reasons are
long gone, and never moves what a person has taken.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank import contacts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.signals import rule, store
from timebank.signals.model import RAISED_DAYS, Desk, Judged, Running
from timebank.signals.rule import Reason, Verdict


async def run(db: Db, *, community: int, now: datetime) -> int:
    """Judge a whole community in this transaction; how many signals were raised.

    It may run every day, or twice a day: the answer depends on days, not on how often it ran.
    """
    today = local_date(now)
    await store.hold_run(db, community)
    await forget_unwanted(db, community=community)
    judged = await store.facts(db, community, today)
    verdicts = {facts.party_id: rule.judge(facts, today) for facts in judged}
    since = await _score(db, community, verdicts, today)
    running = await store.running(db, community)
    await _refresh(db, community, running, verdicts, now, today)
    high = [f for f in judged if rule.stayed(since.get(f.party_id), rule.RUN_DAYS, today)]
    raised = await _raise(db, community, high, verdicts, {r.party_id for r in running}, now, today)
    await reassign(db, community=community, now=now)
    await store.forget_old(db, community, today)
    await contacts.forget_old(db, community=community, now=now)
    await store.end_run(db, community, today)
    return raised


async def _score(
    db: Db, community: int, verdicts: dict[UUID, Verdict], today: date
) -> dict[UUID, date | None]:
    """Keep how members with evidence stand; since when each stood high."""
    before = await store.standings(db, community)
    since = {
        party: rule.high_since(before.get(party), verdict, today)
        for party, verdict in verdicts.items()
        if verdict.has_evidence
    }
    scores = [
        {"party_id": party, "score": verdicts[party].score, "high_since": high,
         "reasons": plain(verdicts[party].reasons)}
        for party, high in since.items()
    ]  # fmt: skip
    await store.put_scores(db, community, scores)
    return since


async def _refresh(
    db: Db, community: int, running: list[Running], verdicts: dict[UUID, Verdict],
    now: datetime, today: date,
) -> None:  # fmt: skip
    """What the rule says today of signals that are open; untaken ones may lapse."""
    rows = []
    lapsed = []
    for signal in running:
        verdict = verdicts.get(signal.party_id)
        if verdict is None:
            continue  # away for a while: nothing is judged
        low = rule.low_since(signal.low_since, verdict, today)
        reasons = plain(verdict.reasons) if verdict.has_evidence else None
        rows.append({"id": signal.id, "score": verdict.score, "reasons": reasons, "low_since": low})
        if signal.state == "raised" and rule.stayed(low, rule.LAPSE_DAYS, today):
            lapsed.append(signal.id)
    await store.refresh(db, community, rows, today)
    await store.lapse(db, community, lapsed, now, today)
    await store.engine_steps(db, community, lapsed, "raised", "lapsed", now)


async def _raise(
    db: Db, community: int, high: list[Judged], verdicts: dict[UUID, Verdict],
    open_already: set[UUID], now: datetime, today: date,
) -> int:  # fmt: skip
    """Open what stayed high, where there is a worker to look at it."""
    wanted = [f for f in high if f.party_id not in open_already]
    if not wanted:
        return 0
    closed = await store.ended(db, community, today - timedelta(days=rule.REOPEN_DAYS))
    desks = await store.desks(db, community, today)
    asides = await store.asides(db, community)
    load = {desk.worker_id: desk.load for desk in desks}
    raised = []
    for facts in wanted:
        verdict = verdicts[facts.party_id]
        before = closed.get(facts.party_id)
        if before is not None and verdict.score < before + rule.REOPEN_MORE:
            continue
        owner = pick(desks, load, asides, area=facts.area_id, party=facts.party_id)
        if owner is None:
            continue
        load[owner] += 1
        raised.append(
            {"id": new_id(), "party_id": facts.party_id, "score": verdict.score,
             "reasons": plain(verdict.reasons), "owner_id": owner}
        )  # fmt: skip
    await store.raise_signals(
        db, community, raised, due_on=today + timedelta(days=RAISED_DAYS), now=now, today=today
    )
    return len(raised)


def pick(
    desks: Iterable[Desk], load: dict[UUID, int], asides: set[tuple[UUID, UUID]], *, area: UUID,
    party: UUID,
) -> UUID | None:  # fmt: skip
    """The worker of this neighbourhood with the fewest open signals; not the member's own self, nor
    who stepped aside. None without one."""
    able = [
        desk.worker_id
        for desk in desks
        if desk.area_id == area
        and desk.worker_id != party
        and (desk.worker_id, party) not in asides
    ]
    return min(able, key=lambda worker: load[worker], default=None)


def plain(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as they are stored: codes and values."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(reasons))
    return found


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """Signals and follow-ups whose owner no longer watches over that member's neighbourhood get
    another owner: a colleague there, else an admin. After a move or the end of a role; every hour."""
    await store.reassign(db, community, local_date(now))
    await contacts.reassign(db, community=community, now=now)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """A yes was taken back, or the member is gone: score, signals, their story, and every note made
    under that yes go in this transaction. The answer itself stays."""
    await store.hold_run(db, community)
    await _wipe(db, community, party)


async def forget_unwanted(db: Db, *, community: int) -> None:
    """Whatever is kept of members without a yes, or who are not here any more, goes."""
    for party in await store.unwanted(db, community):
        await _wipe(db, community, party)


async def _wipe(db: Db, community: int, party: UUID) -> None:
    await store.forget(db, community, party)
    await contacts.forget_attention(db, community, party)
