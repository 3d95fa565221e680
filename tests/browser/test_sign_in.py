"""Signing in, with the keyboard, with and without script; and what is left after signing out."""

import pytest

from tests.browser.conftest import Opens
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("script", [True, False])
async def test_a_wrong_sign_in_leads_the_eye_to_what_is_wrong(
    opens: Opens, world: World, script: bool
) -> None:
    anna = await world.member("Anna de Vries", password=True)
    async with opens(script=script, phone=True) as page:
        await page.goto(f"/{world.slug}/session")
        await page.get_by_label("Uw nummer of e-mailadres").fill(anna.number)
        await page.get_by_label("Wachtwoord", exact=True).fill("helemaal fout")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Er ging iets mis").wait_for()
        assert (await page.title()).startswith("Fout: ")
        assert await page.evaluate("document.activeElement.id") == "wrong"
        await page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Dag Anna").wait_for()


async def test_after_signing_out_back_shows_nothing_and_nothing_is_stored(
    opens: Opens, world: World
) -> None:
    anna = await world.member("Anna de Vries", password=True)
    async with opens(anna) as page:
        await page.goto(f"/{world.slug}/hours")
        await page.get_by_role("heading", name="Mijn tijd").wait_for()
        await page.get_by_role("button", name="Uitloggen").click()
        await page.get_by_role("heading", name="Inloggen").wait_for()
        await page.go_back()
        await page.get_by_role("heading", name="Inloggen").wait_for()
        kept = await page.evaluate("[localStorage.length, sessionStorage.length]")
        assert kept == [0, 0]


async def test_a_page_stays_within_its_budget(opens: Opens, world: World) -> None:
    anna = await world.member("Anna de Vries")
    async with opens(anna, phone=True) as page:
        sizes: dict[str, int] = {}

        async def note(response: object) -> None:
            size = (await response.request.sizes())["responseBodySize"]
            sizes[response.url] = size

        page.on("response", note)
        await page.goto(f"/{world.slug}", wait_until="networkidle")
        assert len(sizes) <= 6, sizes
        assert sum(sizes.values()) <= 100_000, sizes
        assert await page.evaluate("document.querySelectorAll('*').length") <= 1500
