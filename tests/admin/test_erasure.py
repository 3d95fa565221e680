"""Wis mijn gegevens: by the member, and by two people for who asks by letter or phone."""

import pytest

from tests import makers_exchanges as talks
from tests.makers_erasure import finish
from tests.makers_membership import act_for, send, state_of
from tests.makers_posts import need
from tests.world import Member, World
from timebank import hours
from timebank.kernel import numbers
from timebank.kernel.db import Pool, transaction
from timebank.membership import finish_leaving

pytestmark = pytest.mark.anyio


async def ask(member: Member) -> None:
    """The member asks, and means it."""
    page = await send(await member.browser(), "/parties/me/erasure", "/erasure", sure="1")
    assert "Wij hebben het opgeschreven" in page.html


async def test_the_page_says_what_goes_what_stays_and_until_when(world: World) -> None:
    await world.admin("Joris Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await talks.planned(world, anna, bram, "Heg snoeien")
    page = await (await anna.browser()).page("/parties/me/erasure")
    for words in (
        "Uw naam en uw nummer", "geen naam, maar een nieuw nummer", "nog hooguit 30 dagen",
        "U heeft nog 5 uur. Die tijd gaat op die dag naar de buurtpot.", "Heg snoeien met Bram",
        "dinsdag 17 maart",
    ):  # fmt: skip
        assert words in page.text
    assert "/parties/me/erasure" in str((await (await anna.browser()).page("/parties/me")).links())


async def test_who_did_not_tick_is_not_erased(world: World) -> None:
    await world.admin("Joris Smit")
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/parties/me/erasure")
    page = await browser.submit(page, "/erasure", status=422)
    assert page.errors() == ["Zet een vinkje als u het zeker weet."]
    assert await state_of(world, anna.id) == "active"


async def test_within_a_week_one_comes_back_and_everything_is_as_it_was(
    world: World, work_pool: Pool
) -> None:
    await world.admin("Joris Smit")
    anna = await world.member("Anna de Vries")
    post = await need(world, anna, "Wie past op de kat?")
    await ask(anna)
    assert await state_of(world, anna.id) == "leaving"
    world.clock.move(days=6)
    assert await finish(world, work_pool) == 0
    page = await send(await anna.browser(), "/parties/me/erasure", "/erasure/end")
    assert "Alles staat er nog" in page.html
    world.clock.move(days=60)
    assert await finish(world, work_pool) == 0
    assert await state_of(world, anna.id) == "active"
    browser = await anna.browser()
    assert "Wie past op de kat?" in (await browser.page(f"/posts/{post}")).text


async def test_coming_back_on_the_page_of_leaving_takes_it_back_too(
    world: World, work_pool: Pool
) -> None:
    await world.admin("Joris Smit")
    anna = await world.member("Anna de Vries")
    await ask(anna)
    await send(await anna.browser(), "/parties/me/leaving", "/leaving/end")
    world.clock.move(days=30)
    assert await finish(world, work_pool) == 0
    await ask(anna)


async def test_after_a_week_the_name_is_gone_and_the_neighbours_books_stand(
    world: World, work_pool: Pool
) -> None:
    """L3: the same lines, with "een oud-deelnemer" and one lasting number."""
    await world.admin("Joris Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    cor = await world.member("Cor Jansen")
    await talks.confirmed(world, anna, bram, minutes=90, title="Heg snoeien")
    await talks.confirmed(world, cor, anna, minutes=45)
    await talks.planned(world, bram, anna, "Koffie drinken")
    async with world.transaction() as db:
        before = await hours.statement(db, community=world.community, party=bram.id)
    await ask(anna)
    world.clock.move(days=7)
    assert await finish(world, work_pool) == 1
    assert await finish(world, work_pool) == 0
    async with transaction(work_pool, world.community) as db:
        await finish_leaving(db, community=world.community, now=world.clock())
    async with world.transaction() as db:
        after = await hours.statement(db, community=world.community, party=bram.id)
    assert [(x.seq, x.minutes, x.balance_after) for x in after] == [
        (x.seq, x.minutes, x.balance_after) for x in before
    ]
    for neighbour in (bram, cor):
        page = await (await neighbour.browser()).page("/hours/statement")
        assert "een oud-deelnemer (nummer 1)" in page.text and "Anna" not in page.text
    browser = await bram.browser()
    start = await browser.page("/")
    assert "uw buur doet niet meer mee" in start.text and "Anna" not in start.html
    page = await browser.page("/exchanges")
    assert "oud-deelnemer (nummer 1)" in page.text and "Anna" not in page.html


async def test_the_last_admin_cannot_be_erased(world: World) -> None:
    """P5."""
    joris = await world.admin("Joris Smit")
    browser = await joris.browser()
    page = await browser.page("/parties/me/erasure")
    page = await browser.submit(page, "/erasure", status=409, sure="1")
    assert "enige beheerder" in page.text
    assert await state_of(world, joris.id) == "active"


async def test_time_that_a_neighbour_waits_for_is_settled_first_within_a_month(
    world: World, work_pool: Pool
) -> None:
    await world.admin("Joris Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    done = await talks.done(world, anna, bram, minutes=60)
    await ask(anna)
    world.clock.move(days=7)
    assert await finish(world, work_pool) == 0
    page = await (await anna.browser()).page("/parties/me/erasure")
    assert "Een buur wacht nog op antwoord over tijd" in page.text
    await talks.confirm(world, done, anna, minutes=60)
    world.clock.move(days=1)
    assert await finish(world, work_pool) == 1
    assert await talks.balances(world, bram) == [360]


async def test_after_a_month_nobody_waits_any_longer(world: World, work_pool: Pool) -> None:
    await world.admin("Joris Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await talks.done(world, anna, bram, minutes=60)
    await ask(anna)
    erased = []
    for _day in range(31):
        world.clock.move(days=1)
        erased.append(await finish(world, work_pool))
    assert erased.index(1) == 29 and sum(erased) == 1
    page = await (await bram.browser()).page("/exchanges")
    assert "Er is niets geboekt" in page.text


async def test_a_worker_who_acts_for_a_member_cannot_erase_her(world: World) -> None:
    await world.admin("Joris Smit")
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    browser = await act_for(samira, anna)
    page = await browser.page("/parties/me/erasure")
    assert "Een beheerder doet het, samen met een collega" in page.text
    assert not [form for form in page.forms() if form.action.endswith("/erasure")]


async def test_by_letter_two_people_say_that_it_is_real(world: World, work_pool: Pool) -> None:
    joris, samira = await world.admin("Joris Smit"), await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries")
    browser = await joris.browser()
    page = await browser.page(f"/parties/{anna.id}/erasure/new")
    page = await browser.submit(page, "/erasure", way="letter", second=str(samira.id))
    assert "Wacht op Samira Bouali" in page.text
    world.clock.move(days=40)
    assert await finish(world, work_pool) == 0, "one name is not enough"
    assert "Een collega belt u hierover" in (await (await anna.browser()).page("/")).text
    asked = await world.owner.fetchval(
        "select id from erasure where community_id = $1", world.community
    )
    browser = await samira.browser()
    assert f"/erasures/{asked}" in str((await browser.page("/")).links())
    page = await browser.page(f"/erasures/{asked}")
    page = await browser.submit(page, "/agreement")
    assert "Het gebeurt op" in page.text
    assert await state_of(world, anna.id) == "leaving"
    world.clock.move(days=7)
    assert await finish(world, work_pool) == 1
    page = await (await joris.browser()).page("/audit")
    assert "Anna" not in page.text


async def test_the_first_cannot_be_the_second_and_a_stranger_sees_nothing(world: World) -> None:
    joris, samira = await world.admin("Joris Smit"), await world.worker("Samira Bouali")
    evert = await world.worker("Evert Post", world.south)
    anna = await world.member("Anna de Vries")
    browser = await joris.browser()
    page = await browser.page(f"/parties/{anna.id}/erasure/new")
    for nobody in (joris.id, evert.id, anna.id):
        await browser.submit(page, "/erasure", status=422, way="phone", second=str(nobody))
    await browser.submit(page, "/erasure", way="phone", second=str(samira.id))
    page = await browser.page(f"/parties/{anna.id}/erasure/new")
    await browser.submit(page, "/erasure", status=409, way="phone", second=str(samira.id))
    asked = await world.owner.fetchval(
        "select id from erasure where community_id = $1", world.community
    )
    page = await browser.page(f"/erasures/{asked}")
    assert not [form for form in page.forms() if form.action.endswith("/agreement")]
    for other in (anna, evert):
        await (await other.browser()).page(f"/erasures/{asked}", status=404)
    page = await (await samira.browser()).page(f"/erasures/{asked}")
    page = await (await samira.browser()).submit(page, "/end", status=403)


async def test_the_second_says_no_and_nothing_happens(world: World, work_pool: Pool) -> None:
    joris, samira = await world.admin("Joris Smit"), await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries")
    browser = await joris.browser()
    page = await browser.page(f"/parties/{anna.id}/erasure/new")
    await browser.submit(page, "/erasure", way="phone", second=str(samira.id))
    asked = await world.owner.fetchval(
        "select id from erasure where community_id = $1", world.community
    )
    page = await send(await samira.browser(), f"/erasures/{asked}", "/end")
    assert "Er is niets gewist" in page.html
    world.clock.move(days=40)
    assert await finish(world, work_pool) == 0
    assert await state_of(world, anna.id) == "active"


async def test_who_left_a_year_ago_is_forgotten_by_itself(world: World, work_pool: Pool) -> None:
    await world.admin("Joris Smit")
    anna = await world.member("Anna de Vries")
    await send(await anna.browser(), "/parties/me/leaving", "/leaving", choice="leave")
    world.clock.move(days=15)
    async with transaction(work_pool, world.community) as db:
        await finish_leaving(db, community=world.community, now=world.clock())
    world.clock.move(days=364)
    assert await finish(world, work_pool) == 0
    world.clock.move(days=2)
    assert await finish(world, work_pool) == 1


async def test_a_neighbour_called_as_a_common_word_does_not_empty_sentences(
    world: World, work_pool: Pool
) -> None:
    await world.admin("Joris Smit")
    wil, bram = (
        await world.member(
            "Wil Roos", phone="06 55500123", phone_key=numbers.phone("0655500123").key
        ),
        await world.member("Bram Bakker"),
    )
    post = await need(world, wil, "Wie past op de kat?")
    await talks.answer(
        world,
        post,
        bram,
        "Dag Wil, ik wil graag helpen. Wil u bellen? Een roos van 0655500123, Roos.",
    )
    await ask(wil)
    world.clock.move(days=7)
    assert await finish(world, work_pool) == 1
    words = await world.owner.fetchval(
        "select words from message where community_id = $1", world.community
    )
    assert words == "Dag …, ik wil graag helpen. … u bellen? Een roos van …, …."
