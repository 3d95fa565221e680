"""Start, the front door and the language switch."""

import pytest

from tests.makers_posts import need
from tests.posts.queries import counted
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


async def test_the_front_door_shows_what_neighbours_ask_and_nobodys_name(
    world: World, visitor: Browser
) -> None:
    assert "Wees de eerste." in (await visitor.page("/")).text
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await need(world, anna, "Wie wandelt er met mij?", place_id=world.square)
    page = await visitor.page("/")
    assert "Wie wandelt er met mij?" in page.text
    assert "Anna" not in page.text
    assert "Wees de eerste." not in page.text
    await world.owner.execute(
        "update person set hidden = true where community_id = $1 and party_id = $2",
        world.community, anna.id,
    )  # fmt: skip
    assert "Wees de eerste." in (await visitor.page("/")).text
    out = await need(world, bob, "Wie snoeit mijn heg?")
    assert "Wie snoeit mijn heg?" in (await visitor.page("/")).text
    await world.owner.execute(
        "update post set hidden_at = now() where community_id = $1 and id = $2",
        world.community, out,
    )  # fmt: skip
    assert "Wees de eerste." in (await visitor.page("/")).text


@pytest.mark.parametrize(
    "title",
    [
        "Wie wandelt er met Greet?", "bob zoekt hulp in de tuin", "Kom naar kerkstraat 12",
        "Zolder leeghalen voor tien euro", "Koffie op het maasplein", "Bel mij: 06 12345678",
    ],
)  # fmt: skip
async def test_a_title_that_may_name_somebody_or_a_spot_stays_inside(
    world: World, visitor: Browser, title: str
) -> None:
    bob = await world.member("Bob Bakker")
    await need(world, bob, "Wie helpt in de tuin?")
    await world.owner.execute(
        "update place set name = 'Maasplein' where community_id = $1 and id = $2",
        world.community, world.square,
    )  # fmt: skip
    await need(world, bob, title)
    await need(world, bob, "Wie speelt er met mijn zoon?", category="children")
    page = await visitor.page("/")
    assert "zoon" not in page.text
    assert "Wie helpt in de tuin?" in page.text
    assert title not in page.text


async def test_the_front_door_asks_the_database_one_thing_more(
    world: World, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.page("/help")
    with counted(monkeypatch) as help_page:
        await visitor.page("/help")
    with counted(monkeypatch) as front:
        await visitor.page("/")
    assert len(front) == len(help_page) + 1
