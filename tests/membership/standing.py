"""How a member stands, as the database has it."""

from typing import Any

from tests.world import Member, World
from timebank import exchanges, hours


async def balance(world: World, member: Member) -> int:
    async with world.transaction() as db:
        found = await hours.balance(
            db, community=world.community, party=member.id, now=world.clock()
        )
    return found.minutes


async def post_states(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        found = await db.fetch("select state from post where by_id = $1 order by id", member.id)
    return [r["state"] for r in found]


async def exchange(world: World, id_: Any) -> exchanges.Exchange:
    async with world.transaction() as db:
        found = await db.fetchrow("select * from exchange where id = $1", id_)
        open_ = await exchanges.open_of(db, community=world.community, party=found["started_by_id"])
    return next(e for e in open_ if e.id == id_)
