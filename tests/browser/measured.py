"""What is on a printed page, measured: words and where they stand in mm, letters in points."""

import io
import math
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page as Shown
from pypdf import PageObject, PdfReader

LETTERS = 13
"""Points at least, on paper (ux.md 53)."""

MM = 25.4 / 72
"""In a point of print."""

LEFT, BOTTOM = 16, 18
"""How far from the sides, and from the edges above and below, letters stay on A4, in mm."""

AREA = {"width": 672, "height": 986}
"""The room of a sheet within its margins, on screen: 178 by 261 mm."""

BADLY_PRINTED = """() => {
  const light = colour => {
    const [r, g, b, a] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 ? null : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const name = e => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`;
  const found = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("it is wider than the paper");
  for (const e of document.querySelectorAll("body *")) {
    if (!e.getClientRects().length || e.closest("svg, .sr")) continue;
    const style = getComputedStyle(e), ground = light(style.backgroundColor);
    const words = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (e.matches("nav, nav *, button, input, textarea, select, .foot, .skip, .btn"))
      found.push(`a control is printed: ${name(e)}`);
    if (ground !== null && ground < 0.99) found.push(`a grey ground: ${name(e)}`);
    if (words && light(style.color) > 0.15) found.push(`not black: ${name(e)}`);
    if (words && parseFloat(style.fontSize) * 0.75 < LEAST - 0.01)
      found.push(`${parseFloat(style.fontSize) * 0.75} pt: ${name(e)}`);
    if (e.matches("tr, .card, .job, .turn, li") && style.breakInside === "auto")
      found.push(`may be cut in two: ${name(e)}`);
    if (e.matches(".lit") && light(getComputedStyle(e, "::before").borderTopColor) > 0.5)
      found.push(`its lamp is not to be seen: ${name(e)}`);
  }
  return found;
}""".replace("LEAST", str(LETTERS))
"""What must not be on paper, where it is drawn as on paper."""


@dataclass
class Sheet:
    """One printed page: its words, and where each begins, in mm; letters in points."""

    text: str = ""
    letters: list[tuple[str, float, float, float]] = field(default_factory=list)


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages of a print."""
    return [_sheet(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def _sheet(page: PageObject) -> Sheet:
    made = Sheet()
    width, height = float(page.mediabox.width) * MM, float(page.mediabox.height) * MM
    assert (round(width), round(height)) == (210, 297), "not A4"

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text.strip():
            return
        x = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4]) * MM
        y = (tm[4] * cm[1] + tm[5] * cm[3] + cm[5]) * MM
        up = (tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        made.letters.append((text.strip(), x, y, size * math.hypot(*up)))

    made.text = " ".join(page.extract_text(visitor_text=note).split())
    return made


def wrong_on(sheet: Sheet, side: float = LEFT, above: float = BOTTOM) -> list[str]:
    """Letters outside the margins, or too small."""
    found = []
    for text, x, y, points in sheet.letters:
        if not (side - 0.3 <= x <= 210 - side and above <= y <= 297 - above):
            found.append(f"in the margin, at {x:.0f}, {y:.0f} mm: {text}")
        if points < LETTERS - 0.05:
            found.append(f"{points:.1f} pt: {text}")
    return found


async def badly_printed(page: Shown, name: str) -> list[str]:
    """What is wrong where the page is drawn as on paper, by day and in the evening."""
    found: list[str] = []
    await page.set_viewport_size(AREA)
    for light in ("light", "dark"):
        await page.emulate_media(media="print", color_scheme=light, reduced_motion="reduce")
        found += [f"{name}: {what}" for what in await page.evaluate(BADLY_PRINTED)]
    await page.emulate_media(media="null", color_scheme="dark", reduced_motion="reduce")
    return found


def words_at(sheet: Sheet) -> list[tuple[str, float, float]]:
    """What stands where: mm from the left edge, and from the upper one."""
    return [(text, x, 297 - y) for text, x, y, _points in sheet.letters]
