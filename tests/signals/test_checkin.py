"""The check-in: kept only under a yes, never needed, honoured at once, asked at most once a quarter."""

from typing import Any

import pytest

from tests.makers_membership import act_for
from tests.makers_signals import answer, raised, run, run_for, signal_of
from tests.world import Member, World

pytestmark = pytest.mark.anyio


async def kept(world: World, member: Member) -> list[Any]:
    found: list[Any] = await world.owner.fetch(
        "select talks, wants, way, entered_by_id from checkin where community_id = $1"
        " and party_id = $2 order by on_date", world.community, member.id,
    )  # fmt: skip
    return found


async def says(world: World, member: Member, talks: str, wants: str, **more: Any) -> Any:
    browser = await member.browser()
    page = await browser.page("/checkins/new")
    return await browser.submit(page, "/checkins", talks=talks, wants=wants, **more)


async def test_who_would_like_more_contact_is_on_the_list_at_once_with_a_name_and_a_day(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    nel = await world.member("Nieuwe Nel", consent="yes")
    page = await says(world, nel, "0", "yes")
    assert "Samira Bouali belt u, op zijn laatst" in page.text
    found = await signal_of(world, nel)
    assert found is not None and (found.lane, found.owner_id) == ("asks", samira.id)
    desk = await (await samira.browser()).page("/worklist")
    assert "Nieuwe Nel bellen" in desk.text and "ik wil graag meer contact" in desk.text
    assert await run(world) == 0, "one signal"
    found = await signal_of(world, nel)
    assert found is not None and found.lane == "asks"


async def test_asking_wins_of_the_rest_of_an_open_signal_and_says_so_in_its_story(
    world: World,
) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await says(world, bep, "1", "yes")
    found = await signal_of(world, bep)
    assert found is not None and found.lane == "asks"
    codes = [reason.code for reason in found.reasons]
    assert codes[0] == "wants_more" and "unanswered_two" in codes
    own = await (await bep.browser()).page("/parties/me/views")
    assert "Vroeg zelf om contact." in own.text


async def test_who_has_enough_leaves_a_list_that_nobody_took_up(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await says(world, bep, "2", "no")
    assert "een half jaar niet over" in page.text
    assert await signal_of(world, bep) is None
    assert await run_for(world, 9) == 0


async def test_rather_not_is_an_answer_and_ends_the_asking_for_a_quarter(world: World) -> None:
    await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries", consent="yes")
    browser = await anna.browser()
    assert "Twee vragen over contact" not in (await browser.page("/")).text, "six weeks first"
    world.clock.move(days=43)
    browser = await anna.browser()
    assert "Twee vragen over contact" in (await browser.page("/")).text
    page = await browser.page("/checkins/new")
    await browser.submit(page, "/checkins", press="not_now=1")
    assert [(r["talks"], r["wants"]) for r in await kept(world, anna)] == [(None, None)]
    world.clock.move(days=90)
    browser = await anna.browser()
    assert "Twee vragen over contact" not in (await browser.page("/")).text
    world.clock.move(days=1)
    assert "Twee vragen over contact" in (await (await anna.browser()).page("/")).text


async def test_an_empty_answer_is_said_to_be_empty_and_keeps_nothing(world: World) -> None:
    anna = await world.member("Anna de Vries", consent="yes")
    browser = await anna.browser()
    page = await browser.submit(await browser.page("/checkins/new"), "/checkins", status=422)
    assert len(page.errors()) == 2
    assert await kept(world, anna) == []


@pytest.mark.parametrize("said", ["no", "later", None])
async def test_without_a_yes_nothing_is_asked_and_nothing_is_kept(world: World, said: Any) -> None:
    anna = await world.member("Anna de Vries", consent="yes")
    browser = await anna.browser()
    page = await browser.page("/checkins/new")
    if said is None:
        await world.owner.execute("delete from consent where community_id = $1", world.community)
    else:
        await answer(world, anna, said)
    refused = await browser.submit(page, "/checkins", status=409, talks="0", wants="yes")
    assert "mogen wij niet bewaren" in refused.html
    again = await browser.page("/checkins/new")
    assert "bewaren wij er niets over" in again.text and not again.html.count('name="talks"')
    assert await kept(world, anna) == [] and await signal_of(world, anna) is None


async def test_the_young_and_who_works_here_are_not_asked(world: World) -> None:
    samira = await world.worker("Samira Bouali", consent="yes")
    jong = await world.member("Jonge Job", consent="yes", birth_year=world.clock().year - 18)
    world.clock.move(days=43)
    for member in (samira, jong):
        browser = await member.browser()
        assert "Twee vragen over contact" not in (await browser.page("/")).text
        page = await browser.page("/checkins/new")
        assert "alleen aan volwassenen" in page.text and 'name="talks"' not in page.html


async def test_a_worker_types_in_a_card_and_the_member_reads_who_did(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes", reachable_by="paper")
    browser = await samira.browser()
    await browser.page(f"/worklist/parties/{bep.id}")
    page = await browser.page(f"/checkins/new?party={bep.id}")
    page = await browser.submit(page, "/checkins", talks="0", wants="yes", way="card")
    assert "Dit staat nu op de werklijst." in page.html and page.h1 == "Bep Molenaar"
    [row] = await kept(world, bep)
    assert (row["way"], row["entered_by_id"]) == ("card", samira.id)
    log = await (await (await world.admin("Fatima Zahra")).browser()).page("/audit")
    assert "Typte in wat een buur zei over contact. dinsdag" in log.text, "no name beside it"
    own = await (await bep.browser()).page("/parties/me/views")
    assert "Typte in wat u zei over contact." in own.text and "Samira Bouali" in own.text


async def test_who_acts_for_her_types_it_in_under_their_own_name(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes")
    browser = await act_for(samira, bep)
    page = await browser.page("/checkins/new")
    await browser.submit(page, "/checkins", talks="3", wants="no", way="phone")
    [row] = await kept(world, bep)
    assert (row["way"], row["entered_by_id"]) == ("phone", samira.id)


async def test_no_admin_learns_that_somebody_answered(world: World) -> None:
    anna = await world.member("Anna de Vries", consent="yes")
    await says(world, anna, "2", "unsure")
    fatima = await world.admin("Fatima Zahra")
    log = await (await fatima.browser()).page("/audit")
    assert "twee vragen" not in log.text
    own = await (await anna.browser()).page("/parties/me/views")
    assert "Beantwoordde twee vragen over contact." in own.text


async def test_only_her_own_worker_asks_and_no_one_else_can_tell(world: World) -> None:
    bep = await world.member("Bep Molenaar", consent="yes")
    for other in (
        await world.worker("Evert Post", world.south), await world.admin("Fatima Zahra"),
        await world.member("Anna de Vries"),
    ):  # fmt: skip
        browser = await other.browser()
        await browser.page(f"/checkins/new?party={bep.id}", status=404)
        await browser.page(f"/checkins/card?party={bep.id}", status=404)


async def test_answers_go_after_a_year_and_with_the_yes(world: World) -> None:
    anna = await world.member("Anna de Vries", consent="yes")
    await says(world, anna, "2", "no")
    world.clock.move(days=365)
    await run(world)
    assert len(await kept(world, anna)) == 1
    world.clock.move(days=1)
    await run(world)
    assert await kept(world, anna) == []
    await says(world, anna, "2", "no")
    await answer(world, anna, "no")
    assert await kept(world, anna) == []
