"""Words between neighbours: the first one slow for newcomers, careful ones warned about."""

import re

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.world import World
from timebank import messages
from timebank.kernel.refusals import NotFound

pytestmark = pytest.mark.anyio


async def test_the_owner_hears_of_an_answer_and_a_second_answer_leads_to_the_talk(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    need = await makers_posts.need(world, ria, "Heg snoeien")
    browser = await ahmed.browser()
    page = await browser.page(f"/posts/{need}/replies/new")
    assert page.form("/replies").data["words"] == "Dag Ria, ik wil u hier graag mee helpen."
    second_tab = await browser.page(f"/posts/{need}/replies/new")
    talk = await browser.submit(page, "/replies")
    assert await makers.told(world, ria) == ["reply_received"]
    again = await browser.page(f"/posts/{need}/replies/new")
    assert again.h1 == talk.h1
    late = await browser.submit(second_tab, "/replies", status=409)
    assert "U heeft hier al op gereageerd." in late.text
    assert late.form("/replies").data["words"] == "Dag Ria, ik wil u hier graag mee helpen."


async def test_nobody_answers_their_own_post(world: World) -> None:
    ria = await world.member("Ria Jansen")
    need = await makers_posts.need(world, ria, "Heg snoeien")
    await (await ria.browser()).page(f"/posts/{need}/replies/new", status=404)
    with pytest.raises(NotFound):
        await makers.answer(world, need, ria)


async def test_an_empty_and_an_endless_message_are_refused_and_kept(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    browser = await ria.browser()
    page = await browser.page(f"/exchanges/{id_}")
    again = await browser.submit(page, "/messages", status=422, words="  \n ")
    assert again.errors() == ["Schrijf eerst uw bericht."]
    long = "a" * 2001
    again = await browser.submit(page, "/messages", status=422, words=long)
    assert again.form("/messages").data["words"] == long
    again = await browser.submit(page, "/messages", status=422, words="boem \u202e dag")
    assert len(again.errors()) == 1
    good = await browser.submit(page, "/messages", words="a" * 2000)
    assert good.status == 200


async def test_what_members_write_is_shown_as_text(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    browser = await ria.browser()
    hostile = "<script>alert(1)</script> {{ 7*7 }} <b hx-get='/x'>"
    page = await browser.submit(await browser.page(f"/exchanges/{id_}"), "/messages", words=hostile)
    assert hostile in page.text and "<script>alert" not in page.html


async def test_one_unread_notice_is_enough_for_many_messages(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    hers, his = await ria.browser(), await ahmed.browser()
    page = await hers.page(f"/exchanges/{id_}")
    for _n in range(3):
        page = await hers.submit(page, "/messages", words="Nog iets.")
    assert await makers.told(world, ahmed) == ["message_received"]
    page = await his.submit(await his.page(f"/exchanges/{id_}"), "/messages", words="Goed.")
    await hers.submit(await hers.page(f"/exchanges/{id_}"), "/messages", words="Fijn.")
    assert await makers.told(world, ahmed) == ["message_received", "message_received"]


async def test_looking_changes_nothing(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    browser = await ria.browser()
    for path in (f"/exchanges/{id_}", "/exchanges", f"/exchanges/{id_}/refusal"):
        await browser.page(path)
    unread = await world.owner.fetchval(
        "select count(*) from notice where community_id = $1 and read_at is null", world.community
    )
    assert unread == 1


async def test_13_a_newcomer_writes_three_new_neighbours_a_day(world: World) -> None:
    ahmed = await world.member("Ahmed Yilmaz")
    browser = await ahmed.browser()
    for n in range(4):
        neighbour = await world.member(f"Buur{n} Smit")
        need = await makers_posts.need(world, neighbour, f"Klus {n}")
        page = await browser.page(f"/posts/{need}/replies/new")
        after = await browser.submit(page, "/replies", status=200 if n < 3 else 429)
    assert "Morgen kan het weer." in after.text
    world.clock.move(days=1, minutes=1)
    browser = await ahmed.browser()
    page = await browser.page(f"/posts/{need}/replies/new")
    assert (await browser.submit(page, "/replies")).h1 == "Klus 3 met Buur3"


async def test_13_after_two_weeks_and_a_confirmed_exchange_nobody_counts(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    await makers.confirmed(world, ria, ahmed)
    world.clock.move(days=15)
    for n in range(5):
        neighbour = await world.member(f"Buur{n} Smit")
        await makers.talk(world, neighbour, ahmed, f"Klus {n}")


async def test_13_a_newcomer_sends_no_links_and_the_reader_is_warned_about_money(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    his, hers = await ahmed.browser(), await ria.browser()
    page = await his.page(f"/exchanges/{id_}")
    again = await his.submit(page, "/messages", status=422, words="Kijk op www.voorbeeld.nl")
    assert "geen adres van een website" in again.errors()[0]
    await his.submit(page, "/messages", words="Kunt u 20 euro overmaken?")
    assert "Geef nooit geld of een wachtwoord." in (await hers.page(f"/exchanges/{id_}")).text
    assert "Geef nooit geld" not in (await his.page(f"/exchanges/{id_}")).text


async def test_28_after_a_no_one_may_begin_anew_once_in_thirty_days(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    hers, his = await ria.browser(), await ahmed.browser()

    async def ask(title: str) -> int:
        need = await makers_posts.need(world, ria, title)
        page = await his.page(f"/posts/{need}/replies/new")
        after = await his.submit(page, "/replies", status=None, follow=False)
        if after.status != 303:
            return after.status
        path = after.answer.headers["location"].partition(world.slug)[2].partition("?")[0]
        await hers.submit(await hers.page(f"{path}/refusal"), "/refusal")
        return 303

    assert [await ask("Een"), await ask("Twee"), await ask("Drie")] == [303, 303, 429]
    world.clock.move(days=31)
    hers, his = await ria.browser(), await ahmed.browser()
    assert await ask("Vier") == 303


async def test_28_every_message_of_the_other_can_be_reported(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    links = (await (await ria.browser()).page(f"/exchanges/{id_}")).links()
    assert len([link for link in links if "/reports/new?about=message&id=" in link]) == 1
    links = (await (await ahmed.browser()).page(f"/exchanges/{id_}")).links()
    assert not any("about=message" in link for link in links)


async def test_a_hidden_message_leaves_its_place_and_comes_back(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    fatima = await world.worker("Fatima Bouali")
    id_ = await makers.talk(world, ria, ahmed)
    message = await world.owner.fetchval(
        "select id from message where community_id = $1", world.community
    )
    browser = await ria.browser()
    place = {"community": world.community, "id_": message, "by": fatima.id, "now": world.clock()}
    async with world.transaction() as db:
        await messages.hide(db, **place)
    page = await browser.page(f"/exchanges/{id_}")
    assert "ik help graag" not in page.html and "weggehaald" in page.text
    async with world.transaction() as db:
        await messages.show_again(db, **place)
    assert "ik help graag" in (await browser.page(f"/exchanges/{id_}")).html
    async with world.transaction() as db:
        viewer = makers_posts.viewer(world, await world.member("Piet Smit"))
        with pytest.raises(NotFound):
            await messages.message_for(db, viewer, message)


async def test_h1_of_a_couple_with_one_address_each_hears_their_own(world: World) -> None:
    her = await world.member("Ria Jansen", email="samen@voorbeeld.nl", reachable_by="email")
    him = await world.member("Kees Jansen", email="samen@voorbeeld.nl", reachable_by="email")
    ahmed = await world.member("Ahmed Yilmaz")
    await makers.talk(world, her, ahmed)
    assert await makers.told(world, her) == ["reply_received"]
    assert await makers.told(world, him) == []
    jobs = await world.owner.fetchval(
        "select count(*) from outbox where community_id = $1 and kind = 'notice.mail'",
        world.community,
    )
    assert jobs == 1


async def test_after_a_no_the_talk_is_over_and_after_the_help_one_may_still_say_thanks(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    his, hers = await ahmed.browser(), await ria.browser()
    open_page = await his.page(f"/exchanges/{id_}")
    await hers.submit(await hers.page(f"/exchanges/{id_}/refusal"), "/refusal")
    late = await his.submit(open_page, "/messages", status=409, words="Toch?")
    assert "Dit gesprek is klaar." in late.text and "Toch?" not in late.text
    helped = await makers.confirmed(world, ria, ahmed, title="Lamp ophangen")
    page = await hers.page(f"/exchanges/{helped}")
    assert "Dank u wel!" in (await hers.submit(page, "/messages", words="Dank u wel!")).text


async def test_of_a_long_talk_every_message_can_be_read(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    async with world.transaction() as db:
        for n in range(1, 221):
            world.clock.move(minutes=10)  # nobody writes so many in an hour
            await messages.write(
                db, makers_posts.viewer(world, ria), id_, f"Bericht nummer {n}.", now=world.clock()
            )
    browser = await ahmed.browser()
    read: list[int] = []
    page = await browser.page(f"/exchanges/{id_}")
    for _page in range(3):
        read = [int(n) for n in re.findall(r"Bericht nummer (\d+)\.", page.text)] + read
        older = [link for link in page.links() if "before=" in link]
        if not older:
            break
        page = await browser.page(older[0].removeprefix(f"/{world.slug}").partition("#")[0])
        assert f"/{world.slug}/exchanges/{id_}#talk" in page.links()
    assert read == list(range(1, 221))
