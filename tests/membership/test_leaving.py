"""Stopping: two weeks to come back, then the time goes to the pot."""

from datetime import timedelta

import pytest

from tests import makers_exchanges, makers_posts
from tests.makers_membership import send, state_of
from tests.membership.standing import balance, exchange, post_states
from tests.world import Member, World
from timebank import access, areas, hours, membership
from timebank.kernel.db import Db, Pool, transaction

pytestmark = pytest.mark.anyio


async def pot(world: World) -> int:
    async with world.transaction() as db:
        return (await hours.totals(db, community=world.community)).pot_minutes


async def leave(world: World, member: Member) -> None:
    page = await send(await member.browser(), "/parties/me/leaving", "/leaving", choice="leave")
    assert "Bedenkt u zich? Dat kan nog." in page.html


async def work(world: World, work_pool: Pool) -> None:
    async with transaction(work_pool, world.community) as db:
        await membership.finish_leaving(db, community=world.community, now=world.clock())


async def test_the_page_says_what_happens_to_posts_appointments_and_time(world: World) -> None:
    piet, ria = await world.member("Piet Klok"), await world.member("Ria Vos")
    await makers_exchanges.planned(world, ria, piet, "Heg snoeien")
    page = await (await piet.browser()).page("/parties/me/leaving")
    assert "U heeft nog 5 uur. Die tijd gaat na die dag naar de buurtpot." in page.text
    assert "Heg snoeien met Ria" in page.text and "aan de beurt, tot en met" in page.text
    assert "dinsdag 24 maart" in page.text
    assert "choice" not in page.form("/leaving").data


async def test_who_comes_back_in_time_finds_everything_as_it_was(
    world: World, work_pool: Pool
) -> None:
    """L1, left and returned."""
    piet = await world.member("Piet Klok")
    await makers_posts.offer(world, piet, "Fietsen maken")
    await leave(world, piet)
    assert await state_of(world, piet.id) == "leaving"
    assert await post_states(world, piet) == ["paused"]
    world.clock.move(days=13)
    await work(world, work_pool)
    page = await send(await piet.browser(), "/parties/me/leaving", "/leaving/end")
    assert "Alles staat er nog" in page.html
    world.clock.move(days=30)
    await work(world, work_pool)
    assert await state_of(world, piet.id) == "active"
    assert await balance(world, piet) == 300 and await pot(world) == 0


@pytest.mark.parametrize("minutes", [300, -90, 0, 3600])
async def test_after_two_weeks_the_time_goes_to_the_pot_and_the_books_sum_to_zero(
    world: World, work_pool: Pool, minutes: int
) -> None:
    piet, ria = await world.member("Piet Klok"), await world.member("Ria Vos")
    appointment = await makers_exchanges.planned(world, ria, piet)
    if minutes != 300:
        async with world.transaction() as db:
            await hours.book(
                db, community=world.community, idem="eerst", kind=hours.Kind.POT,
                entries=[(piet.id, minutes - 300), (hours.Fund.POT, 300 - minutes)],
                booked_by=ria.id, now=world.clock(),
            )  # fmt: skip
    before = await pot(world)
    fatima = await world.worker("Fatima Bouali")
    browser = await piet.browser()
    await leave(world, piet)
    assert (await exchange(world, appointment)).owner_id != fatima.id
    world.clock.move(days=14)
    await work(world, work_pool)
    assert await state_of(world, piet.id) == "leaving"  # the last day to come back
    world.clock.move(days=1)
    await work(world, work_pool)
    await work(world, work_pool)
    assert await state_of(world, piet.id) == "left"
    assert await balance(world, piet) == 0 and await pot(world) == before + minutes
    assert (await exchange(world, appointment)).owner_id == fatima.id
    assert (await browser.get(f"/{world.slug}/parties/me")).status_code == 303
    async with world.transaction() as db:
        totals = await hours.totals(db, community=world.community)
    assert (
        totals.party_minutes + totals.pot_minutes + totals.issue_minutes
        == 0
        == totals.voucher_minutes
    )


@pytest.mark.parametrize("minutes", [300, 3600, -90])
async def test_who_returns_after_leaving_has_the_time_back_from_the_pot(
    world: World, work_pool: Pool, minutes: int
) -> None:
    """L1: also at the upper limit."""
    fatima = await world.worker("Fatima Bouali")
    piet = await world.member("Piet Klok")
    if minutes != 300:
        async with world.transaction() as db:
            await hours.book(
                db, community=world.community, idem="eerst", kind=hours.Kind.POT,
                entries=[(piet.id, minutes - 300), (hours.Fund.POT, 300 - minutes)],
                booked_by=fatima.id, now=world.clock(),
            )  # fmt: skip
    await leave(world, piet)
    world.clock.move(days=15)
    await work(world, work_pool)
    page = await send(await fatima.browser(), f"/parties/{piet.id}/admin", "/leaving/end")
    assert "Deze buur doet weer mee" in page.html
    assert await state_of(world, piet.id) == "active" and await balance(world, piet) == minutes
    await leave(world, piet)
    world.clock.move(days=15)
    await work(world, work_pool)
    assert await balance(world, piet) == 0


async def test_a_limit_that_was_tightened_keeps_the_time_in_the_pot_and_says_so(
    world: World, work_pool: Pool
) -> None:
    fatima, piet = await world.worker("Fatima Bouali"), await world.member("Piet Klok")
    await leave(world, piet)
    world.clock.move(days=15)
    await work(world, work_pool)
    async with world.transaction() as db:
        await hours.set_rules(
            db, community=world.community, set_by=fatima.id, now=world.clock(),
            rules=hours.Rules(version=1, starting_minutes=60, soft_high=120, hard_high=180),
        )  # fmt: skip
    page = await send(await fatima.browser(), f"/parties/{piet.id}/admin", "/leaving/end")
    assert "De tijd kwam niet terug" in page.html
    assert await state_of(world, piet.id) == "active" and await balance(world, piet) == 0


async def test_the_only_admin_cannot_stop_or_rest_and_reads_who_must_take_over(
    world: World,
) -> None:
    """P5."""
    ada = await world.admin("Ada Zaak")
    browser = await ada.browser()
    for fields in ({"choice": "leave"}, {"choice": "pause", "until_choice": "tomorrow"}):
        page = await send(browser, "/parties/me/leaving", "/leaving", status=409, **fields)
        assert "Maak eerst iemand anders beheerder" in page.errors()[0]
        assert await state_of(world, ada.id) == "active"
    await world.admin("Bea Tweede")
    await leave(world, ada)


async def test_a_worker_who_has_left_has_no_task_and_no_page_tells_people_to_call_them(
    world: World, work_pool: Pool
) -> None:
    fatima = await world.worker("Fatima Bouali")
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=fatima.id,
            phone="06 12 34 56 78", hours=None, walk_in=None,
        )  # fmt: skip
    await leave(world, fatima)
    world.clock.move(days=15)
    await work(world, work_pool)
    async with world.transaction() as db:
        today = world.clock().date()
        left = await access.workers_of(db, community=world.community, area=world.north, today=today)
        roles = await access.roles(db, community=world.community, today=today)
        north = await areas.area(db, world.community, world.north)
    assert left == [] and roles == [] and north.helper_id is None


async def test_two_presses_leave_once(world: World, owner: Db) -> None:
    piet = await world.member("Piet Klok")
    browser = await piet.browser()
    page = await browser.page("/parties/me/leaving")
    other = await browser.page("/parties/me/leaving")
    await browser.submit(page, "/leaving", choice="leave")
    again = await browser.submit(page, "/leaving", choice="leave")
    assert "Dit was al gedaan" in again.html
    late = await browser.submit(other, "/leaving", status=409, choice="leave")
    assert "intussen veranderd" in late.text
    found = await owner.fetch(
        "select final_on from membership_leaving where party_id = $1", piet.id
    )
    assert [r["final_on"] for r in found] == [world.clock().date() + timedelta(days=14)]
