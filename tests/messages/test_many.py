"""Row 14: the same text to many within a day is held after the third, until somebody has looked."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests.makers_exchanges import told
from tests.makers_membership import send
from tests.makers_posts import need
from tests.world import Browser, Member, World
from timebank.messages.model import alike

pytestmark = pytest.mark.anyio
ADVERT = "Dag {}, ik verkoop mooie kaarsen. Kom eens kijken in mijn schuur, u bent welkom!"


async def posts_of_neighbours(world: World, count: int) -> list[tuple[Member, UUID]]:
    found = []
    for letter in "ABCDEF"[:count]:
        neighbour = await world.member(f"{letter}nna Buur{letter.lower()}")
        found.append((neighbour, await need(world, neighbour, f"Wie helpt mij met {letter}?")))
    return found


async def known(world: World, name: str) -> Member:
    """Somebody who is no newcomer any more: those are slowed by another rule."""
    made, other = await world.member(name), await world.member("Truus Eerder")
    await makers.confirmed(world, made, other)
    world.clock.move(days=20)
    return made


async def answer(browser: Browser, post: UUID, words: str) -> str:
    page = await send(browser, f"/posts/{post}/replies/new", "/replies", words=words)
    return page.html


async def messages(world: World) -> int:
    """How many were written these days."""
    found: int = await world.owner.fetchval(
        "select count(*) from message where community_id = $1 and at > $2",
        world.community, world.clock() - timedelta(days=3),
    )  # fmt: skip
    return found


async def test_the_fourth_of_the_same_waits_and_the_neighbour_knows_of_nothing(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    kees = await known(world, "Kees Kaars")
    neighbours = await posts_of_neighbours(world, 4)
    browser = await kees.browser()
    for neighbour, post in neighbours[:3]:
        assert "is verstuurd" in await answer(browser, post, ADVERT.format(neighbour.call_name))
    last, post = neighbours[3]
    assert "Iemand kijkt er nu eerst naar" in await answer(browser, post, ADVERT.format("Dora"))
    assert await messages(world) == 3 and await told(world, last) == []
    assert "Kees" not in (await (await last.browser()).page("/")).text
    again = await browser.page(f"/posts/{post}/replies/new")
    page = await browser.submit(again, "/replies", status=409, words=ADVERT.format("Dora"))
    assert "Dit bericht wacht al" in page.text
    assert await told(world, samira) == ["message_waits"]
    desk = await samira.browser()
    page = await desk.page("/messages/held")
    assert "kaarsen" in page.text and "Kees Kaars" in page.text and last.full_name in page.text
    page = await desk.submit(page, "/sent")
    assert "Er wacht niets" in page.text
    assert await messages(world) == 4 and await told(world, last) == ["reply_received"]
    sender = await world.owner.fetchval(
        "select from_id from message where community_id = $1 order by id desc limit 1",
        world.community,
    )
    assert sender == kees.id
    assert "Las een bericht van u" in (await browser.page("/parties/me/views")).text


async def test_what_is_turned_back_goes_nowhere_and_the_writer_hears_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    kees = await known(world, "Kees Kaars")
    browser = await kees.browser()
    neighbours = await posts_of_neighbours(world, 4)
    for neighbour, post in neighbours:
        await answer(browser, post, ADVERT.format(neighbour.call_name))
    desk = await samira.browser()
    page = await desk.page("/messages/held")
    form = page.form("/refused")
    page = await desk.submit(page, "/refused")
    assert (await desk.post(form.action, data=form.data | {"_key": ""})).status_code == 404
    assert await messages(world) == 3
    assert "message_turned_back" in await told(world, kees)
    assert await told(world, neighbours[3][0]) == []


async def test_our_own_first_sentence_and_own_words_to_each_are_never_held(world: World) -> None:
    await world.worker("Samira Bouali")
    kees = await known(world, "Kees Helper")
    browser = await kees.browser()
    neighbours = await posts_of_neighbours(world, 6)
    texts = [
        None, None, None, None, "Ik heb een grasmaaier en kan zaterdag langskomen.",
        "Soep koken kan ik goed. Heeft u een grote pan?",
    ]  # fmt: skip
    for (_neighbour, post), text in zip(neighbours, texts, strict=True):
        page = await browser.page(f"/posts/{post}/replies/new")
        page = await browser.submit(page, "/replies", words=text or page.form().data["words"])
        assert "is verstuurd" in page.html
    assert await messages(world) == 6


async def test_it_counts_neighbours_and_a_day(world: World) -> None:
    await world.worker("Samira Bouali")
    kees = await known(world, "Kees Kaars")
    neighbours = await posts_of_neighbours(world, 5)
    browser = await kees.browser()
    for neighbour, post in neighbours[:3]:
        await answer(browser, post, ADVERT.format(neighbour.call_name))
    talk = await world.owner.fetchval(
        "select exchange_id from message where community_id = $1 order by id desc limit 1",
        world.community,
    )
    page = await browser.page(f"/exchanges/{talk}")
    page = await browser.submit(page, "/messages", words=ADVERT.format("nog eens"))
    assert "is verstuurd" in page.html, "the same neighbour again"
    world.clock.move(hours=25)
    browser = await kees.browser()
    assert "is verstuurd" in await answer(browser, neighbours[4][1], ADVERT.format("Eva"))


async def test_in_a_talk_it_waits_as_well(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    kees = await known(world, "Kees Kaars")
    neighbours = await posts_of_neighbours(world, 4)
    browser = await kees.browser()
    talk = await makers.answer(world, neighbours[3][1], kees, "Ik kom dinsdag met de ladder.")
    for neighbour, post in neighbours[:3]:
        await answer(browser, post, ADVERT.format(neighbour.call_name))
    page = await browser.page(f"/exchanges/{talk}")
    page = await browser.submit(page, "/messages", words=ADVERT.format("Dora"))
    assert "Iemand kijkt er nu eerst naar" in page.html
    assert (
        "kaarsen" not in (await (await neighbours[3][0].browser()).page(f"/exchanges/{talk}")).text
    )
    await send(await samira.browser(), "/messages/held", "/sent")
    assert "kaarsen" in (await (await neighbours[3][0].browser()).page(f"/exchanges/{talk}")).text


async def test_only_those_who_work_there_see_what_waits(world: World) -> None:
    await world.worker("Samira Bouali")
    evert = await world.worker("Evert Post", world.south)
    kees = await known(world, "Kees Kaars")
    browser = await kees.browser()
    for neighbour, post in await posts_of_neighbours(world, 4):
        await answer(browser, post, ADVERT.format(neighbour.call_name))
    await browser.page("/messages/held", status=404)
    page = await (await evert.browser()).page("/messages/held")
    assert "kaarsen" not in page.text
    id_ = await world.owner.fetchval(
        "select id from message_held where community_id = $1", world.community
    )
    desk = await evert.browser()
    token = (await desk.page("/parties/me")).form("/parties/me/consents").data["_csrf"]
    answered = await desk.post(f"/{world.slug}/messages/held/{id_}/sent", data={"_csrf": token})
    assert answered.status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ADVERT.format("Anna"), ADVERT.format("mevrouw Bos"), True),
        (ADVERT, ADVERT.upper().replace(".", " !!"), True),
        (ADVERT, "Dag, ik kom u graag helpen met de tuin. Schikt zaterdag om tien uur?", False),
        ("Ja, dat is goed.", "Nee, dat lukt mij helaas niet deze week.", False),
        ("", "", True),
    ],
)
def test_two_texts_are_alike_but_for_a_name(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
