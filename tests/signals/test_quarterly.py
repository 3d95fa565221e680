"""What a quarter came to: counted once, in counts of five and more, and for nobody but the team."""

from datetime import date, timedelta

import pytest

from tests.makers_signals import answer, raised, signal_of, spoke
from tests.world import Member, World
from timebank import signals
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool, transaction
from timebank.kernel.ids import new_id
from timebank.signals.quarterly import next_quarter, quarter_of

pytestmark = pytest.mark.anyio


async def write(world: World, work: Pool) -> None:
    """As the worker process does it, with its rights."""
    async with transaction(work, world.community) as db:
        await signals.write_quarter(db, community=world.community, now=world.clock())


async def talked_with(world: World, member: Member, days: int) -> None:
    """A signal of this member of some days ago, with a talk, that ended since."""
    id_, opened = new_id(), local_date(world.clock()) - timedelta(days=days)
    about = (world.community, id_, member.id, world.clock(), opened, local_date(world.clock()))
    await world.owner.execute(
        "insert into signal (community_id, id, party_id, state, state_at, opened_on, version, score,"
        " reasons, reasons_on, outcome, closed_on) values ($1, $2, $3, 'closed', $4, $5, 1, 60,"
        """ '[{"code": "none_lately"}]', $5, 'grown', $6)""", *about,
    )  # fmt: skip
    await world.owner.execute(
        "insert into signal_step (community_id, id, signal_id, at, from_state, to_state, reason)"
        " values ($1, $2, $3, $4, 'taken', 'contact_made', 'call')",
        world.community, new_id(), id_, world.clock(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 4, 1)),
    ],
)
def test_a_year_has_four_quarters(day: date, first: date, following: date) -> None:
    assert quarter_of(day) == first
    assert next_quarter(first) == following


async def test_r13_a_quarter_is_counted_once_when_it_is_over(world: World, work_pool: Pool) -> None:
    worker = await world.worker("Samira Bouali")
    by_phone = [
        await world.member(f"Buur {n}", consent="yes", reachable_by="phone", phone=f"06 1234567{n}",
                           phone_key=f"+3161234567{n}")
        for n in range(6)
    ]  # fmt: skip
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, worker, bep)
    for n, member in enumerate(by_phone):
        await talked_with(world, member, 7 + n)
    assert (await (await worker.browser()).page("/signals/quarters")).text.count("Nog niets") == 1
    world.clock.move(days=60)
    await write(world, work_pool)
    await answer(world, bep, "no")
    await write(world, work_pool)
    page = await (await worker.browser()).page("/signals/quarters")
    assert page.text.count("April tot en met juni 2026") == 1
    assert "Had een eerste gesprek minder dan 5 6" in page.text
    assert "Kwam op de lijst minder dan 5 6" in page.text
    assert "Zei ja: u mag mij bellen minder dan 5 6" in page.text
    assert "binnen 9 dagen een eerste gesprek" in page.text
    assert "Bep" not in page.text


async def test_who_took_the_yes_back_is_counted_in_that_quarter_and_no_other(
    world: World, work_pool: Pool
) -> None:
    worker = await world.worker("Samira Bouali")
    people = [await world.member(f"Buur {n}", consent="yes") for n in range(5)]
    world.clock.move(days=2)
    for member in people:
        await answer(world, member, "no")
    world.clock.move(days=30)
    await write(world, work_pool)
    page = await (await worker.browser()).page("/signals/quarters")
    assert "Januari tot en met maart 2026" in page.text
    assert "of nooit meer 5 minder dan 5" in page.text
    world.clock.move(days=91)
    await write(world, work_pool)
    page = await (await worker.browser()).page("/signals/quarters")
    assert page.text.count("of nooit meer 5") == 1


async def test_a_resident_finds_no_such_page(world: World) -> None:
    anna = await world.member("Anna de Vries")
    await (await anna.browser()).page("/signals/quarters", status=404)


async def test_whether_it_was_right_to_call_is_asked_at_the_end_and_counted_as_the_rules(
    world: World, work_pool: Pool
) -> None:
    worker = await world.worker("Samira Bouali")
    browser = await worker.browser()
    for name, said in (("Bep Molenaar", "right"), ("Ans Smit", None)):
        member = await raised(world, name)
        found = await signal_of(world, member)
        assert found is not None
        browser = await worker.browser()
        page = await browser.page(f"/signals/{found.id}/closing")
        assert "Was het goed om te bellen?" in page.text
        await browser.submit(page, "/closing", status=422, outcome="grown", verdict="never")
        more = {"verdict": said} if said else {}
        await browser.submit(page, "/closing", outcome="grown", **more)
    kept = await world.owner.fetch(
        "select verdict from signal where community_id = $1 order by opened_on", world.community
    )
    assert [row["verdict"] for row in kept] == ["right", None]
    for n in range(5):
        member = await world.member(f"Buur {n}", consent="yes")
        await talked_with(world, member, 7)
    await world.owner.execute(
        "update signal set verdict = 'not_right', lane = case when party_id = (select max(party_id::text)"
        "::uuid from signal where community_id = $1) then 'told' else 'seeks' end"
        " where community_id = $1 and verdict is null", world.community,
    )  # fmt: skip
    world.clock.move(days=91)
    await write(world, work_pool)
    page = await (await worker.browser()).page("/signals/quarters")
    assert "Was het goed om te bellen?" in page.text
    assert "Ja minder dan 5 minder dan 5 Nee 5 minder dan 5" in page.text
