"""The checks of the books notice what no action of ours would do: each fault is planted once."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from tests import makers_exchanges as makers
from tests.world import World
from timebank.kernel.db import SQL_DIR, load

pytestmark = pytest.mark.anyio
NAMES = [
    name for name in re.findall(r"^-- name: (\w+)", Path(SQL_DIR / "checks.sql").read_text(), re.M)
    if name.startswith("exchanges_")
]  # fmt: skip


async def _offences(world: World) -> dict[str, int]:
    checks = load("checks")
    return {
        name: len(await getattr(checks, name)(world.owner, community=world.community))
        for name in NAMES
    }


FAULTS = {
    "exchanges_confirmed_are_booked_once": [
        "update exchange set minutes = minutes + 15 where community_id = $1 and id = $2",
        "update exchange set mode = 'gift' where community_id = $1 and id = $2",
        "update exchange set state = 'closed', end_reason = 'other', minutes = null,"
        " confirmed_at = null, booked_by = null where community_id = $1 and id = $2",
    ],
    "exchanges_bookings_have_their_exchange": [
        "with gone as (delete from message where community_id = $1 and exchange_id = $2),"
        " p as (delete from exchange_party where community_id = $1 and exchange_id = $2),"
        " q as (delete from exchange_proposal where community_id = $1 and exchange_id = $2),"
        " t as (delete from tie_meeting where community_id = $1 and exchange_id = $2)"
        " delete from exchange where community_id = $1 and id = $2",
    ],
    "exchanges_open_have_owner_and_date": [],
    "exchanges_have_two_sides": [
        "delete from exchange_party where community_id = $1 and exchange_id = $2"
        " and party_id = (select claimed_by_id from exchange where community_id = $1 and id = $2)",
        "update exchange_party set gives = false, gets = true"
        " where community_id = $1 and exchange_id = $2",
    ],
}


async def test_the_checks_are_silent_and_see_each_planted_fault(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.confirmed(world, ria, ahmed)
    assert set(NAMES) == set(FAULTS)
    assert set((await _offences(world)).values()) == {0}
    for name, faults in FAULTS.items():
        for fault in faults:
            assert await _seen(world, fault, id_, name), fault
    assert set((await _offences(world)).values()) == {0}


async def _seen(world: World, fault: str, id_: UUID, name: str) -> bool:
    tried = world.owner.transaction()
    await tried.start()
    try:
        await world.owner.execute(fault, world.community, id_)
        return (await _offences(world))[name] > 0
    finally:
        await tried.rollback()


async def test_without_owner_or_date_the_database_itself_refuses(world: World) -> None:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.talk(world, ria, ahmed)
    for column in ("owner_id", "due_on", "next_action"):
        with pytest.raises(Exception, match="exchange_open_has_owner"):
            await world.owner.execute(
                f"update exchange set {column} = null where community_id = $1 and id = $2",
                world.community, id_,
            )  # fmt: skip
    # The check sees it too, where the constraint was taken away (and put back by the rollback).
    tried = world.owner.transaction()
    await tried.start()
    await world.owner.execute("alter table exchange drop constraint exchange_open_has_owner")
    await world.owner.execute(
        "update exchange set due_on = null where community_id = $1 and id = $2",
        world.community, id_,
    )  # fmt: skip
    assert (await _offences(world))["exchanges_open_have_owner_and_date"] == 1
    await tried.rollback()
