"""Posts in a list: filters, the next page, the list of those who work here."""

import pytest

from tests.makers_posts import need, offer
from tests.pages import Page
from tests.world import Member, World
from timebank import posts

pytestmark = pytest.mark.anyio


async def test_those_who_work_here_see_all_of_their_neighbourhood(world: World) -> None:
    anna = await world.member("Anna de Vries")
    zoe = await world.member("Zoë Zuid", world.south)
    wil = await world.worker("Wil Werker")
    ada = await world.admin("Ada Beheer")
    hidden = await need(world, anna, "Wie hangt mijn lamp op?")
    await need(world, zoe, "Wie maakt mijn kraan?")
    async with world.transaction() as db:
        await posts.hide(db, community=world.community, id_=hidden, now=world.clock())
    workers = await wil.browser()
    page = await workers.page("/posts/all")
    assert "lamp" in page.text and "verborgen" in page.text and "kraan" not in page.text
    elsewhere = await workers.page(f"/posts/all?area={world.south}")
    assert "kraan" not in elsewhere.text
    seen = await workers.page(f"/posts/{hidden}")
    assert "verborgen" in seen.text
    assert any(link.endswith(f"/posts/{hidden}/hiding") for link in seen.links())
    everything = await (await ada.browser()).page("/posts/all")
    assert "lamp" in everything.text and "kraan" in everything.text
    only = await (await ada.browser()).page("/posts/all?hidden=1")
    assert "lamp" in only.text and "kraan" not in only.text
    await (await anna.browser()).page("/posts/all", status=404)
    await (await zoe.browser()).page(f"/posts/{hidden}", status=404)


async def test_filters_are_links_that_narrow_the_list(world: World) -> None:
    anna = await world.member("Anna de Vries", place_id=world.square)
    bob = await world.member("Bob Bakker")
    await offer(world, bob, "Ik snoei uw heg", category="garden", place_id=world.square)
    await offer(world, bob, "Samen wandelen", together=True, category="company")
    browser = await anna.browser()
    shown = {}
    for name in ("category=garden", "together=1", "near=1", "category=children", "category=x"):
        shown[name] = (await browser.page(f"/posts?direction=need&{name}")).text
    assert "heg" in shown["category=garden"] and "wandelen" not in shown["category=garden"]
    assert "wandelen" in shown["together=1"] and "heg" not in shown["together=1"]
    assert "heg" in shown["near=1"] and "wandelen" not in shown["near=1"]
    assert "verder niets" in shown["category=children"]
    assert "heg" in shown["category=x"] and "wandelen" in shown["category=x"]


async def _offered(world: World, by: Member, titles: list[str]) -> None:
    """One after the other, the last one newest."""
    for title in titles:
        world.clock.move(minutes=1)
        await offer(world, by, title)


async def test_more_shows_each_post_once(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    await need(world, anna, "Wie snoeit mijn heg?")
    titles = [f"Aanbod {n} {'heg' if n == 3 else ''}".strip() for n in range(30)]
    await _offered(world, bob, titles)
    browser = await anna.browser()
    page = await browser.page("/posts?direction=need")
    assert "Past bij u: u vraagt" in page.text
    seen: list[str] = []
    for _page in range(5):
        seen += [text for text in _card_titles(page)]
        more = [link for link in page.links() if "before=" in link]
        if not more:
            break
        page = await browser.page(more[0].removeprefix(f"/{world.slug}"))
    assert sorted(seen) == sorted(titles)
    assert seen[0] == "Aanbod 3 heg" and seen[1] == "Aanbod 29"


async def test_more_skips_nothing_when_what_fits_changes_between_two_pages(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await need(world, anna, "Wie snoeit mijn heg?")
    words = {1: "fiets", 3: "heg"}
    titles = [f"Aanbod {n} {words.get(n, '')}".strip() for n in range(20)]
    await _offered(world, bob, titles)
    browser = await anna.browser()
    page = await browser.page("/posts?direction=need")
    seen = _card_titles(page)
    await need(world, anna, "Wie plakt mijn fiets?")
    more = next(link for link in page.links() if "before=" in link)
    page = await browser.page(more.removeprefix(f"/{world.slug}"))
    assert sorted(seen + _card_titles(page)) == sorted(titles)


async def test_years_of_ended_posts_push_nothing_from_ones_own_list(world: World) -> None:
    anna = await world.member("Anna de Vries")
    await need(world, anna, "Wie geeft mijn planten water?")
    for n in range(51):
        world.clock.move(minutes=1)
        await need(world, anna, f"Wie helpt mij, keer {n}?")
    await world.owner.execute(
        "update post set state = 'expired' where community_id = $1 and title like '%keer%'",
        world.community,
    )
    page = await (await anna.browser()).page("/posts?direction=need")
    assert "Wie geeft mijn planten water?" in page.text


def _card_titles(page: Page) -> list[str]:
    found = []
    for article in page.tree.iter("article"):
        if "post" in article.get("class", "").split():
            heading = next(article.iter("h3"))
            found.append("".join(heading.itertext()).strip())
    return found


async def test_a_filter_asked_by_script_gets_the_list_alone(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    await offer(world, bob, "Ik snoei uw heg", category="garden")
    browser = await anna.browser()
    for path in ("posts?direction=need", "posts/search?direction=need&q=heg"):
        answer = await browser.get(
            f"/{world.slug}/{path}", headers={"HX-Request": "true", "HX-Target": "results"}
        )
        assert answer.status_code == 200 and "<html" not in answer.text
        assert "Ik snoei uw heg" in answer.text and "<h1" not in answer.text
