"""Ties: who counts, dated by when it happened, in which direction."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.makers_signals import met
from tests.world import Member, World
from timebank import access, parties, ties
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


async def circle(world: World, member: Member) -> list[ties.Met]:
    async with world.transaction() as db:
        return await ties.circle(db, world.community, member.id, on=world.clock().date())


async def counts(world: World, member: Member) -> tuple[int, int]:
    async with world.transaction() as db:
        found = await ties.counts(db, world.community, member.id, today=world.clock().date())
    return found.lately, found.ever


@pytest.fixture
async def pair(world: World) -> tuple[Member, Member]:
    """Two members who met once, ten days ago; the second helped the first."""
    world.clock.move(days=200)
    bep, riet = await world.member("Bep Molenaar"), await world.member("Riet Smit")
    await met(world, riet, bep, days_ago=10)
    return bep, riet


async def test_a_tie_is_dated_by_when_it_happened_and_not_by_when_it_was_typed(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    [tie] = await circle(world, bep)
    assert tie.id == riet.id and tie.times == 1 and not tie.gone
    assert tie.last_on == tie.first_on == world.clock().date() - timedelta(days=10)
    assert await counts(world, bep) == await counts(world, riet) == (1, 1)
    await met(world, riet, bep, days_ago=100)
    old = await world.member("Oude Otto")
    await met(world, old, bep, days_ago=91)
    assert await counts(world, bep) == (1, 2)


async def test_the_direction_says_who_helped_whom(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    assert (await circle(world, bep))[0].direction == "got"
    assert (await circle(world, riet))[0].direction == "gave"
    await met(world, bep, riet)
    assert (await circle(world, bep))[0].direction == "both"
    assert (await circle(world, bep))[0].times == 2


async def test_who_left_or_died_is_gone_and_counts_no_more(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    await _state(world, riet, "left")
    [tie] = await circle(world, bep)
    assert tie.gone and await counts(world, bep) == (0, 0)
    await _state(world, riet, "deceased", before="left")
    assert (await circle(world, bep))[0].gone


async def _state(world: World, member: Member, state: Any, before: Any = "active") -> None:
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=member.id, state=state, from_states=(before,),
            by=None, now=world.clock(),
        )  # fmt: skip


@pytest.mark.parametrize("mine", [True, False])
async def test_who_is_blocked_either_way_is_no_tie(
    world: World, pair: tuple[Member, Member], mine: bool
) -> None:
    bep, riet = pair
    one, other = (bep, riet) if mine else (riet, bep)
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=one.id, blocked=other.id, by=one.id,
            now=world.clock(),
        )  # fmt: skip
    assert await circle(world, bep) == [] and await counts(world, bep) == (0, 0)


async def test_who_was_erased_is_no_tie(world: World, pair: tuple[Member, Member]) -> None:
    bep, riet = pair
    await world.owner.execute(
        "delete from person where community_id = $1 and party_id = $2", world.community, riet.id
    )
    assert await circle(world, bep) == [] and await counts(world, bep) == (0, 0)


async def test_a_household_is_no_tie(world: World, pair: tuple[Member, Member]) -> None:
    bep, riet = pair
    home = new_id()
    await _household(world, home, bep)
    assert await counts(world, bep) == (1, 1), "one of the two lives there"
    await _household(world, home, riet)
    assert await circle(world, bep) == [] and await counts(world, bep) == (0, 0)


async def _household(world: World, home: UUID, member: Member) -> None:
    async with world.transaction() as db:
        await db.execute(
            "insert into household values ($1, $2, $3) on conflict do nothing",
            world.community, home, world.clock(),
        )  # fmt: skip
        await db.execute(
            "update person set household_id = $1 where community_id = $2 and party_id = $3",
            home, world.community, member.id,
        )  # fmt: skip


async def test_a_worker_never_counts_also_not_after_the_role_ended(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    async with world.transaction() as db:
        role = await access.grant_role(
            db, community=world.community, party=riet.id, kind="worker", area=world.north,
            starts_on=world.clock().date() - timedelta(days=30), ends_on=None, by=None,
            now=world.clock(),
        )  # fmt: skip
    assert await circle(world, bep) == [] and await counts(world, bep) == (0, 0)
    async with world.transaction() as db:
        await access.end_role(
            db, community=world.community, role=role, by=None, today=world.clock().date(),
            now=world.clock(),
        )  # fmt: skip
    assert await counts(world, bep) == (0, 0), "they met while the other was a worker"
    world.clock.move(days=5)
    await met(world, riet, bep)
    assert await counts(world, bep) == (1, 1), "met again as neighbours"


async def test_an_organisation_never_counts(world: World) -> None:
    bep = await world.member("Bep Molenaar")
    club = await world.member("Zorggroep Noord")
    await world.owner.execute(
        "update party set kind = 'organisation' where community_id = $1 and id = $2",
        world.community, club.id,
    )  # fmt: skip
    await met(world, club, bep)
    assert await circle(world, bep) == [] and await counts(world, bep) == (0, 0)


async def test_what_was_not_confirmed_is_no_tie(world: World) -> None:
    bep, riet = await world.member("Bep Molenaar"), await world.member("Riet Smit")
    id_ = await met(world, riet, bep)
    assert await counts(world, bep) == (1, 1)
    await world.owner.execute(
        "update exchange set state = 'done', confirmed_at = null, booked_by = null, minutes = null,"
        " next_action = 'confirm', owner_id = $3, due_on = $4"
        " where community_id = $1 and id = $2",
        world.community, id_, bep.id, world.clock().date(),
    )  # fmt: skip
    assert await counts(world, bep) == (0, 0)


async def test_a_circle_stands_as_it_was_on_a_day(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    today = world.clock().date()
    world.clock.move(days=30)
    await met(world, riet, bep)
    otto = await world.member("Oude Otto")
    await met(world, otto, bep)
    await _state(world, riet, "left")

    async def on(day: date) -> list[tuple[str, int, bool]]:
        async with world.transaction() as db:
            found = await ties.circle(db, world.community, bep.id, on=day)
        return [(one.call_name, one.times, one.gone) for one in found]

    assert await on(today - timedelta(days=11)) == []
    assert await on(today) == [("Riet", 1, False)], "she was still there"
    now = await on(world.clock().date())
    assert sorted(now) == [("Oude", 1, False), ("Riet", 2, True)]


async def test_my_own_circle_names_whom_i_met_and_nobody_who_hides_or_is_not_there(
    world: World, pair: tuple[Member, Member]
) -> None:
    bep, riet = pair
    browser = await bep.browser()
    page = await browser.page("/parties/me/ties")
    assert page.text.count("Riet") == 3, "in both drawings and the table"
    assert "Deze buur hielp u." in page.text and f"/parties/{riet.id}" in page.html
    assert 'role="img"' in page.html and "1 buur. In de laatste drie maanden: 1." in page.text
    await world.owner.execute(
        "update person set hidden = true where community_id = $1 and party_id = $2",
        world.community, riet.id,
    )  # fmt: skip
    assert "Riet" not in (await browser.page("/parties/me/ties")).html
    await world.owner.execute(
        "update person set hidden = false where community_id = $1 and party_id = $2",
        world.community, riet.id,
    )  # fmt: skip
    await _state(world, riet, "deceased")
    assert "Riet" not in (await browser.page("/parties/me/ties")).html
    assert "Nog niemand" in (await browser.page("/parties/me/ties")).text
