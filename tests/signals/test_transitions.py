"""Every transition in the life of a signal, and what its story asks for, with the clock moved."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.house.rows import put
from tests.makers_introductions import introduced
from tests.makers_signals import as_worker, met, raised, run_for, signal_of, spoke
from tests.world import Member, World
from timebank import signals
from timebank.kernel.dates import local_date
from timebank.kernel.refusals import Conflict
from timebank.signals import wording
from timebank.signals.model import MAY_FOLLOW, OPEN, Ended, Judged, Verdict, working_days_ago
from timebank.signals.opening import may_ask, may_reopen

pytestmark = pytest.mark.anyio


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


@pytest.fixture
async def bep(world: World, samira: Member) -> Member:
    return await raised(world, "Bep Molenaar", place_id=world.square)


async def stands(world: World, member: Member) -> signals.Signal:
    found = await signal_of(world, member)
    assert found is not None
    return found


async def do(world: World, worker: Member, verb: Any, member: Member, **more: Any) -> None:
    signal = await stands(world, member)
    async with world.transaction() as db:
        await verb(db, as_worker(world, worker), signal.id, now=world.clock(), **more)


async def chase(world: World) -> None:
    async with world.transaction() as db:
        await signals.chase(db, community=world.community, now=world.clock())


async def asks(world: World, member: Member) -> list[str]:
    """What the story asks for, in words."""
    signal = await stands(world, member)
    async with world.transaction() as db:
        found = await signals.outlooks(db, world.community, [signal])
    return wording.outlook_words(found[signal.id], local_date(world.clock()))


async def bring_to(world: World, samira: Member, bep: Member, state: str) -> None:
    """Through the real actions, to this state."""
    soon = local_date(world.clock()) + timedelta(days=7)
    if state in ("taken", "closed"):
        await do(world, samira, signals.take, bep)
    if state in ("contact_made", "plan"):
        await spoke(world, samira, bep)
    if state == "plan":
        await do(world, samira, signals.make_plan, bep, plan="introduce", due_on=soon)
    if state == "snoozed":
        await do(world, samira, signals.snooze, bep, until=soon)
    if state == "closed":
        await do(world, samira, signals.close, bep, outcome="grown")


@pytest.mark.parametrize("state", [*OPEN, "closed"])
async def test_each_step_follows_only_from_the_states_it_may(
    world: World, samira: Member, bep: Member, state: Any
) -> None:
    soon = local_date(world.clock()) + timedelta(days=9)
    verbs: dict[str, tuple[Any, dict[str, Any]]] = {
        "taken": (signals.take, {}),
        "plan": (signals.make_plan, {"plan": "group", "due_on": soon}),
        "snoozed": (signals.snooze, {"until": soon}),
        "closed": (signals.close, {"outcome": "prefers"}),
    }
    await bring_to(world, samira, bep, state)
    for to, (verb, more) in verbs.items():
        may = state in MAY_FOLLOW[to]
        assert (await stands(world, bep)).state == state
        try:
            async with world.transaction() as db:
                viewer = as_worker(world, samira)
                await verb(db, viewer, (await stands(world, bep)).id, now=world.clock(), **more)
                found = await signals.signals_of(db, world.community, bep.id)
                assert may and found[0].state == to, f"{state} to {to}"
                raise Undo
        except Conflict:
            assert not may, f"{state} to {to}"
        except Undo:
            pass


class Undo(Exception):
    """So that each verb starts from the same state."""


async def test_what_nobody_called_is_reminded_after_two_weeks_and_given_back_after_three(
    world: World, samira: Member, bep: Member
) -> None:
    joris = await world.worker("Joris Blom")
    await do(world, samira, signals.take, bep)
    for days, state, owner, reminded in (
        (13, "taken", samira, False), (1, "taken", samira, True), (6, "taken", samira, True),
        (1, "raised", joris, False),
    ):  # fmt: skip
        world.clock.move(days=days)
        await chase(world)
        found = await stands(world, bep)
        assert (found.state, found.owner_id) == (state, owner.id), days
        said = await asks(world, bep)
        assert any("mag een ander dit doen" in line for line in said) is reminded
    async with world.transaction() as db:
        steps = await signals.steps_of(db, world.community, found.id)
    assert [s.reason for s in steps] == ["raised", "taken", "went_back"]
    assert steps[-1].actor_id is None


async def test_what_somebody_does_something_about_is_never_given_back(
    world: World, samira: Member, bep: Member
) -> None:
    later = local_date(world.clock()) + timedelta(days=40)
    await spoke(world, samira, bep, heard="call_missed", words="", follow_up_on=later)
    world.clock.move(days=46)
    await chase(world)
    assert (await stands(world, bep)).state == "taken", "a date was set"
    await spoke(world, samira, bep)
    world.clock.move(days=60)
    await chase(world)
    assert (await stands(world, bep)).state == "contact_made"


async def test_three_times_not_reached_asks_for_a_card_or_the_end(
    world: World, samira: Member, bep: Member
) -> None:
    for tries in (1, 2, 3):
        await spoke(world, samira, bep, heard="call_missed", words="")
        said = [line for line in await asks(world, bep) if "Drie keer niet bereikt" in line]
        assert len(said) == (tries == 3)
    browser = await samira.browser()
    assert "Bep Molenaar een kaartje sturen" in (await browser.page("/worklist")).text
    page = await browser.page(f"/signals/{(await stands(world, bep)).id}/closing")
    assert page.form("/closing").data["outcome"] == "not_reached"
    await spoke(world, samira, bep)
    assert await asks(world, bep) == []


async def test_after_a_plan_the_worker_asks_in_two_and_in_six_weeks(
    world: World, samira: Member, bep: Member
) -> None:
    await spoke(world, samira, bep)
    planned_on = local_date(world.clock())
    browser = await samira.browser()
    page = await browser.page(f"/signals/{(await stands(world, bep)).id}/plan")
    await browser.submit(page, "/plan", plan="group")
    for days, next_on in ((14, planned_on + timedelta(42)), (28, None)):
        assert (await stands(world, bep)).due_on == local_date(world.clock()) + timedelta(days)
        world.clock.move(days=days)
        browser = await samira.browser()
        page = await browser.page(f"/contacts/new?party={bep.id}")
        await browser.submit(page, "/contacts", heard="call")
        if next_on:
            assert (await stands(world, bep)).due_on == next_on


async def test_after_an_introduction_the_worker_asks_in_two_weeks(
    world: World, samira: Member, bep: Member
) -> None:
    far = local_date(world.clock()) + timedelta(days=60)
    await spoke(world, samira, bep, follow_up_on=far)
    world.clock.move(days=1)
    await introduced(world, samira, bep, await world.member("Fien Kok", place_id=world.square))
    await chase(world)
    assert (await stands(world, bep)).due_on == local_date(world.clock()) + timedelta(days=14)


async def test_two_new_neighbours_met_twice_propose_the_end_and_a_human_closes(
    world: World, samira: Member, bep: Member
) -> None:
    await spoke(world, samira, bep)
    fien, riet = await world.member("Fien Kok"), await world.member("Riet Smit")
    for days, one, grown in (
        (2, fien, False), (10, riet, False), (10, fien, False), (61, riet, False), (5, riet, True),
    ):  # fmt: skip
        world.clock.move(days=days)
        await met(world, one, bep)
        said = await asks(world, bep)
        assert any("nieuwe buren" in line for line in said) is grown, days
    await run_for(world, 8)
    assert (await stands(world, bep)).state == "contact_made", "only a human closes"
    browser = await samira.browser()
    page = await browser.page(f"/signals/{(await stands(world, bep)).id}/closing")
    assert page.form("/closing").data["outcome"] == "grown"


async def test_who_asks_herself_is_heard_while_she_rests(
    world: World, samira: Member, bep: Member
) -> None:
    await spoke(world, samira, bep, wish="rest")
    browser = await samira.browser()
    assert "Bep Molenaar weer bellen" not in (await browser.page("/worklist")).text
    world.clock.move(days=3)
    today = local_date(world.clock())
    await put(world, "checkin", party_id=bep.id, on_date=today, wants="yes", way="page",
              entered_by_id=bep.id, at=world.clock())  # fmt: skip
    browser = await samira.browser()
    assert "Bep Molenaar weer bellen" in (await browser.page("/worklist")).text


async def test_the_admin_reads_a_count_of_what_nobody_takes_and_no_name(
    world: World, samira: Member
) -> None:
    fatima = await world.admin("Fatima Zahra")
    await raised(world, "Bep Molenaar")
    opened = (await world.owner.fetchval("select min(opened_on) from signal where community_id = $1",
                                         world.community))  # fmt: skip
    day = local_date(world.clock())
    while working_days_ago(day, 10) < opened:
        page = await (await fatima.browser()).page("/worklist")
        assert "al twee weken" not in page.text
        world.clock.move(days=1)
        day = local_date(world.clock())
    page = await (await fatima.browser()).page("/worklist")
    assert "Signalen die al twee weken op een buurtwerker wachten: minder dan 5" in page.text
    assert "Bep" not in page.text


@pytest.mark.parametrize(
    ("today", "ago"),
    [(date(2026, 3, 16), date(2026, 3, 2)), (date(2026, 3, 14), date(2026, 3, 2))],
)
def test_ten_working_days_are_two_weeks(today: date, ago: date) -> None:
    assert working_days_ago(today, 10) == ago


@pytest.mark.parametrize(
    ("days_ago", "more", "may"),
    [(1, 0, False), (59, 19, False), (60, 0, True), (1, 20, True)],
)
def test_it_comes_back_after_sixty_days_or_when_it_weighs_twenty_more(
    days_ago: int, more: int, may: bool
) -> None:
    today = date(2026, 3, 10)
    ended = Ended(UUID(int=1), 60, today - timedelta(days=days_ago))
    verdict = Verdict(60 + more, (), has_evidence=True)
    assert may_reopen(verdict, [ended], today) is may


@pytest.mark.parametrize(("said_days_ago", "may"), [(None, False), (5, False), (0, True)])
def test_who_asks_herself_comes_back_at_once_when_she_asks_since(
    said_days_ago: int | None, may: bool
) -> None:
    today = date(2026, 3, 10)
    said_on = None if said_days_ago is None else today - timedelta(days=said_days_ago)
    facts = Judged(
        party_id=UUID(int=1), area_id=UUID(int=2), online=True, member_since=date(2025, 1, 1),
        said_on=said_on, wants="yes" if said_on else None,
    )  # fmt: skip
    ended = [Ended(UUID(int=1), 60, today - timedelta(days=3))]
    assert may_ask(facts, ended) is may
