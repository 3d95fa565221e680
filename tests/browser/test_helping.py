"""A daughter confirms for her mother, in a real browser: chosen, begun, in sight all the time, ended."""

from contextlib import AsyncExitStack

import pytest

from tests import makers_exchanges as talks
from tests.browser.conftest import Opens
from tests.browser.walk import Walk
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("script", [True, False])
async def test_a_daughter_confirms_for_her_mother_until_her_mother_ends_it(
    opens: Opens, world: World, script: bool
) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    talk = await talks.done(world, mother, await world.member("Bram Bakker"), title="Ramen lappen")
    async with AsyncExitStack() as stack:
        bep = Walk(await stack.enter_async_context(opens(mother, script=script)), world, "nl")
        await bep.to("/parties/me")
        await bep.press("Kies wie u mag helpen")
        await bep.fill("number", anna.number)
        await bep.page.get_by_label("Zeggen dat iets gedaan is, en of de tijd klopt").check()
        await bep.press("Ga verder")
        await bep.reads("Anna Molenaar")
        await bep.press("Ja, bewaar dit")
        world.clock.move(days=1, minutes=1)
        hers = Walk(
            await stack.enter_async_context(opens(anna, phone=True, script=script)), world, "nl"
        )
        await hers.to("")
        await hers.press("Iets regelen voor Bep")
        for path in ("", "/exchanges", "/hours", f"/exchanges/{talk}"):
            await hers.to(path)
            await hers.page.get_by_text("U handelt nu voor").wait_for()
        await hers.press("Ja, dat klopt")
        async with hers.page.expect_navigation():
            await hers.page.get_by_role("button", name="Stop hiermee").click()
        await hers.reads("Dag Anna")
        bep = Walk(await stack.enter_async_context(opens(mother, script=script)), world, "nl")
        await bep.to("/parties/me/views")
        await bep.reads("Zei dat de tijd klopt. De tijd is geboekt.")
        await bep.page.get_by_text("Anna Molenaar").first.wait_for()
        await bep.to("/parties/me")
        await bep.press("Laat Anna stoppen")
        answer = await hers.page.goto(f"/{world.slug}/exchanges/{talk}")
        assert answer is not None and answer.status == 404
