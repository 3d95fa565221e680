"""A full disk: people read on, what they send is refused in words, and once there is room it is taken.

The server itself refuses here, with the error of a full disk, at every write to these tables: no
quota can be had on every machine that runs the tests.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests import makers_exchanges as talks
from tests.hours.books import offences
from tests.world import World
from timebank.kernel.db import Db

pytestmark = pytest.mark.anyio

FULL = """
create function disk_is_full() returns trigger language plpgsql as $$ begin
  raise exception using errcode = 'disk_full', message = 'could not extend file: No space left';
end $$"""
TABLES = ("session", "post", "transfer", "form_key")


@asynccontextmanager
async def full_disk(owner: Db) -> AsyncIterator[None]:
    await owner.execute(FULL)
    for table in TABLES:
        await owner.execute(
            f"create trigger full_disk before insert or update on {table}"
            " for each row execute function disk_is_full()"
        )
    try:
        yield
    finally:
        await owner.execute("drop function disk_is_full() cascade")


async def test_on_a_full_disk_people_read_on_and_are_told_that_nothing_may_be_kept(
    world: World,
) -> None:
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    done = await talks.done(world, anna, piet, minutes=60)
    hers = await anna.browser()
    new = await hers.page("/posts/new?direction=need")
    yes = await hers.page(f"/exchanges/{done}/confirmation")
    world.clock.move(minutes=5)  # so that it is time to write when the session was seen
    async with full_disk(world.owner):
        for path in ("/", "/posts?direction=need", "/exchanges", "/hours", f"/exchanges/{done}"):
            assert (await hers.page(path)).h1
        for page, action in ((new, "/posts"), (yes, "/confirmation")):
            refused = await hers.submit(page, action, status=503)
            assert "is misschien niet bewaard" in refused.text
    assert await talks.balances(world, anna, piet) == [300, 300]
    kept = await hers.submit(new, "/posts", title="Wie heeft er een ladder?")
    assert "ladder" in kept.text
    await hers.submit(yes, "/confirmation")
    assert await talks.balances(world, anna, piet) == [240, 360]
    assert await offences(world.owner, world.community) == {}
