"""What is past its term is gone after the daily work; `timebank check` says what is not."""

from datetime import timedelta

import pytest

from tests.house.rows import a_row_everywhere, put
from tests.world import World
from timebank import operate, worker
from timebank.kernel import chores
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, Pool, load, names_of

pytestmark = pytest.mark.anyio
OLD = {
    "contact_words", "signal", "checkin", "signal_mute", "signal_told_words", "introduction",
    "report_words", "audit_entry", "draft", "session",
}  # fmt: skip
YEARS = 6


async def past_term(owner: Db, world: World) -> set[str]:
    """Tables with rows that should be gone."""
    asked = operate.TERMS | {"community": world.community, "today": local_date(world.clock())}
    terms = load("terms")
    return {
        row["kept"]
        for name in names_of(terms)
        for row in await getattr(terms, name)(owner, **asked)
    }


async def live_long_ago(world: World) -> None:
    """Somebody with everything that has a term, years back."""
    world.clock.move(days=-365 * YEARS)
    now, today = world.clock(), local_date(world.clock())
    soon = today + timedelta(days=9)
    worker_ = await world.worker("Samira Bouali")
    annie, other = await world.member("Annie de Vries", consent="yes"), await world.member("Bram")
    await a_row_everywhere(world, annie, other, worker_)
    await put(
        world,
        "checkin",
        party_id=annie.id,
        on_date=today,
        way="page",
        entered_by_id=annie.id,
        at=now,
    )
    await put(
        world, "signal_mute", party_id=annie.id, said_on=today, until_on=soon,
        reason="not_now",
    )  # fmt: skip
    await world.owner.execute(
        "update report set closed_at = $1, outcome = 'talked', closed_by_id = $2 where community_id = $3",
        now,
        worker_.id,
        world.community,
    )
    await world.owner.execute(
        "update signal_told set done_at = $1 where community_id = $2", now, world.community
    )
    await world.owner.execute(  # its planted reason is none
        "delete from signal_score where community_id = $1", world.community
    )
    await (await worker_.browser()).page(f"/parties/{annie.id}/admin")


async def test_r6_what_is_past_its_term_is_named_and_the_daily_work_throws_it_away(
    world: World, owner: Db, work_pool: Pool
) -> None:
    await live_long_ago(world)
    assert await past_term(owner, world) == set()
    world.clock.move(days=365 * YEARS)
    assert await past_term(owner, world) == OLD
    for _day in range(2):  # what becomes old in one chore is thrown away by the next day's
        world.clock.move(days=1)
        for chore in worker.CHORES:
            await chores.run(work_pool, community=world.community, chore=chore, now=world.clock())
    assert await past_term(owner, world) == set()
