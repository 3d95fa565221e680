"""A talk noted on a phone at a front door: how many taps it takes."""

import pytest

from tests.browser.conftest import Opens
from tests.browser.walk import Walk
from tests.house.town import Town
from tests.makers_signals import notes_of

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
MOST_TAPS = 3
"""Half a minute: how it was, where to type, save. All else is filled in or may stay open."""

COUNTING = """() => {
  window.name = String(Number(window.name || 0));
  document.addEventListener("click", e => {
    if (e.isTrusted) window.name = String(Number(window.name) + 1);
  }, true);
}"""


@pytest.mark.parametrize("script", [True, False])
async def test_a_talk_is_noted_in_three_taps(town: Town, opens: Opens, script: bool) -> None:
    worker, bep = town.people["worker"], town.things["bep"]
    before = len(await notes_of(town.world, _Member(bep)))
    async with opens(worker, phone=True, script=script) as page:
        if script:
            await page.add_init_script(f"({COUNTING})()")
        walk = Walk(page, town.world, "nl")
        await walk.to(f"/contacts/new?party={bep}")
        await walk.choose("heard", "call")
        await page.locator("main [name=words]").click()
        await page.keyboard.type("Ging goed.")
        await walk.press("Bewaar dit gesprek")
        await walk.reads("Ging goed.")
        if script:
            assert int(await page.evaluate("window.name")) <= MOST_TAPS
    assert len(await notes_of(town.world, _Member(bep))) == before + 1


class _Member:
    """As far as the maker asks."""

    def __init__(self, id_: object) -> None:
        self.id = id_
