"""The life of an introduction: who is asked when, what each learns, who waits for what."""

from datetime import timedelta
from typing import Any

import pytest

from tests.makers_erasure import erase
from tests.makers_introductions import asked, chosen, introduced, run, stands
from tests.makers_posts import need, offer
from tests.makers_signals import answer, as_worker
from tests.world import Member, World
from timebank import parties
from timebank.introductions import asking, store
from timebank.introductions.model import MAY_FOLLOW
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool, load
from timebank.kernel.refusals import Conflict, NotFound
from timebank.notices.model import may_be_mailed

pytestmark = pytest.mark.anyio


async def three(world: World, **more: Any) -> tuple[Member, Member, Member]:
    samira = await world.worker("Samira Bouali")
    bep = await world.member(
        "Bep Molenaar", consent="yes", place_id=world.square, phone="06 55500111",
        phone_key="+31655500111",
    )  # fmt: skip
    riet = await world.member(
        "Riet Smit", place_id=world.square, phone="06 55500222", phone_key="+31655500222", **more
    )
    await offer(world, bep, "Ik leer u breien", category="lessons")
    await need(world, riet, "Wie leert mij breien?", category="lessons")
    return samira, bep, riet


async def steps(world: World, id_: Any) -> list[tuple[str, str]]:
    async with world.transaction() as db:
        found = await store.steps(db, world.community, id_)
    return [(step.to_state, step.reason) for step in found]


async def offences(world: World) -> set[str]:
    checks = load("checks")
    names = ("introductions_tell_their_story", "introductions_after_two_yeses")
    return {n for n in names if await getattr(checks, n)(world.owner, community=world.community)}


async def test_two_yeses_by_message_and_names_only_then(world: World) -> None:
    samira, bep, riet = await three(world)
    desk = await samira.browser()
    page = await desk.page(f"/introductions/new?party={bep.id}")
    assert "Riet zoekt hulp: Leren en taal. Bep biedt dat." in page.text
    page = await desk.submit(page, "/introductions?")
    assert "Vraag het aan Bep" in page.text and page.h1 == "Bep en Riet"
    page = await desk.submit(page, "/asking", told="page")
    id_ = page.url.rpartition("/")[2].partition("?")[0]
    first = await bep.browser()
    assert "Samira kent een buur die u misschien wilt ontmoeten" in (await first.page("/")).text
    own = await first.page(f"/introductions/{id_}/mine")
    assert "Riet" not in own.html and "55500222" not in own.html
    assert "Deze buur zoekt hulp: Leren en taal. Dat biedt u." in own.text
    second = await riet.browser()
    await second.page(f"/introductions/{id_}/mine", status=404)
    await first.submit(own, "/answer", answer="yes")
    page = await desk.submit(await desk.page(f"/introductions/{id_}"), "/asking", told="page")
    other = await second.page(f"/introductions/{id_}/mine")
    assert "Bep" not in other.html and "55500111" not in other.html
    assert "Deze buur biedt hulp: Leren en taal. Daar vraagt u om." in other.text
    after = await second.submit(other, "/answer", answer="yes")
    assert "Bep Molenaar" in after.text and "06 55500111" in after.text
    mine = await first.page(f"/introductions/{id_}/mine")
    assert "Riet Smit" in mine.text and "06 55500222" in mine.text
    found = await stands(world, id_)
    assert found.state == "introduced" and found.due_on == local_date(world.clock()) + timedelta(28)
    assert await steps(world, id_) == [
        ("chosen", "chosen"), ("first_asked", "asked"), ("first_yes", "said_yes"),
        ("second_asked", "asked"), ("introduced", "said_yes"),
    ]  # fmt: skip
    assert await offences(world) == set()


async def test_no_page_or_notice_of_a_side_speaks_of_a_signal(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "yes", "page")
    browser = await riet.browser()
    for path in ("/", f"/introductions/{id_}/mine"):
        html = (await browser.page(path)).html.lower()
        assert not any(w in html for w in ("signaal", "eenzaam", "stil wordt", "weinig contact"))


async def test_a_no_ends_it_and_the_other_hears_only_not_now(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "yes", "no")
    found = await stands(world, id_)
    assert (found.state, found.outcome) == ("closed", "declined")
    start = await (await bep.browser()).page("/")
    news = start.text.partition("Misschien iets voor u")[0]
    assert "kan nu even niet" in news and "Riet" not in news
    await (await bep.browser()).page(f"/introductions/{id_}/mine", status=404)


async def test_a_no_of_the_first_means_the_other_is_never_asked(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "no")
    with pytest.raises(Conflict):
        await asked(world, samira, id_, "page")
    await (await riet.browser()).page(f"/introductions/{id_}/mine", status=404)
    assert await world.owner.fetchval(
        "select count(*) from introduction_ask where party_id = $1", riet.id
    ) == 0  # fmt: skip


async def test_not_reached_counts_as_no_question_and_comes_back_in_two_days(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "missed")
    found = await stands(world, id_)
    assert found.state == "chosen" and found.due_on == local_date(world.clock()) + timedelta(2)
    assert await steps(world, id_) == [("chosen", "chosen"), ("chosen", "missed")]


async def test_an_answer_stands_and_a_second_one_is_refused(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "page")
    browser = await bep.browser()
    page = await browser.page(f"/introductions/{id_}/mine")
    await asked(world, samira, id_, "yes")
    await browser.submit(page, "/answer", status=409, answer="no")
    assert (await stands(world, id_)).state == "first_yes"


async def test_after_four_weeks_both_are_asked_and_silence_lands_on_the_desk(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await introduced(world, samira, bep, riet)
    desk = await samira.browser()
    assert "ontmoeten lukte" not in (await desk.page("/worklist")).text
    world.clock.move(days=27)
    await run(world)
    assert (await stands(world, id_)).state == "introduced"
    world.clock.move(days=1)
    for _twice in range(2):
        await run(world)
    assert (await stands(world, id_)).state == "followed_up"
    notes = await world.owner.fetch(
        "select party_id from notice where community_id = $1 and kind = 'introduction_how'",
        world.community,
    )  # fmt: skip
    assert sorted(row["party_id"] for row in notes) == sorted([bep.id, riet.id])
    world.clock.move(days=8)
    desk = await samira.browser()
    page = await desk.page("/worklist")
    assert "Vragen of het ontmoeten lukte: Bep Molenaar" in page.text and "te laat" in page.text
    page = await desk.submit(await desk.page(f"/introductions/{id_}"), "/closing", outcome="met")
    assert "Zij ontmoetten elkaar één keer." in page.text
    assert "ontmoeten lukte" not in (await desk.page("/worklist")).text


@pytest.mark.parametrize(
    ("first", "second", "state", "outcome"),
    [("met", None, "closed", "met"), ("not_met", None, "introduced", None),
     ("not_met", "not_met", "closed", "not_met"), ("not_met", "met_again", "closed", "met_again")],
)  # fmt: skip
async def test_what_the_two_say_came_of_it(
    world: World, first: Any, second: Any, state: str, outcome: Any
) -> None:
    samira, bep, riet = await three(world)
    id_ = await introduced(world, samira, bep, riet)
    for member, said in ((bep, first), (riet, second)):
        if said:
            browser = await member.browser()
            page = await browser.page(f"/introductions/{id_}/mine")
            await browser.submit(page, "/outcome", came=said)
    found = await stands(world, id_)
    assert (found.state, found.outcome) == (state, outcome)
    assert await offences(world) == set()


async def test_a_block_after_two_yeses_hides_each_from_the_other_at_once(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await introduced(world, samira, bep, riet)
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=bep.id, blocked=riet.id, by=bep.id,
            now=world.clock(),
        )  # fmt: skip
    for member in (bep, riet):
        await (await member.browser()).page(f"/introductions/{id_}/mine", status=404)
    await (await samira.browser()).page(f"/introductions/{id_}", status=404)
    await run(world)
    found = await stands(world, id_)
    assert (found.state, found.outcome) == ("closed", "withdrawn")


async def test_a_yes_taken_back_hides_it_at_once_and_deletes_it(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    await asked(world, samira, id_, "yes")
    desk = await samira.browser()
    assert "Riet Smit vragen" in (await desk.page("/worklist")).text
    await answer(world, bep, "no")
    await desk.page(f"/introductions/{id_}", status=404)
    assert "Riet Smit vragen" not in (await desk.page("/worklist")).text
    await run(world)
    with pytest.raises(NotFound):
        await stands(world, id_)
    for table in ("introduction_ask", "introduction_step"):
        assert await world.owner.fetchval(
            f"select count(*) from {table} where community_id = $1", world.community
        ) == 0  # fmt: skip


async def test_erasing_either_takes_it_away(world: World, work_pool: Pool) -> None:
    samira, bep, riet = await three(world)
    await world.admin("Joris Smit")
    id_ = await introduced(world, samira, bep, riet)
    await erase(world, work_pool, riet.id)
    with pytest.raises(NotFound):
        await stands(world, id_)


async def test_each_look_is_recorded_before_the_page_and_read_by_the_member(world: World) -> None:
    samira, bep, riet = await three(world)
    desk = await samira.browser()
    await desk.page(f"/introductions/new?party={bep.id}")
    for member in (bep, riet):
        looks = await world.owner.fetchval(
            "select count(*) from audit_entry where community_id = $1 and act = 'party.looked'"
            " and subject_id = $2 and actor_id = $3", world.community, member.id, samira.id,
        )  # fmt: skip
        assert looks == 1
        assert "Samira Bouali" in (await (await member.browser()).page("/parties/me/views")).text


async def test_a_third_question_within_a_month_is_refused(world: World) -> None:
    samira, bep, riet = await three(world)
    others = [await world.member(n, consent="yes", place_id=world.square)
              for n in ("Cor Vos", "Dina Pot")]  # fmt: skip
    ids = [await chosen(world, samira, one, riet) for one in (bep, *others)]
    for id_ in ids[:2]:
        await asked(world, samira, id_, "yes", "no")
    await asked(world, samira, ids[2], "yes")
    with pytest.raises(Conflict):
        await asked(world, samira, ids[2], "page")
    world.clock.move(days=31)
    await asked(world, samira, ids[2], "page")
    assert (await stands(world, ids[2])).state == "second_asked"


async def test_others_get_the_answer_of_what_does_not_exist(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await introduced(world, samira, bep, riet)
    strangers = [
        await world.worker("Evert Post", world.south), await world.admin("Joris Smit"),
        await world.member("Cor Vos"), bep,
    ]  # fmt: skip
    for stranger in strangers:
        browser = await stranger.browser()
        await browser.page(f"/introductions/{id_}", status=404)
        await browser.page(f"/introductions/new?party={bep.id}", status=404)
        if stranger is not bep:
            await browser.page(f"/introductions/{id_}/mine", status=404)


async def test_a_worker_who_no_longer_works_there_hands_it_on(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    other = await world.worker("Joris Blom")
    await world.owner.execute(
        "update role set ends_on = starts_on - 0 where community_id = $1 and party_id = $2",
        world.community, samira.id,
    )  # fmt: skip
    world.clock.move(days=1)
    await run(world)
    assert (await stands(world, id_)).owner_id == other.id


async def test_a_mail_never_says_it_whatever_the_member_chose(world: World) -> None:
    kinds = ("asked", "both_yes", "not_now", "how")
    assert not any(may_be_mailed(f"introduction_{kind}") for kind in kinds)


def test_every_state_leads_somewhere_and_nothing_leads_back() -> None:
    order = list(MAY_FOLLOW)
    for state, after in MAY_FOLLOW.items():
        assert after or state == "closed"
        assert all(order.index(one) > order.index(state) for one in after)


PLANTED = [
    ("introductions_tell_their_story",
     "update introduction set state = 'first_yes' where community_id = $1"),
    ("introductions_tell_their_story", "delete from introduction_step where community_id = $1"),
    ("introductions_after_two_yeses",
     "update introduction set introduced_on = made_on where community_id = $1"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "plant"), PLANTED)
async def test_a_check_names_a_planted_fault(world: World, check: str, plant: str) -> None:
    samira, bep, riet = await three(world)
    await chosen(world, samira, bep, riet)
    assert await offences(world) == set()
    await world.owner.execute(plant, world.community)
    assert check in await offences(world)


async def test_a_worker_cannot_say_that_two_met_who_were_not_introduced(world: World) -> None:
    samira, bep, riet = await three(world)
    id_ = await chosen(world, samira, bep, riet)
    async with world.transaction() as db:
        with pytest.raises(Conflict):
            await asking.close(db, as_worker(world, samira), id_, "met", now=world.clock())
