"""The check of the gatherings is silent on what really happened, and names a planted fault."""

import pytest

from tests.makers_gatherings import gathering, was_there
from tests.world import World
from timebank.kernel.db import load

pytestmark = pytest.mark.anyio

CHECK = "gatherings_ticked_when_they_met"
PLANTED = (
    "update attendance set at = at - interval '2 days' where community_id = $1 and party_id = $2",
    "update party set kind = 'organisation' where community_id = $1 and id = $2",
)


async def offences(world: World) -> int:
    return len(await getattr(load("checks"), CHECK)(world.owner, community=world.community))


@pytest.mark.parametrize("plant", PLANTED)
async def test_the_check_names_a_planted_fault(world: World, plant: str) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    await was_there(world, samira, await gathering(world, samira), anna)
    assert await offences(world) == 0
    await world.owner.execute(plant, world.community, anna.id)
    assert await offences(world) == 1
