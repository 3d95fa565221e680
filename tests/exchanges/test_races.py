"""Two clicks, two tabs, twenty at once: one wins, the others lose politely, hours move once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests import makers_posts
from tests.world import World
from timebank import exchanges
from timebank.kernel.db import Db
from timebank.kernel.refusals import Conflict, Refusal

pytestmark = pytest.mark.anyio
Verb = Callable[[Db], Awaitable[object]]


async def _at_once(world: World, verb: Verb, times: int = 20) -> Counter[str]:
    """How each of so many tries ended, all begun together."""

    async def one() -> str:
        try:
            async with world.transaction() as db:
                return str(await verb(db) is not False)
        except Refusal as refusal:
            return type(refusal).__name__

    return Counter(await asyncio.gather(*(one() for _n in range(times))))


async def test_of_twenty_yeses_one_books_and_the_rest_hear_it_was_booked(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.done(world, ria, ahmed, minutes=90)
    by, now = makers.by(world, ria), world.clock()
    found = await _at_once(
        world, lambda db: exchanges.confirm(db, by, id_, minutes=90, round_=1, now=now)
    )
    assert found == {"True": 1, "False": 19}
    assert await makers.transfers(world, id_) == 1
    assert await makers.balances(world, ria, ahmed) == [210, 390]


async def test_twenty_agreements_twenty_claims_and_twenty_refusals_each_win_once(
    world: World,
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    now, hers, his = world.clock(), makers.by(world, ria), makers.by(world, ahmed)
    id_ = await makers.talk(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ahmed, on_date=now.date())
    verbs: dict[str, Verb] = {
        "agree": lambda db: exchanges.agree(db, hers, id_, proposal=proposal, now=now),
        "say done": lambda db: exchanges.say_done(
            db, his, id_, minutes=60, done_on=now.date(), thanks="", now=now
        ),
        "disagree": lambda db: exchanges.disagree(
            db, hers, id_, minutes=45, words="", round_=1, now=now
        ),
        "dispute": lambda db: exchanges.disagree(
            db, his, id_, minutes=60, words="", round_=2, now=now
        ),
        "close": lambda db: exchanges.close(
            db, his, id_, reason="free_help", words="", now=now
        ),
    }  # fmt: skip
    for name, verb in verbs.items():
        assert await _at_once(world, verb) == {"True": 1, "Conflict": 19}, name
    assert await makers.transfers(world, id_) == 0


@pytest.mark.parametrize("verb", ["refuse", "cancel", "no_show"])
async def test_twenty_ways_out_win_once(world: World, verb: str) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    now, by = world.clock(), makers.by(world, ria)
    if verb == "refuse":
        id_ = await makers.talk(world, ria, ahmed)
        call, said = exchanges.refuse, {"reason": "none"}
    else:
        id_ = await makers.planned(world, ria, ahmed, on_date=now.date())
        call = exchanges.cancel if verb == "cancel" else exchanges.no_show
        said = {"reason": "other", "words": ""}
    assert await _at_once(world, lambda db: call(db, by, id_, **said, now=now)) == {
        "True": 1,
        "Conflict": 19,
    }
    told = await makers.told(world, ahmed)
    assert len([kind for kind in told if kind in ("declined", "cancelled", "no_show")]) == 1


async def test_twenty_requests_for_repair_are_one(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    await world.worker("Fatima Bouali")
    id_ = await makers.confirmed(world, ria, ahmed)
    by, now = makers.by(world, ria), world.clock()
    found = await _at_once(
        world, lambda db: exchanges.ask_repair(db, by, id_, words="Het was korter.", now=now)
    )
    assert found == {"True": 1, "Conflict": 19}


async def test_d1_a_second_press_and_a_second_tab_show_the_first_result(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.done(world, ria, ahmed, minutes=60)
    browser = await ria.browser()
    first = await browser.page(f"/exchanges/{id_}/confirmation")
    other_tab = await browser.page(f"/exchanges/{id_}/confirmation")
    pressed = await asyncio.gather(
        *(browser.submit(first, "/confirmation", follow=False) for _n in range(6))
    )
    assert {page.status for page in pressed} == {303}
    world.clock.move(minutes=1)
    again = await browser.submit(first, "/confirmation")
    assert again.status == 200 and "Dit was al gedaan." in again.text
    late = await browser.submit(other_tab, "/confirmation")
    assert "Dit was al geboekt. Er is niets bij gekomen." in late.text
    assert await makers.transfers(world, id_) == 1
    assert await makers.balances(world, ria, ahmed) == [240, 360]


async def test_d3_of_two_helpers_one_is_first_and_the_other_hears_it(world: World) -> None:
    ria = await world.member("Ria Jansen")
    first, second = await world.member("Ahmed Yilmaz"), await world.member("Bea Smit")
    need = await makers_posts.need(world, ria, "Heg snoeien")
    with_first = await makers.answer(world, need, first)
    with_second = await makers.answer(world, need, second)
    one = await makers.propose(world, with_first, first)
    other = await makers.propose(world, with_second, ria)
    open_page = await (browser := await second.browser()).page(f"/exchanges/{with_second}")
    await makers.agree(world, with_first, ria, one)

    refused = await browser.submit(open_page, "/agreement", status=409)
    assert "Dit is al geregeld met een andere buur." in refused.text
    assert "others_heard" in await makers.told(world, second)
    ended = await makers.found(world, with_second, second)
    assert (ended.state, ended.end_reason) == ("not_feasible", "someone_else")
    met = await world.owner.fetchval(
        "select count(*) from exchange_met where community_id = $1 and party_id = $2",
        world.community, second.id,
    )  # fmt: skip
    assert met == 0 and other is not None


async def test_two_agreements_on_one_need_at_the_same_time_make_one_appointment(
    world: World,
) -> None:
    ria = await world.member("Ria Jansen")
    helpers = [await world.member(f"Helper{n} Smit") for n in range(4)]
    need = await makers_posts.need(world, ria, "Heg snoeien")
    talks: list[tuple[UUID, UUID]] = []
    for helper in helpers:
        id_ = await makers.answer(world, need, helper)
        talks.append((id_, await makers.propose(world, id_, helper)))
    now, by = world.clock(), makers.by(world, ria)

    async def agree(talk: tuple[UUID, UUID]) -> str:
        try:
            async with world.transaction() as db:
                await exchanges.agree(db, by, talk[0], proposal=talk[1], now=now)
                return "agreed"
        except Conflict:
            return "conflict"

    found = Counter(await asyncio.gather(*(agree(talk) for talk in talks)))
    assert found == {"agreed": 1, "conflict": 3}


async def test_a_proposal_that_changed_is_not_agreed_to(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    await makers.propose(world, id_, ahmed, minutes=60)
    browser = await ria.browser()
    page = await browser.page(f"/exchanges/{id_}")
    await makers.propose(world, id_, ahmed, minutes=120)
    again = await browser.submit(page, "/agreement", status=409)
    assert "Dit is intussen veranderd." in again.text and "ongeveer 2 uur" in again.text
    assert (await makers.found(world, id_, ria)).state == "talking"


async def test_minutes_that_changed_are_not_confirmed(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.done(world, ria, ahmed, minutes=60)
    with pytest.raises(Conflict):
        await makers.confirm(world, id_, ria, minutes=45)
    with pytest.raises(Conflict):
        await makers.confirm(world, id_, ria, minutes=60, round_=2)
    with pytest.raises(Conflict):
        await makers.confirm(world, id_, ahmed, minutes=60)
    assert await makers.transfers(world, id_) == 0


async def test_the_one_who_proposed_cannot_say_yes(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    proposal = await makers.propose(world, id_, ahmed)
    with pytest.raises(Conflict):
        await makers.agree(world, id_, ahmed, proposal)
