"""The form for a post: what it takes, what it asks about, what it says is wrong."""

from urllib.parse import quote
from uuid import UUID

import pytest

from tests.makers_posts import need, viewer
from tests.pages import Page
from tests.world import World
from timebank import parties, posts

pytestmark = pytest.mark.anyio


def id_in(page: Page) -> UUID:
    """Id of the post whose page this is."""
    return UUID(page.url.partition("?")[0].rpartition("/")[2])


async def test_one_line_is_enough_to_ask(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    assert page.h1 == "Waarmee kan een buur u helpen?"
    shown = await browser.submit(page, "/posts", title="Wie hangt mijn lamp op?")
    assert shown.h1 == "Wie hangt mijn lamp op?"
    assert "Uw vraag staat erop" in shown.text
    assert "Er is nog geen reactie" in shown.text
    theirs = await (await bob.browser()).page("/posts?direction=offer")
    assert "Wie hangt mijn lamp op?" in theirs.text
    assert "Wie hangt mijn lamp op?" in (await browser.page("/posts?direction=need")).text


async def test_all_that_may_be_told_comes_back_on_the_page(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=offer")
    shown = await browser.submit(
        page, "/posts", title="Ik snoei uw heg", kind="together",
        words="Ik heb zelf een schaar.\nEn tijd.",
        category="garden", when_text="zaterdag", minutes_choice="other", minutes_hours="2",
        minutes_minutes="15", place=str(world.square),
    )  # fmt: skip
    seen = await (await bob.browser()).page(f"/posts/{id_in(shown)}")
    for text in ("Samen iets doen", "Ik heb zelf een schaar.", "zaterdag", "Tuin en balkon",
                 "ongeveer 2 uur en 15 minuten", "Maasplein", "Anna"):  # fmt: skip
        assert text in seen.text, text
    edit = await browser.page(f"/posts/{id_in(shown)}/edit")
    kept = edit.form("/posts/").data
    assert kept["words"] == "Ik heb zelf een schaar.\nEn tijd."
    assert (kept["minutes_choice"], kept["minutes_hours"], kept["minutes_minutes"]) == (
        "other", "2", "15",
    )  # fmt: skip
    assert kept["place"] == str(world.square) and kept["kind"] == "together"
    again = await browser.submit(edit, "/posts/", title="Ik snoei uw rozen")
    assert again.h1 == "Ik snoei uw rozen" and "Ik heb zelf een schaar." in again.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "in één zin"),
        ({"title": "x" * 81}, "Maak dit korter"),
        ({"title": "Lamp", "words": "x" * 1501}, "Maak dit korter"),
        ({"title": "Lamp", "when_text": "x" * 121}, "Maak dit korter"),
        ({"title": "Lamp", "category": "goud"}, "Kies iets uit de lijst"),
        ({"title": "Lamp", "minutes_choice": "-30"}, "Kies iets uit de lijst"),
        (
            {
                "title": "Lamp",
                "minutes_choice": "other",
                "minutes_hours": "24",
                "minutes_minutes": "30",
            },
            "24 uur",
        ),
        ({"title": "Lamp", "place": "0199f3a2-0000-7000-8000-000000000000"}, "plek uit de lijst"),
        ({"title": "Lamp", "kind": "alleen"}, "Kies iets uit de lijst"),
        ({"title": "Lamp", "state": "closed"}, "niet kennen"),
        ({"title": "La\u202emp"}, "niemand kan zien"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    again = await browser.submit(page, "/posts", status=422, **wrong)
    assert any(sentence in error for error in again.errors()), again.errors()
    assert again.h1 == "Waarmee kan een buur u helpen?"
    assert again.form("/posts").data["title"] == wrong["title"]
    assert "Wat u vraagt" in (await browser.page("/posts?direction=need")).text
    async with world.transaction() as db:
        assert await posts.mine(db, viewer(world, anna), "need", now=world.clock()) == []


async def test_a_text_at_the_limit_with_line_ends_and_emoji_is_taken(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    words = "\r\n".join(["a" * 70] * 20)
    words += "🌻" * (1500 - len(words.replace("\r\n", "\n")))
    shown = await browser.submit(page, "/posts", title="é" * 80, words=words)
    assert shown.h1 == "é" * 80


async def test_a_phone_number_is_asked_about_once_before_it_is_posted(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    again = await browser.submit(
        page, "/posts", status=422, title="Bel mij", words="Mijn nummer is 06 12 34 56 78."
    )
    assert "een telefoonnummer" in again.errors()[0] and "zeker" in again.errors()[0]
    assert again.form("/posts").data["words"] == "Mijn nummer is 06 12 34 56 78."
    asked_still = await browser.submit(again, "/posts", status=422)
    shown = await browser.submit(asked_still, "/posts", sure="1")
    assert shown.h1 == "Bel mij"


async def test_two_presses_make_one_post(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    first = await browser.submit(page, "/posts", title="Wie hangt mijn lamp op?")
    again = await browser.submit(page, "/posts", title="Wie hangt mijn lamp op?")
    assert id_in(first) == id_in(again) and "al gedaan" in again.text
    async with world.transaction() as db:
        assert len(await posts.mine(db, viewer(world, anna), "need", now=world.clock())) == 1


async def test_a_title_keeps_its_letters(world: World) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await need(world, anna, "ijsjes halen")
    assert (await (await anna.browser()).page(f"/posts/{id_}")).h1 == "ijsjes halen"


async def test_an_example_starts_the_form(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts?direction=need")
    assert "Klein beginnen mag" in page.text
    link = next(link for link in page.links() if "Een+lamp" in link or "Een%20lamp" in link)
    form = (await browser.page(link.removeprefix(f"/{world.slug}"))).form("/posts")
    assert form.data["title"] == "Een lamp ophangen"
    long = await browser.page(f"/posts/new?direction=need&title={quote('x' * 500)}")
    assert long.form("/posts").data["title"] == "x" * 80


async def test_a_guest_is_asked_to_sign_in(world: World) -> None:
    for path in ("/posts", "/posts/search", "/posts/new", "/posts/all"):
        page = await world.browser().page(path)
        assert page.h1 == "Inloggen", path


async def test_somebody_who_rests_posts_nothing(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=anna.id, state="paused",
            from_states=("active",), by=anna.id, now=world.clock(),
        )  # fmt: skip
    again = await browser.submit(page, "/posts", status=409, title="Wie hangt mijn lamp op?")
    assert "doet nu even niet mee" in again.text


async def test_who_rather_talks_can_ask_to_be_called(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/posts/new?direction=need")
    assert f"/{world.slug}/visits/new" in page.links()
    assert "mij bellen" in page.text
    offering = await browser.page("/posts/new?direction=offer")
    assert "mij bellen" not in offering.text
