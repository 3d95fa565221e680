"""How long care data is kept: each term with the clock moved, and never longer than the usual one."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from tests.house.rows import put
from tests.makers_signals import as_worker, notes_of, raised, rows_about, run, signal_of, spoke
from tests.world import Member, World
from timebank import areas, audit, signals
from timebank.areas import Terms
from timebank.audit.store import LOOKS_KEPT
from timebank.kernel.db import Pool, transaction
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


async def keep(world: World, **days: int) -> None:
    async with world.transaction() as db:
        await areas.set_terms(db, world.community, Terms(**days))


async def close(world: World, worker: Member, member: Member) -> None:
    found = await signal_of(world, member)
    assert found is not None
    async with world.transaction() as db:
        await signals.close(db, as_worker(world, worker), found.id, outcome="grown",
                            now=world.clock())  # fmt: skip


async def test_notes_go_a_term_after_the_signal_was_closed_and_the_signal_with_them(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await keep(world, notes_days=100)
    await spoke(world, samira, bep)
    world.clock.move(days=150)
    await run(world)
    assert len(await notes_of(world, bep)) == 1, "the signal is still open"
    await close(world, samira, bep)
    for days, left in ((100, 1), (1, 0)):
        world.clock.move(days=days)
        await run(world)
        assert len(await notes_of(world, bep)) == left
    closed = await world.owner.fetchval(
        "select count(*) from signal where community_id = $1 and party_id = $2 and state = 'closed'",
        world.community, bep.id,
    )  # fmt: skip
    assert closed == 0


async def test_what_a_closed_signal_weighed_goes_after_sixty_days(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await close(world, samira, bep)
    for days, weighs in ((60, True), (1, False)):
        world.clock.move(days=days)
        await run(world)
        score = await world.owner.fetchval(
            "select score from signal where community_id = $1 and party_id = $2"
            " and state = 'closed'", world.community, bep.id,
        )  # fmt: skip
        assert (score > 0) is weighs


@pytest.mark.parametrize("state", ["lapsed", "objected"])
async def test_a_signal_that_nothing_came_of_goes_after_its_term(world: World, state: str) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await world.owner.execute(
        "update signal set state = $3, owner_id = null, due_on = null, closed_on = $4"
        " where community_id = $1 and party_id = $2",
        world.community, bep.id, state, world.clock().date(),
    )  # fmt: skip
    await world.owner.execute(
        "update signal_step set to_state = $2 where community_id = $1", world.community, state
    )
    await keep(world, unfollowed_days=20)
    for days, left in ((20, 1), (1, 0)):
        world.clock.move(days=days)
        await run(world)
        count = await world.owner.fetchval(
            "select count(*) from signal where community_id = $1 and state = $2",
            world.community, state,
        )  # fmt: skip
        assert count == left


async def test_a_standing_is_kept_four_weeks_after_its_reason_ended(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await world.owner.execute(
        "update post set state = 'withdrawn' where community_id = $1", world.community
    )
    for days, left in ((1, 1), (27, 1), (1, 0)):
        for _day in range(days):
            world.clock.move(days=1)
            await run(world)
        assert (await rows_about(world, bep))["signal_score"] == left


async def test_who_looked_is_kept_two_years(world: World, work_pool: Pool) -> None:
    """The database itself compares with its own clock, so the lines are really old."""
    anna = await world.member("Anna de Vries")
    now = datetime.now(UTC)
    for act, age in (
        ("party.looked", LOOKS_KEPT + timedelta(days=2)), ("party.looked", timedelta(days=700)),
        ("party.admitted", timedelta(days=2000)),
    ):  # fmt: skip
        await put(world, "audit_entry", id=new_id(), at=now - age, act=act, subject_id=anna.id)
    for gone in (1, 0):
        async with transaction(work_pool, world.community) as db:
            assert await audit.forget_old(db, community=world.community, now=now) == gone
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction(work_pool, world.community) as db:
            await audit.forget_old(db, community=world.community, now=now + timedelta(days=60))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with world.transaction() as db:
            await audit.forget_old(db, community=world.community, now=now)


async def test_an_admin_may_shorten_a_term_and_never_lengthen_it(world: World) -> None:
    fatima = await world.admin("Fatima Zahra")
    browser = await fatima.browser()
    page = await browser.page("/community/terms")
    assert page.form("/terms").data["notes_days"] == "365"
    for notes, unfollowed in (("366", "90"), ("29", "90"), ("365", "91"), ("365", "13")):
        await browser.submit(
            page, "/terms", status=422, notes_days=notes, unfollowed_days=unfollowed
        )
    page = await browser.submit(page, "/terms", notes_days="180", unfollowed_days="30")
    async with world.transaction() as db:
        assert await areas.terms(db, world.community) == Terms(180, 30)
    with pytest.raises(asyncpg.CheckViolationError):
        await world.owner.execute(
            "update community_profile set notes_days = 400 where community_id = $1",
            world.community,
        )
