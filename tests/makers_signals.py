"""Makers for the worker's pages: people who met, needs without an answer, signals; by real actions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.makers_posts import need, viewer
from tests.world import Member, World
from timebank import contacts, exchanges, parties, signals
from timebank.contacts import Note
from timebank.exchanges import By, Plan
from timebank.kernel.dates import local_date
from timebank.signals import telling
from timebank.web.viewer import Role, Viewer


def as_worker(world: World, member: Member, *areas: UUID) -> Viewer:
    """This member as a worker of these neighbourhoods (north)."""
    roles = tuple(Role("worker", area) for area in areas or (world.north,))
    return viewer(world, member, roles=roles)


async def met(
    world: World, giver: Member, getter: Member, *, minutes: int = 60, days_ago: int = 0,
    hand: Member | None = None, post: UUID | None = None, mode: Any = "gift",
) -> UUID:  # fmt: skip
    """A confirmed exchange, done so many days ago. `hand`: a worker who does it all by phone."""
    now = world.clock()
    one = By(world.community, giver.id, (hand or giver).id)
    other = By(world.community, getter.id, (hand or getter).id)
    async with world.transaction() as db:
        id_ = await exchanges.begin(
            db, one, other=getter.id, title="Koffie drinken", mode=mode, gives=True, gets=False,
            area=giver.area, now=now, post=post,
        )  # fmt: skip
        proposal = await exchanges.propose(db, one, id_, Plan(minutes=minutes), now=now)
        await exchanges.agree(db, other, id_, proposal=proposal, now=now)
        await exchanges.say_done(
            db, one, id_, minutes=minutes, done_on=local_date(now) - timedelta(days=days_ago),
            thanks="", now=now,
        )  # fmt: skip
        await exchanges.confirm(db, other, id_, minutes=minutes, round_=1, now=now)
    return id_


async def run(world: World) -> int:
    """The daily run, once, as the job does it; how many signals were raised."""
    async with world.transaction() as db:
        return await signals.run(db, community=world.community, now=world.clock())


async def run_for(world: World, days: int) -> int:
    """The run on each of the next days; how many signals were raised."""
    raised = 0
    for _day in range(days):
        world.clock.move(days=1)
        raised += await run(world)
    return raised


async def raised(world: World, name: str, area: UUID | None = None, **more: Any) -> Member:
    """A member about whom a signal is raised: said yes, asked twice, nobody answered, met nobody.

    The clock moves on by 50 days and more.
    """
    more.setdefault("consent", "yes")
    bep = await world.member(name, area, **more)
    world.clock.move(days=28)
    await need(world, bep, "Wie gaat mee naar de markt?")
    await need(world, bep, "Wie breit er met mij?")
    world.clock.move(days=22)
    await run_for(world, 8)
    return bep


async def signal_of(world: World, member: Member) -> signals.Signal | None:
    """The newest signal about this member, as a worker may see it."""
    async with world.transaction() as db:
        found = await signals.signals_of(db, world.community, member.id)
    return found[0] if found else None


async def rows_about(world: World, member: Member) -> dict[str, int]:
    """How many rows of care data there are about a member."""
    tables = ("signal", "signal_score", "contact")
    return {
        table: await world.owner.fetchval(
            f"select count(*) from {table} where community_id = $1 and party_id = $2",
            world.community, member.id,
        )
        for table in tables
    }  # fmt: skip


async def spoke(world: World, worker: Member, member: Member, **more: Any) -> None:
    """A worker notes a talk with a member."""
    values: dict[str, Any] = {
        "heard": "call", "held_on": local_date(world.clock()), "words": "Het gaat wel.",
    } | more  # fmt: skip
    async with world.transaction() as db:
        await signals.note_contact(
            db, as_worker(world, worker, worker.area), member.id, Note(**values), now=world.clock()
        )


async def answer(world: World, member: Member, said: parties.Answer) -> None:
    """The member answers the question about the worker's call."""
    async with world.transaction() as db:
        await signals.answer_worker_call(
            db, community=world.community, party=member.id, answer=said, way="page",
            asked_by=None, now=world.clock(),
        )  # fmt: skip


async def notes_of(world: World, member: Member) -> list[contacts.Contact]:
    """The talks with a member."""
    async with world.transaction() as db:
        return await contacts.of(db, world.community, member.id)


async def worried(
    world: World, by: Member, about: Member | None = None, *, who: str = "", area: UUID | None = None,
    words: str = "De gordijnen blijven dicht.", may_name: bool = False,
) -> UUID:  # fmt: skip
    """A neighbour tells a worry; the id of what was told."""
    async with world.transaction() as db:
        return await telling.worry(
            db, viewer(world, by), party=about.id if about else None, who=who,
            area=area or by.area, words=words, may_name=may_name, now=world.clock(),
        )  # fmt: skip
