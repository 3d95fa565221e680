"""The twelve main pages with the keyboard alone, at 400 % zoom and on a phone with its bar."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Opens
from tests.browser.main_pages import by_role
from tests.house.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

ZOOMED = {"width": 320, "height": 225}
"""What is left of 1280 by 900 at 400 %."""
PHONE = {"width": 390, "height": 700}
CONTROLS = """() => {
  const groups = new Set();
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled);
  window.stops = all.filter(e => {
    if (e.type !== "radio") return true;
    const group = document.querySelectorAll(`input[name="${e.name}"]`);
    const chosen = [...group].find(one => one.checked);
    if (chosen ? e !== chosen : groups.has(e.name)) return false;
    return groups.add(e.name);
  });
  return window.stops.length;
}"""
"""Where Tab must come, once each; of radio buttons the chosen one, else the first."""
HERE = """() => {
  const e = document.activeElement, face = e.nextElementSibling;
  const drawn = face && face.matches(".face") ? face : e, box = drawn.getBoundingClientRect();
  const style = getComputedStyle(drawn), ring = parseFloat(style.outlineWidth);
  const inside = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
  const lines = [...drawn.getClientRects()].filter(line => line.width && line.height);
  const seen = lines.some(line => {
    const shown = Math.min(line.bottom, innerHeight) - Math.max(line.top, 0);
    const y = Math.max(line.top, 0) + shown / 2, label = e.closest("label");
    const top = document.elementFromPoint(line.left + line.width / 2, y);
    return top && (e.contains(top) || drawn.contains(top) || (label && label.contains(top)));
  });
  return {
    stop: window.stops.indexOf(e), what: `${e.localName} ${e.textContent.trim() || e.name}`,
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    fixed: !!e.closest(".menu") && getComputedStyle(e.closest(".menu")).position === "fixed",
    skip: e.matches(".skip"), seen: seen && inside > Math.min(box.height, 20) - 1,
    ring: style.outlineStyle !== "none" && ring >= 3,
  };
}"""
"""Where the focus is, and whether it can be seen: a ring of 3 px, and nothing over it."""


@pytest.mark.parametrize("size", [ZOOMED, PHONE], ids=["at 400 %", "on a phone"])
async def test_tab_comes_to_everything_in_the_order_in_which_it_stands(
    size: dict[str, Any], town: Town, opens: Opens
) -> None:
    wrong: list[str] = []
    for role, pages in by_role().items():
        async with opens(town.people.get(role), reduced_motion="reduce") as page:
            await page.set_viewport_size(size)
            for main in pages:
                await page.goto(main.address(town))
                wrong += [f"{main.name}: {what}" for what in await walk(page)]
    assert not wrong, "\n".join(wrong)


async def walk(page: Page) -> list[str]:
    """Tab through the page to its end; what is wrong on the way."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    wrong = ["it scrolls sideways"] if await page.evaluate(wide) else []
    count = int(await page.evaluate(CONTROLS))
    stops: list[dict[str, Any]] = []
    for _step in range(count + 1):
        await page.keyboard.press("Tab")
        here = await page.evaluate(HERE)
        if here["stop"] < 0 or here["stop"] in [before["stop"] for before in stops]:
            break
        stops.append(here)
    come = {here["stop"] for here in stops}
    if len(come) != count:
        missed = "i => window.stops[i].outerHTML.slice(0, 90)"
        wrong += [f"never came to {await page.evaluate(missed, n)}" for n in range(count)
                  if n not in come]  # fmt: skip
    wrong += [f"no ring on {here['what']}" for here in stops if not here["ring"]]
    wrong += [f"something lies over {here['what']}" for here in stops if not here["seen"]]
    for one, next_ in pairwise(stops):
        if not (one["fixed"] or next_["fixed"] or one["skip"]) and _goes_back(one, next_):
            wrong.append(f"from {one['what']} back to {next_['what']}")
    return wrong


def _goes_back(one: dict[str, Any], next_: dict[str, Any]) -> bool:
    """Up, or to the left on the same line."""
    if next_["bottom"] <= one["top"] + 1:
        return True
    same_line = min(one["bottom"], next_["bottom"]) - max(one["top"], next_["top"]) > 10
    return bool(same_line and next_["right"] <= one["left"] + 1)


async def test_the_first_tab_offers_to_skip_to_the_page(town: Town, opens: Opens) -> None:
    for role, pages in by_role().items():
        async with opens(town.people.get(role), reduced_motion="reduce") as page:
            await page.set_viewport_size(ZOOMED)
            for main in pages:
                await page.goto(main.address(town))
                await page.keyboard.press("Tab")
                link = page.locator(".skip:focus")
                box = await link.bounding_box()
                assert box and box["x"] >= 0 and box["y"] >= 0, main.name
                await page.keyboard.press("Enter")
                assert await page.evaluate("document.activeElement.id") == "main", main.name
                await page.keyboard.press("Tab")
                inside = "document.querySelector('main').contains(document.activeElement)"
                assert await page.evaluate(inside), main.name
