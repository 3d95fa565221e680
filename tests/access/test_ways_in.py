"""Every way in stands in one list with its strength, and every refusal looks alike."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.test_routes import POSTS, name_of
from tests.world import PASSWORD, World
from timebank.access.model import WAYS_IN

pytestmark = pytest.mark.anyio

CODE = Path(__file__).parents[2] / "timebank"
NO_WAY_IN = {
    "access.send_reset",  # only a mail
    "membership.appeal",  # by who is shut out
    "membership.ask",  # to be admitted by a person
    "membership.leave_suspension",
}
"""What a visitor may send that opens nothing."""


def test_every_write_of_a_visitor_is_a_way_in_of_known_strength_or_none() -> None:
    public = {name_of(route) for route in POSTS if route.opt.get("public")}
    assert public == {*WAYS_IN, *NO_WAY_IN}


def test_only_the_ways_in_open_a_session() -> None:
    opens = set()
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("open_session"):
                opens.add(file.relative_to(CODE).as_posix())
    assert opens == {"access/pages.py", "access/password_pages.py"}


async def test_unknown_wrong_and_no_password_get_the_same_page(world: World) -> None:
    known = await world.member("Anna de Vries", password=True)
    without = await world.member("Piet Smit")
    told = set()
    for who in (known.number, without.number, "99999999", "niemand@example.org"):
        browser = world.browser()
        page = await browser.page("/session")
        wrong = await browser.submit(
            page, status=422, who=who, password="zomaar vier losse woorden"
        )
        html = re.sub(
            r'(name="_(?:csrf|key)" value=|hx-headers=)("[^"]*"|\'[^\']*\')', "", wrong.html
        )
        told.add(html.replace(who, "").replace(PASSWORD, ""))
    assert len(told) == 1


async def test_so_many_searches_an_hour_and_then_a_pause(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    path = f"/{world.slug}/posts/search?direction=need&q=soep"
    assert (await browser.get(path)).status_code == 200
    await world.owner.execute(
        "update throttle set tries = 240 where community_id = $1 and kind = 'search'",
        world.community,
    )
    assert (await browser.get(path)).status_code == 429
    world.clock.move(minutes=20)
    assert (await browser.get(f"/{world.slug}/posts?direction=need")).status_code == 200
