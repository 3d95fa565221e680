"""Groups that meet: who sees them, who ticks who was there, and what the member reads of it."""

from datetime import timedelta

import pytest

from tests.makers_erasure import erase
from tests.makers_gatherings import attendance_of, comes, gathering, was_there
from tests.makers_signals import met
from tests.world import World
from timebank import parties
from timebank.gatherings import actions
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool

pytestmark = pytest.mark.anyio


async def test_a_worker_begins_a_group_and_the_host_hears_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    browser = await samira.browser()
    page = await browser.page("/gatherings/new")
    page = await browser.submit(
        page, "/gatherings", title="Koffieochtend", every="week", first_day="10",
        first_month="maart", first_year="2026", starts="10.00", meet_at="De Schakel",
        host=riet.number,
    )  # fmt: skip
    assert page.h1 == "Koffieochtend" and "De groep staat er" in page.text
    assert "Elke dinsdag om 10.00 uur" in page.text
    start = await (await riet.browser()).page("/")
    assert "Samira vraagt u om buren te ontvangen" in start.text


async def test_what_is_missing_is_asked_for_and_kept_as_typed(world: World) -> None:
    browser = await (await world.worker("Samira Bouali")).browser()
    page = await browser.page("/gatherings/new")
    page = await browser.submit(
        page, "/gatherings", status=422, title="Eettafel", host="123", starts="25 uur",
        first_day="1", first_month="mei", first_year="2040",
    )  # fmt: skip
    assert len(page.errors()) == 2 and page.form("/gatherings").data["title"] == "Eettafel"
    page = await browser.submit(
        page, "/gatherings", status=422, starts="18.00", first_year="2040", host=""
    )
    assert page.errors() == ["Kies een dag binnen een jaar."]


async def test_residents_see_the_groups_of_their_own_neighbourhood(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    group = await gathering(world, samira)
    here = await (await world.member("Anna de Vries")).browser()
    there = await (await world.member("Zoë Zuid", world.south)).browser()
    assert "Koffieochtend" in (await here.page("/gatherings")).text
    assert "Koffieochtend" not in (await there.page("/gatherings")).text
    await there.page(f"/gatherings/{group}", status=404)


async def test_who_shall_not_meet_the_host_does_not_see_the_group(world: World) -> None:
    samira, riet = await world.worker("Samira Bouali"), await world.member("Riet Smit")
    anna = await world.member("Anna de Vries")
    group = await gathering(world, samira, host=riet)
    await comes(world, anna, group)
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=riet.id, blocked=anna.id, by=riet.id,
            now=world.clock(),
        )  # fmt: skip
    browser = await anna.browser()
    assert "Koffieochtend" not in (await browser.page("/gatherings")).text
    await browser.page(f"/gatherings/{group}", status=404)
    host = await riet.browser()
    assert "Anna" not in (await host.page(f"/gatherings/{group}/attendance")).text
    assert "Anna" in (await (await samira.browser()).page(f"/gatherings/{group}/attendance")).text


async def test_the_host_ticks_who_was_there_and_it_is_kept_by_whom(world: World) -> None:
    samira, riet = await world.worker("Samira Bouali"), await world.member("Riet Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    group = await gathering(world, samira, host=riet)
    browser = await anna.browser()
    page = await browser.submit(await browser.page(f"/gatherings/{group}"), "/guests")
    assert "U staat op de lijst" in page.text
    host = await riet.browser()
    page = await host.page(f"/gatherings/{group}/attendance")
    page = await host.submit(
        page, "/attendance", came=str(anna.id), also="bram bakker\n", others="2"
    )
    assert "2 buren en 2 anderen" in page.text and "Aangevinkt door Riet" in page.text
    for member in (anna, bram):
        [row] = await attendance_of(world, member)
        assert (row["ticked_by_id"], row["way"]) == (riet.id, "page")
        assert row["on_date"] == local_date(world.clock())
    page = await host.page(f"/gatherings/{group}/attendance")
    assert sorted(page.form("/attendance").data["came"]) == sorted([str(anna.id), str(bram.id)])


async def test_a_list_from_paper_is_put_right_by_typing_it_again(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries")
    group = await gathering(world, samira, days_ago=7)
    last_week = local_date(world.clock()) - timedelta(days=7)
    await was_there(world, samira, group, anna, on=last_week)
    browser = await samira.browser()
    page = await browser.page(f"/gatherings/{group}/attendance?on={last_week}")
    page = await browser.submit(page, "/attendance", came=None, paper="1")
    assert "0 buren" in page.text and "Van papier, getypt door Samira" in page.text
    assert await attendance_of(world, anna) == []


async def test_only_host_and_worker_of_that_neighbourhood_keep_the_list(world: World) -> None:
    samira, riet = await world.worker("Samira Bouali"), await world.member("Riet Smit")
    group = await gathering(world, samira, host=riet)
    others = [
        await world.member("Anna de Vries"), await world.admin("Joris Smit"),
        await world.worker("Evert Post", world.south),
    ]  # fmt: skip
    for other in others:
        browser = await other.browser()
        for path in ("attendance", "print", "edit"):
            await browser.page(f"/gatherings/{group}/{path}", status=404)
    host = await riet.browser()
    await host.page(f"/gatherings/{group}/attendance")
    await host.page(f"/gatherings/{group}/edit", status=404)


async def test_no_list_is_kept_of_a_day_that_is_to_come_or_long_past(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    group = await gathering(world, samira)
    browser, today = await samira.browser(), local_date(world.clock())
    for days in (7, 1, -7, -70):
        on = today + timedelta(days=days)
        await browser.page(f"/gatherings/{group}/attendance?on={on}", status=404)
    await browser.page(f"/gatherings/{group}/attendance?on=gisteren", status=404)


async def test_a_name_that_is_not_found_or_is_borne_twice_is_said(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    hidden = await world.member("Hilde Hof")
    for street in ("Anna de Vries", "Anna de Vries"):
        await world.member(street)
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=hidden.id, hidden=True)
    riet = await world.member("Riet Smit")
    group = await gathering(world, samira, host=riet)
    browser = await riet.browser()
    for line, said in (
        ("Niemand Hier", "Wij vinden niemand"), ("123456", "Wij vinden niemand"),
        ("Anna de Vries", "Meer dan één buur heet"), ("Hilde Hof", "Wij vinden niemand"),
        (hidden.number, "Wij vinden niemand"),
    ):  # fmt: skip
        page = await browser.page(f"/gatherings/{group}/attendance")
        page = await browser.submit(page, "/attendance", status=422, also=line)
        assert page.errors()[0].startswith(said), line
        assert page.form("/attendance").data["also"] == line
    assert await world.owner.fetchval(
        "select count(*) from gathering_day where community_id = $1", world.community
    ) == 0  # fmt: skip


async def test_the_member_reads_what_is_kept_and_why_and_takes_it_away(world: World) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    group = await gathering(world, samira)
    await was_there(world, samira, group, anna)
    browser = await anna.browser()
    assert f"/{world.slug}/gatherings/mine" in (await browser.page("/parties/me")).links()
    page = await browser.page("/gatherings/mine")
    assert "Koffieochtend" in page.text and "Waarom bewaren wij dit?" in page.text
    page = await browser.submit(page, "/removal")
    assert "staat hier niet meer" in page.text and await attendance_of(world, anna) == []


async def test_attending_makes_no_tie(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    cor = await world.member("Cor Vos")
    group = await gathering(world, samira)
    await was_there(world, samira, group, anna, bram)
    await met(world, anna, cor)
    found = await world.owner.fetch(
        "select other_id from tie_met where community_id = $1 and party_id = $2",
        world.community, anna.id,
    )  # fmt: skip
    assert [row["other_id"] for row in found] == [cor.id]


async def test_the_paper_list_has_names_boxes_and_empty_lines_and_is_recorded(world: World) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    group = await gathering(world, samira)
    await comes(world, anna, group)
    page = await (await samira.browser()).page(f"/gatherings/{group}/print")
    assert "Anna de Vries" in page.text and page.text.count("☐") == 9
    assert await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'gathering.printed'"
        " and object_id = $2", world.community, group,
    ) == 1  # fmt: skip


async def test_it_is_gone_after_thirteen_months_and_at_erasure(
    world: World, work_pool: Pool
) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    await world.admin("Joris Smit")
    group = await gathering(world, samira, host=anna)
    await was_there(world, samira, group, anna)
    world.clock.move(days=396)
    async with world.transaction() as db:
        await actions.forget_old(db, community=world.community, now=world.clock())
    assert len(await attendance_of(world, anna)) == 1
    world.clock.move(days=1)
    async with world.transaction() as db:
        await actions.forget_old(db, community=world.community, now=world.clock())
    assert await attendance_of(world, anna) == []
    await was_there(world, samira, group, anna)
    await erase(world, work_pool, anna.id)
    assert await attendance_of(world, anna) == []
    assert await world.owner.fetchval(
        "select host_id from gathering where community_id = $1 and id = $2", world.community, group
    ) is None  # fmt: skip


async def test_a_group_that_stopped_is_seen_by_its_worker_alone(world: World) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    group = await gathering(world, samira)
    browser = await samira.browser()
    page = await browser.submit(await browser.page(f"/gatherings/{group}"), "/closing")
    assert "Deze groep is gestopt." in page.text
    await (await anna.browser()).page(f"/gatherings/{group}", status=404)
    page = await browser.submit(page, "/opening")
    await (await anna.browser()).page(f"/gatherings/{group}")
