"""Case W3 for two: when one of them moves, a worker of both goes on with it, else it ends."""

from typing import Any

import pytest

from tests.introductions.test_life import three
from tests.makers_introductions import asked, chosen, run, stands
from tests.world import Member, World
from timebank import parties
from timebank.introductions import wording
from timebank.introductions.model import Reason

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("flipped", [False, True])
def test_who_seeks_company_reads_as_who_would_like_to_do_something_together(flipped: bool) -> None:
    seeks = Reason("gets" if flipped else "gives", "company")
    said = "Deze buur wil graag samen iets doen."
    assert wording.for_side([seeks], flipped=flipped) == [said]
    assert wording.for_side([seeks, Reason("together")], flipped=flipped) == [
        "Deze buur wil ook graag iets samen doen."
    ]


async def move(world: World, member: Member, area: Any) -> None:
    async with world.transaction() as db:
        await parties.change_details(
            db, community=world.community, party=member.id, by=member.id, now=world.clock(),
            details=world.details(member.full_name, area),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["first", "other"])
async def test_when_one_of_the_two_moves_away_the_old_worker_reads_nothing_and_it_ends(
    world: World, who: str
) -> None:
    samira, bep, riet = await three(world)
    zoe = await world.worker("Zoë Zuid", world.south)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "yes")
    await move(world, bep if who == "first" else riet, world.south)
    for one in (samira, zoe):
        page = await (await one.browser()).page("/worklist?show=all")
        assert "te ontmoeten" not in page.text
        await (await one.browser()).page(f"/introductions/{id_}", status=404)
    await run(world)
    assert (await stands(world, id_)).outcome == "withdrawn"


async def test_a_worker_of_both_neighbourhoods_goes_on_with_it(world: World) -> None:
    samira, bep, riet = await three(world)
    joris = await world.worker("Joris Blom")
    await world.worker_too(joris, world.south)
    id_ = await chosen(world, samira, bep, riet)
    await move(world, riet, world.south)
    page = await (await samira.browser()).page("/worklist?show=all")
    assert "Bep Molenaar vragen om een buur te ontmoeten" not in page.text
    await run(world)
    found = await stands(world, id_)
    assert (found.state, found.owner_id) == ("chosen", joris.id)
    page = await (await joris.browser()).page("/worklist")
    assert "Bep Molenaar vragen om een buur te ontmoeten" in page.text


async def test_it_is_handed_only_to_who_watches_over_both(world: World) -> None:
    samira, bep, riet = await three(world)
    await world.worker_too(samira, world.south)
    joris, iris = await world.worker("Joris Blom"), await world.worker("Iris Mol")
    await world.worker_too(iris, world.south)
    id_ = await chosen(world, samira, bep, riet)
    await move(world, riet, world.south)
    browser = await samira.browser()
    form = await browser.page(f"/worklist/lines/introduction/{id_}/owner")
    assert "Iris Mol" in form.text and "Joris Blom" not in form.text
    await browser.submit(form, "/owner", to=str(joris.id), status=404)
    await browser.submit(form, "/owner", to=str(iris.id))
    assert (await stands(world, id_)).owner_id == iris.id
