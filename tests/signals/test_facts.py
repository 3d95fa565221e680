"""What the rule is told of a member: every input of it, read from the tables, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from tests.makers_gatherings import gathering, was_there
from tests.makers_posts import need
from tests.makers_signals import met, rows_about, run, signal_of
from tests.world import Member, World
from timebank import exchanges, parties
from timebank.exchanges import By
from timebank.kernel.dates import local_date
from timebank.kernel.ids import new_id
from timebank.signals import run_store
from timebank.signals.model import Judged
from timebank.signals.rule import judge

pytestmark = pytest.mark.anyio


async def known(world: World, member: Member) -> Judged | None:
    """What the rule knows of this member today; None when it may not look."""
    today = local_date(world.clock())
    async with world.transaction() as db:
        everybody = {f.party_id: f for f in await run_store.facts(db, world.community, today)}
        alone = await run_store.facts(db, world.community, today, member.id)
    assert alone == [everybody[member.id]] if member.id in everybody else alone == []
    return everybody.get(member.id)


async def facts(world: World, member: Member) -> Judged:
    found = await known(world, member)
    assert found is not None, "she may be judged"
    return found


async def codes(world: World, member: Member) -> set[str]:
    verdict = judge(await facts(world, member), local_date(world.clock()))
    return {reason.code for reason in verdict.reasons}


async def says(world: World, member: Member, talks: int | None, wants: str | None) -> None:
    """What she answers to the two questions, today."""
    await world.owner.execute(
        "insert into checkin (community_id, party_id, on_date, talks, wants, way, entered_by_id, at)"
        " values ($1, $2, $3, $4, $5, 'page', $2, $6)",
        world.community, member.id, local_date(world.clock()), talks, wants, world.clock(),
    )  # fmt: skip


async def objects(world: World, member: Member, days: int) -> None:
    today = local_date(world.clock())
    await world.owner.execute(
        "insert into signal_mute (community_id, party_id, said_on, until_on, reason)"
        " values ($1, $2, $3, $4, 'not_now')",
        world.community, member.id, today, today + timedelta(days=days),
    )  # fmt: skip


@pytest.fixture
async def bep(world: World) -> Member:
    """A member who said yes and whose first six weeks are over."""
    member = await world.member("Bep Molenaar", consent="yes")
    world.clock.move(days=60)
    return member


async def test_who_was_at_a_group_has_that_reason_and_only_the_newest_day(
    world: World, bep: Member
) -> None:
    samira, riet = await world.worker("Samira Bouali"), await world.member("Riet Smit")
    coffee = await gathering(world, samira, "Koffieochtend", days_ago=21)
    await was_there(world, samira, coffee, bep, riet, on=local_date(world.clock()) - timedelta(7))
    await was_there(world, samira, coffee, bep, on=local_date(world.clock()))
    found = await facts(world, bep)
    assert (found.group_on, found.group_title) == (local_date(world.clock()), "Koffieochtend")
    assert "was_there" in await codes(world, bep)
    assert found.lately == found.ever == 0, "merely attending is no tie"
    world.clock.move(days=64)
    assert "was_there" not in await codes(world, bep)
    assert (await facts(world, bep)).group_on == local_date(world.clock()) - timedelta(days=64)
    world.clock.move(days=395 - 64)
    assert (await facts(world, bep)).group_on is None, "thirteen months are kept"


async def test_what_she_says_herself_counts_the_newest_for_half_a_year(
    world: World, bep: Member
) -> None:
    await says(world, bep, 3, "no")
    world.clock.move(days=91)
    await says(world, bep, 0, "yes")
    found = await facts(world, bep)
    assert (found.said_on, found.talks, found.wants) == (local_date(world.clock()), 0, "yes")
    assert {"talked_none", "wants_more"} <= await codes(world, bep)
    world.clock.move(days=182)
    assert "wants_more" in await codes(world, bep)
    world.clock.move(days=1)
    assert (await facts(world, bep)).said_on is None
    assert not {"talked_none", "wants_more"} & await codes(world, bep)


async def test_an_objection_rests_until_its_day_unless_she_asks_since(
    world: World, bep: Member
) -> None:
    await world.worker("Samira Bouali")
    await objects(world, bep, 90)
    world.clock.move(days=1)
    assert (await facts(world, bep)).muted_on == local_date(world.clock()) - timedelta(days=1)
    for title in ("Wie gaat mee naar de markt?", "Wie breit er met mij?"):
        await need(world, bep, title)
    for _week in range(6):
        world.clock.move(days=7)
        await run(world)
    assert await rows_about(world, bep) == {"signal": 0, "signal_score": 0, "contact": 0}
    await says(world, bep, 2, "yes")
    await run(world)
    found = await signal_of(world, bep)
    assert found is not None and found.lane == "asks"
    world.clock.move(days=60)
    assert (await facts(world, bep)).muted_on is None, "it is over"


async def test_who_is_away_is_not_judged_nor_in_the_four_weeks_after(
    world: World, bep: Member
) -> None:
    async def becomes(state: Any, before: Any) -> None:
        async with world.transaction() as db:
            await parties.set_state(
                db, community=world.community, party=bep.id, state=state, by=bep.id,
                from_states=(before,), now=world.clock(),
            )  # fmt: skip

    assert await known(world, bep) is not None
    await becomes("paused", "active")
    assert await known(world, bep) is None
    world.clock.move(days=100)
    assert await known(world, bep) is None
    await becomes("active", "paused")
    world.clock.move(days=27)
    assert await known(world, bep) is None
    world.clock.move(days=1)
    assert await known(world, bep) is not None


async def test_six_weeks_of_grace_end_on_the_day(world: World) -> None:
    nel = await world.member("Nieuwe Nel", consent="yes")
    world.clock.move(days=41)
    assert await known(world, nel) is None
    world.clock.move(days=1)
    assert await known(world, nel) is not None


async def test_her_own_household_a_worker_and_an_organisation_are_no_contact(
    world: World, bep: Member
) -> None:
    samira = await world.worker("Samira Bouali")
    piet, club = await world.member("Piet Molenaar"), await world.member("Zorggroep Noord")
    home = new_id()
    await world.owner.execute(
        "insert into household values ($1, $2, $3)", world.community, home, world.clock()
    )
    await world.owner.execute(
        "update person set household_id = $1 where community_id = $2 and party_id = any($3)",
        home, world.community, [bep.id, piet.id],
    )  # fmt: skip
    await world.owner.execute(
        "update party set kind = 'organisation' where community_id = $1 and id = $2",
        world.community, club.id,
    )  # fmt: skip
    for other in (piet, samira, club):
        await met(world, other, bep)
    found = await facts(world, bep)
    assert (found.lately, found.long, found.ever, found.last_on) == (0, 0, 0, None)
    assert found.staff_meetings == 2
    assert {"none_lately", "staff_only"} <= await codes(world, bep)


async def test_when_all_her_contacts_left_or_died_that_is_the_reason(
    world: World, bep: Member
) -> None:
    riet, jan = await world.member("Riet Smit"), await world.member("Jan Prins")
    for other in (riet, jan):
        await met(world, other, bep)
    for other, state in ((riet, "left"), (jan, "deceased")):
        assert "gone" not in await codes(world, bep)
        async with world.transaction() as db:
            await parties.set_state(
                db, community=world.community, party=other.id, state=state,
                from_states=("active",), by=None, now=world.clock(),
            )  # fmt: skip
    found = await facts(world, bep)
    assert (found.long, found.long_gone, found.lately, found.ever) == (0, 2, 0, 2)
    assert "gone" in await codes(world, bep)
    world.clock.move(days=181)
    assert "gone" not in await codes(world, bep), "half a year later that is how it is"


async def test_one_neighbour_who_carries_it_all_is_seen(world: World, bep: Member) -> None:
    riet, jan = await world.member("Riet Smit"), await world.member("Jan Prins")
    for days in (3, 2, 1):
        await met(world, riet, bep, minutes=120, days_ago=days)
    await met(world, jan, bep, minutes=60, days_ago=120)
    found = await facts(world, bep)
    assert (found.lately, found.long, found.long_minutes, found.top_minutes) == (1, 2, 420, 360)
    assert "one_person" in await codes(world, bep)
    await met(world, jan, bep, minutes=60)
    assert "one_person" not in await codes(world, bep)


async def test_needs_count_from_three_weeks_to_half_a_year_and_an_answer_of_a_neighbour_does(
    world: World, bep: Member
) -> None:
    samira, riet = await world.worker("Samira Bouali"), await world.member("Riet Smit")
    soup = await need(world, bep, "Wie kookt er soep met mij?")
    walk = await need(world, bep, "Wie gaat er mee wandelen?")
    world.clock.move(days=20)
    assert (await facts(world, bep)).asked == 0
    world.clock.move(days=1)
    assert ((await facts(world, bep)).asked, (await facts(world, bep)).unanswered) == (2, 2)
    for helper, post in ((samira, walk), (riet, soup)):
        async with world.transaction() as db:
            await exchanges.begin(
                db, By(world.community, helper.id, helper.id), other=bep.id, title="Samen",
                mode="gift", gives=True, gets=False, area=bep.area, post=post, now=world.clock(),
            )  # fmt: skip
        left = (await facts(world, bep)).unanswered
        assert left == (2 if helper is samira else 1), "a worker's answer is none"
    world.clock.move(days=180 - 21)
    assert (await facts(world, bep)).asked == 2
    world.clock.move(days=1)
    assert (await facts(world, bep)).asked == 0
