"""The whole loop through pages without script: post, reply, agree, do, confirm, balance."""

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_a_neighbour_asks_a_neighbour_helps_and_the_hours_move(world: World) -> None:
    ria = await world.member("Ria Jansen")
    ahmed = await world.member("Ahmed Yilmaz", phone="06 555 00 123", phone_key="+31655500123")
    need = await makers_posts.need(world, ria, "Heg snoeien")
    his, hers = await ahmed.browser(), await ria.browser()

    page = await his.page(f"/posts/{need}/replies/new")
    assert page.h1 == "Reageren op Ria"
    page = await his.submit(page, "/replies", words="Zaterdag kan ik.")
    assert page.h1 == "Heg snoeien met Ria"
    assert "U schreef aan Ria." in page.text
    there = page.url.partition(world.slug)[2].partition("?")[0]

    page = await hers.page("/exchanges")
    assert "Ahmed schreef u een bericht." in page.text
    page = await hers.page(there)
    assert "U bent aan de beurt" in page.text and "06 555 00 123" not in page.html
    page = await hers.submit(page, "/messages", words="Graag! Ik zet koffie.")
    assert "Ik zet koffie" in page.text

    page = await his.page(f"{there}/proposals/new")
    page = await his.submit(
        page, "/proposals", on_choice="today", at="14.00", time_choice="90", meet_at="Bij Ria thuis"
    )
    assert "U stelde voor: dinsdag 10 maart om 14.00 uur." in page.text

    page = await hers.page(there)
    assert "Is dit goed?" in page.text
    page = await hers.submit(page, "/agreement")
    assert "Dat is afgesproken" in page.text and "06 555 00 123" in page.html

    page = await his.page(f"{there}/done")
    page = await his.submit(page, "/done", time_choice="90", thanks="De koffie was heerlijk.")
    assert "U gaf door: 1 uur en 30 minuten op dinsdag 10 maart." in page.text

    page = await hers.page(f"{there}/confirmation")
    assert page.h1 == "Klopt dit?"
    assert "Ahmed hielp u op dinsdag 10 maart: 1 uur en 30 minuten. Klopt dit?" in page.text
    assert "Daarna heeft u 3 uur en 30 minuten." in page.text
    page = await hers.submit(page, "/confirmation")
    assert "Klaar. Ahmed hielp u op dinsdag 10 maart. U gaf 1 uur en 30 minuten." in page.text

    assert await makers.balances(world, ria, ahmed) == [300 - 90, 300 + 90]
    assert "Klaar. U hielp Ria" in (await his.page("/exchanges")).text
    page = await his.page("/hours")
    assert "6 uur en 30 minuten" in page.text
