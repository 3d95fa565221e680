"""What becomes of a need, however the appointment about it ends: never "u heeft een afspraak" with
nothing behind it, never asked again when the help was given."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests.exchanges.test_silence import night, pair
from tests.makers_posts import viewer
from tests.world import Member, World
from timebank import exchanges
from timebank.exchanges import settling
from timebank.kernel.db import Pool
from timebank.kernel.settings import Settings
from timebank.web.viewer import Role, Viewer

pytestmark = pytest.mark.anyio


async def need_of(world: World) -> str:
    """How it stands with the only need."""
    state: str = await world.owner.fetchval(
        "select state from post where community_id = $1", world.community
    )
    return state


async def test_a_need_that_silence_or_a_worker_booked_is_met(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    async with pair(world) as (ria, ahmed):
        await makers.done(world, ria, ahmed, minutes=60)
    for _day in range(22):
        world.clock.move(days=1)
        await night(world, work_pool, settings)
    assert await need_of(world) == "closed"


async def _disputed(world: World) -> tuple[UUID, Viewer]:
    """An exchange that lies with a worker, and that worker."""
    samira = await world.worker("Samira Bouali")
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.done(world, ria, ahmed)
    await makers.disagree(world, id_, ria, minutes=None)
    by = viewer(world, samira, roles=(Role("worker", world.north),))
    return id_, by


async def test_a_need_that_a_worker_settled_is_met(world: World) -> None:
    id_, by = await _disputed(world)
    async with world.transaction() as db:
        await settling.settle(
            db, by, id_, minutes=30, words="Samen besproken.", round_=2, now=world.clock()
        )
    assert await need_of(world) == "closed"


ENDINGS = [("free_help", "closed"), ("another_exchange", "closed"), ("came_to_nothing", "open")]


@pytest.mark.parametrize(("reason", "state"), [*ENDINGS, ("other", "open")])
async def test_a_need_whose_appointment_is_closed_without_hours(
    world: World, reason: str, state: str
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    await close(world, await makers.planned(world, ria, ahmed), ahmed, reason)
    assert await need_of(world) == state


@pytest.mark.parametrize(("reason", "state"), [*ENDINGS, ("other", "closed")])
async def test_a_need_whose_hours_were_let_go(world: World, reason: str, state: str) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    await close(world, await makers.done(world, ria, ahmed), ahmed, reason)
    assert await need_of(world) == state


@pytest.mark.parametrize(("reason", "state"), [*ENDINGS, ("no_show", "open"), ("other", "closed")])
async def test_a_need_whose_dispute_a_worker_ends_without_hours(
    world: World, reason: str, state: str
) -> None:
    id_, by = await _disputed(world)
    async with world.transaction() as db:
        await settling.settle_without(
            db, by, id_, reason=reason, words="Samen besproken.", now=world.clock()
        )
    assert await need_of(world) == state


async def test_a_need_with_a_series_is_open_again_after_its_last_date(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    until = world.clock().date() + timedelta(days=17)
    first = await makers.planned(world, ria, ahmed, every="week", until_on=until)
    dates: list[Any] = await world.owner.fetch(
        "select id from exchange where community_id = $1 order by planned_on", world.community
    )
    states = []
    for row in dates:
        await cancel(world, row["id"], ahmed)
        states.append(await need_of(world))
    assert states == ["matched", "matched", "open"] and dates[0]["id"] == first


async def test_a_whole_series_called_off_opens_its_need(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    until = world.clock().date() + timedelta(days=17)
    first = await makers.planned(world, ria, ahmed, every="week", until_on=until)
    await cancel(world, first, ahmed, whole_series=True)
    assert await need_of(world) == "open"


async def close(world: World, id_: UUID, who: Member, reason: str) -> None:
    async with world.transaction() as db:
        await exchanges.close(
            db, makers.by(world, who), id_, reason=reason, words="", now=world.clock()
        )


async def cancel(world: World, id_: UUID, who: Member, **more: Any) -> None:
    async with world.transaction() as db:
        await exchanges.cancel(
            db, makers.by(world, who), id_, reason="ill", words="", now=world.clock(), **more
        )
