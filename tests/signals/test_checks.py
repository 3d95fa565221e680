"""Each check of the signals is silent on what really happened, and names a planted fault."""

import pytest

from tests.makers_signals import met, raised, run, signal_of, spoke
from tests.world import World
from timebank import signals
from timebank.kernel.db import load

pytestmark = pytest.mark.anyio

CHECKS = (
    "signals_only_with_a_yes", "signals_have_evidence", "signals_tell_their_story",
    "ties_are_what_was_confirmed",
)  # fmt: skip
PLANTED = [
    ("signals_only_with_a_yes",
     "update consent set answer = 'later' where community_id = $1 and party_id = $2"),
    ("signals_only_with_a_yes", "delete from consent where community_id = $1 and party_id = $2"),
    ("signals_have_evidence",
     """update signal set reasons = '[{"code": "none_lately"}]' where community_id = $1
        and party_id = $2"""),
    ("signals_have_evidence",
     """update signal_score set reasons = '[{"code": "one_lately"}, {"code": "hardly_ever"}]'
        where community_id = $1 and party_id = $2"""),
    ("signals_tell_their_story",
     "update signal set state = 'plan' where community_id = $1 and party_id = $2"),
    ("signals_tell_their_story",
     "delete from signal_step where community_id = $1 and $2::uuid is not null"),
    ("ties_are_what_was_confirmed",
     "delete from tie_meeting where community_id = $1 and other_id = $2"),
    ("ties_are_what_was_confirmed",
     "update tie_meeting set minutes = minutes + 1 where community_id = $1 and party_id = $2"),
]  # fmt: skip


async def offences(world: World) -> set[str]:
    checks = load("checks")
    return {n for n in CHECKS if await getattr(checks, n)(world.owner, community=world.community)}


@pytest.mark.parametrize(("name", "fault"), PLANTED)
async def test_a_planted_fault_is_named_and_the_truth_is_not(
    world: World, name: str, fault: str
) -> None:
    samira = await world.worker("Samira Bouali")
    bep, cor = await raised(world, "Bep Molenaar"), await raised(world, "Cor Bakker")
    await spoke(world, samira, bep)
    found = await signal_of(world, cor)
    assert found is not None
    await met(world, await world.member("Riet Smit"), bep)
    await run(world)
    assert await offences(world) == set()
    await world.owner.execute(fault, world.community, bep.id)
    assert name in await offences(world)


async def test_a_whole_life_leaves_no_offence(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    async with world.transaction() as db:
        await signals.forget(db, community=world.community, party=bep.id, now=world.clock())
    await run(world)
    assert await offences(world) == set()
