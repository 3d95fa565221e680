"""A circle in a real browser: letters large enough, no text cut or over another, in real letters."""

import pytest

from tests.browser.conftest import Opens
from tests.makers_signals import met
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

NAMES = (
    "Wilhelmina-Antoinette Bos", "محمد أمين", "Marijke Mol", "Ömer Kaya", "عبد الرحمن الصالح",
    "Jan-Willem Kok", "Zoë Smit", "Fatma Demir", "李小龙", "Łukasz Nowak", "Annemarie Post", "Ti Vos",
)  # fmt: skip
MEASURE = """() => {
  const drawing = [...document.querySelectorAll('svg[role=img]')]
    .find(svg => svg.getBoundingClientRect().width > 0);
  const frame = drawing.getBoundingClientRect();
  const scale = frame.width / drawing.viewBox.baseVal.width;
  const texts = [...drawing.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    return {said: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * scale,
      seen: getComputedStyle(text).fill, left: box.left, right: box.right, top: box.top,
      bottom: box.bottom};
  });
  const wrong = texts.filter(t => t.size < 14).map(t => t.said + ' is small');
  for (const t of texts)
    if (t.left < frame.left - 1 || t.right > frame.right + 1 || t.top < frame.top - 1
        || t.bottom > frame.bottom + 1) wrong.push(t.said + ' is cut');
  texts.forEach((a, i) => texts.slice(0, i).forEach(b => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      wrong.push(a.said + ' lies over ' + b.said);
  }));
  return [texts.length, wrong];
}"""


async def test_twelve_names_can_be_read_on_every_screen(world: World, opens: Opens) -> None:
    bep = await world.member("Bep Molenaar")
    world.clock.move(days=360)
    for at, name in enumerate(NAMES):
        await met(world, await world.member(name), bep, days_ago=(2, 120, 20)[at % 3] + at)
    async with opens(bep) as page:
        await page.goto(f"/{world.slug}/parties/me/ties")
        for width in (320, 390, 800, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            texts, wrong = await page.evaluate(MEASURE)
            assert texts == 16 and not wrong, f"{width}: {wrong}"
