"""Who has not started and how many are silent is asked at every look at the desk: it takes no time."""

import statistics
import time

import pytest

from tests.introductions.test_speed import fill
from tests.makers_signals import as_worker
from tests.world import World
from timebank.kernel.dates import local_date
from timebank.worklist.lines import silent, starting

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
MOST_MS = 50


async def test_both_within_fifty_milliseconds_among_two_thousand(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    await fill(world)
    today = local_date(world.clock())
    took = []
    for _again in range(5):
        async with world.transaction() as db:
            began = time.perf_counter()
            found = await starting.not_started(db, as_worker(world, samira), today=today)
            many = await silent(db, as_worker(world, samira), today=today)
            took.append((time.perf_counter() - began) * 1000)
    assert len(found) <= starting.EACH and many is not None and many > 0
    assert statistics.median(took) < MOST_MS, took
