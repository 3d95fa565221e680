"""The life of a signal: which step may follow which, races, and what the member wants."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.makers_signals import (
    answer,
    as_worker,
    notes_of,
    raised,
    rows_about,
    run,
    run_for,
    signal_of,
    spoke,
)
from tests.world import Member, World
from timebank import contacts, signals
from timebank.kernel.dates import local_date
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.anyio


async def found_of(world: World, member: Member) -> signals.Signal:
    found = await signal_of(world, member)
    assert found is not None
    return found


async def do(world: World, worker: Member, verb: Any, member: Member, **more: Any) -> None:
    """A worker does something with the member's signal."""
    signal = await found_of(world, member)
    async with world.transaction() as db:
        viewer = as_worker(world, worker, worker.area)
        await verb(db, viewer, signal.id, now=world.clock(), **more)


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


@pytest.fixture
async def bep(world: World, samira: Member) -> Member:
    return await raised(world, "Bep Molenaar")


async def test_a_plan_is_made_only_after_a_talk(world: World, samira: Member, bep: Member) -> None:
    due = local_date(world.clock()) + timedelta(days=14)
    for _step in (None, signals.take):
        with pytest.raises(Conflict):
            await do(world, samira, signals.make_plan, bep, plan="introduce", due_on=due)
        if _step:
            break
        await do(world, samira, signals.take, bep)
    await spoke(world, samira, bep)
    await do(world, samira, signals.make_plan, bep, plan="introduce", due_on=due)
    found = await found_of(world, bep)
    assert (found.state, found.plan, found.due_on) == ("plan", "introduce", due)


async def test_what_was_not_reached_stays_with_the_worker_for_another_try(
    world: World, samira: Member, bep: Member
) -> None:
    again = local_date(world.clock()) + timedelta(days=3)
    await spoke(world, samira, bep, heard="call_missed", words="", follow_up_on=again)
    found = await found_of(world, bep)
    assert (found.state, found.due_on, found.owner_id) == ("taken", again, samira.id)
    await spoke(world, samira, bep, heard="visit_missed", words="")
    assert (await found_of(world, bep)).state == "taken"
    assert [n.outcome for n in await notes_of(world, bep)] == ["not_reached", "not_reached"]


async def test_rest_is_rest_for_half_a_year(world: World, samira: Member, bep: Member) -> None:
    await spoke(world, samira, bep, wish="rest")
    found = await found_of(world, bep)
    until = local_date(world.clock()) + timedelta(days=180)
    assert (found.state, found.snooze_until) == ("snoozed", until)
    assert await run_for(world, 40) == 0
    assert (await found_of(world, bep)).state == "snoozed"


async def test_a_closed_signal_comes_back_after_sixty_days_and_not_before(
    world: World, samira: Member, bep: Member
) -> None:
    await do(world, samira, signals.close, bep, outcome="prefers")
    found = await found_of(world, bep)
    assert (found.state, found.outcome, found.owner_id) == ("closed", "prefers", None)
    assert await run_for(world, 59) == 0
    assert await run_for(world, 9) == 1


async def test_what_is_closed_stays_closed(world: World, samira: Member, bep: Member) -> None:
    await do(world, samira, signals.close, bep, outcome="not_right")
    day = local_date(world.clock()) + timedelta(days=7)
    for verb, more in (
        (signals.take, {}), (signals.snooze, {"until": day}), (signals.close, {"outcome": "grown"}),
        (signals.make_plan, {"plan": "group", "due_on": day}),
        (signals.hand_over, {"to": samira.id, "aside": False}),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            await do(world, samira, verb, bep, **more)


@pytest.mark.parametrize("days", [-1, 0, 366])
async def test_a_date_lies_ahead_and_within_a_year(
    world: World, samira: Member, bep: Member, days: int
) -> None:
    day = local_date(world.clock()) + timedelta(days=days)
    with pytest.raises(Invalid):
        await do(world, samira, signals.snooze, bep, until=day)


async def test_of_ten_workers_who_take_it_at_once_one_does(
    world: World, samira: Member, bep: Member
) -> None:
    signal = await found_of(world, bep)

    async def take() -> bool:
        try:
            async with world.transaction() as db:
                await signals.take(db, as_worker(world, samira), signal.id, now=world.clock())
        except Conflict:
            return False
        return True

    assert sum(await asyncio.gather(*(take() for _n in range(10)))) == 1
    async with world.transaction() as db:
        steps = await signals.steps_of(db, world.community, signal.id)
    assert [step.reason for step in steps] == ["raised", "taken"]


async def test_a_run_and_a_yes_taken_back_at_the_same_time_leave_nothing(
    world: World, samira: Member
) -> None:
    for _round in range(4):
        bep = await raised(world, "Bep Molenaar")
        world.clock.move(days=1)
        await asyncio.gather(run(world), answer(world, bep, "no"), run(world))
        assert await rows_about(world, bep) == {"signal": 0, "signal_score": 0, "contact": 0}


async def test_a_talk_noted_while_a_yes_is_taken_back_leaves_no_note_made_under_it(
    world: World, samira: Member
) -> None:
    bep = await raised(world, "Bep Molenaar")
    await asyncio.gather(
        spoke(world, samira, bep), answer(world, bep, "no"), return_exceptions=True
    )
    notes = await notes_of(world, bep)
    assert [n for n in notes if n.purpose == "attention"] == []
    assert (await rows_about(world, bep))["signal"] == 0


async def test_nobody_is_handed_a_member_of_another_neighbourhood(
    world: World, samira: Member, bep: Member
) -> None:
    away, resident = await world.worker("Evert Post", world.south), await world.member("Anna Vos")
    for other in (away, resident, bep):
        with pytest.raises(Conflict):
            await do(world, samira, signals.hand_over, bep, to=other.id, aside=False)


async def test_a_worker_who_is_the_member_sees_nothing_about_herself(
    world: World, samira: Member, bep: Member
) -> None:
    """Somebody with a signal becomes a worker: it is not shown to her."""
    async with world.transaction() as db:
        viewer = as_worker(world, bep)
        assert await signals.list_for(db, viewer, now=world.clock()) == []
        with pytest.raises(NotFound):
            await contacts.person_for(db, viewer, bep.id)


async def test_a_follow_up_without_a_signal_waits_with_its_owner_and_is_done_by_the_next_talk(
    world: World, samira: Member
) -> None:
    wim = await world.member("Wim Kuipers")
    later = local_date(world.clock()) + timedelta(days=7)
    await spoke(world, samira, wim, follow_up_on=later)
    async with world.transaction() as db:
        [due] = await contacts.due_for(db, as_worker(world, samira))
    assert (due.party_id, due.follow_up_on, due.owner_id) == (wim.id, later, samira.id)
    await spoke(world, samira, wim)
    async with world.transaction() as db:
        assert await contacts.due_for(db, as_worker(world, samira)) == []


async def test_notes_are_kept_a_year(world: World, samira: Member) -> None:
    wim = await world.member("Wim Kuipers")
    await spoke(world, samira, wim)
    world.clock.move(days=364)
    await run(world)
    assert len(await notes_of(world, wim)) == 1
    world.clock.move(days=3)
    await run(world)
    assert await notes_of(world, wim) == []


async def test_only_what_the_rule_names_changes_the_score(
    world: World, samira: Member, bep: Member
) -> None:
    """Signing in, language, age, likes, address: none of it moves anything."""

    async def standing() -> Any:
        return await world.owner.fetchrow(
            "select score, reasons from signal_score where community_id = $1 and party_id = $2",
            world.community, bep.id,
        )  # fmt: skip

    before = await standing()
    await (await bep.browser()).page("/")
    await world.owner.execute(
        "update person set language = 'en', birth_year = 1931, likes = 'Breien', street = 'Hier 1',"
        " mail_whole = true, hidden = true, reachable_by = 'paper'"
        " where community_id = $1 and party_id = $2", world.community, bep.id,
    )  # fmt: skip
    await run(world)
    assert await standing() == before


async def test_r5_a_list_to_call_from_shows_twenty_and_no_register(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    today = local_date(world.clock())
    for number in range(22):
        member = await world.member(f"Buur {number}", consent="yes")
        await world.owner.execute(
            "insert into signal (community_id, id, party_id, state, state_at, opened_on, version, score,"
            " reasons, reasons_on, owner_id, due_on) values ($1, $2, $3, 'raised', $4, $5, 1, 60,"
            """ '[{"code": "none_lately"}]', $5, $6, $5)""",
            world.community, new_id(), member.id, world.clock(), today, samira.id,
        )  # fmt: skip
    async with world.transaction() as db:
        found = await signals.list_for(db, as_worker(world, samira, samira.area), now=world.clock())
    assert len(found) == 20
