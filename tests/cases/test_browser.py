"""Double presses, Back, and what a script would break, in a real browser (cases D2, B1-B3, A3)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests import makers_exchanges as talks
from tests.browser.conftest import Opens, address, chromium, opens
from tests.makers_posts import need
from tests.world import Member, World

__all__ = ["address", "chromium", "opens"]

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def _count(world: World, table: str) -> int:
    found: int = await world.owner.fetchval(
        f"select count(*) from {table} where community_id = $1",
        world.community,
    )
    return found


async def _fill_post(page: Page) -> None:
    await page.locator("main [name=title]").fill("Wie hangt mijn lamp op?")


async def _fill_words(page: Page) -> None:
    await page.locator("main [name=words]").first.fill("Dag, ik help graag.")


async def _fill_plan(page: Page) -> None:
    await page.locator("main [name=on_choice][value=tomorrow]").check()
    await page.locator("main [name=at]").fill("14.00")
    await page.locator("main [name=time_choice][value='60']").check()


async def _fill_gift(page: Page) -> None:
    await page.locator("main [name=to][value=pot]").check()
    await page.locator("main [name=minutes_choice][value='60']").check()
    await page.get_by_role("button", name="Ga verder").click()
    await page.locator("main input[name=sure]").wait_for(state="attached")


async def _fill_report(page: Page) -> None:
    await page.locator("main [name=reason]").first.check()


async def _fill_join(page: Page) -> None:
    await page.locator("main [name=full_name]").fill("Desta Tesfaye")
    await page.locator("main [name=call_name]").fill("Desta")
    await page.locator("main [name=area]").first.check()
    await page.locator("main [name=reachable_by][value=phone]").check()
    await page.locator("main [name=phone]").fill("06 55500123")
    await page.locator("main [name=language][value=nl]").check()


Way = tuple[str, str, Callable[[Page], Awaitable[None]], str, str]
WAYS: dict[str, Way] = {
    "post": ("post", "/posts/new?direction=need", _fill_post, "Vraag plaatsen", "title"),
    "join": ("party", "/parties/new", _fill_join, "Aanmelden", "call_name"),
    "reply": ("exchange", "/posts/{post}/replies/new", _fill_words, "Stuur", ""),
    "message": ("message", "/exchanges/{talk}", _fill_words, "Stuur dit bericht", ""),
    "proposal": ("exchange_proposal", "/exchanges/{talk}/proposals/new", _fill_plan,
                 "Stel dit voor", "at"),
    "gift": ("transfer", "/hours/transfers/new", _fill_gift, "Geef", ""),
    "report": ("report", "/reports/new?about=post&id={post}", _fill_report, "Meld", ""),
}  # fmt: skip


async def _stage(world: World, way: str) -> tuple[Member | None, dict[str, Any]]:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await world.admin("Joris Smit")
    await world.worker("Samira Bouali")
    post = await need(world, bob, "Wie leest voor?")
    talk = await talks.answer(world, await need(world, anna, "Wie snoeit de heg?"), bob)
    world.clock.move(days=31)
    return (None if way == "join" else anna), {"post": post, "talk": talk}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("way", list(WAYS))
async def test_d2_a_double_click_does_it_once(
    opens: Opens, world: World, way: str, script: bool
) -> None:
    table, path, fill, button, _line = WAYS[way]
    who, ids = await _stage(world, way)
    async with opens(who, script=script) as page:
        await page.goto(f"/{world.slug}{path.format(**ids)}")
        await fill(page)
        before = await _count(world, table)
        main = page.locator("main").get_by_role("button", name=button).first
        # A page that has not begun to send is idle too: first it answers, then it comes to rest.
        async with page.expect_response(lambda answer: answer.request.method == "POST"):
            await main.dblclick(no_wait_after=True)
        await page.wait_for_load_state("networkidle")
        assert not await page.locator("#wrong").count(), await page.locator("#wrong").inner_text()
        assert await _count(world, table) == before + 1


@pytest.mark.parametrize("way", [way for way, parts in WAYS.items() if parts[4]])
async def test_d2_enter_held_down_does_it_once(opens: Opens, world: World, way: str) -> None:
    table, path, fill, _button, line = WAYS[way]
    who, ids = await _stage(world, way)
    async with opens(who) as page:
        await page.goto(f"/{world.slug}{path.format(**ids)}")
        await fill(page)
        before = await _count(world, table)
        await page.evaluate(
            """name => { const form = document.querySelector(`main [name=${name}]`).form;
            for (let n = 0; n < 5; n++) form.requestSubmit(form.querySelector("button")); }""",
            line,
        )
        await page.wait_for_load_state("networkidle")
        await page.wait_for_url(lambda url: path.partition("?")[0].format(**ids) not in url)
        assert await _count(world, table) == before + 1


async def test_b1_back_forward_and_reload_after_filtering_show_whole_pages(
    opens: Opens, world: World
) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    for title in ("Wie hangt mijn lamp op?", "Wie wandelt er mee?"):
        await need(world, bob, title, together=title.startswith("Wie wandelt"))
    async with opens(anna) as page:

        async def whole() -> None:
            await expect(page.locator("header.top nav.menu")).to_have_count(1)
            await expect(page.locator("main h1")).to_have_count(1)
            assert await page.locator("link[rel=stylesheet]").count() >= 1

        await page.goto(f"/{world.slug}/posts?direction=offer")
        addresses = [page.url]
        await page.locator("main nav.tabs a", has_text="Samen").click()
        await page.wait_for_url(lambda url: url != addresses[0])
        addresses.append(page.url)
        await page.get_by_role("link", name="Wie wandelt er mee?").click()
        await page.get_by_role("heading", level=1, name="Wie wandelt er mee?").wait_for()
        for step in (page.go_back, page.reload, page.go_back, page.go_forward, page.reload):
            await step()
            await whole()
            assert "/posts?" in page.url
        assert page.url == addresses[1]
        await page.go_forward()
        await whole()


async def test_b1_a_part_of_a_page_is_never_kept_as_the_page(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    asked = {"HX-Request": "true", "HX-Target": "results"}
    path = f"/{world.slug}/posts/search?direction=offer&q=wie"
    part, page = await browser.get(path, headers=asked), await browser.get(path)
    restored = await browser.get(path, headers=asked | {"HX-History-Restore-Request": "true"})
    assert "<html" not in part.text and "<html" in page.text and "<html" in restored.text
    for answer in (part, page, restored):
        assert "HX-Request" in answer.headers["vary"]
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("script", [True, False])
async def test_b2_an_empty_form_is_mended_and_sent_with_enter(
    opens: Opens, world: World, script: bool
) -> None:
    anna = await world.member("Anna de Vries")
    async with opens(anna, script=script, phone=True) as page:
        await page.goto(f"/{world.slug}/posts/new?direction=need")
        await page.locator("main [name=kind][value=together]").check()
        await page.locator("main").get_by_role("button", name="Vraag plaatsen").click()
        await page.locator("#wrong").wait_for()
        assert await page.evaluate("document.activeElement.id") == "wrong"
        assert (await page.title()).startswith("Fout: ")
        assert await page.locator("main [name=kind][value=together]").is_checked()
        tree = await page.locator("main").aria_snapshot()
        assert "Er ging iets mis" in tree
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        title = page.locator("main [name=title]")
        await expect(title).to_be_focused()
        await expect(title).to_have_attribute("aria-invalid", "true")
        said = await title.get_attribute("aria-describedby") or ""
        assert "title-error" in said
        assert (
            await page.locator("#title-error").inner_text()
            in await page.locator("#wrong").inner_text()
        )
        await title.fill("Wie wandelt er mee?")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", level=1, name="Wie wandelt er mee?").wait_for()
    assert await _count(world, "post") == 1


async def test_b3_after_signing_out_nothing_private_is_left_in_the_library(
    opens: Opens, world: World
) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await talks.confirmed(world, anna, bob, title="Ramen zemen")
    async with opens(anna) as page:
        for path in ("/hours/statement", "/exchanges", "/parties/me", "/hours"):
            await page.goto(f"/{world.slug}{path}")
        await page.get_by_role("button", name="Uitloggen").click()
        await page.get_by_role("heading", level=1, name="Inloggen").wait_for()
        for _step in range(3):
            await page.go_back()
            text = await page.locator("body").inner_text()
            assert "Inloggen" in text
            assert not [word for word in ("Ramen zemen", "Bob", "5 uur") if word in text]
        kept = await page.evaluate(
            """async () => [localStorage.length, sessionStorage.length,
            (await caches.keys()).length, (await indexedDB.databases()).length]"""
        )
        assert kept == [0, 0, 0, 0]
