"""The person's page and what follows from it: who does it, how to reach her, what is not said yet."""

from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.makers_signals import as_worker, met, raised, signal_of, spoke
from tests.world import Member, World
from timebank import parties, signals
from timebank.kernel.dates import local_date

pytestmark = pytest.mark.anyio


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


async def story(world: World, member: Member) -> list[str]:
    found = await signal_of(world, member)
    assert found is not None
    async with world.transaction() as db:
        return [s.reason for s in await signals.steps_of(db, world.community, found.id)]


async def test_who_takes_it_over_reads_so_and_stays_with_the_person(
    world: World, samira: Member
) -> None:
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    joris = await world.worker("Joris Blom")
    browser = await joris.browser()
    page = await browser.page(f"/worklist/parties/{bep.id}")
    page = await browser.submit(page, "/owner")
    assert page.h1 == "Bep Molenaar" and "Dit ligt nu bij u." in page.text
    assert "Uw collega doet dit nu" not in page.text
    assert "Joris Blom. Nam het over van een collega." in page.text


@pytest.mark.parametrize("verb", ["talk", "plan", "snooze"])
async def test_a_colleague_who_goes_on_with_it_is_named_in_the_story_as_its_owner(
    world: World, samira: Member, verb: str
) -> None:
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    joris = await world.worker("Joris Blom")
    signal, soon = await signal_of(world, bep), local_date(world.clock()) + timedelta(days=7)
    assert signal is not None
    async with world.transaction() as db:
        by, now = as_worker(world, joris), world.clock()
        if verb == "plan":
            await signals.make_plan(db, by, signal.id, plan="visit", due_on=soon, now=now)
        elif verb == "snooze":
            await signals.snooze(db, by, signal.id, until=soon, now=now)
    if verb == "talk":
        await spoke(world, joris, bep)
    assert (await story(world, bep))[2] == "taken_over"
    before = await story(world, bep)
    await spoke(world, joris, bep)
    assert await story(world, bep) == [*before, "spoke"], "it was theirs already"


async def test_a_tab_left_open_says_it_is_over_and_leads_back_to_the_person(
    world: World, samira: Member
) -> None:
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    browser = await samira.browser()
    stale = {
        noun: await browser.page(f"/signals/{found.id}/{noun}") for noun in ("closing", "snooze")
    }
    first = await browser.page(f"/signals/{found.id}/closing")
    await browser.submit(first, "/closing", outcome="prefers")
    late = {"closing": {"outcome": "grown"}, "snooze": {"until_choice": "4"}}
    for noun, values in late.items():
        page = await browser.submit(stale[noun], f"/{noun}", status=409, **values)
        assert "Dit is al afgerond." in page.text and "Naar Bep" in page.text
        assert f"/worklist/parties/{bep.id}" in page.html
        page = await browser.page(f"/signals/{found.id}/{noun}", status=409)
        assert "Naar Bep" in page.text


async def test_every_way_to_reach_her_stands_on_the_page(world: World, samira: Member) -> None:
    bep = await world.member(
        "Bep Molenaar", reachable_by="email", email="bep@voorbeeld.nl", street="Hier 12",
        postcode="1234 AB", phone="06 12 34 56 78", phone_key="0612345678",
    )  # fmt: skip
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert 'href="mailto:bep@voorbeeld.nl"' in page.html and "06 12 34 56 78" in page.text
    assert "Adres: Hier 12, 1234 AB" in page.text
    assert "Nog geen" in page.text and "Nu niemand meer." not in page.text


async def test_nobody_any_more_is_said_only_of_who_had_somebody(
    world: World, samira: Member
) -> None:
    bep, riet = await world.member("Bep Molenaar"), await world.member("Riet Smit")
    await spoke(world, samira, bep)
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Nog geen buren." in page.text and "Nu niemand meer." not in page.text
    await met(world, riet, bep)
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=riet.id, state="left", now=world.clock(),
            from_states=("active",), by=riet.id,
        )  # fmt: skip
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Nu niemand meer." in page.text


async def test_what_runs_with_neighbours_comes_with_taking_it(world: World, samira: Member) -> None:
    bep = await raised(world, "Bep Molenaar")
    riet = await world.member("Riet Smit")
    await talks.planned(world, bep, riet, title="Koffie drinken")
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert "Afspraken die lopen" not in page.text and "Riet Smit" not in page.text
    page = await browser.submit(page, "/taking")
    assert "Afspraken die lopen" in page.text


async def test_a_step_past_its_day_is_called_late(world: World, samira: Member) -> None:
    bep = await raised(world, "Bep Molenaar")
    assert "Volgende stap: bellen" in (
        await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    ).text  # fmt: skip
    world.clock.move(days=20)
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Te laat: bellen. De dag was" in page.text and "Volgende stap" not in page.text


async def test_the_lead_says_how_many_lines_are_a_colleagues(world: World, samira: Member) -> None:
    joris, anna = await world.worker("Joris Blom"), await world.member("Anna de Vries")
    soon = local_date(world.clock()) + timedelta(days=7)
    await spoke(world, samira, anna, follow_up_on=soon)
    await spoke(world, joris, await world.member("Riet Smit"), follow_up_on=soon)
    page = await (await samira.browser()).page("/worklist")
    assert "1 ding wacht op u." in page.text and "collega" not in page.text
    page = await (await samira.browser()).page("/worklist?show=all")
    assert "2 dingen wachten. 1 daarvan ligt bij een collega." in page.text
