"""Limits on tries: what somebody reads who tried too often."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.world import World
from timebank.kernel import throttle
from timebank.kernel.refusals import TooMany

pytestmark = pytest.mark.anyio

ONE = throttle.Limit(1, timedelta(hours=1))


@pytest.mark.parametrize(
    ("minute", "wait"), [(0, "1 uur"), (30, "30 minuten"), (59, "1 minuut")]
)  # fmt: skip
async def test_how_long_to_wait_is_said_as_people_say_it(
    world: World, minute: int, wait: str
) -> None:
    now = datetime(2026, 3, 2, 10, minute, tzinfo=UTC)
    key = throttle.key_of("somebody", minute)
    async with world.transaction() as db:
        place = {"community": world.community, "kind": "search", "key": key}
        await throttle.count(db, **place, limit=ONE, now=now)
        with pytest.raises(TooMany, match=f"Wacht {wait} en probeer"):
            await throttle.count(db, **place, limit=ONE, now=now)
