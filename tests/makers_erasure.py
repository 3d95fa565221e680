"""Makers of erasure: through the verb that the job runs, as the job role."""

from uuid import UUID

from tests.world import World
from timebank.admin import erasure
from timebank.kernel.db import Pool, transaction


async def erase(world: World, work_pool: Pool, party: UUID) -> None:
    """This person is erased now, without the days to come back."""
    async with transaction(work_pool, world.community) as db:
        await erasure.erase(db, community=world.community, party=party, now=world.clock())


async def finish(world: World, work_pool: Pool) -> int:
    """What the job does now; how many were erased."""
    async with transaction(work_pool, world.community) as db:
        return await erasure.finish(db, community=world.community, now=world.clock())
