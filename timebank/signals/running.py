"""The run: every day the rule looks at every member who said yes, and only at them.

It raises a signal after two runs a week apart, as far as workers have room; at once for who asks
herself. It lets one that nobody took lapse when the reasons are long gone, and never moves what a person
has taken.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import contacts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.signals import opening, rule, said_store, store
from timebank.signals.model import Judged, Running, Standing
from timebank.signals.opening import Seen
from timebank.signals.points import Points
from timebank.signals.rule import Reason, Verdict


async def run(db: Db, *, community: int, now: datetime) -> int:
    """Judge a whole community in this transaction; how many signals were raised.

    It may run every day, or twice a day: the answer depends on days, not on how often it ran.
    """
    today = local_date(now)
    await store.hold_run(db, community)
    await forget_unwanted(db, community=community)
    points = await store.points(db, community)
    seen = await look(db, community, points, now)
    running = await store.running(db, community)
    await _refresh(db, community, points, running, seen, now)
    raised = await opening.open_up(
        db, community, points, list(seen.values()), {r.party_id for r in running}, now
    )
    await reassign(db, community=community, now=now)
    await store.forget_old(db, community, today)
    await said_store.forget_old(db, community, today)
    await contacts.forget_old(db, community=community, now=now)
    await store.end_run(db, community, today, points.version)
    return raised


async def look(db: Db, community: int, points: Points, now: datetime) -> dict[UUID, Seen]:
    """Judge everybody the rule may look at, and keep how those with evidence stand. Who objected is
    left in peace, unless she has asked for contact since."""
    today = local_date(now)
    before = await store.standings(db, community)
    seen = {}
    scores = []
    for facts in await store.facts(db, community, today):
        verdict = rule.judge(facts, today, points)
        if facts.muted_on is not None and not (verdict.asks and facts.asks_again):
            continue
        stood = before.get(facts.party_id)
        standing = rule.follow(stood or Standing(), verdict, today, points)
        seen[facts.party_id] = Seen(facts, verdict, standing)
        if verdict.has_evidence:
            scores.append(_score(facts, verdict, standing, verdict.reasons))
        elif stood is not None and standing.stands_since is not None:
            scores.append(_score(facts, verdict, standing, stood.reasons))
    await store.put_scores(db, community, points.version, scores)
    return seen


def _score(
    facts: Judged, verdict: Verdict, standing: Standing, reasons: Iterable[Reason]
) -> dict[str, Any]:
    return {
        "party_id": facts.party_id, "score": verdict.score, "reasons": opening.plain(reasons),
        "high_since": standing.high_since, "low_since": standing.low_since,
        "stands_since": standing.stands_since,
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
    await store.refresh(db, community, points.version, rows, today)
    await store.lapse(db, community, lapsed, now, today)
    await store.engine_steps(db, community, lapsed, "raised", "lapsed", now)


def _lane(signal: Running, verdict: Verdict) -> str:
    """Who asks comes first as long as she asks; what people told stays told."""
    if verdict.asks or any(reason.code == "visit" for reason in signal.told):
        return "asks"
    return "told" if signal.told else "seeks"


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """Signals and follow-ups whose owner no longer watches over that member's neighbourhood get
    another owner: a colleague there, else an admin. After a move or the end of a role; every hour."""
    await store.reassign(db, community, local_date(now))
    await contacts.reassign(db, community=community, now=now)


async def withdraw(db: Db, *, community: int, party: UUID) -> None:
    """A yes was taken back: score, signals, their story, what was said and told, and every note made
    under that yes go in this transaction. The answer itself stays."""
    await store.hold_run(db, community)
    await _wipe(db, community, party)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """The member is erased: all of that, and what this member told of others."""
    await withdraw(db, community=community, party=party)
    await said_store.forget_told(db, community, party)


async def forget_unwanted(db: Db, *, community: int) -> None:
    """Whatever is kept of members without a yes, or who are not here any more, goes."""
    for party in await store.unwanted(db, community):
        await _wipe(db, community, party)


async def _wipe(db: Db, community: int, party: UUID) -> None:
    await store.forget(db, community, party)
    await said_store.forget(db, community, party)
    await contacts.forget_attention(db, community, party)
