"""With a reader's own few colours, whatever a colour or a ground told is still told."""

from typing import Any

import pytest

from tests.browser.conftest import Opens
from tests.browser.main_pages import by_role
from tests.house.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

GROUNDS = """() => {
  const see = colour => !/, 0\\)$|transparent/.test(colour);
  const behind = e => {
    for (let up = e.parentElement; up; up = up.parentElement) {
      const ground = getComputedStyle(up).backgroundColor;
      if (see(ground)) return ground;
    }
  };
  return [...document.querySelectorAll("body *")].map((e, n) => [e, n]).filter(([e]) => {
    const style = getComputedStyle(e);
    return e.offsetWidth && !e.closest(".skip, svg") && see(style.backgroundColor)
      && style.backgroundColor !== behind(e);
  }).map(([e, n]) => n);
}"""
"""Which parts stand out by their ground, in the community's own colours (by their place in order)."""

EDGELESS = """parts => {
  const all = [...document.querySelectorAll("body *")], plain = getComputedStyle(document.body);
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const edged = e => {
    const s = getComputedStyle(e);
    const sides = ["Top", "Right", "Bottom", "Left"].filter(side =>
      s[`border${side}Style`] !== "none" && parseFloat(s[`border${side}Width`]) >= 1
      && s[`border${side}Color`] !== s.backgroundColor);
    return sides.length || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1);
  };
  const pressed = all.filter(e => e.matches(".btn, button:not(.link, .quiet), select, textarea,"
    + " input:not([type=hidden], [type=radio], [type=checkbox]), .face") && e.offsetWidth);
  const grounds = parts.map(n => all[n])
    .filter(e => !e.matches(".foot, [type=radio], [type=checkbox]"));
  const lost = [...new Set([...grounds, ...pressed])].filter(e => !edged(e))
    .map(e => `no edge: ${e.localName}.${e.className}`);
  const signs = all.filter(e => e.localName === "svg" && e.getBoundingClientRect().width
    && !e.matches(".street") && getComputedStyle(e).color === ground)
    .map(e => `not to be seen: ${e.parentElement.className} ${e.getAttribute("class")}`);
  return [...lost, ...signs];
}"""
"""Of those parts, and of all that is pressed or filled in, what has no edge; and unseen signs."""

DRAWN = """([chosen, other, pseudo]) => {
  const draw = selector => {
    const e = [...document.querySelectorAll(selector)].find(one => one.offsetWidth);
    if (!e) return null;
    const s = getComputedStyle(e, pseudo || null);
    return ["borderTopWidth", "borderBottomWidth", "borderInlineStartWidth", "borderTopStyle",
      "outlineStyle", "outlineWidth", "textDecorationLine", "textDecorationThickness"]
      .map(name => s[name]).join(" ");
  };
  return [draw(chosen), draw(other)];
}"""
"""How two parts are drawn, without their colours and the weight of their letters."""

TWINS = [
    ("start", ".menu [aria-current]", ".menu a:not([aria-current])", ""),
    ("start", ".lit", ".lit + *", "::before"),
    ("ask", ".tabs [aria-current]", ".tabs a:not([aria-current])", ""),
    ("new-need", "input:checked + .face", "input:not(:checked) + .face", ""),
    ("front", "main .btn.main", "main .btn:not(.main)", ""),
    ("appointment", ".steps .now", ".steps .todo", "::before"),
    ("sign-in", ".field.wrong", ".field:not(.wrong)", ""),
    ("sign-in", ".notice.wrong", ".notice.wrong + form", ""),
]
"""(page, the one that is chosen, late, lit or wrong, one that is not): drawn apart without colour."""


async def test_every_state_keeps_an_edge_in_forced_colours(town: Town, opens: Opens) -> None:
    wrong: list[str] = []
    for role, pages in by_role().items():
        async with opens(town.people.get(role)) as page:
            for main in pages:
                await page.emulate_media(forced_colors="none", reduced_motion="reduce")
                await page.goto(main.address(town))
                if main.name == "sign-in":
                    await page.locator("main .btn.main").click()
                    await page.locator("#wrong").wait_for()
                grounds = await page.evaluate(GROUNDS)
                assert grounds or main.name == "front", main.name
                await page.emulate_media(forced_colors="active", reduced_motion="reduce")
                found = await page.evaluate(EDGELESS, grounds)
                found += await alike(page, main.name)
                wrong += [f"{main.name}: {what}" for what in found]
    assert not wrong, "\n".join(wrong)


async def alike(page: Any, name: str) -> list[str]:
    """Twins on this page that only a colour tells apart; a twin that is not there is a wrong too."""
    found = []
    for where, chosen, other, pseudo in TWINS:
        if where == name:
            one, two = await page.evaluate(DRAWN, [chosen, other, pseudo])
            if one is None or two is None:
                found.append(f"{chosen} or {other} is not there to be compared")
            elif one == two:
                found.append(f"{chosen} is drawn as {other}: {one}")
    return found
