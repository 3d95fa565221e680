"""A member rests: at once, by itself over, and never a day that is no rest."""

import pytest

from tests import makers_posts
from tests.makers_membership import send, state_of
from tests.membership.standing import post_states
from tests.world import World
from timebank import membership
from timebank.kernel.db import Pool, transaction

pytestmark = pytest.mark.anyio


async def test_rest_begins_at_once_and_ends_by_itself(world: World, work_pool: Pool) -> None:
    ria = await world.member("Ria Vos")
    await makers_posts.need(world, ria, "Lamp ophangen")
    browser = await ria.browser()
    page = await send(
        browser, "/parties/me/leaving", "/leaving", choice="pause", until_choice="other",
        until_day="20", until_month="maart", until_year="2026",
    )  # fmt: skip
    assert "U heeft nu rust" in page.html and "vrijdag 20 maart" in page.text
    assert await post_states(world, ria) == ["paused"]
    for day, state in ((10, "paused"), (1, "active")):
        world.clock.move(days=day)
        async with transaction(work_pool, world.community) as db:
            await membership.end_pauses(db, community=world.community, now=world.clock())
        assert await state_of(world, ria.id) == state
    assert await post_states(world, ria) == ["open"]
    async with world.transaction() as db:
        assert await db.fetchval("select count(*) from notice where kind = 'pause_over'") == 1


async def test_rest_is_offered_for_a_week_or_longer(world: World) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    page = await browser.page("/parties/me/leaving")
    assert "Over een week, dinsdag 17 maart" in page.text and "Vandaag" not in page.text
    rest = await browser.submit(page, "/leaving", choice="pause", until_choice="2")
    assert "dinsdag 24 maart" in rest.text and await state_of(world, ria.id) == "paused"


@pytest.mark.parametrize(
    "until",
    [
        {"until_choice": "today"},
        {"until_choice": ""},
        {"until_choice": "other", "until_day": "9", "until_month": "3", "until_year": "2026"},
        {"until_choice": "other", "until_day": "1", "until_month": "1", "until_year": "10000"},
        {"until_choice": "other", "until_day": "1", "until_month": "1", "until_year": "2099"},
        {"until_choice": "other", "until_day": "30", "until_month": "2", "until_year": "2027"},
    ],
)
async def test_a_day_that_is_no_rest_is_said_beside_the_field(
    world: World, until: dict[str, str]
) -> None:
    ria = await world.member("Ria Vos")
    page = await send(
        await ria.browser(), "/parties/me/leaving", "/leaving", status=422, choice="pause", **until
    )
    assert 'id="until-error"' in page.html and await state_of(world, ria.id) == "active"


async def test_a_worker_notes_the_rest_that_a_member_asked_for(world: World) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    await send(
        await fatima.browser(), f"/parties/{ria.id}/pause/new", "/pause", until_choice="tomorrow"
    )
    assert await state_of(world, ria.id) == "paused"
    log = await (await ria.browser()).page("/parties/me/views")
    assert "Fatima Bouali, buurtwerker" in log.text and "Zette uw rust aan." in log.text
    await send(await fatima.browser(), f"/parties/{ria.id}/admin", "/leaving/end")
    assert await state_of(world, ria.id) == "active"
