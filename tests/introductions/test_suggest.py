"""Who is suggested to whom: each hard filter, with the same two people but for one thing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.makers_introductions import asked, chosen, introduced, stands, suggested, wishes
from tests.makers_moderation import report
from tests.makers_posts import need, offer
from tests.makers_signals import answer, as_worker, met, raised
from tests.world import Member, World
from timebank import contacts, parties
from timebank.introductions import asking
from timebank.kernel.refusals import Conflict, NotFound

pytestmark = pytest.mark.anyio


async def two(world: World, **more: Any) -> tuple[Member, Member, Member]:
    """A worker, Bep who said yes and offers knitting, and Riet who asks for it."""
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes", place_id=world.square)
    riet = await world.member("Riet Smit", place_id=world.square, **more)
    await offer(world, bep, "Ik leer u breien", category="lessons")
    await need(world, riet, "Wie leert mij breien?", category="lessons")
    return samira, bep, riet


async def names(world: World, samira: Member, bep: Member) -> list[str]:
    return [one.call_name for one in await suggested(world, samira, bep)]


async def test_a_neighbour_who_fits_is_suggested_with_the_reasons(world: World) -> None:
    samira, bep, _riet = await two(world)
    [found] = await suggested(world, samira, bep)
    assert [reason.code for reason in found.reasons] == ["gives", "same_place"]


async def test_never_more_than_three(world: World) -> None:
    samira, bep, _riet = await two(world)
    for name in ("Cor Vos", "Dina Pot", "Eef Bos", "Fien Kok"):
        await world.member(name, place_id=world.square)
    assert len(await suggested(world, samira, bep)) == 3
    assert (await names(world, samira, bep))[0] == "Riet"


Spoil = Callable[[World, Member, Member, Member], Awaitable[object]]


async def _block(world: World, one: Member, other: Member) -> None:
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=one.id, blocked=other.id, by=one.id,
            now=world.clock(),
        )  # fmt: skip


async def _hide(world: World, member: Member) -> None:
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=member.id, hidden=True)


async def _pause(world: World, member: Member) -> None:
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=member.id, state="paused",
            from_states=("active",), by=member.id, now=world.clock(),
            paused_until=world.clock().date(),
        )  # fmt: skip


async def _household(world: World, one: Member, other: Member) -> None:
    home = one.id
    await world.owner.execute(
        "insert into household (community_id, id, made_at) values ($1, $2, now())",
        world.community, home,
    )  # fmt: skip
    await world.owner.execute(
        "update person set household_id = $2 where community_id = $1 and party_id in ($2, $3)",
        world.community, home, other.id,
    )  # fmt: skip


async def _aside(world: World, samira: Member, riet: Member) -> None:
    async with world.transaction() as db:
        await contacts.step_aside(db, as_worker(world, samira), riet.id, now=world.clock())


async def _set(world: World, member: Member, column: str, value: Any) -> None:
    await world.owner.execute(
        f"update person set {column} = $3 where community_id = $1 and party_id = $2",
        world.community, member.id, value,
    )  # fmt: skip


async def _asked_twice(world: World, samira: Member, riet: Member) -> None:
    for name in ("Cor Vos", "Dina Pot"):
        member = await world.member(name, consent="yes", place_id=world.square)
        id_ = await chosen(world, samira, member, riet)
        await asked(world, samira, id_, "yes", "no")


FILTERS: dict[str, Spoil] = {
    "she blocked": lambda w, s, b, r: _block(w, b, r),
    "was blocked": lambda w, s, b, r: _block(w, r, b),
    "already met": lambda w, s, b, r: met(w, b, r, days_ago=30),
    "reported": lambda w, s, b, r: report(w, b, "party", r.id),
    "was reported": lambda w, s, b, r: report(w, r, "party", b.id),
    "one household": lambda w, s, b, r: _household(w, b, r),
    "hidden": lambda w, s, b, r: _hide(w, r),
    "she is hidden": lambda w, s, b, r: _hide(w, b),
    "wants nobody new": lambda w, s, b, r: wishes(w, r, "no"),
    "she wants nobody new": lambda w, s, b, r: wishes(w, b, "no"),
    "a minor": lambda w, s, b, r: _set(w, r, "birth_year", 2010),
    "she is a minor": lambda w, s, b, r: _set(w, b, "birth_year", 2010),
    "too far": lambda w, s, b, r: _set(w, r, "place_id", w.flat),
    "another neighbourhood": lambda w, s, b, r: _set(w, r, "area_id", w.south),
    "not wished": lambda w, s, b, r: _set(w, b, "dislikes", "Geen breien"),
    "the worker stepped aside": lambda w, s, b, r: _aside(w, s, r),
    "resting": lambda w, s, b, r: _pause(w, r),
    "a worker": lambda w, s, b, r: w._grant(r, "worker", w.south),
    "asked twice this month": lambda w, s, b, r: _asked_twice(w, s, r),
    "she took the yes back": lambda w, s, b, r: answer(w, b, "no"),
    "she said later": lambda w, s, b, r: answer(w, b, "later"),
}


@pytest.mark.parametrize("spoil", FILTERS.values(), ids=FILTERS)
async def test_nobody_is_suggested_across_a_filter(world: World, spoil: Spoil) -> None:
    samira, bep, riet = await two(world)
    assert await names(world, samira, bep) == ["Riet"]
    await spoil(world, samira, bep, riet)
    assert "Riet" not in await names(world, samira, bep)
    by = as_worker(world, samira)
    async with world.transaction() as db:
        person = await contacts.person_for(db, by, bep.id)
        with pytest.raises(Conflict):
            await asking.choose(db, by, person, riet.id, now=world.clock())


async def test_without_an_answer_nothing_is_looked_for(world: World) -> None:
    samira, _bep, riet = await two(world)
    assert await suggested(world, samira, riet) == []


async def test_an_untaken_signal_shows_nobody(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar", place_id=world.square)
    await world.member("Riet Smit", place_id=world.square)
    assert await suggested(world, samira, bep) == []


async def test_two_are_not_suggested_again_within_ninety_days(world: World) -> None:
    samira, bep, riet = await two(world)
    by = as_worker(world, samira)
    async with world.transaction() as db:
        person = await contacts.person_for(db, by, bep.id)
        await asking.pass_over(db, by, person, riet.id, now=world.clock())
    for days, expected in ((89, []), (1, ["Riet"])):
        world.clock.move(days=days)
        await world.owner.execute(
            "update post set expires_on = $2 where community_id = $1",
            world.community, world.clock().date(),
        )  # fmt: skip
        assert await names(world, samira, bep) == expected


async def test_who_were_introduced_are_never_suggested_again(world: World) -> None:
    samira, bep, riet = await two(world)
    id_ = await introduced(world, samira, bep, riet)
    async with world.transaction() as db:
        await asking.close(db, as_worker(world, samira), id_, "not_met", now=world.clock())
    world.clock.move(days=120)
    assert (await stands(world, id_)).outcome == "not_met"
    assert await names(world, samira, bep) == []


async def test_who_knows_somebody_she_knows_and_welcomes_is_said(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    world.clock.move(days=10)
    bep, cor = [await world.member(n, consent="yes") for n in ("Bep Molenaar", "Cor Vos")]
    await met(world, riet, cor)
    await met(world, bep, cor)
    [found] = await suggested(world, samira, bep)
    assert (found.id, [r.code for r in found.reasons]) == (riet.id, ["friend", "welcoming"])


async def test_a_worker_elsewhere_gets_nobody(world: World) -> None:
    _samira, bep, riet = await two(world)
    with pytest.raises(NotFound):
        await chosen(world, await world.worker("Evert Post", world.south), bep, riet)
