"""Makers of groups that meet: through the real actions."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from tests.makers_posts import viewer
from tests.makers_signals import as_worker
from tests.world import Member, World
from timebank.gatherings import actions
from timebank.gatherings.model import Wish
from timebank.kernel.dates import local_date


async def gathering(
    world: World, worker: Member, title: str = "Koffieochtend", *, host: Member | None = None,
    area: UUID | None = None, days_ago: int = 0, **more: Any,
) -> UUID:  # fmt: skip
    """A group that meets every week, today too; its id."""
    wish = Wish(
        area_id=area or worker.area, title=title,
        first_on=more.pop("first_on", local_date(world.clock()) - timedelta(days=days_ago)),
        starts_at=time(10), host_id=host.id if host else None, meet_at="De Schakel", **more,
    )  # fmt: skip
    async with world.transaction() as db:
        return await actions.start(
            db, as_worker(world, worker, wish.area_id), wish, now=world.clock()
        )


async def comes(world: World, member: Member, group: UUID) -> None:
    """This member puts themselves on the list."""
    async with world.transaction() as db:
        await actions.expect(db, viewer(world, member), group, True, now=world.clock())


async def was_there(
    world: World, keeper: Member, group: UUID, *members: Member, on: date | None = None,
    worker: bool = True,
) -> None:  # fmt: skip
    """Whoever keeps the list ticks these members, by their numbers."""
    by = as_worker(world, keeper, keeper.area) if worker else viewer(world, keeper)
    async with world.transaction() as db:
        found = await actions.kept_by(db, by, group)
        await actions.keep(
            db, by, found, on_date=on or local_date(world.clock()), came=set(),
            also="\n".join(member.number for member in members), others=0, way="page",
            now=world.clock(),
        )  # fmt: skip


async def attendance_of(world: World, member: Member) -> list[Any]:
    """What is kept of where this member was."""
    found: list[Any] = await world.owner.fetch(
        "select * from attendance where community_id = $1 and party_id = $2 order by on_date",
        world.community, member.id,
    )  # fmt: skip
    return found
