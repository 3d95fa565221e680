"""Proposing and agreeing: every wrong plan is said at once, limits stop in words."""

from datetime import date, time
from typing import Any

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.world import World
from timebank import exchanges
from timebank.exchanges.planning import Plan, problems_of, series_days
from timebank.kernel.refusals import Conflict, Invalid

pytestmark = pytest.mark.anyio
TODAY = date(2026, 3, 10)

PLANS: list[tuple[dict[str, Any], set[str]]] = [
    ({"minutes": 60}, set()),
    ({"minutes": 50}, {"time"}),
    ({"minutes": 60, "on_date": date(2026, 3, 9)}, {"on"}),
    ({"minutes": 60, "on_date": TODAY, "at_time": time(8)}, set()),
    ({"minutes": 60, "on_date": date(2099, 1, 1)}, {"on"}),
    ({"minutes": 60, "at_time": time(14)}, {"on"}),
    ({"minutes": 60, "on_date": date(2026, 3, 29), "at_time": time(2, 30)}, {"at"}),
    ({"minutes": 60, "every": "week", "until_on": date(2026, 5, 1)}, {"every"}),
    ({"minutes": 60, "on_date": TODAY, "at_time": time(9), "every": "week"}, {"until"}),
    ({"minutes": 60, "on_date": TODAY, "at_time": time(9), "every": "week",
      "until_on": date(2026, 3, 12)}, {"until"}),
    ({"minutes": 60, "on_date": TODAY, "at_time": time(9), "every": "week",
      "until_on": date(2026, 9, 1)}, set()),
    ({"minutes": 60, "on_date": TODAY, "at_time": time(9), "every": "week",
      "until_on": date(2026, 9, 8)}, {"until"}),
    ({"minutes": 50, "on_date": date(2026, 3, 9), "at_time": time(9), "every": "month",
      "until_on": date(2026, 3, 1)}, {"time", "on", "until"}),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "wrong"), PLANS)
def test_what_is_wrong_with_a_plan(plan: dict[str, Any], wrong: set[str]) -> None:
    assert set(problems_of(Plan(**plan), TODAY, 15)) == wrong


def test_a_monthly_plan_keeps_its_day() -> None:
    plan = Plan(
        minutes=60, on_date=date(2026, 1, 31), at_time=time(9), every="month",
        until_on=date(2026, 4, 30),
    )  # fmt: skip
    assert [d.isoformat()[5:] for d in series_days(plan)] == ["01-31", "02-28", "03-31", "04-30"]


async def test_a_wrong_proposal_comes_back_filled_in_with_every_fault(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    browser = await ahmed.browser()
    page = await browser.page(f"/exchanges/{id_}/proposals/new")
    again = await browser.submit(
        page, "/proposals", status=422, on_choice="other", on_day="31", on_month="februari",
        on_year="2026", at="kwart", time_choice="other", time_hours="1", time_minutes="20",
        meet_at="Bij mij", every="week",
    )  # fmt: skip
    assert len(again.errors()) == 3
    assert again.form("/proposals").data["meet_at"] == "Bij mij"
    again = await browser.submit(
        page, "/proposals", status=422, on_choice="", at="14.00", time_choice="other",
        time_hours="1", time_minutes="20", every="week",
    )  # fmt: skip
    assert len(again.errors()) == 3
    assert "1 uur en 15 minuten of 1 uur en 30 minuten" in again.text
    again = await browser.submit(
        page, "/proposals", status=422, on_choice="other", on_day="1", on_month="1",
        on_year="2020", at="25:99", time_choice="60",
    )  # fmt: skip
    assert len(again.errors()) == 2 and "Kies vandaag, of een dag die nog komt." in again.text
    found = await makers.found(world, id_, ria)
    assert (found.next_action, found.planned_on) == ("answer", None)


async def test_an_agreement_without_a_day_asks_for_one(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ahmed, on_date=None, at_time=None)
    await makers.agree(world, id_, ria, proposal)
    found = await makers.found(world, id_, ria)
    assert (found.state, found.next_action) == ("agreed", "plan")
    page = await (await ahmed.browser()).page(f"/exchanges/{id_}")
    assert "Kies samen nog een dag." in page.text


async def test_a_new_day_is_agreed_again_and_until_then_the_old_one_stands(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.planned(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ria, on_date=date(2026, 3, 20))
    assert (await makers.found(world, id_, ria)).planned_on == date(2026, 3, 12)
    await makers.agree(world, id_, ahmed, proposal)
    assert (await makers.found(world, id_, ria)).planned_on == date(2026, 3, 20)


async def test_beyond_the_limit_nothing_is_agreed_and_the_need_stays_open(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ahmed, minutes=915)
    with pytest.raises(Conflict) as refused:
        await makers.agree(world, id_, ria, proposal)
    assert "Wat wel kan" in refused.value.sentence
    state = await world.owner.fetchval(
        "select state from post where community_id = $1", world.community
    )
    assert state == "open"


async def test_an_offer_stays_open_for_others_and_its_talks_go_on(world: World) -> None:
    ahmed = await world.member("Ahmed Yilmaz")
    ria, bea = await world.member("Ria Jansen"), await world.member("Bea Smit")
    offer = await makers_posts.offer(world, ahmed, "Computerhulp")
    with_ria = await makers.answer(world, offer, ria)
    with_bea = await makers.answer(world, offer, bea)
    await makers.agree(world, with_ria, ahmed, await makers.propose(world, with_ria, ria))
    assert (await makers.found(world, with_bea, bea)).state == "talking"
    found = await makers.found(world, with_ria, ria)
    assert (found.giver(), found.getter()) == (ahmed.id, ria.id)


async def test_a_need_whose_appointment_is_called_off_is_open_again(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.planned(world, ria, ahmed)
    states = []

    async def note() -> None:
        states.append(
            await world.owner.fetchval(
                "select state from post where community_id = $1", world.community
            )
        )

    await note()
    browser = await ahmed.browser()
    page = await browser.page(f"/exchanges/{id_}/cancellation")
    page = await browser.submit(page, "/cancellation", reason="ill", words="Sorry!")
    assert "U zei de afspraak af." in page.text and "Sorry!" in page.text
    await note()
    assert states == ["matched", "open"]
    assert "cancelled" in await makers.told(world, ria)


async def test_a_need_that_was_met_is_closed(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    await makers.confirmed(world, ria, ahmed)
    state = await world.owner.fetchval(
        "select state from post where community_id = $1", world.community
    )
    assert state == "closed"


async def test_a_series_within_a_series_is_refused(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    plan = {"every": "week", "until_on": date(2026, 4, 1), "at_time": time(10)}
    await makers.agree(world, id_, ria, await makers.propose(world, id_, ahmed, **plan))
    with pytest.raises(Invalid):
        await makers.propose(world, id_, ahmed, **plan)


async def test_what_is_done_together_moves_no_hours(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    need = await makers_posts.need(world, ria, "Samen wandelen", together=True)
    id_ = await makers.answer(world, need, ahmed)
    proposal = await makers.propose(world, id_, ahmed, on_date=world.clock().date())
    await makers.agree(world, id_, ria, proposal)
    await makers.say_done(world, id_, ria)
    page = await (await ahmed.browser()).page(f"/exchanges/{id_}/confirmation")
    assert "Dit gaat zonder uren." in page.text
    await makers.confirm(world, id_, ahmed)
    assert await makers.balances(world, ria, ahmed) == [300, 300]
    async with world.transaction() as db:
        assert await exchanges.met_before(db, community=world.community, one=ria.id, other=ahmed.id)
