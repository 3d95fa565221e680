"""Every page in a language whose words are half as long again, on the narrowest phone."""

import re

import pytest

from tests.browser.conftest import Opens
from tests.browser.crawl import crawl
from tests.house import pseudo
from tests.house.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

BODY = re.compile(r"<body[^>]*>(.*)</body>", re.S)
OUTSIDE = """body => {
  document.body.innerHTML = body;
  const root = document.documentElement, found = [], wide = [];
  if (root.scrollWidth > root.clientWidth)
    found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
  for (const e of document.querySelectorAll("body *")) {
    if (!e.clientWidth || e.closest("svg, input, .sr, .skip, .none, thead")) continue;
    const style = getComputedStyle(e), cut = style.overflowY !== "visible";
    if (style.display === "inline") continue;
    if (e.scrollWidth <= e.clientWidth + 1 && !(cut && e.scrollHeight > e.clientHeight + 1)) continue;
    wide.push(e);
  }
  for (const e of wide.filter(one => !wide.some(other => other !== one && one.contains(other))))
    found.push(`${e.localName}.${e.className}: ${e.textContent.trim().replace(/\\s+/g, " ")}`);
  return found;
}"""
"""What is wider than the place it stands in: the page, or a part whose letters run out of it.

All pages share one head, so a page is its body: put in, instead of travelled to, it takes no time.
"""


async def test_longer_words_fit_on_the_narrowest_phone(
    town: Town, opens: Opens, made_up: None
) -> None:
    wrong: list[str] = []
    async with opens(script=False, language=pseudo.CODE) as page:
        await page.set_viewport_size({"width": 320, "height": 640})
        await page.goto(f"/{town.world.slug}")
        assert await page.evaluate("document.documentElement.lang") == pseudo.CODE
        for role in ("visitor", "annie", "worker", "admin"):
            browser = await town.browser(role)
            browser.cookies.set("lang", pseudo.CODE, domain="127.0.0.1", path="/")
            kinds = await crawl(browser, town.world.slug, each=1, most=160)
            for kind, found in kinds.items():
                body = BODY.findall(found[0].html)[0]
                wrong += [f"{role} {kind}: {what}" for what in await page.evaluate(OUTSIDE, body)]
    assert not wrong, "\n".join(wrong)
