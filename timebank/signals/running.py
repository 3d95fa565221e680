"""The run: every day the rule looks at every member who said yes, and only at them.

It raises a signal after two runs a week apart, as far as workers have room; at once for who asks
herself. It lets one that nobody took lapse when the reasons are long gone, and never moves what a person
has taken.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import areas, contacts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.signals import opening, rule, run_store, said_store, store
from timebank.signals.model import Place, Running, Standing
from timebank.signals.opening import Seen
from timebank.signals.points import Points
from timebank.signals.rule import Reason, Verdict


async def run(db: Db, *, community: int, now: datetime) -> int:
    """Judge a whole community in this transaction; how many signals were raised.

    It may run every day, or twice a day: the answer depends on days, not on how often it ran.
    """
    today = local_date(now)
    await run_store.hold_run(db, community)
    await forget_unwanted(db, community=community)
    points = await run_store.points(db, community)
    seen = await look(db, community, points, now)
    running = await run_store.running(db, community)
    await _refresh(db, community, points, running, seen, now)
    raised = await opening.open_up(
        db, community, points, list(seen.values()), {r.party_id for r in running}, now
    )
    await reassign(db, community=community, now=now)
    await run_store.forget_old(db, community, await areas.terms(db, community), today)
    await said_store.forget_old(db, community, today)
    await contacts.forget_old(db, community=community, now=now)
    await run_store.end_run(db, community, today, points.version)
    return raised


async def look(db: Db, community: int, points: Points, now: datetime) -> dict[UUID, Seen]:
    """Judge everybody the rule may look at, and keep how those with evidence stand."""
    before = await run_store.standings(db, community)
    seen = await judge_all(db, community, points, before, now)
    scores = []
    for found in seen.values():
        stood = before.get(found.facts.party_id)
        if found.verdict.has_evidence:
            scores.append(_score(found, found.verdict.reasons))
        elif stood is not None and found.standing.stands_since is not None:
            scores.append(_score(found, stood.reasons))
    await run_store.put_scores(db, community, points.version, scores)
    return seen


async def judge_all(
    db: Db, community: int, points: Points, before: Mapping[UUID, Standing], now: datetime
) -> dict[UUID, Seen]:
    """What the rule says today of everybody it may look at; nothing is kept. Who objected is left in
    peace, unless she has asked for contact since. `before`: how they stood at the last run."""
    today = local_date(now)
    seen = {}
    for facts in await run_store.facts(db, community, today):
        verdict = rule.judge(facts, today, points)
        if facts.muted_on is not None and not (verdict.asks and facts.asks_again):
            continue
        stood = before.get(facts.party_id) or Standing()
        seen[facts.party_id] = Seen(facts, verdict, rule.follow(stood, verdict, today, points))
    return seen


async def everybody(db: Db, *, community: int, now: datetime) -> list[Place]:
    """How everybody the rule may look at stands after today's run, whether a signal is open or not; the
    highest first. For trials: no page shows this."""
    today = local_date(now)
    before = await run_store.standings(db, community)
    seen = await judge_all(db, community, await run_store.points(db, community), before, now)
    return [
        Place(
            party_id=s.facts.party_id, score=s.verdict.score, reasons=list(s.verdict.reasons),
            lane=rule.lane(s.facts, s.verdict, s.standing.stands_since is not None, today),
        )
        for s in sorted(seen.values(), key=_highest_first)
    ]  # fmt: skip


def _highest_first(seen: Seen) -> tuple[int, int, bool, UUID]:
    """By score; those with the same by what they weigh in full, then who asks herself."""
    verdict = seen.verdict
    return (-verdict.score, -verdict.total, not verdict.asks, seen.facts.party_id)


def _score(seen: Seen, reasons: Iterable[Reason]) -> dict[str, Any]:
    standing = seen.standing
    return {
        "party_id": seen.facts.party_id, "score": seen.verdict.score,
        "reasons": opening.plain(reasons), "high_since": standing.high_since,
        "low_since": standing.low_since, "stands_since": standing.stands_since,
    }  # fmt: skip


async def _refresh(
    db: Db, community: int, points: Points, running: list[Running], seen: dict[UUID, Seen],
    now: datetime,
) -> None:  # fmt: skip
    """What the rule says today of signals that are open; untaken ones may lapse."""
    today = local_date(now)
    rows = []
    lapsed = []
    for signal in running:
        found = seen.get(signal.party_id)
        if found is None:
            continue  # away for a while: nothing is judged
        verdict = found.verdict
        low = rule.low_since(signal.low_since, verdict, today, points)
        fresh = opening.plain([*signal.told, *verdict.reasons])
        rows.append(
            {"id": signal.id, "score": verdict.score, "low_since": low,
             "reasons": fresh if verdict.has_evidence or signal.told else None,
             "lane": _lane(signal, verdict)}
        )  # fmt: skip
        long_low = not signal.told and rule.stayed(low, rule.LAPSE_DAYS, today)
        unfollowed = rule.stayed(signal.opened_on, rule.UNFOLLOWED_DAYS, today)
        asked = _lane(signal, verdict) == "asks"
        if signal.state == "raised" and not asked and (long_low or unfollowed):
            lapsed.append(signal.id)
    await run_store.refresh(db, community, points.version, rows, today)
    await run_store.lapse(db, community, lapsed, now, today)
    await run_store.engine_steps(db, community, lapsed, "raised", "lapsed", now)


def _lane(signal: Running, verdict: Verdict) -> str:
    """Who asks comes first as long as she asks; what people told stays told."""
    if verdict.asks or any(reason.code == "visit" for reason in signal.told):
        return "asks"
    return "told" if signal.told else "seeks"


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """Signals and follow-ups whose owner no longer watches over that member's neighbourhood get
    another owner: a colleague there, else an admin. After a move or the end of a role; every hour."""
    await run_store.reassign(db, community, local_date(now))
    await said_store.reassign(db, community, local_date(now))
    await contacts.reassign(db, community=community, now=now)


async def withdraw(db: Db, *, community: int, party: UUID) -> None:
    """A yes was taken back: score, signals, their story, what was said and told, and every note made
    under that yes go in this transaction. The answer itself stays."""
    await run_store.hold_run(db, community)
    await _wipe(db, community, party)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """The member is erased: all of that, and what this member told of others."""
    await withdraw(db, community=community, party=party)
    await said_store.forget_told(db, community, party)


async def forget_unwanted(db: Db, *, community: int) -> None:
    """Whatever is kept of members without a yes, or who are not here any more, goes."""
    for party in await run_store.unwanted(db, community):
        await _wipe(db, community, party)


async def _wipe(db: Db, community: int, party: UUID) -> None:
    await store.forget(db, community, party)
    await said_store.forget(db, community, party)
    await contacts.forget_attention(db, community, party)
