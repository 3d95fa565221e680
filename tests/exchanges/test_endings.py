"""How it ends otherwise: a kind no, no hours, no agreement on the minutes, putting it right."""

from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.hours.books import offences
from tests.world import Member, World
from timebank import exchanges
from timebank.kernel.refusals import Conflict

pytestmark = pytest.mark.anyio


async def _pair(world: World) -> tuple[Member, Member, Member]:
    return (
        await world.member("Ria Jansen"),
        await world.member("Ahmed Yilmaz"),
        await world.worker("Fatima Bouali"),
    )


async def test_a_kind_no_picks_from_a_list_and_says_how_many_others_there_are(
    world: World,
) -> None:
    ria, ahmed, _fatima = await _pair(world)
    bea = await world.member("Bea Smit")
    need = await makers_posts.need(world, ria, "Heg snoeien")
    id_ = await makers.answer(world, need, ahmed)
    await makers.answer(world, need, bea)
    hers, his = await ria.browser(), await ahmed.browser()
    page = await hers.page(f"/exchanges/{id_}/refusal")
    assert page.h1 == "Nee, nu niet" and "Het hoeft niet." in page.text
    page = await hers.submit(page, "/refusal", reason="solved")
    assert "U zei dat het nu niet gaat." in page.text
    page = await his.page(f"/exchanges/{id_}")
    assert "Ria kan dit keer niet. Dat ligt niet aan u." in page.text
    assert "Het is al geregeld. Dank u wel." in page.text
    assert not any("/messages" in form.action for form in page.forms())


async def test_who_began_takes_it_back_without_a_word_of_no(world: World) -> None:
    ria, ahmed, _fatima = await _pair(world)
    id_ = await makers.talk(world, ria, ahmed)
    browser = await ahmed.browser()
    page = await browser.page(f"/exchanges/{id_}/refusal")
    assert page.h1 == "Stoppen met dit gesprek"
    await browser.submit(page, "/refusal")
    assert (await makers.found(world, id_, ria)).state == "cancelled"
    assert "talk_withdrawn" in await makers.told(world, ria)


async def test_l5_ten_answered_it_came_to_nothing_and_no_hours_move(world: World) -> None:
    ria, _ahmed, _fatima = await _pair(world)
    need = await makers_posts.need(world, ria, "Heg snoeien")
    talks = []
    for n in range(10):
        helper = await world.member(f"Helper{n} Smit")
        talks.append((helper, await makers.answer(world, need, helper)))
    browser = await ria.browser()
    helper, id_ = talks[0]
    page = await browser.page(f"/exchanges/{id_}/closing")
    refused = await browser.submit(page, "/closing", status=422)
    assert refused.errors() == ["Kies waarom er niets geboekt wordt."]
    page = await browser.submit(refused, "/closing", reason="another_exchange")
    assert "U rondde dit af. Er is niets geboekt." in page.text
    assert "De tijd staat al bij een andere afspraak" in page.text
    assert await makers.transfers(world, id_) == 0
    assert "closed" in await makers.told(world, helper)
    assert (await makers.found(world, id_, helper)).end_reason == "another_exchange"


async def test_only_who_would_get_the_hours_may_let_them_go(world: World) -> None:
    ria, ahmed, _fatima = await _pair(world)
    id_ = await makers.done(world, ria, ahmed)
    async with world.transaction() as db:
        with pytest.raises(Conflict):
            await exchanges.close(
                db, makers.by(world, ria), id_, reason="free_help", words="", now=world.clock()
            )
    async with world.transaction() as db:
        await exchanges.close(
            db, makers.by(world, ahmed), id_, reason="free_help", words="", now=world.clock()
        )
    assert await makers.balances(world, ria, ahmed) == [300, 300]


async def test_it_did_not_happen(world: World) -> None:
    ria, ahmed, _fatima = await _pair(world)
    later = await makers.planned(world, ria, ahmed)
    browser = await ria.browser()
    page = await browser.page(f"/exchanges/{later}/no-show")
    again = await browser.submit(page, "/no-show", status=409, reason="not_there")
    assert "Deze dag moet nog komen." in again.text
    world.clock.move(days=2)
    browser = await ria.browser()
    page = await browser.page(f"/exchanges/{later}/no-show")
    page = await browser.submit(page, "/no-show", reason="not_there", words="Ik heb gewacht.")
    assert "U schreef dat de afspraak niet doorging." in page.text
    other = await (await ahmed.browser()).page(f"/exchanges/{later}")
    assert "Ria schrijft dat de afspraak niet doorging. Er is niets geboekt." in other.text
    assert "Ik heb gewacht." in other.text


async def test_other_minutes_go_back_once_and_a_yes_books_them(world: World) -> None:
    ria, ahmed, _fatima = await _pair(world)
    id_ = await makers.done(world, ria, ahmed, minutes=90)
    hers, his = await ria.browser(), await ahmed.browser()
    page = await hers.page(f"/exchanges/{id_}/confirmation")
    assert any(link.endswith("/disagreement") for link in page.links())
    page = await hers.page(f"/exchanges/{id_}/disagreement")
    page = await hers.submit(page, "/disagreement", what="time", time_choice="60")
    assert "U zegt 1 uur, Ahmed zegt 1 uur en 30 minuten. Dat kan gebeuren." in page.text
    page = await his.page(f"/exchanges/{id_}")
    assert "U zegt 1 uur en 30 minuten, Ria zegt 1 uur." in page.text
    page = await his.submit(page, "/confirmation")
    assert "U kreeg 1 uur." in page.text
    assert await makers.balances(world, ria, ahmed) == [240, 360]


async def test_the_second_time_a_worker_settles_and_until_then_nothing_is_booked(
    world: World,
) -> None:
    ria, ahmed, fatima = await _pair(world)
    id_ = await makers.done(world, ria, ahmed, minutes=90)
    await makers.disagree(world, id_, ria, minutes=60, words="Hij kwam later.")
    his = await ahmed.browser()
    assert "Hij kwam later." not in (await his.page(f"/exchanges/{id_}")).text
    await makers.disagree(world, id_, ahmed, minutes=90, round_=2, words="Ik was op tijd.")
    found = await makers.found(world, id_, ria)
    assert (found.state, found.owner_id, found.next_action) == ("disputed", fatima.id, "settle")
    assert await makers.transfers(world, id_) == 0
    assert "Hij kwam later." in (await his.page(f"/exchanges/{id_}")).text
    for member in (ria, ahmed):
        assert (
            "belt Fatima u allebei"
            in (await (await member.browser()).page(f"/exchanges/{id_}")).text
        )
        with pytest.raises(Conflict):
            await makers.confirm(world, id_, member, minutes=90, round_=3)

    hers = await fatima.browser()
    page = await hers.page(f"/exchanges/{id_}/settlement")
    assert "Ahmed Yilmaz zegt: 1 uur en 30 minuten. Ria Jansen zegt: 1 uur." in page.text
    refused = await hers.submit(page, "/settlement", status=422, how="hours", time_choice="")
    assert len(refused.errors()) >= 1
    page = await hers.submit(
        page, "/settlement", how="hours", time_choice="other", time_hours="1", time_minutes="15",
        words="Samen nagerekend.",
    )  # fmt: skip
    assert "Fatima rondde het af." in page.text
    assert await makers.balances(world, ria, ahmed) == [225, 375]
    assert "Samen nagerekend." in (await his.page(f"/exchanges/{id_}")).text
    assert "settled" in await makers.told(world, ria)


async def test_that_it_never_happened_goes_to_a_worker_at_once(world: World) -> None:
    ria, ahmed, fatima = await _pair(world)
    id_ = await makers.done(world, ria, ahmed)
    await makers.disagree(world, id_, ria, minutes=None, words="Hij is niet geweest.")
    hers = await fatima.browser()
    page = await hers.page(f"/exchanges/{id_}/settlement")
    assert "Hij is niet geweest." in page.text
    page = await hers.submit(
        page, "/settlement", how="none", reason="no_show", words="Het ging niet door."
    )
    assert (await makers.found(world, id_, ria)).state == "no_show"
    assert await makers.transfers(world, id_) == 0


async def _dispute(world: World, ria: Member, ahmed: Member, title: str) -> UUID:
    id_ = await makers.done(world, ria, ahmed, minutes=90, title=title)
    await makers.disagree(world, id_, ria, minutes=60)
    await makers.disagree(world, id_, ahmed, minutes=90, round_=2)
    return id_


async def test_27_the_third_dispute_of_a_pair_goes_to_one_worker_as_one_case(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    first = await world.worker("Fatima Bouali")
    ids = [await _dispute(world, ria, ahmed, "Een")]
    second = await world.worker("Joris Bos")
    async with world.transaction() as db:
        await db.execute(
            "update exchange set owner_id = $3 where community_id = $1 and id = $2",
            world.community, ids[0], second.id,
        )  # fmt: skip
    ids += [await _dispute(world, ria, ahmed, title) for title in ("Twee", "Drie")]
    found = [await makers.found(world, id_, ria) for id_ in ids]
    assert [e.owner_id for e in found] == [second.id] * 3 and first.id != second.id
    assert [e.next_action for e in found] == ["settle", "settle", "settle_pair"]


async def test_18_within_thirty_days_one_word_has_a_booking_put_right(world: World) -> None:
    ria, ahmed, fatima = await _pair(world)
    id_ = await makers.confirmed(world, ria, ahmed, minutes=90)
    world.clock.move(days=29)
    hers = await ria.browser()
    page = await hers.page(f"/exchanges/{id_}/repair")
    page = await hers.submit(page, "/repair", words="Het was een half uur korter.")
    assert "Een buurtwerker doet dat" in page.text
    async with world.transaction() as db:
        lines = await exchanges.repairs(db, community=world.community, areas=[world.north])
    assert [(r.exchange_id, r.owner_id) for r in lines] == [(id_, fatima.id)]
    his = await (await ahmed.browser()).page(f"/exchanges/{id_}")
    assert "half uur korter" not in his.text and "wil de tijd laten nakijken" in his.text

    desk = await fatima.browser()
    page = await desk.page(f"/exchanges/{id_}/settlement")
    assert page.h1 == "Wat wordt het?"
    over = await desk.submit(
        page, "/repair/settlement", status=422, how="time", time_choice="other", time_minutes="7",
        words="x",
    )  # fmt: skip
    assert "in stappen van 15 minuten" in over.errors()[0]
    await desk.submit(
        page, "/repair/settlement", how="time", time_choice="60", words="Samen nagekeken."
    )
    assert await makers.balances(world, ria, ahmed) == [240, 360]
    assert await makers.transfers(world, id_) == 1
    statement = await (await ahmed.browser()).page("/hours")
    assert "Samen nagekeken." in statement.text


async def test_a_forgotten_half_hour_is_booked_beside_what_was_booked(world: World) -> None:
    ria, ahmed, fatima = await _pair(world)
    id_ = await makers.confirmed(world, ria, ahmed, minutes=60)
    his = await ahmed.browser()
    await his.submit(await his.page(f"/exchanges/{id_}/repair"), "/repair", words="Het was langer.")
    desk = await fatima.browser()
    page = await desk.page(f"/exchanges/{id_}/settlement")
    fields = {"how": "time", "words": "Het was een half uur langer."}
    far = {"time_choice": "other", "time_hours": "23 uur"}
    over = await desk.submit(page, "/repair/settlement", status=409, **fields, **far)
    assert "meer tijd dan hier is afgesproken. Er is niets geboekt." in over.text
    assert over.form("/repair").data["words"] == fields["words"]
    assert await makers.balances(world, ria, ahmed) == [240, 360]

    await desk.submit(over, "/repair/settlement", **fields, time_choice="90", time_hours="")
    assert await makers.balances(world, ria, ahmed) == [210, 390]
    for browser in (his, await ria.browser()):
        assert "Het is nu 1 uur en 30 minuten." in (await browser.page("/")).text
        statement = await browser.page("/hours")
        assert "is 1 uur geboekt. Dat moest 1 uur en 30 minuten zijn." in statement.text
        assert "Het was een half uur langer." in statement.text
    assert await offences(world.owner, world.community) == {}


async def test_18_after_thirty_days_it_is_too_late_here(world: World) -> None:
    ria, ahmed, _fatima = await _pair(world)
    id_ = await makers.confirmed(world, ria, ahmed)
    world.clock.move(days=31)
    async with world.transaction() as db:
        with pytest.raises(Conflict):
            await exchanges.ask_repair(
                db, makers.by(world, ria), id_, words="Te laat", now=world.clock()
            )
    page = await (await ria.browser()).page(f"/exchanges/{id_}")
    assert not any(link.endswith("/repair") for link in page.links())


async def test_15_a_third_of_her_hours_to_one_helper_is_a_line_for_the_worker(
    world: World,
) -> None:
    ria, ahmed, _fatima = await _pair(world)
    await makers.confirmed(world, ria, ahmed, minutes=90, title="Een")
    today = world.clock().date()

    async def lines() -> list[tuple[UUID, UUID, int]]:
        async with world.transaction() as db:
            found = await exchanges.one_helper(
                db, community=world.community, areas=[world.north], today=today
            )
        return [(f.getter_id, f.giver_id, f.minutes) for f in found]

    assert await lines() == []
    await makers.confirmed(world, ria, ahmed, minutes=60, title="Twee")
    assert await lines() == [(ria.id, ahmed.id, 150)]


async def test_a_hard_limit_stops_the_booking_and_everything_stays_as_it_was(
    world: World,
) -> None:
    ria, ahmed, _fatima = await _pair(world)
    id_ = await makers.done(world, ria, ahmed, minutes=915)
    browser = await ria.browser()
    page = await browser.page(f"/exchanges/{id_}/confirmation")
    assert "Daarna kreeg u 10 uur en 15 minuten meer dan u gaf." in page.text
    again = await browser.submit(page, "/confirmation", status=409)
    assert "Er is niets geboekt." in again.text
    assert (await makers.found(world, id_, ria)).state == "done"
    assert await makers.balances(world, ria, ahmed) == [300, 300]
