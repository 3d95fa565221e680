"""How a run asks its questions when a community is alone in its database."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from timebank import signals, trial
from timebank.bench import stand
from timebank.kernel.db import Db
from timebank.kernel.embedded import Embedded
from timebank.trial.loading import day_of

pytestmark = pytest.mark.slow
MEMBERS, WEEK = 1000, 8
READS = ("select", "with")


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All steps of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from steps(part)


async def compared(db: Db, query: Any) -> float:
    """How many pairs of rows one step of a query at most looked at for nothing."""
    told = json.loads(
        await db.fetchval(f"explain (analyze, format json) {query.query}", *query.args)
    )
    return max(
        step.get("Rows Removed by Join Filter", 0) * step["Actual Loops"]
        for step in steps(told[0]["Plan"])
    )


def test_a_run_never_compares_every_member_with_every_other(empty: str, cluster: Embedded) -> None:
    kinds = ("staff", *["member"] * MEMBERS)
    people = [trial.Member(n, 0, "1", 0, 0, "nl", "app", kind) for n, kind in enumerate(kinds)]
    met = [trial.Exchange(n, n + 1, 3, 1, 3) for n in range(1, MEMBERS)]
    asked: list[Any] = []

    async def look(db: Db, community: int, week: int) -> None:
        if week < WEEK:
            return
        with db.query_logger(asked.append):
            await signals.run(db, community=community, now=day_of(week))
        reads = [query for query in asked if query.query.lstrip().startswith(READS)]
        assert len(reads) > 5
        for query in reads:
            if "for update" not in query.query and "for share" not in query.query:
                assert await compared(db, query) < 100 * MEMBERS, query.query

    world = trial.World(people, met, [], [], [], [])
    settings = stand.settings_of(cluster, empty)
    found = asyncio.run(trial.Trial(world, WEEK, after=look).run(settings))
    assert len(found) == MEMBERS and asked
