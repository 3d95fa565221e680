"""What a screen reader is told on the twelve main pages, kept beside this file and read like code.

    TIMEBANK_RENEW=1 .venv/bin/pytest tests/browser/test_trees.py

writes trees/*.txt anew. Names, numbers, days and ids are left out, so that only a change of the
page itself shows.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.browser.conftest import Opens
from tests.browser.main_pages import MAIN_PAGES, by_role
from tests.house.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

TREES = Path(__file__).parent / "trees"
RENEW = "TIMEBANK_RENEW"
WEEKDAY = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)  # fmt: skip
# Neither levels of headings nor the numbers for who is in danger: those are the page's own.
LEFT_OUT = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "{id}"),
    (re.compile(rf"({WEEKDAY}) \d+ ({MONTH})( \d{{4}})?"), "{day}"),
    (re.compile(r"(?<!level=)\b(?!112\b|113\b|0800-|088 )\d(?:[\d .-]*\d)?"), "{n}"),
]


async def plain(town: Town, tree: str) -> str:
    """The tree without what differs from run to run, or from person to person."""
    rows = await town.world.owner.fetch(
        "select full_name, call_name from person where community_id = $1", town.world.community
    )
    names = sorted({name for row in rows for name in row}, key=len, reverse=True)
    tree = tree.replace(f"Proefbuurt {town.world.slug}", "{community}")
    tree = tree.replace(town.world.slug, "{slug}")
    tree = re.sub(rf"\b({'|'.join(map(re.escape, names))})\b", "{name}", tree)
    for pattern, word in LEFT_OUT:
        tree = pattern.sub(word, tree)
    return tree + "\n"


async def test_a_screen_reader_is_told_what_is_written_down(town: Town, opens: Opens) -> None:
    changed: list[str] = []
    for role, pages in by_role().items():
        async with opens(town.people.get(role), reduced_motion="reduce") as page:
            for main in pages:
                await page.goto(main.address(town))
                tree = await plain(town, await page.locator("body").aria_snapshot())
                file = TREES / f"{main.name}.txt"
                if os.environ.get(RENEW):
                    file.parent.mkdir(exist_ok=True)
                    file.write_text(tree, "utf-8")
                old = file.read_text("utf-8") if file.exists() else ""
                changed += unified_diff(
                    old.splitlines(),
                    tree.splitlines(),
                    f"trees/{file.name}",
                    "now",
                    lineterm="",
                    n=1,
                )
    told = "What a screen reader is told changed. If it is meant, renew trees/ (see above):"
    assert not changed, "\n".join([told, *changed])


def test_there_is_a_tree_for_each_main_page_and_no_other() -> None:
    assert {file.stem for file in TREES.iterdir()} == {page.name for page in MAIN_PAGES}
