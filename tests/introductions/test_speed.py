"""Suggestions come at once in a community of two thousand: nobody is compared with everybody."""

import statistics
import time
from datetime import timedelta

import pytest

from tests.makers_introductions import suggested
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

MEMBERS = 2000
MOST_MS = 100


async def fill(world: World) -> None:
    """Two thousand members at sixty places, each with a post and some four appointments."""
    run, here = world.owner.execute, (world.community, world.north)
    now = world.clock()
    await run(
        "insert into place (community_id, id, area_id, name, sort_name, x_m, y_m)"
        " select $1, md5('p' || n)::uuid, $2, 'Plek ' || n, 'plek ' || n, n * 37 % 2600, n * 91 % 2600"
        " from generate_series(1, 60) n", *here,
    )  # fmt: skip
    await run(
        "insert into party (community_id, id, number, kind, state, state_at, applied_at, admitted_at)"
        " select $1, md5('m' || n)::uuid, (7000000 + n)::text, 'person', 'active', $2::timestamptz,"
        " $2::timestamptz,"
        " $2::timestamptz - n % 900 * interval '1 day' from generate_series(1, $3::integer) n",
        world.community, now, MEMBERS,
    )  # fmt: skip
    await run(
        "insert into person (community_id, party_id, full_name, call_name, sort_name, skeleton, area_id,"
        " place_id, reachable_by, likes, changed_at) select $1, md5('m' || n)::uuid, 'Buur ' || n,"
        " 'Buur', 'buur ' || n, 'buur', $2, md5('p' || n % 60 + 1)::uuid, 'app',"
        " (array['wandelen', 'breien', 'koken', 'lezen', 'schaken', 'zingen'])[n % 6 + 1] || ' en '"
        " || (array['fietsen', 'muziek', 'taarten bakken', 'honden', 'tekenen'])[n % 5 + 1], $3"
        " from generate_series(1, $4::integer) n", *here, now, MEMBERS,
    )  # fmt: skip
    await run(
        "insert into post (community_id, id, direction, state, by_id, entered_by_id, title, category,"
        " area_id, expires_on, created_at, state_at, stems) select $1, md5('o' || n)::uuid,"
        " case when n % 2 = 0 then 'offer' else 'need' end, 'open', md5('m' || n)::uuid,"
        " md5('m' || n)::uuid, 'Iets doen',"
        " (array['garden', 'errands', 'household', 'repair', 'computer', 'lessons'])[n * 7 % 6 + 1], $2,"
        " $3, $4, $4, '' from generate_series(1, $5::integer) n",
        *here, now.date() + timedelta(days=60), now, MEMBERS,
    )  # fmt: skip
    await run(
        "insert into exchange (community_id, id, state, mode, area_id, started_by_id, entered_by_id,"
        " title, done_on, claimed_minutes, claimed_by_id, claimed_at, minutes, confirmed_at, booked_by,"
        " state_at, created_at) select $1, md5('e' || n)::uuid, 'confirmed', 'gift', $2, m, m, 'Koffie',"
        " $3::date - n % 400, 60, m, $4, 60, $4, 'both', $4, $4"
        " from (select n, md5('m' || n % $5::integer + 1)::uuid as m"
        " from generate_series(1, $5::integer * 2) n) x",
        *here, now.date(), now, MEMBERS,
    )  # fmt: skip
    await run(
        "insert into exchange_party (community_id, exchange_id, party_id, gives, gets)"
        " select $1::bigint, md5('e' || n)::uuid, md5('m' || n % $2::integer + 1)::uuid, true, false"
        " from generate_series(1, $2::integer * 2) n union all"
        " select $1::bigint, md5('e' || n)::uuid, md5('m' || (n * 13 + 7) % $2 + 1)::uuid, false, true"
        " from generate_series(1, $2::integer * 2) n where (n * 13 + 7) % $2 <> n % $2",
        world.community, MEMBERS,
    )  # fmt: skip
    await run("analyze")


async def test_a_handful_is_found_among_two_thousand_within_a_tenth_of_a_second(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    await fill(world)
    spent = []
    for n in range(9):
        bep = await world.member(
            f"Bep Molenaar{'abcdefghi'[n]}", consent="yes", place_id=world.square,
            likes="Wandelen, breien en honden",
        )  # fmt: skip
        before = time.perf_counter()
        found = await suggested(world, samira, bep)
        spent.append(1000 * (time.perf_counter() - before))
        assert len(found) == 3
    assert statistics.median(spent) < MOST_MS, spent
