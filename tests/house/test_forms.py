"""Every form there is, found by following links, filled in badly in every way we know."""

from typing import Any

import pytest

from tests.browser.crawl import crawl, kind_of
from tests.house.town import Town
from tests.pages import FormOnPage, Page
from tests.world import Browser

pytestmark = pytest.mark.anyio

FINE = {200, 303, 403, 404, 409, 413, 422, 429}
HOSTILE = [
    "<script>alert(1)</script>\"'&amp;{{ 7*7 }}%(x)s{0}${x}",
    "team:, 's, a & b, ((, \\, <->, ) OR 1=1; --",
    "\u202eegaruof\u202c \u200b\u200b \u2066x\u2069",
    "Aнна \u0301\u0301\u0301\u0301\u0301",
    "=HYPERLINK(\"http://x\")\t@SUM(1)\r\n+31-0",
    "-99999999999999999999", "99999999999999999999999999", "1e309", "0x10", "١٢٣", "1,5",
    "31-12-10000", "0", "-1", " ", "\n\n", "é" * 5000, "😀" * 300, "\ud7ff\ue000", "\x7f\x01",
]  # fmt: skip
ROLES = ("visitor", "annie", "worker", "admin")
SKIP = ("/session/end", "/session/acting-for/end", "/sessions/end", "/language")


async def forms_of(browser: Browser, slug: str) -> dict[str, tuple[Page, FormOnPage]]:
    """One form of each kind that this person can reach, with its page."""
    found: dict[str, tuple[Page, FormOnPage]] = {}
    for pages in (await crawl(browser, slug, each=2, most=160)).values():
        for page in pages:
            for form in page.forms():
                action = kind_of(form.action)
                if form.method == "post" and not action.endswith(SKIP):
                    found.setdefault(action, (page, form))
    return found


def sort_of(form: FormOnPage) -> tuple[str, str]:
    """Where it goes and what it asks."""
    return kind_of(form.action), " ".join(sorted(form.data))


async def own_forms(town: Town, role: str, browser: Browser) -> list[tuple[Page, FormOnPage]]:
    """Forms of this person that nobody before it in ROLES reaches: each form is tried once."""
    before: set[tuple[str, str]] = set()
    for other in ROLES[: ROLES.index(role)]:
        theirs = await forms_of(await town.browser(other), town.world.slug)
        before |= {sort_of(form) for _page, form in theirs.values()}
    found = (await forms_of(browser, town.world.slug)).values()
    return [(page, form) for page, form in found if sort_of(form) not in before]


def text_fields(form: FormOnPage) -> list[str]:
    return [name for name in form.data if not name.startswith("_")]


async def press(browser: Browser, form: FormOnPage, data: dict[str, Any], what: str) -> None:
    answer = await browser.post(form.action, data=data | {"_key": ""})
    assert answer.status_code in FINE, f"{form.action} {what}: {answer.status_code}"
    page = Page(answer)
    if answer.status_code == 422:
        assert page.errors(), f"{form.action} {what}: wrong, and no word about it"


@pytest.mark.parametrize("role", ROLES)
async def test_no_form_breaks_whatever_is_typed(role: str, town: Town) -> None:
    browser = await town.browser(role)
    found = await own_forms(town, role, browser)
    assert found
    for _page, form in found:
        data = {k: v for k, v in form.data.items()}
        token = {"_csrf": data.get("_csrf", "")}
        await press(browser, form, token, "empty")
        await press(browser, form, data | {"unknown": "1"}, "an unknown field")
        for number, hostile in enumerate(HOSTILE):
            filled = {name: hostile for name in text_fields(form)}
            await press(browser, form, token | filled, f"hostile {number}")
        for name in text_fields(form):
            await press(browser, form, data | {name: ["1", "2"]}, f"{name} twice")


@pytest.mark.parametrize("role", ["annie", "worker", "admin"])
async def test_every_page_that_can_be_reached_is_whole(role: str, town: Town) -> None:
    browser = await town.browser(role)
    found = await crawl(browser, town.world.slug, each=3, most=300)
    assert len(found) > 8
