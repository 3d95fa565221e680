"""Twice, at once, lost on the way, signed out in between (cases D1, D2, D3, S1, S5, S6, O4)."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tests import makers_exchanges as talks
from tests.makers_membership import join_fields
from tests.makers_posts import need
from tests.world import PASSWORD, Browser, Member, World
from timebank import access

pytestmark = pytest.mark.anyio

Made = tuple[Browser, str, str, dict[str, Any], str]


async def _post(world: World, anna: Member, bob: Member) -> Made:
    return await anna.browser(), "/posts/new?direction=need", "/posts", {"title": "Lamp"}, "post"


async def _join(world: World, anna: Member, bob: Member) -> Made:
    return world.browser(), "/parties/new", "/parties", join_fields(world), "party"


async def _reply(world: World, anna: Member, bob: Member) -> Made:
    post = await need(world, bob, "Wie leest voor?")
    path = f"/posts/{post}/replies/new"
    return await anna.browser(), path, "/replies", {"words": "Graag"}, "exchange"


async def _message(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.talk(world, bob, anna)
    return await anna.browser(), f"/exchanges/{id_}", "/messages", {"words": "Dag"}, "message"


async def _proposal(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.talk(world, bob, anna)
    plan = {"on_choice": "tomorrow", "at": "14.00", "time_choice": "60"}
    path = f"/exchanges/{id_}/proposals/new"
    return await anna.browser(), path, "/proposals", plan, "exchange_proposal"


async def _done(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.planned(world, bob, anna, on_date=world.clock().date())
    fields = {"time_choice": "60"}
    return await anna.browser(), f"/exchanges/{id_}/done", "/done", fields, "exchange"


async def _confirm(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.done(world, anna, bob)
    path = f"/exchanges/{id_}/confirmation"
    return await anna.browser(), path, "/confirmation", {}, "transfer"


async def _gift(world: World, anna: Member, bob: Member) -> Made:
    world.clock.move(days=31)
    fields = {"to": "pot", "minutes_choice": "60", "sure": "1"}
    return await anna.browser(), "/hours/transfers/new", "/transfers", fields, "transfer"


async def _report(world: World, anna: Member, bob: Member) -> Made:
    post = await need(world, bob, "Wie leest voor?")
    path = f"/reports/new?about=post&id={post}"
    return await anna.browser(), path, "/reports", {"reason": "rude"}, "report"


async def _repair(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.confirmed(world, anna, bob)
    path = f"/exchanges/{id_}/repair"
    return await anna.browser(), path, "/repair", {"words": "Het was korter"}, "exchange_repair"


async def _cancel(world: World, anna: Member, bob: Member) -> Made:
    id_ = await talks.planned(world, bob, anna)
    path = f"/exchanges/{id_}/cancellation"
    return await anna.browser(), path, "/cancellation", {"reason": "other"}, "exchange"


WAYS: dict[str, Callable[[World, Member, Member], Awaitable[Made]]] = {
    "post": _post, "join": _join, "reply": _reply, "message": _message, "propose": _proposal,
    "done": _done, "confirm": _confirm, "give": _gift, "report": _report, "repair": _repair,
    "cancel": _cancel,
}  # fmt: skip


async def _stand(world: World, table: str) -> tuple[int, int]:
    """Rows of a table, and notices: what a second press must not add to."""
    rows: int = await world.owner.fetchval(
        f"select count(*) from {table} where community_id = $1",
        world.community,
    )
    notices: int = await world.owner.fetchval(
        "select count(*) from notice where community_id = $1", world.community
    )
    return rows, notices


@pytest.mark.parametrize("way", list(WAYS))
async def test_d1_d2_pressed_twice_and_once_more_a_minute_later_does_it_once(
    world: World, way: str
) -> None:
    await world.worker("Samira Bouali")
    await world.admin("Joris Smit")
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    browser, path, action, fields, table = await WAYS[way](world, anna, bob)
    form = (await browser.page(path)).form(action)
    data = form.data | fields
    before, _told = await _stand(world, table)
    pressed = await asyncio.gather(*(browser.post(form.action, data=data) for _n in range(3)))
    assert [answer.status_code for answer in pressed] == [303] * 3
    stands = await _stand(world, table)
    assert stands[0] - before == (way not in ("done", "cancel"))
    world.clock.move(minutes=1)
    late = await browser.post(form.action, data=data, follow_redirects=True)
    assert late.status_code == 200 and "Dit was al gedaan" in late.text
    assert await _stand(world, table) == stands
    places = {re.sub(r"[?&]said=\w+", "", answer.headers["location"]) for answer in pressed}
    assert len(places) == 1, places


async def test_d3_the_helper_who_was_not_chosen_is_no_party_and_has_no_tie(world: World) -> None:
    asker = await world.member("Anna de Vries")
    one, two = await world.member("Bob Bakker"), await world.member("Cor Smit")
    post = await need(world, asker, "Wie hangt mijn lamp op?")
    first, second = await talks.answer(world, post, one), await talks.answer(world, post, two)
    mine = await talks.propose(world, first, asker)
    theirs = await talks.propose(world, second, asker)
    open_page = (await (browser := await two.browser()).page(f"/exchanges/{second}")).form(
        "/agreement"
    )
    await talks.agree(world, first, one, mine)
    late = await browser.post(open_page.action, data=open_page.data)
    assert late.status_code == 409
    assert str(theirs) == open_page.data["proposal"]
    assert "others_heard" in await talks.told(world, two)
    await talks.say_done(world, first, one)
    await talks.confirm(world, first, asker)
    ties = await world.owner.fetch(
        "select distinct party_id, other_id from tie_met where community_id = $1", world.community
    )
    assert {row["party_id"] for row in ties} == {asker.id, one.id}
    page = await browser.page("/exchanges")
    assert "andere buur" in page.text and "afgesproken" not in page.text
    assert await talks.balances(world, two) == [300]


@pytest.mark.parametrize("kind", ["reset", "worker_code", "invite"])
async def test_s1_looking_at_a_way_in_never_uses_it(world: World, kind: Any) -> None:
    anna = await world.member("Anna de Vries")
    async with world.transaction() as db:
        code = await access.make_ticket(
            db, community=world.community, party=anna.id, kind=kind, by=None, now=world.clock()
        )
    before = await _tables(world)
    robot = world.browser()
    for _again in range(5):
        for path in (f"/tickets/{code}", "/code"):
            assert (await robot.get(f"/{world.slug}{path}")).status_code < 400
            assert (await robot.head(f"/{world.slug}{path}")).status_code < 400
    assert await _tables(world) == before


async def _tables(world: World) -> list[Any]:
    rows = await world.owner.fetch(
        "select * from ticket where community_id = $1 order by 1, 2", world.community
    )
    return [tuple(row) for row in rows]


async def test_s5_two_forms_in_two_tabs_are_both_taken(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    id_ = await talks.talk(world, anna, bob)
    browser = await anna.browser()
    tabs = [await browser.page("/posts/new?direction=need") for _n in range(2)]
    talk = await browser.page(f"/exchanges/{id_}")
    for number, tab in enumerate(tabs):
        page = await browser.submit(tab, "/posts", title=f"Klus {number}")
        assert page.h1 == f"Klus {number}"
    assert "Tot dan" in (await browser.submit(talk, "/messages", words="Tot dan")).text


@pytest.mark.parametrize("way", ["message", "post", "reply"])
async def test_s6_a_long_text_outlives_its_session_and_is_sent_once(world: World, way: str) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await world.give_password(anna)
    browser, path, action, fields, table = await WAYS[way](world, anna, bob)
    text = ("Een lang verhaal over de tuin. " * 70)[: 1500 if way == "post" else 2000].strip()
    page = await browser.page(path)
    before = (await _stand(world, table))[0]
    world.clock.move(minutes=31)
    door = await browser.submit(page, action, **(fields | {"words": text}))
    assert door.h1 == "Inloggen" and (await _stand(world, table))[0] == before
    back = await browser.submit(door, "/session", who=anna.number, password=PASSWORD)
    form = back.form(action)
    assert form.data["words"] == text
    for _press in range(2):
        await browser.post(form.action, data=form.data)
    assert (await _stand(world, table))[0] == before + 1


async def test_o4_a_forwarded_name_never_stands_in_a_link(world: World) -> None:
    anna = await world.member("Anna de Vries", email="anna@example.org", reachable_by="email")
    browser = world.browser()
    browser.headers["X-Forwarded-Host"] = "kwaad.example"
    browser.headers["Forwarded"] = "host=kwaad.example;proto=https"
    page = await browser.page("/password/forgotten")
    after = await browser.submit(page, "/password", who="anna@example.org")
    kept = await world.owner.fetch("select payload::text from outbox where community_id = $1",
                                   world.community)  # fmt: skip
    assert kept and isinstance(anna.id, UUID)
    assert "kwaad.example" not in after.html + " ".join(row["payload"] for row in kept)
