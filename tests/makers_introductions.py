"""Makers of introductions: through the real actions."""

from typing import Any
from uuid import UUID

from tests.makers_posts import viewer
from tests.makers_signals import as_worker
from tests.world import Member, World
from timebank import contacts, introductions
from timebank.introductions import answering, asking, store, suggesting
from timebank.introductions.model import Introduction, Suggestion, Wish


async def wishes(world: World, member: Member, answer: Any = "yes", **more: Any) -> None:
    """What this member says about meeting new people."""
    async with world.transaction() as db:
        await answering.put_wish(db, viewer(world, member), Wish(answer, **more), now=world.clock())


async def suggested(world: World, worker: Member, member: Member) -> list[Suggestion]:
    """Who the worker gets for this member."""
    by = as_worker(world, worker, worker.area)
    async with world.transaction() as db:
        person = await contacts.person_for(db, by, member.id)
        return await suggesting.suggest(db, by, person, now=world.clock()) or []


async def chosen(world: World, worker: Member, member: Member, other: Member) -> UUID:
    """The worker will introduce these two."""
    by = as_worker(world, worker, worker.area)
    async with world.transaction() as db:
        person = await contacts.person_for(db, by, member.id)
        return await asking.choose(db, by, person, other.id, now=world.clock())


async def asked(world: World, worker: Member, id_: UUID, *told: Any) -> None:
    """The worker asks whose turn it is, one way after the other."""
    for one in told:
        async with world.transaction() as db:
            await asking.ask(db, as_worker(world, worker, worker.area), id_, one, now=world.clock())


async def introduced(world: World, worker: Member, member: Member, other: Member) -> UUID:
    """Both said yes, by phone."""
    id_ = await chosen(world, worker, member, other)
    await asked(world, worker, id_, "yes", "yes")
    return id_


async def stands(world: World, id_: UUID) -> Introduction:
    """How it stands."""
    async with world.transaction() as db:
        return await store.introduction(db, world.community, id_)


async def run(world: World) -> None:
    """What the calendar does now."""
    async with world.transaction() as db:
        await introductions.run(db, community=world.community, now=world.clock())
