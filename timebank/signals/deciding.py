"""Going over to other points: first a replay that says what would change, then a person decides.

The points never change by themselves, and nothing is learned from what workers answer.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from timebank import audit
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.signals import rule, run_store, running
from timebank.signals.points import VERSIONS, Points
from timebank.signals.rule import Standing


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What other points would do: how many members would come, go and stay as a reason to talk. Counts
    only, and exact: who shows them hides what is below five."""

    before: int
    version: int
    come: int
    go: int
    stay: int


def versions() -> list[Points]:
    """All points there are, the oldest first."""
    return [VERSIONS[number] for number in sorted(VERSIONS)]


async def version(db: Db, community: int) -> int:
    """By which points this community goes."""
    return (await run_store.points(db, community)).version


async def replay(db: Db, *, community: int, version: int, now: datetime) -> Replay:
    """Judge everybody by the points of today and by other ones, today and a week ago as a signal asks
    for; nothing is kept. Raises NotFound for a version that does not exist."""
    if version not in VERSIONS:
        raise NotFound
    points = await run_store.points(db, community)
    old = await _would_stand(db, community, points, now)
    new = await _would_stand(db, community, VERSIONS[version], now)
    return Replay(
        before=points.version, version=version, come=len(new - old), go=len(old - new),
        stay=len(old & new),
    )  # fmt: skip


async def _would_stand(db: Db, community: int, points: Points, now: datetime) -> set[UUID]:
    """Who is high in two runs a week apart."""
    nobody: Mapping[UUID, Standing] = {}
    found: list[set[UUID]] = []
    for day in (now - timedelta(days=rule.RUN_DAYS), now):
        seen = await running.judge_all(db, community, points, nobody, day)
        found.append({party for party, one in seen.items() if one.verdict.is_high(points)})
    return found[0] & found[1]


async def decide(db: Db, *, community: int, version: int, by: UUID, now: datetime) -> Replay:
    """From now on this community goes by these points: who decided, and what the replay said, is kept.
    The next run judges by them; open signals stay. Whoever calls has seen that `by` is an admin.

    Raises NotFound for a version that does not exist."""
    await run_store.hold_run(db, community)
    found = await replay(db, community=community, version=version, now=now)
    await run_store.decide(
        db, community, version=version, by=by, come=found.come, go=found.go, now=now
    )
    await audit.note(
        db, community=community, act="signal.decided", actor=by, now=now,
        detail={"version": str(version), "before": str(found.before)},
    )  # fmt: skip
    return found
