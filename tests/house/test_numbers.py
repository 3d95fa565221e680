"""Numbers in an address: whatever somebody types there, no page breaks and no column overflows."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from tests import makers_exchanges
from tests.house.rights import Cast, make_cast
from tests.world import World, make_world
from timebank.app import COMMUNITY_ROUTES
from timebank.kernel.db import Db, Pool

pytestmark = pytest.mark.anyio

ODD = ["0", "1", "-1", "2147483648", "9223372036854775807", "9" * 20, "-" + "9" * 20, "9" * 5000,
       "1e309", "١٢"]  # fmt: skip
READ = re.compile(r'\bquery\.get\("(\w+)"')
"""Names that a page reads out of the address by itself."""
GETS = [route for route in COMMUNITY_ROUTES if "GET" in {str(m) for m in route.http_methods}]


def queries(route: HTTPRouteHandler) -> Iterator[tuple[str, Any, QueryParameter]]:
    """What the route takes after the question mark: name, type, limits."""
    for name, field in route.parsed_fn_signature.parameters.items():
        if isinstance(field.kwarg_definition, QueryParameter):
            yield name, field.annotation, field.kwarg_definition


def test_every_number_in_an_address_has_limits_that_a_column_can_hold() -> None:
    found = 0
    for route in GETS:
        for name, kind, limits in queries(route):
            if int in (kind, *get_args(kind)):
                found += 1
                assert limits.ge is not None and limits.le is not None, f"{route.name}: {name}"
                assert limits.ge > -(2**63) and limits.le < 2**63 - 1, f"{route.name}: {name}"
    assert found > 2


@pytest.fixture
async def cast(world: World, wall: Any, web_pool: Pool, work_pool: Pool, owner: Db) -> Cast:
    """Everybody, and the things they ask for."""
    return await make_cast(world, await make_world(wall, web_pool, owner, world.clock), work_pool)


def names_of(route: HTTPRouteHandler) -> list[str]:
    """Names after the question mark that the route, or the file it stands in, reads."""
    read = READ.findall(Path(inspect.getfile(route.fn)).read_text("utf-8"))
    return sorted({*read, *(name for name, _kind, _limits in queries(route))})


async def test_odd_numbers_break_no_page(cast: Cast, nothing_lasts: None) -> None:
    asked = [(route, name) for route in GETS for name in names_of(route)]
    assert {"before", "line", "after", "hue"} <= {name for _route, name in asked}
    for route, name in asked:
        path = f"/{cast.world.slug}{cast.address(route)}".removesuffix("/")
        for role in ("own", "worker", "admin"):
            for number in ODD:
                answer = await cast.browsers[role].get(path, params={name: number})
                assert not answer.is_server_error, f"{role} {route.name}?{name}={number[:30]}"


async def test_a_page_with_nothing_older_says_so_and_shows_the_way_back(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await makers_exchanges.confirmed(world, anna, bram, minutes=60)
    hers = await anna.browser()
    page = await hers.page("/hours?before=1")
    assert "Er is niets ouder." in page.text and "Uw eerste uur" not in page.text
    assert f'href="/{world.slug}/hours"' in page.html.split("<main")[1]
    for number in ("-1", "0", "9" * 20):
        await hers.page(f"/hours?before={number}", status=404)
    admin = await world.admin("Joris Smit")
    desk = await (await admin.browser()).page(f"/parties/{anna.id}/hours?before=1")
    assert "Er is niets ouder." in desk.text and "Nog niets" not in desk.text
