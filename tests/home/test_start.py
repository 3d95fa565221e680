"""Start, the front door and the language switch."""

import pytest

from tests.world import Browser, World

pytestmark = pytest.mark.anyio


async def test_a_visitor_sees_the_door_and_how_it_works(world: World, visitor: Browser) -> None:
    page = await visitor.page("/")
    assert page.h1 == "Buren helpen buren. Een uur is een uur."
    assert f"/{world.slug}/parties/new" in page.links()


async def test_start_greets_and_says_that_nothing_waits(world: World) -> None:
    anna = await world.member("Anna de Vries")
    page = await (await anna.browser()).page("/")
    assert page.h1 == "Dag Anna"
    assert "Er wacht nu niets op u." in page.text
    assert "U heeft 5 uur." in page.text


async def test_the_language_switch_stays_on_the_page(world: World, visitor: Browser) -> None:
    page = await visitor.page("/help")
    form = next(f for f in page.forms() if f.action == "/language")
    answer = await visitor.post("/language", data=form.data | {"language": "en"})
    assert answer.headers["location"] == f"/{world.slug}/help"
    english = await visitor.page("/help")
    assert 'lang="en"' in english.html


@pytest.mark.parametrize("away", ["https://elders.example/", "//elders.example", "/\\elders", "x"])
async def test_the_language_switch_leads_nowhere_else(
    world: World, visitor: Browser, away: str
) -> None:
    answer = await visitor.post("/language", data={"language": "en", "next": away})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/nergens", "/posts/geen-id", "/hours/1/2/3", "/%F0%9F%98%80"])
async def test_unknown_addresses_get_a_kind_page(world: World, path: str) -> None:
    anna = await world.member("Anna de Vries")
    page = await (await anna.browser()).page(path, status=404)
    assert page.h1 == "Deze pagina bestaat niet"


async def test_health_is_told_when_the_schema_is_current(visitor: Browser) -> None:
    answer = await visitor.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
