"""A community with words of its own reads them on every page, and none of the usual ones."""

import re

import pytest

from tests.browser.crawl import crawl
from tests.house.town import Town
from timebank import areas
from timebank.web.community import Word

pytestmark = pytest.mark.anyio

OWN = {
    "worker": Word("maatje", "maatjes", "het maatje"),
    "neighbourhood": Word("dorp", "dorpen", "het dorp"),
    "hour": Word("Roosje", "Roosjes", "het Roosje"),
    "pot": Word("fonds", "fondsen", "het fonds"),
    "member": Word("lid", "leden", "het lid"),
}
"""All of them with "het", and none begins like the usual word."""
USUAL = re.compile(r"\b(buurtwerkers?|buurt|buurten|uren|buurtpot|deelnemers?)\b", re.IGNORECASE)
ARTICLE = re.compile(r"\b(de|deze|die|elke|welke|onze) (maatje|dorp|Roosje|fonds|lid)\b")
ASKS = re.compile(r"/community/words$")
"""The page where the words are chosen shows the usual ones."""


@pytest.mark.parametrize("role", ["visitor", "annie", "worker", "admin"])
async def test_no_page_says_a_usual_word_when_the_community_has_its_own(
    town: Town, role: str
) -> None:
    async with town.world.transaction() as db:
        for key, word in OWN.items():
            await areas.put_word(
                db, community=town.world.community, language="nl", key=key, word=word
            )
    found = await crawl(await town.browser(role), town.world.slug, each=2, most=160)
    wrong = []
    for kind, pages in found.items():
        for page in pages if not ASKS.search(kind) else ():
            text = re.sub(r"\bUren Minuten\b", "", page.text)  # how long something took
            for match in (*USUAL.finditer(text), *ARTICLE.finditer(text)):
                wrong.append((kind, text[max(0, match.start() - 60) : match.end() + 40]))
    assert not wrong
