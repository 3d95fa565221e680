"""A talk with a member: noted in a minute, read back, and no more when she says so."""

import pytest

from tests.makers_signals import raised, signal_of
from tests.pages import Page
from tests.worklist.test_signal_page import looks_at
from tests.world import World
from timebank import parties

pytestmark = pytest.mark.anyio


async def test_a_talk_is_noted_in_a_minute_and_read_back(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    page = await browser.submit(
        page, "/contacts", heard="call", words="Komt graag koffie drinken.", wish="meet",
        next_choice="1",
    )  # fmt: skip
    assert "Het gesprek is bewaard." in page.text and "Komt graag koffie drinken." in page.text
    assert "Wil graag iemand leren kennen." in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.state == "contact_made"
    assert "Iets afspreken met Bep Molenaar" in (await browser.page("/worklist")).text


async def test_a_form_says_all_that_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    wrong = await browser.submit(
        page, "/contacts", status=422, words="Dit typte ik.", held_choice="other", held_day="1",
        held_month="4", held_year="2099", heard="call", next_choice="other", next_day="1",
        next_month="1", next_year="2020",
    )  # fmt: skip
    assert len(wrong.errors()) == 2
    assert wrong.form("/contacts").data["words"] == "Dit typte ik."
    wrong = await browser.submit(page, "/contacts", status=422)
    assert "Kies hoe het contact was." in wrong.errors()
    found = await signal_of(world, bep)
    assert found is not None and found.state == "raised"


async def test_a_second_press_notes_one_talk(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    for _press in range(2):
        await browser.submit(page, "/contacts", heard="call", words="Hallo.")
    count = await world.owner.fetchval(
        "select count(*) from contact where community_id = $1", world.community
    )
    assert count == 1


async def test_no_more_calls_is_obeyed_at_once(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    page = await browser.submit(
        page, "/contacts", heard="call", wish="no_calls", words="Niet meer."
    )
    assert "gewist" in page.text and await signal_of(world, bep) is None
    async with world.transaction() as db:
        said = await parties.consent(db, world.community, bep.id, parties.WORKER_CALL)
    assert said == "no"


async def test_why_a_worker_looks_is_asked_once_a_day_and_read_by_the_member(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", phone="06 12 34 56 78", phone_key="0612345678")
    browser = await samira.browser()
    path = f"/{world.slug}/worklist/parties/{bep.id}"
    asked = Page(await browser.get(path))
    assert "Waarom kijkt u bij Bep?" in asked.text and "06 12" not in asked.text
    assert await looks_at(world, bep, samira) == 0, "nothing was shown yet"
    await browser.submit(asked, "/looks", status=422, press="purpose=curious")
    page = await browser.submit(asked, "/looks", press="purpose=arrange")
    assert "06 12 34 56 78" in page.text and await looks_at(world, bep, samira) == 1
    world.clock.move(hours=1)
    browser = await samira.browser()
    assert "06 12 34 56 78" in Page(await browser.get(path)).text, "not asked again today"
    assert await looks_at(world, bep, samira) == 2
    own = await (await bep.browser()).page("/parties/me/views")
    assert "om iets voor u te regelen" in own.text
    world.clock.move(days=1)
    browser = await samira.browser()
    assert "Waarom kijkt u bij Bep?" in Page(await browser.get(path)).text
