"""Pages of the posts, as a browser without script sees them."""

import pytest

from tests.makers_posts import need, offer
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_one_line_is_enough_to_ask(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    assert page.h1 == "Waarmee kan een buur u helpen?"
    shown = await browser.submit(page, "/posts", title="Wie hangt mijn lamp op?")
    assert shown.h1 == "Wie hangt mijn lamp op?"
    assert "Uw vraag staat erop" in shown.text
    mine = await browser.page("/posts?direction=need")
    assert "Wie hangt mijn lamp op?" in mine.text
    bob = await world.member("Bob Bakker")
    theirs = await (await bob.browser()).page("/posts?direction=offer")
    assert "Wie hangt mijn lamp op?" in theirs.text
