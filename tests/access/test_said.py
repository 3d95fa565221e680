"""What a page says was done: only after it was, whatever stands in the address."""

import pytest

from tests.world import PASSWORD, Page, World
from timebank.web import said

pytestmark = pytest.mark.anyio


async def test_a_link_never_says_that_something_was_done(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    for page in ("/hours", "/", "/posts"):
        for code in said.codes():
            assert '<div id="said" role="status"></div>' in (
                await browser.page(f"{page}?said={code}")
            ).html, code  # fmt: skip


async def test_the_page_behind_an_act_says_it_in_two_tabs_and_when_opened_again(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries")
    world.clock.move(days=31)
    browser = await anna.browser()
    give = await browser.page("/hours/transfers/new")
    check = await browser.submit(give, to="pot", minutes_choice="30")
    notes = await browser.page("/vouchers/new")
    one = await browser.submit(check, follow=False)
    other = await browser.submit(notes, "/vouchers", follow=False, count="1", minutes="30")
    for _again in range(2):
        assert (
            "De bonnen zijn gemaakt."
            in (await browser.get(where(other), follow_redirects=True)).text
        )
        assert "De tijd is gegeven." in (await browser.get(where(one), follow_redirects=True)).text
    assert "De tijd is gegeven." not in (await browser.page("/hours?said=saved")).text
    twice = await browser.submit(check, follow=False)
    assert "Dit was al gedaan." in (await browser.get(where(twice))).text
    somewhere_else = await anna.browser()
    assert "De tijd is gegeven." not in (await somewhere_else.get(where(one))).text


def where(page: Page) -> str:
    """Where the answer leads."""
    return str(page.answer.headers["location"])


async def test_who_signs_out_reads_it_and_a_way_through_the_door_tells_no_lie(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries")
    await world.give_password(anna)
    visitor = world.browser()
    door = await visitor.page(f"/session?next=/{world.slug}/hours%3Fsaid%3Dgave_time")
    inside = await visitor.submit(door, "/session", who=anna.number, password=PASSWORD)
    assert inside.h1 == "Mijn tijd" and "De tijd is gegeven." not in inside.text
    form = next(form for form in inside.forms() if form.action.endswith("/session/end"))
    out = await visitor.post(form.action, data=form.data, follow_redirects=True)
    assert "said=signed_out" in str(out.url) and "U bent uitgelogd." in out.text
