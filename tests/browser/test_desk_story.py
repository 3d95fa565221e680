"""The worker's story in a real browser: from a signal to a person, and back to a wider circle."""

from contextlib import AsyncExitStack

import pytest

from tests import makers_exchanges as talks
from tests.browser.conftest import Opens
from tests.browser.walk import Walk
from tests.makers_introductions import wishes
from tests.makers_signals import raised
from tests.world import Member, World

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_a_signal_becomes_a_talk_an_introduction_and_a_wider_circle(
    opens: Opens, world: World, script: bool
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar", place_id=world.square, likes="Wandelen, soep koken")
    fien = await world.member(
        "Fien Kok",
        place_id=world.square,
        likes="Wandelen",
        phone="06 55500777",
        phone_key="+31655500777",
    )
    for member in (bep, fien):
        await wishes(world, member)
    async with AsyncExitStack() as stack:

        async def enter(who: Member) -> Walk:
            page = await stack.enter_async_context(opens(who, script=script, phone=True))
            return Walk(page, world, "nl")

        worker, lonely = await enter(samira), await enter(bep)
        person = f"/worklist/parties/{bep.id}"
        await worker.to("/worklist")
        await worker.reads("Bep Molenaar bellen")
        await worker.press("Bekijk en bel : Bep Molenaar bellen")
        assert worker.path == person
        await worker.press("Ik ga bellen of langs")
        await worker.reads("Twee vragen zonder antwoord.")
        await worker.press("Ik ga bellen")
        await worker.to(person)
        await worker.press("Gesprek noteren")
        await worker.choose("heard", "call")
        await worker.fill("words", "Ze wandelt graag, maar niet alleen.")
        await worker.choose("wish", "meet")
        await worker.press("Bewaar dit gesprek")
        await worker.reads("Ze wandelt graag, maar niet alleen.")
        circle = worker.page.locator("section[aria-labelledby=circle]")
        assert "Fien" not in await circle.inner_html()
        await worker.press("Wie past bij Bep?")
        await worker.press("Stel Fien voor")
        introduction = worker.path
        await worker.choose("told", "page")
        await worker.press("Bewaar wat er gezegd is")
        await lonely.to("")
        async with lonely.page.expect_navigation():
            await lonely.page.locator("main a[href*='/introductions/']").first.click()
        assert "Fien" not in await lonely.page.locator("main").inner_text()
        await lonely.choose("answer", "yes")
        await lonely.press("Geef mijn antwoord")
        await worker.to(introduction)
        await worker.choose("told", "yes")
        await worker.press("Bewaar wat er gezegd is")
        await lonely.to(f"{introduction}/mine")
        await lonely.reads("Fien wil u graag ontmoeten")
        await lonely.reads("06 55500777")
        await talks.confirmed(world, bep, fien, minutes=60)
        await lonely.to(f"{introduction}/mine")
        await lonely.choose("came", "met")
        await lonely.press("Geef dit door")
        await worker.to(person)
        assert "Fien" in await circle.locator("svg").first.inner_html()
        assert "Fien Kok" in await circle.locator("table").inner_text()
        await worker.press("Afronden")
        await worker.choose("outcome", "grown")
        await worker.press("Rond het af")
        await worker.to("/worklist")
        assert "Bep Molenaar bellen" not in await worker.page.locator("main").inner_text()
