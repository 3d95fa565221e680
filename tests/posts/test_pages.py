"""Offering and asking, through the pages of a browser without script."""

from urllib.parse import quote
from uuid import UUID

import pytest

from tests.makers_posts import need, offer, viewer
from tests.pages import Page
from tests.world import World, make_world
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


async def test_those_who_work_here_see_all_of_their_neighbourhood(world: World) -> None:
    anna = await world.member("Anna de Vries")
    zoe = await world.member("Zoë Zuid", world.south)
    wil = await world.worker("Wil Werker")
    ada = await world.admin("Ada Beheer")
    hidden = await need(world, anna, "Wie hangt mijn lamp op?")
    await need(world, zoe, "Wie maakt mijn kraan?")
    async with world.transaction() as db:
        await posts.hide(db, community=world.community, id_=hidden, now=world.clock())
    workers = await wil.browser()
    page = await workers.page("/posts/all")
    assert "lamp" in page.text and "verborgen" in page.text and "kraan" not in page.text
    elsewhere = await workers.page(f"/posts/all?area={world.south}")
    assert "kraan" not in elsewhere.text
    seen = await workers.page(f"/posts/{hidden}")
    assert "verborgen" in seen.text
    assert any(link.endswith(f"/posts/{hidden}/hiding") for link in seen.links())
    everything = await (await ada.browser()).page("/posts/all")
    assert "lamp" in everything.text and "kraan" in everything.text
    only = await (await ada.browser()).page("/posts/all?hidden=1")
    assert "lamp" in only.text and "kraan" not in only.text
    await (await anna.browser()).page("/posts/all", status=404)
    await (await zoe.browser()).page(f"/posts/{hidden}", status=404)


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


async def test_filters_are_links_that_narrow_the_list(world: World) -> None:
    anna = await world.member("Anna de Vries", place_id=world.square)
    bob = await world.member("Bob Bakker")
    await offer(world, bob, "Ik snoei uw heg", category="garden", place_id=world.square)
    await offer(world, bob, "Samen wandelen", together=True, category="company")
    browser = await anna.browser()
    shown = {}
    for name in ("category=garden", "together=1", "near=1", "category=children", "category=x"):
        shown[name] = (await browser.page(f"/posts?direction=need&{name}")).text
    assert "heg" in shown["category=garden"] and "wandelen" not in shown["category=garden"]
    assert "wandelen" in shown["together=1"] and "heg" not in shown["together=1"]
    assert "heg" in shown["near=1"] and "wandelen" not in shown["near=1"]
    assert "verder niets" in shown["category=children"]
    assert "heg" in shown["category=x"] and "wandelen" in shown["category=x"]


async def test_more_shows_each_post_once(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    await need(world, anna, "Wie snoeit mijn heg?")
    titles = [f"Aanbod {n} {'heg' if n == 3 else ''}".strip() for n in range(30)]
    for title in titles:
        world.clock.move(minutes=1)
        await offer(world, bob, title)
    browser = await anna.browser()
    page = await browser.page("/posts?direction=need")
    assert "Past bij u: u vraagt" in page.text
    seen: list[str] = []
    for _page in range(5):
        seen += [text for text in _card_titles(page)]
        more = [link for link in page.links() if "before=" in link]
        if not more:
            break
        page = await browser.page(more[0].removeprefix(f"/{world.slug}"))
    assert sorted(seen) == sorted(titles)
    assert seen[0] == "Aanbod 3 heg" and seen[1] == "Aanbod 29"


def _card_titles(page: Page) -> list[str]:
    found = []
    for article in page.tree.iter("article"):
        if "post" in article.get("class", "").split():
            heading = next(article.iter("h3"))
            found.append("".join(heading.itertext()).strip())
    return found


async def test_a_filter_asked_by_script_gets_the_list_alone(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    await offer(world, bob, "Ik snoei uw heg", category="garden")
    browser = await anna.browser()
    for path in ("posts?direction=need", "posts/search?direction=need&q=heg"):
        answer = await browser.get(
            f"/{world.slug}/{path}", headers={"HX-Request": "true", "HX-Target": "results"}
        )
        assert answer.status_code == 200 and "<html" not in answer.text
        assert "Ik snoei uw heg" in answer.text and "<h1" not in answer.text


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
