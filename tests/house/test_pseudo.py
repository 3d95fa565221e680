"""Every page in a made-up language: what stands there in plain letters was never translated."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.browser.crawl import crawl, kind_of
from tests.house import pseudo
from tests.house.town import Town
from tests.pages import FormOnPage, Page
from tests.world import Browser, World
from timebank.kernel import i18n
from timebank.kernel.text import isolated
from timebank.web.said import _SAID

pytestmark = pytest.mark.anyio
BAD = ("x", "99999999999999")
"""No number, and too many."""
RARE = ("\x07", "é" * 3000)
"""A letter nobody can type, and too long: said by the fields themselves, so a few forms tell."""
OF_THE_WALL = (303, 400, 413)
"""What is refused before anybody knows the reader's language is said in Dutch; 303 says nothing."""


async def known(world: World) -> list[str]:
    """Names and what members wrote, longest first."""
    asked = (
        "select full_name from person where community_id = $1"
        " union select call_name from person where community_id = $1"
        " union select name from area where community_id = $1"
        " union select name from place where community_id = $1"
        " union select title from post where community_id = $1"
        " union select title from gathering where community_id = $1"
    )
    found = [row[0] for row in await world.owner.fetch(asked, world.community)]
    found += ["Tijd voor elkaar", *i18n.NAMES.values(), "%s", "http://", "Android, Chrome"]
    found += [f"/{world.slug}/code", f"/{world.slug}"]
    return sorted(found, key=len, reverse=True)


async def names_of(world: World) -> re.Pattern[str]:
    """What people are called who are written from right to left."""
    asked = (
        "select full_name from person where community_id = $1"
        " union select call_name from person where community_id = $1"
    )
    found = [row[0] for row in await world.owner.fetch(asked, world.community)]
    turned = [name for name in found if isolated(name) != name]
    assert turned, "nobody in town has such a name"
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, turned)) + r")(?!\w)")


async def test_nothing_is_said_that_was_not_translated(
    town: Town, nothing_lasts: None, made_up: None
) -> None:
    theirs = await known(town.world)
    names = await names_of(town.world)
    wrong: dict[str, str] = {}
    pressed: set[str] = set()

    def look(page: Page, where: str) -> None:
        whole = next(iter(page.tree.iter("html")), page.tree).get("lang") == pseudo.CODE
        assert whole or page.status in OF_THE_WALL, where
        for what in pseudo.unmarked(page, theirs):
            wrong.setdefault(what, where)
        for what in pseudo.bare(page, names):
            wrong.setdefault(what, where)

    for role in ("visitor", "annie", "bram", "worker", "admin"):
        browser = await town.browser(role)
        browser.cookies.set("lang", pseudo.CODE, domain="127.0.0.1", path="/")
        forms: dict[str, FormOnPage] = {}
        for kind, pages in (await crawl(browser, town.world.slug, each=2, most=200)).items():
            for page in pages:
                look(page, f"{role} {kind}")
                posts = [f for f in page.forms() if f.method == "post"]
                forms |= {kind_of(f.action): f for f in posts if "/session" not in f.action}
        for number, action in enumerate(sorted(forms.keys() - pressed)):
            values = (None, *BAD, *(RARE if number < 8 else ()))
            async for page in refusals(browser, forms[action], values):
                look(page, f"{role} sends {action}")
        pressed |= forms.keys()
        look(await browser.page("/no-such-page", status=404), f"{role} loses the way")
    assert len(pressed) > 60
    assert not wrong, "\n".join(f"{where}  {what}" for what, where in wrong.items())


async def refusals(
    browser: Browser, form: FormOnPage, values: tuple[str | None, ...]
) -> AsyncIterator[Page]:
    """What is said when every field of this form is filled with one of these; None: not sent."""
    held, names = browser.cookies, [name for name in form.data if not name.startswith("_")]
    for value in values:
        browser.cookies = httpx.Cookies(held)
        data = {"_csrf": form.data.get("_csrf", ""), "_key": ""}
        data |= {} if value is None else dict.fromkeys(names, value)
        yield Page(await browser.post(form.action, data=data))
    browser.cookies = held


def test_what_a_page_says_after_an_act_is_translated(made_up: None) -> None:
    with i18n.speaking(pseudo.CODE):
        plain = [code for code, say in _SAID.items() if pseudo.UNMARKED.search(say())]
    assert _SAID and not plain


def test_the_made_up_language_is_not_on_offer() -> None:
    assert pseudo.CODE not in i18n.NAMES
    with i18n.speaking(pseudo.CODE):
        assert i18n.gettext("Een uur is een uur, voor iedereen.").startswith("Een uur")
