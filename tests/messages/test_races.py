"""A first word at the very moment that the two are kept apart, or one of them is kept out."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import makers_exchanges as talks
from tests.makers_membership import suspend
from tests.makers_posts import need, viewer
from tests.world import Member, World
from timebank import exchanges, messages, posts
from timebank.exchanges import chasing, due
from timebank.kernel.db import Db
from timebank.kernel.refusals import Conflict, Refusal
from timebank.membership import blocking
from timebank.messages import many
from timebank.web.viewer import Role

pytestmark = pytest.mark.anyio


async def block(world: World, who: Member, other: Member) -> None:
    async with world.transaction() as db:
        await blocking.block(db, viewer(world, who), other.id, now=world.clock())


async def reply(db: Db, world: World, who: Member, post: posts.Post) -> UUID:
    return await messages.reply(db, viewer(world, who), post, "Dag!", now=world.clock())


async def open_ones(world: World) -> list[Any]:
    rows = await world.owner.fetch(
        "select next_action from exchange where community_id = $1 and state = 'talking'",
        world.community,
    )
    return [row["next_action"] for row in rows]


@pytest.mark.parametrize("first", ["reply", "block", "suspend"])
async def test_a_first_word_and_a_block_or_suspension_at_once(world: World, first: str) -> None:
    """Whichever comes first: no talk is left between two who shall not meet but with a worker."""
    await world.worker("Samira Bouali")
    admin = await world.admin("Joris Smit")
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    wish = await need(world, ria, "Wie snoeit mijn heg?")
    kept_out: Callable[[], Awaitable[None]] = (
        (lambda: suspend(world, admin, ria)) if first == "suspend"
        else (lambda: block(world, ria, ahmed))
    )  # fmt: skip
    async with world.transaction() as db:
        seen = await posts.post_for(db, viewer(world, ahmed), wish, now=world.clock())
        if first == "reply":
            await reply(db, world, ahmed, seen)
            later = asyncio.create_task(kept_out())
            await asyncio.sleep(0.3)
        else:
            await kept_out()
            with pytest.raises(Refusal):
                await reply(db, world, ahmed, seen)
    if first == "reply":
        await later
    assert await open_ones(world) == (["take_over"] if first == "reply" else [])


async def test_a_series_agreed_to_during_a_block_lies_with_a_worker_with_all_its_dates(
    world: World,
) -> None:
    await world.worker("Samira Bouali")
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await talks.talk(world, ria, ahmed)
    until = world.clock().date() + timedelta(days=30)
    proposal = await talks.propose(world, id_, ahmed, every="week", until_on=until)
    async with world.transaction() as db:
        await exchanges.agree(db, talks.by(world, ria), id_, proposal=proposal, now=world.clock())
        later = asyncio.create_task(block(world, ria, ahmed))
        await asyncio.sleep(0.3)
    await later
    rows = await world.owner.fetch(
        "select next_action from exchange where community_id = $1", world.community
    )
    assert {row["next_action"] for row in rows} == {"take_over"} and len(rows) > 3


async def test_what_waited_does_not_go_out_for_who_is_kept_out_or_to_who_shall_not_meet(
    world: World,
) -> None:
    samira, admin = await world.worker("Samira Bouali"), await world.admin("Joris Smit")
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    bram = await world.member("Bram Bakker")
    wishes = [await need(world, one, "Wie helpt?") for one in (ria, bram)]
    for wish, to in zip(wishes, (ria, bram), strict=True):
        async with world.transaction() as db:
            await many._hold(
                db, viewer(world, ahmed), to.id, "Koop bij mij!", world.clock(), post=wish
            )
    await block(world, ria, ahmed)
    by = viewer(world, samira, roles=(Role("worker", world.north),))
    await send_on(world, by, "kan niet meer verder", to=ria)
    await suspend(world, admin, ahmed)
    await send_on(world, by, "staat er niet meer", to=bram)
    assert await open_ones(world) == []


async def send_on(world: World, by: Any, says: str, *, to: Member) -> None:
    id_ = await world.owner.fetchval(
        "select id from message_held where community_id = $1 and to_id = $2", world.community, to.id
    )
    with pytest.raises(Conflict, match=says):
        async with world.transaction() as db:
            await many.send_on(db, by, id_, now=world.clock())


async def test_what_is_called_off_meanwhile_is_not_announced(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await talks.planned(world, ria, ahmed)
    world.clock.move(days=1, hours=2)
    looked_up = due.to_announce

    async def then_called_off(*args: Any, **more: Any) -> list[exchanges.Exchange]:
        found = await looked_up(*args, **more)
        async with world.transaction() as db:
            await exchanges.cancel(
                db, talks.by(world, ria), id_, reason="ill", words="", now=world.clock()
            )
        return found

    monkeypatch.setattr(chasing.due, "to_announce", then_called_off)
    assert (await talks.chase(world)).announced == 0
    assert "tomorrow" not in await talks.told(world, ahmed) + await talks.told(world, ria)


async def test_who_says_it_is_done_during_an_erasure_does_not_lose_the_time(world: World) -> None:
    """What was asked for before is waited for; what comes after finds it over, and says so."""
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await talks.planned(world, ria, ahmed, on_date=world.clock().date())
    async with world.transaction() as db:
        await exchanges.hold_open(db, community=world.community, party=ria.id)
        assert not await exchanges.unsettled(db, community=world.community, party=ria.id)
        later = asyncio.create_task(talks.say_done(world, id_, ahmed))
        await asyncio.sleep(0.3)
        await exchanges.end_all(db, community=world.community, party=ria.id, now=world.clock())
    with pytest.raises(Conflict):
        await later
    assert (await talks.found(world, id_, ahmed)).state == "closed"
