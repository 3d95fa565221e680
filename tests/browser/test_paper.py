"""What comes out of the printer: sheets measured in mm and points, and no page that prints badly."""

import io
import json
import math
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page as Shown
from pypdf import PageObject, PdfReader

from tests.browser.conftest import Opens
from tests.browser.main_pages import by_role
from tests.house.town import Town
from tests.makers_papers import by_post, letter_news, letter_rule, news
from tests.makers_vouchers import earned, made
from tests.pictures import codes_in
from timebank import hours, membership
from timebank.kernel import words
from timebank.kernel.dates import local_date

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
SHEETS = {
    "contacts/print.html": ("worker", "/contacts/print?party={bep}"),
    "gatherings/print.html": ("worker", "/gatherings/{coffee}/print"),
    "hours/statement.html": ("annie", "/hours/statement"),
    "signals/checkin_card.html": ("worker", "/checkins/card?party={bep}"),
    "worklist/print.html": ("worker", "/worklist/print"),
    "membership/code.html": ("worker", "/parties/{bep}/admin"),
    "papers/letters.html": ("worker", "/print/letters"),
    "papers/cards.html": ("worker", "/print/cards"),
    "papers/about.html": ("worker", "/print/about"),
    "papers/board.html": ("worker", "/print/parties/{wil}/posts"),
    "membership/paper_form.html": ("worker", "/parties/form"),
    "papers/statement.html": ("worker", "/print/parties/{annie}/statement"),
    "papers/week.html": ("annie", "/print/week"),
    "papers/own_posts.html": ("annie", "/print/posts"),
    "papers/poster.html": ("bram", "/print/posts/{offer}"),
    "papers/appointment.html": ("annie", "/print/exchanges/{planned}"),
    "papers/receipt.html": ("annie", "/print/receipt?line=2"),
    "papers/help.html": ("annie", "/print/help"),
    "papers/leaving.html": ("leaver", "/print/leaving"),
    "vouchers/sheet.html": ("bram", "/vouchers"),
    "ties/area.html": ("worker", "/worklist/areas/{area}"),
    "signals/quarters.html": ("worker", "/signals/quarters"),
    "admin/own_file.html": ("bram", "/parties/me/file"),
}
"""Every page that offers to print itself: who opens it, and where (the code after a press)."""
PRESSED = {"membership/code.html": "/code", "vouchers/sheet.html": "/vouchers/sheets"}
"""Sheets that are shown once, after a press: the end of the form's address."""
GIFTS = 24
LETTERS = 13
"""Points at least, on paper (ux.md 53)."""
MM = 25.4 / 72
LEFT, BOTTOM = 16, 18
"""How far from the sides, and from the edges above and below, letters stay on A4, in mm."""
EDGES = {"papers/cards.html": (19, 13), "vouchers/sheet.html": (16, 14)}
"""Sheets with margins of their own: at the sides, and above and below."""
SHEETS_OF = {"papers/cards.html": 2, "papers/letters.html": 2, "membership/paper_form.html": 2}
"""How many pages each takes, where it is not one."""
ANY_LENGTH = {
    "ties/area.html",
    "signals/quarters.html",
    "worklist/print.html",
    "hours/statement.html",
    "papers/statement.html",
    "admin/own_file.html",
}
UNDATED = {"papers/cards.html", "vouchers/sheet.html"}
"""A card is for years; an hour note has a last day."""
AREA = {"width": 672, "height": 986}
"""The same room on screen: 178 by 261 mm."""

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


async def long_history(town: Town) -> None:
    """So many gifts to and fro, each with many words, that a statement takes several sheets."""
    world, one, two = town.world, town.people["annie"], town.people["bram"]
    world.clock.move(days=31)
    for number in range(GIFTS):
        giver, getter = (one, two) if number % 2 else (two, one)
        thanks = (
            "Dank",
            "Dank voor alle hulp in de tuin",
            "Dank voor alle hulp, en het was leuk ook",
        )
        said = f"Rij{number:02} {thanks[number % 3]}, en de hond zei het ook. Slot{number:02}"
        async with world.transaction() as db:
            await hours.give(
                db, community=world.community, idem=f"a gift of paper {number}", giver=giver.id,
                to=getter.id, minutes=15, booked_by=giver.id, now=world.clock(), words=said,
            )  # fmt: skip


async def paper_people(town: Town) -> None:
    """Wil gets a letter, Lies stops, and eleven members wait for their cards."""
    world, worker = town.world, town.people["worker"]
    wil = await by_post(world)
    town.things |= {"wil": wil.id, "annie": town.people["annie"].id, "area": world.north}
    town.people["leaver"] = lies = await world.member("Lies Vermeer", street="Rijnlaan 3")
    await letter_news(world, wil, town.people["bram"])
    for _n in range(6):  # more short questions than a strip has room for
        await news(world, wil, "your_turn", who_id=town.people["bram"].id)
    await letter_rule(world)
    counted = [{"what": f"rule_{said}", "online": None, "many": 6} for said in ("right", "unsure")]
    await world.owner.execute(
        "insert into signal_quarter values ($1, '2025-10-01', $2, 4)",
        world.community,
        json.dumps(counted),
    )
    for name in ("Els Jansen", "Fien Kok", "Gijs de Wit"):
        await world.member(name)
    place: dict[str, Any] = {"community": world.community}
    async with world.transaction() as db:
        for member in await membership.cards.without(db, areas=[world.north], **place):
            await membership.cards.make(
                db, party=member.party_id, by=worker.id, now=world.clock(), **place
            )
        await membership.leave(db, party=lies.id, by=lies.id, now=world.clock(), **place)
    await earned(world, town.people["bram"], 240)
    await made(world, town.people["bram"], 4, wait=False)


async def open_sheet(page: Shown, town: Town, template: str) -> None:
    """The page with this sheet; the code is shown once, after a press."""
    await page.goto(f"/{town.world.slug}{SHEETS[template][1].format(**town.things)}")
    if template in PRESSED:
        async with page.expect_navigation():
            await page.locator(f"form[action$='{PRESSED[template]}'] button").first.click()
    assert await page.locator("[data-print]:visible").count(), template


@asynccontextmanager
async def opened(town: Town, opens: Opens, template: str) -> AsyncIterator[Shown]:
    """One sheet, in a browser of its own."""
    async with opens(town.people[SHEETS[template][0]], dark=True) as page:
        await open_sheet(page, town, template)
        yield page


async def each_sheet(town: Town, opens: Opens) -> AsyncIterator[tuple[str, Shown]]:
    """All of them, one browser for each reader."""
    for role in dict.fromkeys(role for role, _path in SHEETS.values()):
        async with opens(town.people[role], dark=True) as page:
            for template in [name for name, (whose, _path) in SHEETS.items() if whose == role]:
                await open_sheet(page, town, template)
                yield template, page


def test_every_sheet_is_measured() -> None:
    asked = re.compile(r"ui\.print_button\(")
    there = {
        file.relative_to(TEMPLATES).as_posix()
        for file in TEMPLATES.rglob("*.html")
        if asked.search(file.read_text("utf-8"))
    }
    assert there == set(SHEETS)


async def test_every_sheet_fits_its_paper(town: Town, opens: Opens) -> None:
    await long_history(town)
    await paper_people(town)
    wrong: list[str] = []
    async for template, page in each_sheet(town, opens):
        printed = sheets(await page.pdf(format="A4", print_background=True))
        for number, sheet in enumerate(printed, 1):
            found = wrong_on(sheet, *EDGES.get(template, (LEFT, BOTTOM)))
            wrong += [f"{template}, sheet {number}: {what}" for what in found]
            assert len(sheet.text) > 60, f"{template}: sheet {number} is blank"
        dated = "afgedrukt op" in printed[0].text.lower()
        assert dated or template in UNDATED | set(SHEETS_OF), template
        assert "030 555 01 42" in printed[0].text or template in SHEETS_OF, template
        if template == "hours/statement.html":
            wrong += rows_torn(printed, today_in_words(town))
        takes = SHEETS_OF.get(template, 1)
        assert len(printed) == takes or template in ANY_LENGTH, f"{template}: {len(printed)} sheets"
        wrong += await badly_printed(page, template)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


async def badly_printed(page: Shown, name: str) -> list[str]:
    """What is wrong where the page is drawn as on paper, by day and in the evening."""
    found: list[str] = []
    await page.set_viewport_size(AREA)  # type: ignore[arg-type]
    for light in ("light", "dark"):
        await page.emulate_media(media="print", color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{name}: {what}" for what in await page.evaluate(BADLY_PRINTED)]
    await page.emulate_media(media="null", color_scheme="dark", reduced_motion="reduce")
    return found


def today_in_words(town: Town) -> str:
    """As it stands in each row."""
    today = local_date(town.world.clock())
    return words.day(today, today)


def rows_torn(printed: list[Sheet], day: str) -> list[str]:
    """Where a row of the statement (its day, with whom, its words) goes on to the next sheet, or
    has no head above its columns."""
    assert len(printed) > 2 and sum(s.text.count("Rij") for s in printed) == GIFTS
    found = []
    for number, sheet in enumerate(printed, 1):
        whole = re.findall(f"{day} (?:Van u aan|Cadeau van) Bram ‘Rij", sheet.text)
        parts = [len(whole), sheet.text.count("Rij"), sheet.text.count("Slot")]
        if len(set(parts)) != 1:
            found.append(f"a row is torn on sheet {number} of the statement: {parts}")
        if "Rij" in sheet.text and "Daarna had u" not in sheet.text:
            found.append(f"sheet {number} of the statement has no heads above its columns")
    return found


def words_at(sheet: Sheet) -> list[tuple[str, float, float]]:
    """What stands where: mm from the left edge, and from the upper one."""
    return [(text, x, 297 - y) for text, x, y, _points in sheet.letters]


@pytest.mark.parametrize(("window", "left"), [("left", 20), ("right", 105)])
async def test_a_letter_has_its_address_in_the_window_and_its_strip_below_the_fold(
    window: str, left: int, town: Town, opens: Opens
) -> None:
    world = town.world
    wil = await by_post(world, "Wilhelmina van der Meer-van Wijngaarden")
    await letter_news(world, wil, town.people["bram"])
    await letter_rule(world, window=window)
    async with opened(town, opens, "papers/letters.html") as page:
        [sheet] = sheets(await page.pdf(format="A4"))
        await page.set_viewport_size(AREA)  # type: ignore[arg-type]
        await page.emulate_media(media="print")
        folds = await page.locator(".letter").evaluate(FOLDS)
        await page.emulate_media(media="null")
        await page.goto(f"/{world.slug}/print/parties/{wil.id}/statement")
        [statement] = sheets(await page.pdf(format="A4"))
    assert [round(fold + 18) for fold in folds] == [99, 198]
    address = ["Wilhelmina van der Meer-van", "Wijngaarden", "Rijnlaan 12 bis", "3522 BN Utrecht"]
    for printed in (sheet, statement):
        inside = [w for w in words_at(printed) if 44 < w[2] < 71]
        assert [" ".join(text.split()) for text, _x, _y in inside] == address
        for text, x, y in inside:
            assert left <= x and x + len(text) * 2.6 < left + 85 and 46 + 3.5 < y < 69, text
    strip = {text: y for text, _x, y in words_at(sheet) if y > 198}
    assert any("Strook" in text for text in strip) and any(
        "100" in t or "1 0 0" in t for t in strip
    )
    assert not any("Bram vraagt" in text for text in strip)


FOLDS = """letter => ["::before", "::after"].map(
  mark => parseFloat(getComputedStyle(letter, mark).top) * 25.4 / 96)"""
"""Where the fold marks are drawn, in mm below the margin."""


async def test_a_card_is_as_large_as_a_bank_card_and_its_code_reads_back(
    town: Town, opens: Opens
) -> None:
    await paper_people(town)
    await town.world.owner.execute(
        "update person set call_name = 'Wilhelmina-Catharina van der Molen-Posts'"
        " where party_id = $1", town.people["annie"].id,
    )  # fmt: skip
    await town.world.owner.execute(
        "update community set name = 'Tijd voor elkaar Rivierenwijk en Tolsteeg' where id = $1",
        town.world.community,
    )
    async with opened(town, opens, "papers/cards.html") as page:
        printed = sheets(await page.pdf(format="A4"))
        assert [s.text.count("Hulp nodig?") for s in printed] == [10, 1]
        await page.emulate_media(media="print")
        card = page.locator(".pass").first
        box, code = await card.bounding_box(), await card.locator(".qr path").bounding_box()
        assert box is not None and code is not None
        assert (box["width"] * 25.4 / 96, box["height"] * 25.4 / 96) == pytest.approx(
            (85.6, 54), abs=0.2
        )
        assert code["width"] * 25.4 / 96 >= 20 - 0.1 and code["width"] == pytest.approx(
            code["height"], abs=0.5
        )
        [read] = codes_in(await card.screenshot())
        cut = await page.locator(".pass").evaluate_all(
            "cards => cards.filter(c => c.scrollHeight > c.clientHeight + 1"
            " || c.scrollWidth > c.clientWidth + 1).map(c => c.textContent)"
        )
    assert cut == []
    kept = await town.world.owner.fetch(
        "select code from member_card where community_id = $1", town.world.community
    )
    path = read.partition("//")[2].partition("/")[2]
    assert path in {f"{town.world.slug}/card/{row['code']}" for row in kept}


async def test_codes_on_leaflets_and_posters_open_the_front_page(town: Town, opens: Opens) -> None:
    await paper_people(town)
    for template in ("papers/about.html", "papers/board.html", "papers/poster.html"):
        async with opened(town, opens, template) as page:
            await page.emulate_media(media="print")
            [code] = codes_in(await page.locator(".qr").screenshot())
            assert code.endswith(f"/{town.world.slug}") and code.startswith("http"), template


async def test_an_hour_note_has_room_for_two_names_and_its_code_redeems_it(
    town: Town, opens: Opens
) -> None:
    await paper_people(town)
    annie, slug = town.people["annie"], town.world.slug
    async with opened(town, opens, "vouchers/sheet.html") as page:
        [sheet] = sheets(await page.pdf(format="A4"))
        assert [sheet.text.count(said) for said in ("1 uur", "Te gebruiken", "Voor")] == [4] * 3
        assert "Bram" not in sheet.text
        await page.set_viewport_size(AREA)  # type: ignore[arg-type]
        await page.emulate_media(media="print")
        notes = page.locator(".ticket")
        cut = await notes.evaluate_all(
            "notes => notes.filter(n => n.scrollHeight > n.clientHeight + 1"
            " || n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)"
        )
        code = await notes.first.locator(".qr path").bounding_box()
        lines = await notes.first.locator(".dots").all()
        rooms = [box["width"] * 25.4 / 96 for line in lines if (box := await line.bounding_box())]
        read = codes_in(await page.screenshot(full_page=True))
    assert cut == [] and len(rooms) == 2 and min(rooms) > 60
    assert code is not None and code["width"] * 25.4 / 96 >= 20
    assert len(set(read)) == 4
    assert all(text.startswith("http") and "Bram" not in text for text in read)
    async with opens(annie, phone=True, script=False) as page:
        path = "/" + read[0].partition("//")[2].partition("/")[2]
        assert path.startswith(f"/{slug}/vouchers/codes/")
        await page.goto(path)
        await page.get_by_role("button", name="Ruil in").click()
        assert "Ingewisseld." in (await page.text_content("#said") or "")


async def test_every_page_prints_black_on_white_without_its_controls(
    town: Town, opens: Opens
) -> None:
    wrong: list[str] = []
    for role, pages in by_role().items():
        async with opens(town.people.get(role)) as page:
            for main in pages:
                await page.goto(main.address(town))
                wrong += await badly_printed(page, main.name)
    assert not wrong, "\n".join(dict.fromkeys(wrong))
