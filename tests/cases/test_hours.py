"""The statement, everywhere it is shown, and the days by which things end (cases L1, L3, L4, T4)."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import makers_exchanges as talks
from tests.makers_membership import send, suspend
from tests.makers_posts import need
from tests.pages import Page
from tests.world import Member, World
from timebank import hours, posts
from timebank.hours.store import statement
from timebank.kernel.db import Pool, transaction
from timebank.kernel.words import duration
from timebank.membership import leaving, standing

pytestmark = pytest.mark.anyio


async def _lines(world: World, member: Member) -> list[Any]:
    async with world.transaction() as db:
        return await statement(db, world.community, member.id, None, 500)


def _rows(page: Page) -> list[str]:
    """The lines of a statement as they are read, without what stands around them."""
    return [
        " ".join("".join(row.itertext()).split())
        for row in page.tree.iter("tr")
        if list(row.iter("td"))
    ]


async def _shown(world: World, member: Member) -> tuple[list[str], list[str], list[int]]:
    """Amounts in the order of the page, of the print and of the download."""
    browser = await member.browser()
    amounts = []
    for path in ("/hours", "/hours/statement"):
        rows = _rows(await browser.page(path))
        amounts.append([" | ".join(re.findall(r"\d+ (?:uur|minuten)", row)) for row in rows])
    found = json.loads((await browser.get(f"/{world.slug}/parties/me/download")).text)
    return amounts[0], amounts[1], [line["Minuten"] for line in found["Uw tijd"]]


async def test_l4_two_bookings_in_one_second_have_one_order_everywhere(world: World) -> None:
    anna = await world.member("Anna de Vries")
    others = [await world.member(f"Buur{letter} Smit") for letter in "ABCD"]
    for number, other in enumerate(others, 1):
        await talks.confirmed(world, anna, other, minutes=15 * number)
    first = await _shown(world, anna)
    assert first == await _shown(world, anna)
    page, printed, file = first
    assert file in ([-60, -45, -30, -15, 300], [300, -15, -30, -45, -60])
    assert len(page) == len(printed) == 5
    assert page in (printed, printed[::-1])
    lines = await _lines(world, anna)
    assert [line.seq for line in lines] == sorted((line.seq for line in lines), reverse=True)
    after = 0
    for line in reversed(lines):
        after += line.minutes
        assert line.balance_after == after
    [balance] = await talks.balances(world, anna)
    assert lines[0].balance_after == balance
    assert duration(balance) in (await (await anna.browser()).page("/hours")).text


async def test_l3_the_partners_statement_stays_when_somebody_leaves_and_is_forgotten(
    world: World,
) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    await world.admin("Joris Smit")
    await talks.confirmed(world, anna, ria, minutes=45)
    await talks.confirmed(world, ria, anna, minutes=30)
    before = await _lines(world, anna)
    browser = await anna.browser(own_device=True)
    rows = _rows(await browser.page("/hours/statement"))
    async with world.transaction() as db:
        await leaving.leave(
            db, community=world.community, party=ria.id, by=ria.id, now=world.clock()
        )
    world.clock.move(days=15)
    async with world.transaction() as db:
        await leaving.finish_leaving(db, community=world.community, now=world.clock())
    browser = await anna.browser()
    gone = _rows(await browser.page("/hours/statement"))
    assert [_without_days(row) for row in gone] == [_without_days(row) for row in rows]
    assert await _lines(world, anna) == before
    await world.owner.execute(
        "delete from person where community_id = $1 and party_id = $2", world.community, ria.id
    )
    for path in ("/hours", "/hours/statement"):
        erased = _rows(await browser.page(path))
        assert not [row for row in erased if "Ria" in row]
        assert len([row for row in erased if "iemand die niet meer meedoet" in row]) == 2
    assert await _lines(world, anna) == before


def _without_days(row: str) -> str:
    return re.sub(r"\b(gisteren|vandaag|\w+dag)\b,? ?|\(.*?\)", "", row).strip()


@pytest.mark.parametrize("way", ["suspended", "paused", "left and back"])
async def test_l1_at_the_limit_coming_back_changes_no_hours_and_blocks_only_receiving(
    world: World, way: str
) -> None:
    admin = await world.admin("Joris Smit")
    rich, poor = await world.member("Rijk Vol"), await world.member("Anna de Vries")
    await talks.confirmed(world, poor, rich, minutes=60)
    async with world.transaction() as db:
        await db.execute(
            "insert into hours_rule select community_id, version + 1, starting_minutes, soft_low,"
            " 330, hard_low, 345, unit_minutes, give_away_after_days, set_by, set_at"
            " from hours_rule where community_id = $1 order by version desc limit 1",
            world.community,
        )
    before = await _lines(world, rich)
    place: dict[str, Any] = {"community": world.community, "party": rich.id, "by": rich.id}
    if way == "suspended":
        await suspend(world, admin, rich)
        await send(
            await admin.browser(), f"/parties/{rich.id}/admin", "/suspension/end", words="Welkom"
        )
    else:
        async with world.transaction() as db:
            today = world.clock().date()
            if way == "paused":
                until = today + timedelta(days=9)
                await standing.pause(db, until=until, now=world.clock(), **place)
            else:
                await leaving.leave(db, now=world.clock(), **place)
            await standing.take_part_again(db, now=world.clock(), **place)
    assert await _lines(world, rich) == before
    id_ = await talks.talk(world, poor, rich)
    proposal = await talks.propose(world, id_, rich)
    refused = await send(
        await poor.browser(), f"/exchanges/{id_}", "/agreement", status=409,
        proposal=str(proposal),
    )  # fmt: skip
    assert "komt dan over de grens" in refused.errors()[0]
    assert await talks.balances(world, rich, poor) == [360, 240]
    await talks.confirmed(world, rich, poor, minutes=30)
    assert await talks.balances(world, rich, poor) == [330, 270]


DAYS = [
    # The last day, and the two sides of its midnight: before, in and after the changes of the clock.
    (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), datetime(2026, 3, 28, 23, 1, tzinfo=UTC)),
    (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime(2026, 3, 29, 22, 1, tzinfo=UTC)),
    (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), datetime(2026, 10, 24, 22, 1, tzinfo=UTC)),
    (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize(("evening", "night"), DAYS)
async def test_t4_a_post_ends_at_midnight_here_also_when_the_clock_changes(
    world: World, work_pool: Pool, evening: datetime, night: datetime
) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    world.clock.set(evening - timedelta(days=90, hours=8))
    post = await need(world, anna, "Wie hangt mijn lamp op?")
    seen = []
    for moment in (evening, night):
        world.clock.set(moment)
        async with transaction(work_pool, world.community) as db:
            await posts.warn_and_expire(db, community=world.community, now=moment)
        browser = await bob.browser()
        page = await browser.page(f"/posts/{post}")
        found = await browser.page("/posts/search?direction=offer&q=lamp")
        seen.append((page.h1.startswith("Wie hangt"), "mijn lamp op" in found.text))
    assert seen == [(True, True), (False, False)]


@pytest.mark.parametrize("asked", [0, -15])
async def test_l5_a_booking_of_nothing_is_refused_wherever_it_is_typed(
    world: World, asked: int
) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    admin = await world.admin("Joris Smit")
    world.clock.move(days=31)
    browser = await anna.browser()
    typed = {"minutes_choice": "other", "minutes_hours": "0", "minutes_minutes": str(asked)}
    await send(browser, "/hours/transfers/new", "/transfers", status=422, to="pot", **typed)
    talk = await talks.planned(world, anna, bob, on_date=world.clock().date())
    time = {"time_choice": "other", "time_hours": "0", "time_minutes": str(asked)}
    await send(await bob.browser(), f"/exchanges/{talk}/done", "/done", status=422, **time)
    await send(
        await bob.browser(), f"/exchanges/{talk}/proposals/new", "/proposals", status=422,
        on_choice="today", at="14.00", **time,
    )  # fmt: skip
    done = await talks.done(world, anna, bob, title="Ramen zemen")
    await send(
        browser, f"/exchanges/{done}/disagreement", "/disagreement", status=422, what="time", **time
    )
    before = await world.owner.fetchval(
        "select count(*) from transfer where community_id = $1", world.community
    )
    assert before == 3 and admin
    async with world.transaction() as db:
        balance = await hours.balance(
            db, community=world.community, party=anna.id, now=world.clock()
        )
    assert balance.minutes == 300
