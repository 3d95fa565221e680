"""Who sees a post, and under which name."""

import pytest

from tests.makers_posts import need, offer
from tests.world import World, make_world
from timebank import parties

pytestmark = pytest.mark.anyio


async def test_who_may_not_meet_the_author_sees_nothing_of_the_post(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    browser = await bob.browser()
    assert (await browser.page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=bob.id, blocked=anna.id, by=bob.id,
            now=world.clock(),
        )  # fmt: skip
    await browser.page(f"/posts/{id_}", status=404)
    for path in ("/posts?direction=offer", "/posts/search?direction=offer&q=lamp"):
        assert "hangt mijn lamp" not in (await browser.page(path)).text
    hers = await (await anna.browser()).page(f"/posts/{id_}")
    assert hers.h1 == "Wie hangt mijn lamp op?"


async def test_a_hidden_member_is_not_found_through_a_post(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await offer(world, anna, "Ik hang uw lamp op")
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=anna.id, hidden=True)
    browser = await bob.browser()
    await browser.page(f"/posts/{id_}", status=404)
    for path in ("/posts?direction=need", "/posts/search?direction=need&q=lamp"):
        assert "uw lamp" not in (await browser.page(path)).text
    assert (await (await anna.browser()).page(f"/posts/{id_}")).h1 == "Ik hang uw lamp op"


async def test_a_post_of_another_community_does_not_exist(world: World) -> None:
    anna = await world.member("Anna de Vries")
    other = await make_world(world.wall, world.pool, world.owner, world.clock)
    eve = await other.member("Eve Elders")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    browser = await eve.browser()
    for path in (f"/posts/{id_}", f"/posts/{id_}/edit"):
        await browser.page(path, status=404)
    found = await browser.page("/posts/search?direction=offer&q=lamp")
    assert "Niets gevonden" in found.text


async def test_the_newer_name_stands_at_older_posts(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    async with world.transaction() as db:
        details = world.details("Anouk de Vries")
        await parties.change_details(
            db, community=world.community, party=anna.id, details=details, by=anna.id,
            now=world.clock(),
        )  # fmt: skip
    page = await (await bob.browser()).page(f"/posts/{id_}")
    assert "Anouk" in page.text and "Anna" not in page.text
