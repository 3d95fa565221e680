"""Makers of hour notes, through the real actions."""

from uuid import UUID

from tests.makers_posts import viewer
from tests.world import Member, World
from timebank import hours
from timebank.kernel.ids import new_id
from timebank.vouchers import actions
from timebank.vouchers.model import Voucher

MAY_GIVE_AWAY = 31
"""Days after which starting hours may be given away."""


async def made(
    world: World, maker: Member, count: int = 1, minutes: int = 60, *, wait: bool = True
) -> list[UUID]:
    """Notes that are not on paper yet. The clock moves on, so that starting hours may be used."""
    if wait:
        world.clock.move(days=MAY_GIVE_AWAY)
    async with world.transaction() as db:
        return await actions.make(
            db, viewer(world, maker), count=count, minutes=minutes,
            idem=f"vouchers:{new_id()}", now=world.clock(),
        )  # fmt: skip


async def earned(world: World, member: Member, minutes: int) -> None:
    """Hours from a neighbour, which may be given away at once."""
    giver = await world.member("Gijs Gulle")
    async with world.transaction() as db:
        await hours.book(
            db, community=world.community, idem=f"for paper {new_id()}", kind=hours.Kind.EXCHANGE,
            entries=[(giver.id, -minutes), (member.id, minutes)], booked_by=giver.id,
            now=world.clock(), exchange_id=new_id(),
        )  # fmt: skip


async def asked_on_paper(world: World, maker: Member) -> None:
    """A note that waits for a worker to print it and bring it."""
    await earned(world, maker, 60)
    await made(world, maker, wait=False)
    async with world.transaction() as db:
        await actions.ask_print(db, viewer(world, maker), now=world.clock())


async def on_paper(
    world: World, maker: Member, count: int = 1, minutes: int = 60, *, wait: bool = True
) -> list[tuple[Voucher, str]]:
    """Notes with the codes that stand on them."""
    ids = await made(world, maker, count, minutes, wait=wait)
    async with world.transaction() as db:
        return await actions.print_own(db, viewer(world, maker), ids, now=world.clock())
