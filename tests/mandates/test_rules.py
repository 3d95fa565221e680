"""Eighteen, terms, the time that may be given, silence, what a helper hears, and what erasure leaves."""

import asyncio
from datetime import date, timedelta

import pytest

from tests import makers_exchanges as talks
from tests.makers_erasure import erase
from tests.makers_mandates import helper_of, helps, run, send_as_helper, told
from tests.makers_membership import act_for, press, send
from tests.makers_posts import need
from tests.makers_signals import spoke
from tests.world import World
from timebank import exchanges, hours
from timebank.exchanges.chasing import silence_books
from timebank.hours.store import given_by_mandate
from timebank.kernel.db import Db, Pool, load
from timebank.mandates.model import last_day_as_minor

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("year", "born", "last"),
    [
        (2010, (3, 24), date(2028, 3, 23)),
        (2010, (1, 1), date(2027, 12, 31)),
        (2008, (2, 29), date(2026, 2, 27)),
        (2010, None, date(2027, 12, 31)),
    ],
)
def test_a_parents_powers_end_before_the_eighteenth_birthday(
    year: int, born: tuple[int, int] | None, last: date
) -> None:
    assert last_day_as_minor(year, born) == last


async def test_h4_a_parents_powers_end_by_themselves_and_both_hear_it_before(world: World) -> None:
    samira, mo = (
        await world.worker("Samira Bouali"),
        await world.member("Mo Aydin", birth_year=world.clock().year - 18),
    )
    father = await world.member("Kemal Aydin")
    browser = await act_for(samira, mo)
    page = await send(
        browser, "/mandates/new", "/mandates", number=father.number, powers="agree", guardian="1",
        birth_day="31", birth_month="2", status=422,
    )  # fmt: skip
    assert "Deze dag bestaat niet" in page.text
    born = world.clock().date() + timedelta(days=40)
    page = await browser.submit(
        page, "/mandates", birth_day=str(born.day), birth_month=str(born.month)
    )
    await browser.submit(page, "/mandates")
    world.clock.move(days=11)
    await run(world)
    await run(world)
    assert (await told(world, mo)).count("helper_eighteen_soon") == 1
    assert (await told(world, father)).count("helping_eighteen_soon") == 1
    mandate = await world.owner.fetchval("select id from mandate where party_id = $1", mo.id)
    hers = await helps(father, mandate)
    await hers.page("/exchanges")
    world.clock.move(days=29)
    hers = await father.browser()
    assert await press(hers, f"/mandates/{mandate}/acting") == 404, "also before the calendar ran"
    await run(world)
    because = await world.owner.fetchval("select ended_because from mandate where id = $1", mandate)
    assert because == "eighteen"
    assert "helper_ended" in await told(world, mo) and "helping_ended" in await told(world, father)


async def test_no_parent_is_written_down_for_a_grown_up_and_none_by_the_member_herself(
    world: World,
) -> None:
    samira, bep = (
        await world.worker("Samira Bouali"),
        await world.member("Bep Molenaar", birth_year=1950),
    )
    anna = await world.member("Anna Molenaar")
    sent = {"number": anna.number, "guardian": "1", "term": "year"}
    assert await press(await act_for(samira, bep), "/mandates", **sent) == 422
    browser = await bep.browser()
    assert await press(browser, "/mandates", **sent, sure="1") == 303
    kind = await world.owner.fetchval("select kind from mandate where party_id = $1", bep.id)
    assert kind == "chosen"


async def test_a_helper_gives_away_no_more_than_was_said_and_nothing_to_herself(
    world: World,
) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    bram = await world.member("Bram Bakker")
    await talks.confirmed(world, bram, mother, minutes=300)
    browser = await helps(anna, await helper_of(world, mother, anna, "give", most=60))
    to = {"to": "number", "sure": "1", "minutes_choice": "45"}
    assert await send_as_helper(browser, "/hours/transfers", number=bram.number, **to) == 303
    assert await send_as_helper(browser, "/hours/transfers", number=bram.number, **to) == 422
    assert await send_as_helper(browser, "/hours/transfers", number=anna.number, **to) == 422
    world.clock.move(days=31)
    browser = await helps(
        anna, await world.owner.fetchval("select id from mandate where party_id = $1", mother.id)
    )
    assert await send_as_helper(browser, "/hours/transfers", number=bram.number, **to) == 303
    assert await talks.balances(world, mother) == [300 + 300 - 90], "without a key too, each is one"


async def test_two_gifts_at_once_count_each_other(world: World) -> None:
    """The second waits for the first, and then sees what it gave."""
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    bram = await world.member("Bram Bakker")
    await talks.confirmed(world, bram, mother, minutes=300)
    mandate = await helper_of(world, mother, anna, "give", most=60)

    async def given(db: Db) -> int:
        return await given_by_mandate(
            db, world.community, mandate=mandate, giver=mother.id, hand=anna.id,
            since=world.clock() - timedelta(days=30),
        )  # fmt: skip

    async def later() -> int:
        async with world.transaction() as db:
            return await given(db)

    async with world.transaction() as db:
        assert await given(db) == 0
        second = asyncio.create_task(later())
        await asyncio.sleep(0.3)
        await hours.give(
            db, community=world.community, idem="gift:one", giver=mother.id, to=bram.id, minutes=45,
            booked_by=anna.id, now=world.clock(), words=None,
        )  # fmt: skip
    assert await second == 45


async def test_with_a_helper_between_silence_books_nothing(world: World) -> None:
    mother, bram = await world.member("Bep Molenaar"), await world.member("Bram Bakker")
    for member in (mother, bram):
        await world.give_password(member)
    anna = await world.member("Anna Molenaar")
    id_ = await talks.done(world, mother, bram, minutes=60)

    async def books() -> bool:
        async with world.transaction() as db:
            by = talks.by(world, bram)
            found = await exchanges.for_party(db, by, id_)
            return await silence_books(db, world.community, found, today=world.clock().date())

    assert await books()
    mandate = await helper_of(world, mother, anna, "see", wait=False)
    assert not await books()
    await press(await anna.browser(), f"/mandates/{mandate}/end")
    assert await books()


async def test_a_helper_hears_what_the_member_hears_and_after_the_end_no_more(world: World) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    mandate = await helper_of(world, mother, anna, "notices")
    wish = await need(world, mother, "Wie leest mij voor?")
    await talks.answer(world, wish, await world.member("Bram Bakker"))
    start = (await (await anna.browser()).page("/")).text
    assert "Voor Bep: Bram" in start
    await press(await mother.browser(), f"/mandates/{mandate}/end")
    assert "Voor Bep" not in (await (await anna.browser()).page("/")).text


async def test_a_third_of_a_members_time_to_one_helper_is_a_line_for_the_worker(
    world: World,
) -> None:
    samira, mother = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    anna = await world.member("Anna Molenaar")
    await helper_of(world, mother, anna, "see")

    async def desk() -> str:
        return (await (await samira.browser()).page("/worklist")).text

    await talks.confirmed(world, mother, anna, minutes=60)
    assert "Veel tijd ging naar Anna" not in await desk()
    await talks.confirmed(world, mother, anna, minutes=60, title="Ramen lappen")
    assert "Veel tijd ging naar Anna, die dingen regelt voor Bep." in await desk()
    await spoke(world, samira, mother)
    assert "Veel tijd ging naar Anna" not in await desk()


async def test_erasure_of_either_leaves_no_mandate_and_no_copy(
    world: World, work_pool: Pool
) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    await helper_of(world, mother, anna, "notices")
    wish = await need(world, mother, "Wie leest mij voor?")
    await talks.answer(world, wish, await world.member("Bram Bakker"))
    await helps(
        anna, await world.owner.fetchval("select id from mandate where party_id = $1", mother.id)
    )
    await erase(world, work_pool, mother.id)
    assert (
        await world.owner.fetchval("select count(*) from mandate where party_id = $1", mother.id)
        == 0
    )
    assert "Voor " not in (await (await anna.browser()).page("/")).text


async def test_the_check_finds_an_act_beyond_a_mandate(world: World) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    mandate = await helper_of(world, mother, anna)
    await (await helps(anna, mandate)).page("/exchanges")
    check = load("checks").mandate_is_not_used_beyond_its_end
    assert await check(world.owner, community=world.community) == []
    await world.owner.execute(
        "update mandate set ended_at = $2, ended_because = 'term' where id = $1", mandate,
        world.clock() - timedelta(days=1),
    )  # fmt: skip
    assert len(await check(world.owner, community=world.community)) == 1
