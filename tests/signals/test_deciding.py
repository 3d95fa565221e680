"""Going over to other points: a replay first, a person who decides, and the name kept."""

from typing import Any

import pytest

from tests.makers_gatherings import gathering, was_there
from tests.makers_posts import need
from tests.makers_signals import rows_about, run
from tests.world import Member, World
from timebank import deciding, signals
from timebank.kernel.dates import local_date
from timebank.kernel.refusals import NotFound
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def two(world: World) -> tuple[Member, Member]:
    """Somebody the second points name and the first do not, and the other way about."""
    samira = await world.worker("Samira Bouali")
    says = await world.member("Zegt het zelf", consent="yes")
    comes = await world.member("Komt bij de groep", consent="yes")
    world.clock.move(days=60)
    today = local_date(world.clock())
    await world.owner.execute(
        "insert into checkin (community_id, party_id, on_date, talks, wants, way, entered_by_id, at)"
        " values ($1, $2, $3, 0, 'unsure', 'page', $2, $4)",
        world.community, says.id, today, world.clock(),
    )  # fmt: skip
    for title in ("Wie gaat mee naar de markt?", "Wie breit er met mij?"):
        await need(world, comes, title)
    group = await gathering(world, samira)
    world.clock.move(days=35)
    await was_there(world, samira, group, comes)
    world.clock.move(days=8)
    await run(world)
    return says, comes


async def replay(world: World, version: int) -> signals.Replay:
    async with world.transaction() as db:
        return await signals.replay(
            db, community=world.community, version=version, now=world.clock()
        )


async def kept(world: World, table: str) -> list[Any]:
    found: list[Any] = await world.owner.fetch(
        f"select * from {table} where community_id = $1", world.community
    )
    return found


async def test_r9_a_replay_says_who_would_come_and_go_and_keeps_nothing(
    world: World, two: tuple[Member, Member]
) -> None:
    before = [await kept(world, table) for table in ("signal_score", "signal", "signal_decision")]
    found = await replay(world, 1)
    assert (found.before, found.come, found.go, found.stay) == (2, 1, 1, 0)
    found = await replay(world, 2)
    assert (found.come, found.go, found.stay) == (0, 0, 1), "the same points"
    after = [await kept(world, table) for table in ("signal_score", "signal", "signal_decision")]
    assert before == after
    with pytest.raises(NotFound):
        await replay(world, 99)


async def test_who_is_high_for_a_day_would_not_come(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes")
    world.clock.move(days=40)
    for title in ("Wie gaat mee naar de markt?", "Wie breit er met mij?"):
        await need(world, bep, title)
    world.clock.move(days=22)
    assert (await replay(world, 1)).stay == 0
    world.clock.move(days=7)
    assert (await replay(world, 1)).stay == 1


async def test_an_admin_decides_and_the_next_run_goes_by_it(
    world: World, two: tuple[Member, Member], settings: Settings
) -> None:
    says, comes = two
    bea, told = await world.admin("Bea Baas"), list[str]()

    async def points(version: int | None, by: str | None = None) -> None:
        told.clear()
        await deciding.points(settings, world.slug, version, by, now=world.clock(), say=told.append)

    await points(None)
    assert told[1].startswith("2 (now)")
    await points(1)
    assert told[0].endswith("<5 members would come, <5 would go, <5 would stay.")
    assert "Nothing was changed" in told[1] and await kept(world, "signal_decision") == []
    for number in (says.number, "12", "x"):
        with pytest.raises(deciding.Stopped):
            await points(1, number)
    await points(1, bea.number)
    [decision] = await kept(world, "signal_decision")
    assert (decision["version"], decision["decided_by_id"]) == (1, bea.id)
    assert (decision["come"], decision["go"]) == (1, 1)
    line = await world.owner.fetchrow(
        "select actor_id, detail from audit_entry where community_id = $1"
        " and act = 'signal.decided'", world.community,
    )  # fmt: skip
    assert line is not None and line["actor_id"] == bea.id
    assert (await rows_about(world, says))["signal_score"] == 1
    await run(world)
    assert (await rows_about(world, says))["signal_score"] == 0, "these points do not ask her"
    assert (await rows_about(world, comes))["signal_score"] == 1
    assert {row["version"] for row in await kept(world, "signal_score")} == {1}
    with pytest.raises(deciding.Stopped):
        await points(7)


@pytest.mark.parametrize(("people", "shown"), [(0, "<5"), (4, "<5"), (5, "5"), (61, "61")])
def test_a_small_count_of_people_is_not_told(people: int, shown: str) -> None:
    assert deciding.count_of(people) == shown
