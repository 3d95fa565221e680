"""Every page that can be reached: no axe violation, nothing sideways, in both languages and lights."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.browser.conftest import Opens
from tests.browser.crawl import crawl
from tests.house.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What another light can change."""
WORDS = RULES | {"rules": {"color-contrast": {"enabled": False}}}
"""What other words can change."""


async def violations(page: Any, rules: dict[str, Any]) -> list[str]:
    """What axe finds: the rule, and where first."""
    await page.evaluate(AXE)
    found = await page.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]


async def sideways(page: Any) -> int:
    """Pixels by which the page is wider than the window."""
    return int(
        await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("role", ["visitor", "annie", "bram", "worker", "admin"])
async def test_every_page_is_sound(role: str, town: Town, opens: Opens) -> None:
    kinds = await crawl(await town.browser(role), town.world.slug, each=1, most=120)
    addresses = [pages[0].answer.url.raw_path.decode() for pages in kinds.values()]
    assert len(addresses) > 3
    member = town.people.get(role)
    wrong: list[str] = []
    async with opens(member) as page:
        await page.set_viewport_size({"width": 320, "height": 640})
        for address in addresses:
            await page.goto(address)
            if over := await sideways(page):
                wrong.append(f"{address} is {over} px too wide at 320 px")
            wrong += [f"{address} by day: {v}" for v in await violations(page, RULES)]
            await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            wrong += [f"{address} at night: {v}" for v in await violations(page, LIGHT)]
            await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    async with opens(member, language="en") as page:
        for address in addresses:
            await page.goto(address)
            if over := await sideways(page):
                wrong.append(f"{address} is {over} px too wide in English")
            wrong += [f"{address} in English: {v}" for v in await violations(page, WORDS)]
    assert not wrong, "\n".join(wrong)
