"""Makers of exchanges: through the real actions, as members with a session would."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from tests import makers_posts
from tests.world import Member, World
from timebank import exchanges, hours, messages, posts
from timebank.exchanges import By, Exchange, Plan


def by(world: World, member: Member, hand: Member | None = None) -> By:
    """This member, or somebody else's hand for them."""
    return By(world.community, member.id, (hand or member).id)


async def talk(world: World, asker: Member, helper: Member, title: str = "Heg snoeien") -> UUID:
    """`asker` needs something, `helper` answered; the exchange's id."""
    need = await makers_posts.need(world, asker, title)
    return await answer(world, need, helper)


async def answer(
    world: World, post: UUID, member: Member, words: str = "Dag, ik help graag."
) -> UUID:
    """`member` answers a post; the exchange's id."""
    viewer = makers_posts.viewer(world, member)
    async with world.transaction() as db:
        found = await posts.post_for(db, viewer, post, now=world.clock())
        return await messages.reply(db, viewer, found, words, now=world.clock())


async def propose(world: World, id_: UUID, who: Member, **more: Any) -> UUID:
    """A proposal for the day after tomorrow at ten, for an hour, unless said otherwise."""
    plan = Plan(
        **{
            "minutes": 60, "on_date": world.clock().date() + timedelta(days=2),
            "at_time": time(10, 0), **more,
        }
    )  # fmt: skip
    async with world.transaction() as db:
        return await exchanges.propose(db, by(world, who), id_, plan, now=world.clock())


async def agree(world: World, id_: UUID, who: Member, proposal: UUID) -> None:
    """Yes."""
    async with world.transaction() as db:
        await exchanges.agree(db, by(world, who), id_, proposal=proposal, now=world.clock())


async def planned(
    world: World, asker: Member, helper: Member, title: str = "Heg snoeien", **more: Any
) -> UUID:
    """An appointment: proposed by the helper, accepted by the asker."""
    id_ = await talk(world, asker, helper, title)
    proposal = await propose(world, id_, helper, **more)
    await agree(world, id_, asker, proposal)
    return id_


async def done(
    world: World, asker: Member, helper: Member, *, minutes: int = 60, day: date | None = None,
    title: str = "Heg snoeien",
) -> UUID:  # fmt: skip
    """The helper says it is done."""
    today = world.clock().date()
    id_ = await planned(world, asker, helper, title, on_date=today, minutes=60)
    await say_done(world, id_, helper, minutes=minutes, day=day)
    return id_


async def say_done(
    world: World, id_: UUID, who: Member, *, minutes: int = 60, day: date | None = None
) -> None:
    """It was done, and took so long."""
    async with world.transaction() as db:
        await exchanges.say_done(
            db, by(world, who), id_, minutes=minutes, done_on=day or world.clock().date(),
            thanks="", now=world.clock(),
        )  # fmt: skip


async def confirmed(
    world: World, asker: Member, helper: Member, *, minutes: int = 60, title: str = "Heg snoeien"
) -> UUID:
    """The whole way: asked, agreed, done, confirmed."""
    id_ = await done(world, asker, helper, minutes=minutes, title=title)
    async with world.transaction() as db:
        await exchanges.confirm(
            db, by(world, asker), id_, minutes=minutes, round_=1, now=world.clock()
        )
    return id_


async def found(world: World, id_: UUID, who: Member) -> Exchange:
    """The exchange as one of its parties has it."""
    async with world.transaction() as db:
        return await exchanges.for_party(db, by(world, who), id_)


async def confirm(
    world: World, id_: UUID, who: Member, *, minutes: int = 60, round_: int = 1
) -> bool:
    """Yes to these minutes."""
    async with world.transaction() as db:
        return await exchanges.confirm(
            db, by(world, who), id_, minutes=minutes, round_=round_, now=world.clock()
        )


async def disagree(
    world: World, id_: UUID, who: Member, *, minutes: int | None, round_: int = 1, words: str = ""
) -> None:
    """No, it was different."""
    async with world.transaction() as db:
        await exchanges.disagree(
            db, by(world, who), id_, minutes=minutes, words=words, round_=round_, now=world.clock()
        )


async def chase(world: World) -> exchanges.Chased:
    """What the calendar asks now, and the bookings it wrote down."""
    async with world.transaction() as db:
        done = await exchanges.chase(db, community=world.community, now=world.clock())
    return done


async def balances(world: World, *members: Member) -> list[int]:
    """Minutes of each of these."""
    async with world.transaction() as db:
        return [
            (
                await hours.balance(
                    db, community=world.community, party=member.id, now=world.clock()
                )
            ).minutes
            for member in members
        ]


async def transfers(world: World, id_: UUID) -> int:
    """How often hours moved for this exchange."""
    return await world.owner.fetchval(
        "select count(*) from transfer where community_id = $1 and exchange_id = $2"
        " and kind = 'exchange'",
        world.community, id_,
    )  # fmt: skip


async def told(world: World, member: Member) -> list[str]:
    """Kinds of the notices this member got, oldest first."""
    rows = await world.owner.fetch(
        "select kind from notice where community_id = $1 and party_id = $2"
        " and withdrawn_at is null order by id",
        world.community, member.id,
    )  # fmt: skip
    return [row["kind"] for row in rows]
