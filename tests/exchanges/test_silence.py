"""Silence has an end: a reminder, then a booking that both hear of, or a person who asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time
from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests.world import Member, World
from timebank import exchanges
from timebank.exchanges.chasing import SILENCE, book_silent
from timebank.exchanges.model import silent_booking_allowed
from timebank.kernel import outbox
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def night(world: World, work_pool: Pool, settings: Settings) -> exchanges.Chased:
    """What the job process does: chase as its own role, then the jobs that were written down."""
    async with transaction(work_pool, world.community) as db:
        done = await exchanges.chase(db, community=world.community, now=world.clock())
    async with transaction(work_pool, world.community) as db:
        jobs = await outbox.claim(db, community=world.community, now=world.clock(), limit=50)
    for job in jobs:
        if job.kind == SILENCE:
            async with transaction(work_pool, world.community) as db:
                await book_silent(db, Errand(world.community, job, world.clock(), settings))
    return done


@asynccontextmanager
async def pair(world: World, **more: object) -> AsyncIterator[tuple[Member, Member]]:
    ria = await world.member("Ria Jansen", password=True, **more)
    ahmed = await world.member("Ahmed Yilmaz", password=True)
    yield ria, ahmed


ALLOWED = [
    (60, True, False, False, True),
    (120, True, False, False, True),
    (135, True, False, False, False),
    (135, True, False, True, True),
    (480, True, False, True, True),
    (60, False, False, True, False),
    (60, True, True, True, False),
    (15, False, True, False, False),
]


@pytest.mark.parametrize(("minutes", "both_online", "by_hand", "met_before", "books"), ALLOWED)
def test_who_may_be_booked_by_silence(
    minutes: int, both_online: bool, by_hand: bool, met_before: bool, books: bool
) -> None:
    assert books == silent_booking_allowed(
        minutes=minutes, both_online=both_online, by_hand=by_hand, met_before=met_before
    )


async def test_the_calendar_of_silence(world: World, work_pool: Pool, settings: Settings) -> None:
    """Claimed on 10 March: nothing on the 23rd, a reminder on the 24th, a booking on the 31st."""
    async with pair(world) as (ria, ahmed):
        id_ = await makers.done(world, ria, ahmed, minutes=60)
    seen = {}
    for _day in range(22):
        world.clock.move(days=1)
        await night(world, work_pool, settings)
        kinds = await makers.told(world, ria)
        seen[world.clock().date()] = (
            "reminder" in kinds, "booked_by_silence" in kinds, await makers.transfers(world, id_)
        )  # fmt: skip
    assert seen[date(2026, 3, 23)] == (False, False, 0)
    assert seen[date(2026, 3, 24)] == (True, False, 0)
    assert seen[date(2026, 3, 30)] == (True, False, 0)
    assert seen[date(2026, 3, 31)] == (True, True, 1)
    assert seen[date(2026, 4, 1)] == (True, True, 1)
    assert (await makers.told(world, ria)).count("reminder") == 1
    assert (await makers.told(world, ahmed)).count("booked_by_silence") == 1
    found = await makers.found(world, id_, ria)
    assert (found.state, found.booked_by, found.minutes) == ("confirmed", "silence", 60)
    page = await (await ria.browser()).page(f"/exchanges/{id_}")
    assert "Wij hoorden niets, daarom is 1 uur geboekt." in page.text
    assert any(link.endswith("/repair") for link in page.links())


async def test_the_reminder_names_the_day_of_the_booking(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        await makers.done(world, ria, ahmed, minutes=60)
    world.clock.move(days=14)
    await night(world, work_pool, settings)
    row = await world.owner.fetchrow(
        "select details from notice where community_id = $1 and kind = 'reminder'", world.community
    )
    assert '"on": "2026-03-31"' in row["details"] and '"minutes": 60' in row["details"]


@pytest.mark.parametrize("why", ["phone", "paper", "no password", "long first", "by hand"])
async def test_17_silence_does_not_book_for_them_a_person_asks(
    world: World, work_pool: Pool, settings: Settings, why: str
) -> None:
    fatima = await world.worker("Fatima Bouali")
    reach = {"phone": "phone", "paper": "paper"}.get(why, "app")
    ria = await world.member("Ria Jansen", password=why != "no password", reachable_by=reach)
    ahmed = await world.member("Ahmed Yilmaz", password=True)
    today = world.clock().date()
    id_ = await makers.planned(world, ria, ahmed, on_date=today)
    hand = fatima if why == "by hand" else ahmed
    async with world.transaction() as db:
        await exchanges.say_done(
            db, makers.by(world, ahmed, hand), id_, minutes=180 if why == "long first" else 60,
            done_on=today, thanks="", now=world.clock(),
        )  # fmt: skip
    for _day in range(30):
        world.clock.move(days=1)
        await night(world, work_pool, settings)
    found = await makers.found(world, id_, ria)
    assert (found.state, found.next_action, found.owner_id) == ("done", "ask_both", fatima.id)
    assert await makers.transfers(world, id_) == 0
    assert "reminder" not in await makers.told(world, ria)
    assert "reminder_person" in await makers.told(world, ria)
    # A late yes still counts.
    assert await makers.confirm(world, id_, ria, minutes=found.on_the_table or 0)


async def test_a_second_exchange_over_two_hours_may_be_booked_by_silence(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        await makers.confirmed(world, ria, ahmed, title="Lamp ophangen")
        id_ = await makers.done(world, ria, ahmed, minutes=180)
    for _week in range(4):
        world.clock.move(days=7)
        await night(world, work_pool, settings)
    assert (await makers.found(world, id_, ria)).booked_by == "silence"


async def test_an_answer_on_the_last_day_stops_the_booking(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        id_ = await makers.done(world, ria, ahmed, minutes=60)
    world.clock.move(days=14)
    await night(world, work_pool, settings)
    world.clock.move(days=7)
    async with transaction(work_pool, world.community) as db:
        assert (await exchanges.chase(db, community=world.community, now=world.clock())).booked == 1
    await makers.disagree(world, id_, ria, minutes=45)
    async with transaction(work_pool, world.community) as db:
        jobs = await outbox.claim(db, community=world.community, now=world.clock(), limit=50)
        for job in jobs:
            if job.kind == SILENCE:
                await book_silent(db, Errand(world.community, job, world.clock(), settings))
    assert await makers.transfers(world, id_) == 0
    assert (await makers.found(world, id_, ahmed)).next_action == "confirm_other"


async def test_a_limit_stops_a_booking_by_silence_and_a_person_asks(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    fatima = await world.worker("Fatima Bouali")
    async with pair(world) as (ria, ahmed):
        await makers.confirmed(world, ria, ahmed, title="Lamp ophangen")
        id_ = await makers.done(world, ria, ahmed, minutes=480)
        for title in ("Een", "Twee"):
            await makers.confirmed(world, ria, ahmed, minutes=240, title=title)
    for _week in range(5):
        world.clock.move(days=7)
        await night(world, work_pool, settings)
    found = await makers.found(world, id_, ria)
    assert (found.state, found.owner_id, found.handed_reason) == ("done", fatima.id, "limit")
    assert await makers.transfers(world, id_) == 0


async def test_a_talk_without_an_answer_is_reminded_once_and_then_a_worker_asks(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    fatima = await world.worker("Fatima Bouali")
    async with pair(world) as (ria, ahmed):
        id_ = await makers.talk(world, ria, ahmed)
    states = []
    for _day in range(17):
        world.clock.move(days=1)
        await night(world, work_pool, settings)
        found = await makers.found(world, id_, ria)
        states.append((found.reminded_at is not None, found.owner_id == fatima.id))
    assert states.index((True, False)) == 7 and states.index((True, True)) == 15
    assert (await makers.told(world, ria)).count("your_turn") == 1
    async with world.transaction() as db:
        listed = await exchanges.stuck(
            db, community=world.community, areas=[world.north], today=world.clock().date()
        )
        elsewhere = await exchanges.stuck(
            db, community=world.community, areas=[world.south], today=world.clock().date()
        )
    assert [e.id for e in listed] == [id_] and elsewhere == []


async def test_after_the_day_both_are_asked_whether_it_happened(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        id_ = await makers.planned(world, ria, ahmed)
    world.clock.move(days=3)
    for _times in range(3):
        await night(world, work_pool, settings)
    for member in (ria, ahmed):
        assert (await makers.told(world, member)).count("did_it_happen") == 1
        page = await (await member.browser()).page(f"/exchanges/{id_}")
        assert "Ging het door?" in page.text and "U bent aan de beurt" in page.text
    found = await makers.found(world, id_, ria)
    assert (found.next_action, found.owner_id) == ("say_done", ahmed.id)


async def test_t1_a_weekly_visit_stays_at_ten_and_is_announced_at_ten_the_day_before(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        id_ = await makers.talk(world, ria, ahmed, "Samen wandelen")
        world.clock.set(world.clock().replace(month=10, day=1))
        proposal = await makers.propose(
            world, id_, ahmed, on_date=date(2026, 10, 13), at_time=time(10), every="week",
            until_on=date(2026, 11, 24),
        )  # fmt: skip
        await makers.agree(world, id_, ria, proposal)
    rows = await world.owner.fetch(
        "select id, planned_on, planned_at, zone, state from exchange where community_id = $1"
        " order by planned_on", world.community,
    )  # fmt: skip
    assert [row["planned_on"].isoformat()[5:] for row in rows] == [
        "10-13", "10-20", "10-27", "11-03", "11-10", "11-17", "11-24",
    ]  # fmt: skip
    assert {(row["planned_at"], row["zone"], row["state"]) for row in rows} == {
        (time(10), "Europe/Amsterdam", "planned")
    }
    announced: dict[UUID, str] = {}
    world.clock.set(world.clock().replace(day=24, hour=0))
    for _hour in range(24 * 5):
        await night(world, work_pool, settings)
        for row in await world.owner.fetch(
            "select id, announced_at from exchange where community_id = $1"
            " and announced_at is not null", world.community,
        ):  # fmt: skip
            announced.setdefault(row["id"], row["announced_at"].isoformat())
        world.clock.move(hours=1)
    # The clock goes back on 25 October: ten o'clock is 9.00 UTC from then on.
    assert announced == {rows[2]["id"]: "2026-10-26T09:00:00+00:00"}
    page = await (await ria.browser()).page(f"/exchanges/{rows[3]['id']}")
    assert "dinsdag 3 november om 10.00 uur" in page.text


async def test_each_date_of_a_series_is_confirmed_by_itself(world: World) -> None:
    async with pair(world) as (ria, ahmed):
        id_ = await makers.talk(world, ria, ahmed)
        proposal = await makers.propose(
            world, id_, ahmed, on_date=world.clock().date(), at_time=time(10), every="week",
            until_on=date(2026, 3, 24),
        )  # fmt: skip
        await makers.agree(world, id_, ria, proposal)
    ids = [
        row["id"] for row in await world.owner.fetch(
            "select id from exchange where community_id = $1 order by planned_on", world.community
        )
    ]  # fmt: skip
    assert ids[0] == id_ and len(ids) == 3
    for one in ids[:2]:
        await makers.say_done(world, one, ahmed)
        await makers.confirm(world, one, ria)
        world.clock.move(days=7)
    assert await makers.balances(world, ria, ahmed) == [180, 420]
    assert (await makers.found(world, ids[2], ria)).state == "planned"
    async with world.transaction() as db:
        await exchanges.cancel(
            db, makers.by(world, ria), ids[2], reason="ill", words="", whole_series=True,
            now=world.clock(),
        )  # fmt: skip
    assert (await makers.found(world, ids[2], ahmed)).state == "cancelled"
