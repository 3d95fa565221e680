"""Notes of talks: who may read and write them, what is kept, and where the words stand."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.makers_posts import viewer
from tests.makers_signals import as_worker, notes_of, spoke
from tests.world import Member, World
from timebank import contacts, parties
from timebank.contacts import wording
from timebank.contacts.model import heard
from timebank.kernel.dates import local_date
from timebank.kernel.refusals import Conflict, NotFound
from timebank.web.viewer import Role

pytestmark = pytest.mark.anyio


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


@pytest.fixture
async def wim(world: World) -> Member:
    return await world.member("Wim Kuipers")


async def sees(world: World, who: Any, member: Member) -> bool:
    async with world.transaction() as db:
        try:
            await contacts.person_for(db, who, member.id)
        except NotFound:
            return False
    return True


async def test_only_a_worker_of_that_neighbourhood_in_their_own_name_sees_a_member(
    world: World, samira: Member, wim: Member
) -> None:
    evert, fatima = await world.worker("Evert Post", world.south), await world.admin("Fatima Zahra")
    anna = await world.member("Anna de Vries")
    assert await sees(world, as_worker(world, samira), wim)
    assert not await sees(world, as_worker(world, evert, world.south), wim)
    assert not await sees(world, viewer(world, fatima, roles=(Role("admin"),)), wim)
    assert not await sees(world, viewer(world, anna), wim)
    assert not await sees(world, as_worker(world, wim), wim), "not oneself"
    acting = viewer(world, samira, roles=(Role("worker", world.north),), acting_for=anna)
    assert not await sees(world, acting, wim)
    with pytest.raises(NotFound):
        async with world.transaction() as db:
            await contacts.person_for(db, as_worker(world, samira), uuid4())


@pytest.mark.parametrize("state", ["left", "deceased"])
async def test_who_is_not_here_any_more_has_no_page(
    world: World, samira: Member, wim: Member, state: Any
) -> None:
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=wim.id, state=state, from_states=("active",),
            by=None, now=world.clock(),
        )  # fmt: skip
    assert not await sees(world, as_worker(world, samira), wim)


async def test_the_words_stand_apart_from_the_fact_and_nowhere_in_the_log(
    world: World, samira: Member, wim: Member
) -> None:
    await spoke(world, samira, wim, words="Zijn heup doet zeer.")
    [note] = await notes_of(world, wim)
    assert (note.words, note.by_name, note.purpose) == (
        "Zijn heup doet zeer.", "Samira Bouali", "practical",
    )  # fmt: skip
    log = await world.owner.fetchval(
        "select string_agg(e::text, ' ') from audit_entry e where community_id = $1",
        world.community,
    )
    assert "heup" not in log and "Wim" not in log
    acts = await world.owner.fetch(
        "select act from audit_entry where community_id = $1 and subject_id = $2"
        " and actor_id = $3", world.community, wim.id, samira.id,
    )  # fmt: skip
    assert "contact.noted" in {row["act"] for row in acts}


async def test_a_note_says_on_what_ground_it_was_made(world: World, samira: Member) -> None:
    for answer, purpose in (("yes", "attention"), ("no", "practical"), (None, "practical")):
        member = await world.member(f"Deelnemer {answer}", consent=answer)
        await spoke(world, samira, member)
        assert [n.purpose for n in await notes_of(world, member)] == [purpose]


async def test_the_database_refuses_a_talk_with_oneself_and_a_wish_nobody_said(
    world: World, samira: Member, wim: Member
) -> None:
    await spoke(world, samira, wim)
    for fault in ("by_id = party_id", "outcome = 'not_reached', wish = 'meet'", "owner_id = by_id"):
        with pytest.raises(asyncpg.CheckViolationError):
            await world.owner.execute(
                f"update contact set {fault} where community_id = $1", world.community
            )


async def test_a_follow_up_goes_to_a_colleague_and_not_to_a_stranger(
    world: World, samira: Member, wim: Member
) -> None:
    joris, evert = await world.worker("Joris Blom"), await world.worker("Evert Post", world.south)
    later = local_date(world.clock()) + timedelta(days=7)
    await spoke(world, samira, wim, follow_up_on=later)
    [note] = await notes_of(world, wim)
    async with world.transaction() as db:
        mine = as_worker(world, samira)
        with pytest.raises(Conflict):
            await contacts.hand_over(db, mine, note.id, to=evert.id, aside=False, now=world.clock())
    async with world.transaction() as db:
        await contacts.hand_over(db, mine, note.id, to=joris.id, aside=True, now=world.clock())
        assert await contacts.due_for(db, mine) == [], "stepped aside: no line any more"
        [due] = await contacts.due_for(db, as_worker(world, joris))
        assert due.owner_name == "Joris Blom"
    assert not await sees(world, mine, wim)


async def test_a_member_who_became_a_worker_has_no_line_about_herself(
    world: World, samira: Member, wim: Member
) -> None:
    later = local_date(world.clock()) + timedelta(days=7)
    await spoke(world, samira, wim, follow_up_on=later)
    async with world.transaction() as db:
        assert await contacts.due_for(db, as_worker(world, wim)) == []
        assert len(await contacts.due_for(db, as_worker(world, samira))) == 1


def test_how_it_went_is_one_answer_for_way_and_outcome() -> None:
    for said in ("call", "visit", "walk_in", "street", "card", "call_missed", "visit_missed"):
        note = contacts.Note(heard=said, held_on=date(2026, 3, 10))
        assert heard(note.way, note.outcome) == said
        assert wording.heard_words(note.heard)
