"""The run: who is looked at, when a signal opens, lapses, is never moved, and is wiped."""

from datetime import timedelta

import pytest

from tests.makers_posts import need
from tests.makers_signals import (
    answer,
    as_worker,
    met,
    raised,
    rows_about,
    run,
    run_for,
    signal_of,
    spoke,
)
from tests.world import Member, World
from timebank import parties, signals
from timebank.signals import wording

pytestmark = pytest.mark.anyio


async def words_of(world: World, member: Member) -> str:
    found = await signal_of(world, member)
    assert found is not None
    return wording.in_one_line(found.reasons, (world.clock() + timedelta(hours=1)).date())


async def test_two_needs_without_an_answer_and_nobody_met_raise_a_signal_in_words(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None and found.state == "raised" and found.owner_id == samira.id
    assert "Twee vragen zonder antwoord." in await words_of(world, bep)


async def test_one_high_run_is_not_enough_and_two_a_week_apart_are(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes")
    world.clock.move(days=28)
    await need(world, bep, "Wie gaat mee naar de markt?")
    await need(world, bep, "Wie breit er met mij?")
    world.clock.move(days=22)
    assert await run(world) == 0
    assert await run_for(world, 6) == 0
    assert await run_for(world, 1) == 1
    assert await run_for(world, 3) == 0, "one open signal a member"


async def test_running_twice_a_day_changes_nothing(world: World) -> None:
    await world.worker("Samira Bouali")
    await raised(world, "Bep Molenaar")
    before = await world.owner.fetch(
        "select * from signal where community_id = $1", world.community
    )
    assert await run(world) == 0
    assert before == await world.owner.fetch(
        "select * from signal where community_id = $1", world.community
    )


@pytest.mark.parametrize("said", ["no", "later", None])
async def test_r1_without_a_recorded_yes_there_is_no_row(
    world: World, said: parties.Answer | None
) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar", consent=said)
    assert await rows_about(world, bep) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_r7_silence_alone_keeps_nothing_and_opens_nothing(world: World) -> None:
    await world.worker("Samira Bouali")
    stille = await world.member("Stille Willem", consent="yes")
    world.clock.move(days=300)
    assert await run(world) + await run_for(world, 9) == 0
    assert await rows_about(world, stille) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_r12_newcomers_workers_the_young_and_the_paused_are_never_judged(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali", consent="yes")
    world.clock.move(days=20)
    nieuw = await world.member("Nieuwe Nel", consent="yes")
    jong = await world.member("Jonge Job", consent="yes", birth_year=world.clock().year - 18)
    rust = await world.member("Rustige Rie", consent="yes")
    for member in (samira, nieuw, jong, rust):
        await need(world, member, "Wie gaat mee naar de markt?")
        await need(world, member, "Wie breit er met mij?")
    world.clock.move(days=25)
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=rust.id, state="paused", by=rust.id,
            from_states=("active",), now=world.clock(),
        )  # fmt: skip
    for _run in range(9):
        await run(world)
        world.clock.move(days=1)
    assert await rows_about(world, nieuw) == {"signal": 0, "signal_score": 0, "contact": 0}
    await run_for(world, 20)
    for member in (samira, jong, rust):
        nothing = {"signal": 0, "signal_score": 0, "contact": 0}
        assert await rows_about(world, member) == nothing, member.full_name
    assert (await rows_about(world, nieuw))["signal"] == 1, "six weeks are over"


async def test_where_no_worker_is_nothing_is_raised(world: World) -> None:
    await world.worker("Zuidelijke Zoë", world.south)
    bep = await raised(world, "Bep Molenaar")
    assert await signal_of(world, bep) is None


async def test_w5_her_only_partners_left_and_she_appears_with_that_reason(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes")
    partners = [await world.member("Riet Smit"), await world.member("Jan Prins")]
    world.clock.move(days=60)
    for partner in partners:
        await met(world, partner, bep)
    assert await run_for(world, 9) == 0
    for partner in partners:
        async with world.transaction() as db:
            await parties.set_state(
                db, community=world.community, party=partner.id, state="left",
                from_states=("active",), by=partner.id, now=world.clock(),
            )  # fmt: skip
    assert await run_for(world, 9) == 1
    assert "De buren met wie er contact was, zijn vertrokken." in await words_of(world, bep)


async def test_w2_a_member_met_every_week_on_paper_is_not_flagged_and_one_who_asks_in_vain_is(
    world: World,
) -> None:
    """neither of them is judged by signing in."""
    worker = await world.worker("Samira Bouali")
    papier = await world.member("Papieren Piet", consent="yes", reachable_by="paper")
    buren = [await world.member(f"Buur {letter}") for letter in ("Aa", "Bee", "Cee")]
    zoekt = await world.member("Zoekende Zus", consent="yes")
    await zoekt.browser()
    world.clock.move(days=45)
    await need(world, zoekt, "Wie eet er mee?")
    await need(world, zoekt, "Wie wandelt er mee?")
    for week in range(5):
        world.clock.move(days=7)
        await met(world, buren[week % 3], papier, hand=worker)
        await zoekt.browser()
        await run(world)
    assert await signal_of(world, papier) is None
    assert "Twee vragen zonder antwoord." in await words_of(world, zoekt)


async def test_w1_what_a_worker_does_for_her_is_no_contact_and_what_a_neighbour_does_is(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    before = await words_of(world, bep)
    for title in ("Wie leest voor?", "Wie kookt er mee?", "Wie repareert een lamp?"):
        post = await need(world, bep, title)
        await met(world, samira, bep, post=post)
    await run_for(world, 1)
    found = await signal_of(world, bep)
    assert found is not None and found.state == "raised"
    assert (await words_of(world, bep)).startswith(before.split(". ")[0])
    riet = await world.member("Riet Smit")
    await met(world, riet, bep, hand=samira)
    await run_for(world, 1)
    assert "In drie maanden contact met één buur." in await words_of(world, bep)


async def test_a_signal_nobody_took_lapses_after_four_weeks_without_reasons(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    for name in ("Riet Smit", "Jan Prins", "Ali Aksoy"):
        await met(world, await world.member(name), bep)
    await run_for(world, 1)
    async with world.transaction() as db:
        viewer = as_worker(world, await world.worker("Joris Blom"))
        assert await signals.list_for(db, viewer, now=world.clock()) == []
    await run_for(world, 26)
    found = await signal_of(world, bep)
    assert found is not None and found.state == "raised"
    await run_for(world, 3)
    assert await signal_of(world, bep) is None
    await run_for(world, 92)
    lapsed = await world.owner.fetchval(
        "select count(*) from signal where community_id = $1 and state = 'lapsed'", world.community
    )
    assert lapsed == 0, "wiped after ninety days"


async def test_the_engine_never_moves_what_a_person_has_taken(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    async with world.transaction() as db:
        await signals.take(db, as_worker(world, samira), found.id, now=world.clock())
    for name in ("Riet Smit", "Jan Prins", "Ali Aksoy"):
        await met(world, await world.member(name), bep)
    await run_for(world, 60)
    found = await signal_of(world, bep)
    assert found is not None and found.state == "taken" and found.owner_id == samira.id
    async with world.transaction() as db:
        steps = await signals.steps_of(db, world.community, found.id)
    assert [step.reason for step in steps] == ["raised", "taken"]


@pytest.mark.parametrize("said", ["no", "later"])
async def test_r2_a_yes_taken_back_wipes_everything_in_the_same_transaction(
    world: World, said: parties.Answer
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    assert (await rows_about(world, bep)) == {"signal": 1, "signal_score": 1, "contact": 1}
    await answer(world, bep, said)
    assert (await rows_about(world, bep)) == {"signal": 0, "signal_score": 0, "contact": 0}
    words = await world.owner.fetchval(
        "select count(*) from contact_words where community_id = $1", world.community
    )
    assert words == 0
    await run_for(world, 9)
    assert (await rows_about(world, bep)) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_the_job_wipes_what_was_withdrawn_some_other_way(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    async with world.transaction() as db:
        await parties.answer_worker_call(
            db, community=world.community, party=bep.id, answer="no", way="paper",
            asked_by=samira.id, now=world.clock(),
        )  # fmt: skip
        assert await signals.signals_of(db, world.community, bep.id) == [], "at once out of sight"
    await run(world)
    assert (await rows_about(world, bep)) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_a_practical_note_stays_when_a_yes_is_taken_back(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    wim = await world.member("Wim Kuipers", consent="later")
    await spoke(world, samira, wim, words="Zijn nieuwe nummer genoteerd.")
    await answer(world, wim, "no")
    assert (await rows_about(world, wim))["contact"] == 1


async def test_who_left_or_died_has_no_signal(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=bep.id, state="deceased",
            from_states=("active",), by=None, now=world.clock(),
        )  # fmt: skip
        assert await signals.signals_of(db, world.community, bep.id) == []
    await run(world)
    assert (await rows_about(world, bep)) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_signals_are_spread_over_the_workers_of_a_neighbourhood(world: World) -> None:
    one, other = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    names = ("Bep Molenaar", "Cor Bakker", "Dirk Visser", "Els de Wit")
    members = [await world.member(name, consent="yes") for name in names]
    world.clock.move(days=28)
    for member in members:
        await need(world, member, "Wie gaat mee naar de markt?")
        await need(world, member, "Wie breit er met mij?")
    world.clock.move(days=22)
    assert await run_for(world, 8) == 1, "in a small community one a week"
    assert await run_for(world, 21) == 3
    owners = [found.owner_id for m in members if (found := await signal_of(world, m))]
    assert owners.count(one.id) == owners.count(other.id) == 2
