"""Every page that can be reached: no axe violation, nothing sideways, in both languages and lights."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import axe_playwright_python
import pytest

from tests.browser.conftest import Opens
from tests.browser.crawl import crawl
from tests.house.town import Town
from tests.pages import Page

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast": {"enabled": False}},
}
LIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What stands on what: the class of a thing and of what it stands in decide, and the light."""
NAMES = ("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "button-name",
         "document-title", "empty-heading", "empty-table-header", "html-has-lang", "html-lang-valid",
         "image-alt", "label", "landmark-unique", "link-name", "select-name", "summary-name",
         "svg-img-alt", "valid-lang")  # fmt: skip
WORDS = {"runOnly": {"type": "rule", "values": list(NAMES)}}
"""What other words can change: what things are called, and in which language. How the page is built is
the same, and was looked at in Dutch."""


VIOLATED = """rules => axe.run(document, rules).then(found =>
  found.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`))"""
"""Only what is wrong comes over: all that axe finds right is megabytes, and took most of the time."""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""Pixels by which the page is wider than the window."""
ROLES = ("admin", "worker", "annie", "bram", "visitor")


async def violations(page: Any, rules: dict[str, Any]) -> list[str]:
    """What axe finds: the rule, and where first."""
    options = rules | {"resultTypes": ["violations"], "preload": False}
    return list(await page.evaluate(VIOLATED, options))


@dataclass
class Seen:
    """What pages of each kind were made of, so that the same page is not looked at for each role."""

    parts: dict[str, set[object]] = field(default_factory=dict)

    def adds(self, kind: str, page: Page) -> bool:
        """Whether there is something on this page that no page of its kind had."""
        known = self.parts.setdefault(kind, set())
        before = len(known)
        known.update(_parts(page.tree))
        return len(known) > before


def _parts(parent: Element) -> Iterator[object]:
    """Each element with where it stands and how it is told and drawn; not its words."""
    for child in parent:
        yield (
            (parent.tag, parent.get("class")),
            (child.tag, child.get("class"), child.get("type"), child.get("role")),
            frozenset(name for name in child.attrib),
            "".join(child.itertext()).strip() == "",
        )
        yield from _parts(child)


async def addresses(town: Town) -> dict[str, list[tuple[str, bool]]]:
    """For each role the pages that are another sight than those of the roles before it, and whether
    something stands there in what it stood in on no page yet."""
    seen, drawn = Seen(), Seen()
    found: dict[str, list[tuple[str, bool]]] = {}
    for role in ROLES:
        kinds = await crawl(await town.browser(role), town.world.slug, each=1, most=160)
        assert len(kinds) > 3
        found[role] = [
            (pages[0].answer.url.raw_path.decode(), drawn.adds("", pages[0]))
            for kind, pages in kinds.items()
            if seen.adds(kind, pages[0])
        ]
    return found


async def test_every_page_is_sound(town: Town, opens: Opens) -> None:
    """On a small phone by day and at night, and in English; both readers go through it together."""
    wrong: list[str] = []
    for role, found in (await addresses(town)).items():
        person = town.people.get(role)
        async with opens(person) as dutch, opens(person, language="en") as english:
            for page in (dutch, english):
                await page.set_viewport_size({"width": 320, "height": 640})
                await page.add_init_script(AXE)
            for address, is_new in found:
                told = await asyncio.gather(
                    _in_dutch(dutch, address, in_both_lights=is_new), _in_english(english, address)
                )
                wrong += [f"{role}: {address}{what}" for side in told for what in side]
    assert not wrong, "\n".join(wrong)


async def _in_dutch(page: Any, address: str, *, in_both_lights: bool) -> list[str]:
    await page.goto(address)
    over = await page.evaluate(WIDER)
    wrong = [f" is {over} px too wide"] if over else []
    wrong += [f": {found}" for found in await violations(page, RULES)]
    if in_both_lights:
        for light in ("dark", "light"):
            await page.emulate_media(color_scheme=light, reduced_motion="reduce")
            wrong += [f" ({light}): {found}" for found in await violations(page, LIGHT)]
    return wrong


async def _in_english(page: Any, address: str) -> list[str]:
    await page.goto(address)
    over = await page.evaluate(WIDER)
    wrong = [f" in English is {over} px too wide"] if over else []
    return wrong + [f" in English: {found}" for found in await violations(page, WORDS)]
