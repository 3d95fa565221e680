"""Lane C and lane D: a first talk with who has not started yet, and of who is silent a count alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import makers_exchanges as talks
from tests.makers_signals import answer, as_worker, met, raised, run_for, spoke
from tests.world import Member, World
from timebank import contacts
from timebank.kernel.dates import local_date

pytestmark = pytest.mark.anyio
HELLO = "Kennismaken met Bep Molenaar: nog niets afgesproken"


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


async def desk(member: Member) -> str:
    return (await (await member.browser()).page("/worklist")).text


async def test_who_agreed_on_nothing_stands_there_from_six_weeks_to_half_a_year(
    world: World, samira: Member
) -> None:
    await world.member("Bep Molenaar")
    for days, seen in ((41, False), (1, True), (139, True), (1, False)):
        world.clock.move(days=days)
        assert (HELLO in await desk(samira)) is seen, days


async def test_it_is_no_concern_comes_last_and_gives_no_reason(
    world: World, samira: Member
) -> None:
    bep, anna = await world.member("Bep Molenaar"), await world.member("Anna de Vries")
    world.clock.move(days=180)
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=60))
    text = await desk(samira)
    assert text.index("Anna de Vries weer bellen") < text.index(HELLO)
    assert text.index("Later") < text.index(HELLO) and "te laat" not in text
    looks = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and subject_id = $2"
        " and act = 'party.looked'", world.community, bep.id,
    )  # fmt: skip
    assert looks == 0, "no reason is shown, so no look"


@pytest.mark.parametrize("how", ["talk", "exchange", "not needed"])
async def test_it_is_done_by_a_talk_a_first_appointment_or_when_it_is_not_needed(
    world: World, samira: Member, how: str
) -> None:
    bep = await world.member("Bep Molenaar")
    world.clock.move(days=60)
    await spoke(world, samira, bep, heard="call_missed", words="")
    assert HELLO in await desk(samira), "a try is no talk"
    if how == "talk":
        await spoke(world, samira, bep)
    elif how == "exchange":
        await talks.planned(world, bep, await world.member("Riet Smit"))
    else:
        browser = await samira.browser()
        page = await browser.submit(await browser.page("/worklist"), "/welcome")
        assert "Deze regel komt niet terug." in page.text
        own = await (await bep.browser()).page("/parties/me/views")
        assert "Haalde het kennismaken met u van de werklijst." in own.text
    assert HELLO not in await desk(samira)
    world.clock.move(days=30)
    assert HELLO not in await desk(samira)


@pytest.mark.parametrize("why", ["hidden", "no", "paused", "aside", "works here", "signal"])
async def test_who_hides_said_no_or_has_something_else_waiting_is_not_there(
    world: World, samira: Member, why: str
) -> None:
    bep = await (raised(world, "Bep Molenaar") if why == "signal" else world.member("Bep Molenaar"))
    if why != "signal":
        world.clock.move(days=60)
        assert HELLO in await desk(samira)
    who = (world.community, bep.id)
    if why == "hidden":
        await world.owner.execute(
            "update person set hidden = true where community_id = $1 and party_id = $2", *who
        )
    elif why == "paused":
        await world.owner.execute(
            "update party set state = 'paused' where community_id = $1 and id = $2", *who
        )
    elif why == "no":
        await answer(world, bep, "no")
    elif why == "works here":
        await world.worker_too(bep, world.south)
    elif why == "aside":
        async with world.transaction() as db:
            await contacts.step_aside(db, as_worker(world, samira), bep.id, now=world.clock())
    assert HELLO not in await desk(samira)


async def test_a_few_at_once_and_handed_over_as_any_other(world: World, samira: Member) -> None:
    joris = await world.worker("Joris Blom")
    for n in range(7):
        await world.member(f"Nieuwe Buur{n}")
    world.clock.move(days=60)
    browser = await samira.browser()
    page = await browser.page("/worklist")
    assert page.html.count("<h3>Kennismaken") == 5
    path = next(link for link in page.links() if "/lines/welcome/" in link)
    form = await browser.page(path.removeprefix(f"/{world.slug}"))
    await browser.submit(form, "/owner", to=str(joris.id))
    for one, many in ((joris, 1), (samira, 4)):
        page = await (await one.browser()).page("/worklist")
        assert page.html.count("<h3>Kennismaken") == many


async def test_only_her_worker_says_that_it_is_not_needed(world: World, samira: Member) -> None:
    bep, anna = await world.member("Bep Molenaar"), await world.member("Anna de Vries")
    zoe, fatima = await world.worker("Zoë Zuid", world.south), await world.admin("Fatima Zahra")
    for one in (anna, zoe, fatima):
        browser = await one.browser()
        token = (await browser.page("/sessions")).forms()[0].data["_csrf"]
        sent = await browser.post(
            f"/{world.slug}/worklist/parties/{bep.id}/welcome", data={"_csrf": token}
        )
        assert sent.status_code == 404


async def silent(world: World, samira: Member) -> bool:
    return "mensen horen wij al een tijd weinig" in await desk(samira)


async def test_of_who_is_silent_there_is_a_masked_count_and_no_name(
    world: World, samira: Member
) -> None:
    people = [await world.member(f"Stille Buur{n}", consent="yes") for n in range(5)]
    other = await world.member("Riet Smit")
    world.clock.move(days=181)
    assert not await silent(world, samira), "not before half a year"
    world.clock.move(days=2)
    text = await desk(samira)
    assert "Van 6 mensen horen wij al een tijd weinig." in text and "Stille" not in text
    await met(world, people[0], other)
    assert "Van minder dan 5 mensen horen wij" in await desk(samira)
    await run_for(world, 8)
    assert "Stille" not in await desk(samira)


async def test_the_page_of_the_neighbourhood_names_only_about_whom_a_signal_is_open(
    world: World, samira: Member
) -> None:
    await world.member("Stil Stam", consent="yes")
    await raised(world, "Bep Molenaar")
    world.clock.move(days=42)
    bep: UUID = await world.owner.fetchval(
        "select party_id from signal where community_id = $1", world.community
    )
    page = await (await samira.browser()).page(f"/worklist/areas/{world.north}")
    assert "Wie zag hier niemand Minder dan 5 mensen." in page.text
    assert str(bep) in page.html and "Stil Stam" not in page.text
