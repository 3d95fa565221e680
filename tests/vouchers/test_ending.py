"""Hour notes end once: by whoever brings them, or by their last day; under any race, and after all."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from tests.makers_posts import viewer
from tests.makers_vouchers import made, on_paper
from tests.world import Member, World
from timebank import hours, notices
from timebank.admin import erasure
from timebank.kernel.db import Pool, load, names_of, transaction
from timebank.kernel.refusals import Conflict
from timebank.vouchers import actions, run, store
from timebank.vouchers.model import LOST_DAYS, WARN_DAYS

pytestmark = pytest.mark.anyio

CHECKS = [name for name in names_of(load("checks")) if name.startswith(("vouchers_", "hours_"))]


async def offences(world: World) -> set[str]:
    found = {}
    for name in CHECKS:
        if rows := await getattr(load("checks"), name)(world.owner, community=world.community):
            found[name] = rows
    return set(found)


async def minutes_of(world: World, party: UUID) -> int:
    async with world.transaction() as db:
        balance = await hours.balance(db, community=world.community, party=party, now=world.clock())
        return balance.minutes


async def out(world: World) -> tuple[int, int]:
    """Minutes on paper and in the pot."""
    async with world.transaction() as db:
        totals = await hours.totals(db, community=world.community)
        return totals.voucher_minutes, totals.pot_minutes


async def the_day_runs(world: World, work_pool: Pool) -> None:
    async with transaction(work_pool, world.community) as db:
        await run(db, community=world.community, now=world.clock())


async def sentences(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        found = await notices.recent(db, community=world.community, party=member.id, limit=9)
        return [line.sentence for line in found]


async def redeem(world: World, member: Member, code: str) -> str:
    try:
        async with world.transaction() as db:
            who = viewer(world, member)
            note = await actions.by_code(db, who, code)
            await asyncio.sleep(0.01)
            await actions.redeem(db, who, note, now=world.clock())
    except Conflict as refused:
        return refused.sentence
    return "redeemed"


async def test_of_twelve_who_bring_one_note_at_once_one_gets_the_hours(
    world: World, work_pool: Pool
) -> None:
    anna = await world.member("Anna de Vries")
    [(_note, code)] = await on_paper(world, anna)
    people = [await world.member(f"Buur {letter}") for letter in "abcd"]
    answers = await asyncio.gather(*(redeem(world, one, code) for one in people * 3))
    assert answers.count("redeemed") == 1
    assert all("al in" in answer for answer in answers if answer != "redeemed")
    assert sum([await minutes_of(world, one.id) for one in people]) == 4 * 300 + 60
    assert await out(world) == (0, 0) and await offences(world) == set()


async def test_bringing_one_and_losing_it_at_once_ends_it_once(
    world: World, work_pool: Pool
) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    for note, code in await on_paper(world, anna, 4):

        async def lose(id_: UUID) -> None:
            try:
                async with world.transaction() as db:
                    await actions.cancel(db, viewer(world, anna), id_, now=world.clock())
            except Conflict:
                return

        await asyncio.gather(redeem(world, bram, code), lose(note.id), redeem(world, bram, code))
        assert await offences(world) == set()
    world.clock.move(days=LOST_DAYS + 1)
    await the_day_runs(world, work_pool)
    assert await minutes_of(world, anna.id) + await minutes_of(world, bram.id) == 600
    assert await offences(world) == set()


async def test_a_lost_note_gives_its_time_back_after_a_fortnight(
    world: World, work_pool: Pool
) -> None:
    anna = await world.member("Anna de Vries")
    [(note, code)] = await on_paper(world, anna)
    async with world.transaction() as db:
        await actions.cancel(db, viewer(world, anna), note.id, now=world.clock())
    world.clock.move(days=LOST_DAYS)
    await the_day_runs(world, work_pool)
    assert await minutes_of(world, anna.id) == 240
    world.clock.move(days=1)
    await the_day_runs(world, work_pool)
    await the_day_runs(world, work_pool)
    assert await minutes_of(world, anna.id) == 300
    assert "U heeft de tijd weer terug: 1 uur." in " ".join(await sentences(world, anna))
    assert "niet meer te gebruiken" in await redeem(world, anna, code)
    assert await offences(world) == set()


async def test_a_month_before_its_last_day_its_maker_hears_it_and_after_it_the_time_is_back(
    world: World, work_pool: Pool
) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(note, code), (_second, in_time)] = await on_paper(world, anna, 2)
    world.clock.move(days=365 - WARN_DAYS - 1)
    await the_day_runs(world, work_pool)
    assert await sentences(world, anna) == []
    world.clock.move(days=1)
    await the_day_runs(world, work_pool)
    await the_day_runs(world, work_pool)
    warned = await sentences(world, anna)
    assert len(warned) == 2 and "nog te gebruiken tot en met" in warned[0]
    world.clock.move(days=WARN_DAYS)
    assert await redeem(world, bram, in_time) == "redeemed"
    world.clock.move(days=1)
    assert "niet meer te gebruiken" in await redeem(world, bram, code)
    await the_day_runs(world, work_pool)
    assert await minutes_of(world, anna.id) == 240 and await minutes_of(world, bram.id) == 360
    async with world.transaction() as db:
        assert (await store.voucher(db, world.community, note.id)).state == "returned"
    assert await offences(world) == set()


async def test_who_is_erased_leaves_notes_that_are_honoured_and_then_the_pot(
    world: World, work_pool: Pool
) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_brought, code), _kept] = await on_paper(world, anna, 2)
    async with transaction(work_pool, world.community) as db:
        await erasure.erase(db, community=world.community, party=anna.id, now=world.clock())
    assert await redeem(world, bram, code) == "redeemed"
    _on_paper, pot = await out(world)
    world.clock.move(days=366)
    await the_day_runs(world, work_pool)
    assert await out(world) == (0, pot + 60)
    assert await minutes_of(world, anna.id) == 0 and await offences(world) == set()


async def test_a_limit_refuses_who_has_very_much_and_never_what_comes_back(
    world: World, work_pool: Pool
) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_note, code), _other] = await on_paper(world, anna, 2)
    async with world.transaction() as db:
        rules = await hours.rules(db, community=world.community)
    tight = {"hard_high": 300, "soft_high": 300, "starting_minutes": 300}
    async with world.transaction() as db:
        await hours.set_rules(
            db, community=world.community, set_by=bram.id, now=world.clock(),
            rules=hours.Rules(**{f: getattr(rules, f) for f in rules.__struct_fields__} | tight),
        )  # fmt: skip
    assert "spaart dan meer tijd" in await redeem(world, bram, code)
    async with world.transaction() as db:
        await hours.give(
            db, community=world.community, idem="fill", giver=bram.id, to=anna.id, minutes=120,
            booked_by=bram.id, now=world.clock(),
        )  # fmt: skip
    world.clock.move(days=366)
    await the_day_runs(world, work_pool)
    assert await minutes_of(world, anna.id) == 420 and await offences(world) == set()


PLANTED = {
    "vouchers_outstanding_is_what_is_out": [
        "update voucher set minutes = 120 where community_id = $1 and state = 'open'",
        "update voucher set state = 'open', end_transfer = null, redeemed_by_id = null"
        " where community_id = $1 and state = 'redeemed'",
    ],
    "vouchers_end_in_one_transfer": [
        "update voucher set end_transfer = made_transfer where community_id = $1 and state = 'redeemed'",
        "update voucher set redeemed_by_id = maker_id where community_id = $1 and state = 'redeemed'",
        "update voucher set minutes = 120 where community_id = $1 and state = 'redeemed'",
        "update voucher set state = 'returned', redeemed_by_id = null"
        " where community_id = $1 and state = 'redeemed'",
        "delete from voucher where community_id = $1 and state = 'redeemed'",
    ],
    "vouchers_are_made_of_own_hours": [
        "update voucher set maker_id = made_by_id, minutes = 15 where community_id = $1",
        "update voucher set maker_id = (select redeemed_by_id from voucher where community_id = $1"
        " and state = 'redeemed') where community_id = $1 and state = 'open'",
    ],
}


@pytest.mark.parametrize(
    ("check", "sql"), [(check, sql) for check, plants in PLANTED.items() for sql in plants]
)
async def test_a_planted_fault_is_named(world: World, check: str, sql: str) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_note, code), _open] = await on_paper(world, anna, 2)
    await redeem(world, bram, code)
    assert await offences(world) == set()
    changed = await world.owner.execute(sql, world.community)
    assert changed.split()[-1] != "0" and check in await offences(world)


async def test_the_database_lets_no_note_end_twice(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_a, one), (other, _code)] = await on_paper(world, anna, 2)
    await redeem(world, bram, one)
    with pytest.raises(asyncpg.UniqueViolationError, match="voucher_ends_once"):
        await world.owner.execute(
            "update voucher set state = 'redeemed', redeemed_by_id = $3, end_transfer = (select"
            " end_transfer from voucher where community_id = $1 and state = 'redeemed')"
            " where community_id = $1 and id = $2",
            world.community, other.id, bram.id,
        )  # fmt: skip
    assert (await made(world, anna, wait=False)) and await offences(world) == set()
