"""What lies with a worker who stops gets another owner (nothing open without one)."""

import pytest

from tests import makers_exchanges as talks
from tests.world import World
from timebank import access, exchanges

pytestmark = pytest.mark.anyio


async def test_a_dispute_moves_on_when_its_worker_stops(world: World) -> None:
    first = await world.worker("Samira Bouali")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    id_ = await talks.done(world, anna, bram)
    await talks.disagree(world, id_, anna, minutes=30)
    await talks.disagree(world, id_, bram, minutes=45, round_=2)
    assert (await talks.found(world, id_, anna)).owner_id == first.id
    second = await world.worker("Dewi Lestari")
    world.clock.move(days=1)
    role = await world.owner.fetchval(
        "select id from role where community_id = $1 and party_id = $2", world.community, first.id
    )
    async with world.transaction() as db:
        now = world.clock()
        await access.end_role(
            db, community=world.community, role=role, by=None, today=now.date(), now=now
        )
        assert await exchanges.reassign(db, community=world.community, now=now) == 1
        assert await exchanges.reassign(db, community=world.community, now=now) == 0
    assert (await talks.found(world, id_, anna)).owner_id == second.id
