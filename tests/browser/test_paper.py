"""Every sheet fits its paper, and every page prints black on white."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page as Shown

from tests.browser.conftest import Opens
from tests.browser.main_pages import by_role
from tests.browser.measured import BOTTOM, LEFT, Sheet, badly_printed, sheets, wrong_on
from tests.browser.paper_town import GIFTS, SHEETS, long_history, open_sheet, paper_people
from tests.house.town import Town
from timebank.kernel import words
from timebank.kernel.dates import local_date

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

TEMPLATES = Path(__file__).parent.parent.parent / "templates"

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
