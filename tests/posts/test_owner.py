"""What the owner of a post does with it: change, rest, settle, take back."""

import pytest

from tests.makers_posts import need, offer, viewer
from tests.world import World
from timebank import posts

pytestmark = pytest.mark.anyio


async def test_only_the_owner_changes_a_post(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    browser = await bob.browser()
    await browser.page(f"/posts/{id_}/edit", status=404)
    token = (await browser.page("/posts/new?direction=need")).form("/posts").data["_csrf"]
    for act in ("", "/pause", "/resume", "/renewal", "/withdrawal"):
        answer = await browser.post(
            f"/{world.slug}/posts/{id_}{act}",
            data={"_csrf": token, "_key": f"k{act or 'edit'}".ljust(20, "x"), "title": "Weg"},
        )
        assert answer.status_code == 404, act
    assert (await (await anna.browser()).page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"


async def test_a_post_rests_comes_back_and_goes(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    hers, his = await anna.browser(), await bob.browser()
    page = await hers.submit(await hers.page(f"/posts/{id_}"), "/pause")
    assert "nu even niet" in page.text
    assert (await his.page(f"/posts/{id_}")).h1 == "Dit staat er niet meer"
    page = await hers.submit(page, "/resume")
    assert "Het staat er weer" in page.text
    assert (await his.page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"
    page = await hers.submit(page, "/withdrawal")
    assert "weggehaald" in page.text
    gone = await his.page(f"/posts/{id_}")
    assert gone.h1 == "Dit staat er niet meer" and "lamp" not in gone.text
    page = await hers.submit(page, "/renewal")
    assert (await his.page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"


async def test_a_need_that_is_settled_says_so_and_shows_what_is_like_it(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?", category="repair")
    await need(world, anna, "Wie maakt mijn kraan?", category="repair")
    async with world.transaction() as db:
        assert await posts.mark_matched(db, community=world.community, id_=id_, now=world.clock())
        assert not await posts.mark_matched(
            db, community=world.community, id_=id_, now=world.clock()
        )
    his = await bob.browser()
    page = await his.page(f"/posts/{id_}")
    assert page.h1 == "Dit is al geregeld" and "Wie maakt mijn kraan?" in page.text
    assert "lamp" not in page.text
    async with world.transaction() as db:
        assert await posts.reopen(db, community=world.community, id_=id_, now=world.clock())
    assert (await his.page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"


async def test_an_offer_stays_open_for_others(world: World) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await offer(world, anna, "Ik hang uw lamp op")
    async with world.transaction() as db:
        assert not await posts.takes_one(db, community=world.community, id_=id_)
        for _again in range(2):
            assert await posts.mark_matched(
                db, community=world.community, id_=id_, now=world.clock()
            )
        post = await posts.post_for(db, viewer(world, anna), id_, now=world.clock())
        assert post.state == "open"


async def test_nobody_answered_is_nobodys_fault(world: World) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    browser = await anna.browser()
    assert "ligt niet aan u" not in (await browser.page(f"/posts/{id_}")).text
    world.clock.move(days=3)
    browser = await anna.browser()
    assert "ligt niet aan u" in (await browser.page(f"/posts/{id_}")).text


async def test_what_is_posted_for_a_member_is_theirs_and_stands_in_their_log(world: World) -> None:
    anna = await world.member("Anna de Vries")
    wil = await world.worker("Wil Werker")
    acting = viewer(world, wil, acting_for=anna)
    async with world.transaction() as db:
        wish = posts.Wish(direction="need", title="Wie hangt mijn lamp op?")
        id_ = await posts.publish(db, acting, wish, now=world.clock())
        post = await posts.post_for(db, acting, id_, now=world.clock())
        assert (post.by.id, post.entered_by_id) == (anna.id, wil.id)
        row = await db.fetchrow(
            "select actor_id, on_behalf_of_id from audit_entry where community_id = $1"
            " and act = 'post.published'", world.community,
        )  # fmt: skip
        assert row is not None and (row[0], row[1]) == (wil.id, anna.id)


async def test_the_owner_of_a_hidden_post_reads_that_and_may_change_it(world: World) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await need(world, anna, "Wie hangt mijn lamp op?")
    async with world.transaction() as db:
        await posts.hide(db, community=world.community, id_=id_, now=world.clock())
    browser = await anna.browser()
    page = await browser.page(f"/posts/{id_}")
    assert "nu niet op de site" in page.text
    assert any(link.endswith(f"/posts/{id_}/hiding") for link in page.links())
    await browser.submit(await browser.page(f"/posts/{id_}/edit"), "/posts/", title="Lampje?")
    async with world.transaction() as db:
        await posts.show_again(db, community=world.community, id_=id_, now=world.clock())
    bob = await world.member("Bob Bakker")
    assert (await (await bob.browser()).page(f"/posts/{id_}")).h1 == "Lampje?"
