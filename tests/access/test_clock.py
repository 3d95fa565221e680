"""A clock that is put back a day, forward, and back three revives no session and stops no work."""

from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.hours.books import offences
from tests.world import World
from timebank import access, hours
from timebank.kernel import chores
from timebank.kernel.chores import Chore
from timebank.kernel.db import Pool, transaction
from timebank.worker import CHORES

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("looked", [True, False], ids=["came back meanwhile", "stayed away"])
async def test_a_session_that_timed_out_stays_out_when_the_clock_goes_back(
    world: World, work_pool: Pool, looked: bool
) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    assert (await browser.page("/hours")).h1 == "Mijn tijd"
    world.clock.move(minutes=31)
    if looked:
        assert (await browser.page("/hours")).h1 == "Inloggen"
    else:
        async with transaction(work_pool, world.community) as db:
            await access.time_out_all(db, community=world.community, now=world.clock())
    for hours_ in (-1, 24, -72):
        world.clock.move(hours=hours_)
        assert (await browser.page("/hours")).h1 == "Inloggen"


async def test_a_text_typed_when_the_time_had_run_out_is_kept_and_the_session_ends(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    world.clock.move(minutes=31)
    kept = await browser.submit(page, "/posts", title="Wie heeft er een ladder?")
    assert kept.h1 == "Inloggen" and "draft" in kept.url
    world.clock.move(hours=-1)
    assert (await browser.page("/hours")).h1 == "Inloggen"


async def test_bookings_and_seals_hold_whatever_the_clock_does(
    world: World, work_pool: Pool
) -> None:
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    for jump in (0, -1, 4, -3):
        world.clock.move(days=jump)
        await talks.confirmed(world, anna, piet, minutes=15)
        async with transaction(work_pool, world.community) as db:
            assert await hours.seal(db, community=world.community, now=world.clock())
    async with world.transaction() as db:
        lines = await hours.statement(db, community=world.community, party=anna.id)
    assert [line.seq for line in lines] == [5, 4, 3, 2, 1]
    assert [line.balance_after for line in lines] == [240, 255, 270, 285, 300]
    assert await offences(world.owner, world.community) == {}


async def test_work_of_the_calendar_goes_on_after_a_clock_that_was_ahead(
    world: World, work_pool: Pool
) -> None:
    done: list[object] = []

    async def note(_db: object, *, community: int, now: object) -> None:
        done.append(now)

    for chore in (
        Chore("an hour", timedelta(hours=1), note),
        Chore("a day", CHORES[-1].every, note),
    ):
        done.clear()
        for jump, more in ((0, 1), (3, 1), (-3, 1), (0, 0)):
            world.clock.move(days=jump)
            await chores.run(work_pool, community=world.community, chore=chore, now=world.clock())
            assert len(done) >= more
            assert world.clock() in done
        assert len(done) == 3
