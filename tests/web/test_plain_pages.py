"""The small pages of the wall, shown when no template can be had."""

import pytest

from tests.web.walled import assert_good_page, visitor
from timebank.web.plain_pages import STATUSES, plain_page

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("lines")]


@pytest.mark.parametrize("status", sorted(STATUSES))
async def test_the_plain_pages_are_whole_dutch_pages(status: int) -> None:
    text = assert_good_page(plain_page(status, "id-1", "/static/a.css")).lower()
    assert "id-1" in text
    assert "oeps" not in text
    assert "error" not in text


async def test_an_unknown_status_has_a_page_too() -> None:
    assert plain_page(418, "x") == plain_page(400, "x")
    assert plain_page(502, "x") == plain_page(500, "x")


async def test_a_refusal_replaces_the_page_for_htmx() -> None:
    async with visitor() as c:
        answer = await c.put("/", headers={"HX-Request": "true"})
    assert answer.headers["hx-retarget"] == "body"
