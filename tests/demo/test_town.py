"""The demo as somebody finds it who starts it for the first time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from tests.demo.conftest import settings_of
from timebank import access, areas, demo, operate, posts, starting
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, Pool, transaction
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def party(db: Db, name: str) -> UUID:
    found: UUID = await db.fetchval(
        "select party_id from person where full_name = $1 and community_id = 1", name
    )
    return found


async def test_everything_that_must_always_hold_does(demo: Settings) -> None:
    said: list[str] = []
    assert await operate.check(demo, say=said.append) == 0, said


async def test_there_are_two_towns_and_the_first_has_150_members(everything: Db) -> None:
    found = await everything.fetch(
        "select c.slug, c.demo, count(*) filter (where p.state = 'active') as members"
        " from community c join party p on p.community_id = c.id group by c.id order by c.id"
    )
    assert [row["slug"] for row in found] == ["zuid", "oost"]
    assert all(row["demo"] for row in found)
    assert found[0]["members"] >= 150


async def test_everybody_who_takes_part_can_sign_in_with_the_one_password(
    everything: Db, demo_pool: Pool
) -> None:
    rows = await everything.fetch(
        "select c.password_hash from party p left join credential c"
        " on c.community_id = p.community_id and c.party_id = p.id where p.state = 'active'"
    )
    hashes = {row["password_hash"] for row in rows}
    assert len(hashes) == 1  # hashed once: loading has to be quick
    assert await access.Hasher().verify(hashes.pop(), demo.PASSWORD)


async def test_each_town_has_people_to_try_and_each_has_a_line_about_them(everything: Db) -> None:
    rows = await everything.fetch(
        "select d.community_id, d.story, p.state, n.call_name from demo_person d"
        " join party p on p.community_id = d.community_id and p.id = d.party_id"
        " join person n on n.community_id = d.community_id and n.party_id = d.party_id"
    )
    assert len([row for row in rows if row["community_id"] == 1]) >= 8
    assert len([row for row in rows if row["community_id"] == 2]) >= 3
    for row in rows:
        assert row["state"] == "active"
        assert row["call_name"] in row["story"]


async def test_annie_has_still_to_say_whether_the_time_is_right(everything: Db) -> None:
    annie = await party(everything, "Annie de Vries")
    found = await everything.fetch(
        "select e.claimed_minutes, e.done_on, n.call_name from exchange e join person n"
        " on n.community_id = e.community_id and n.party_id = e.claimed_by_id"
        " where e.community_id = 1 and e.state = 'done' and e.asked_id = $1", annie,
    )  # fmt: skip
    hedge = next(row for row in found if row["call_name"] == "Ahmed")
    assert hedge["claimed_minutes"] == 90
    assert hedge["done_on"].weekday() == 5
    assert local_date(datetime.now(UTC)) - hedge["done_on"] <= timedelta(days=8)


async def test_everybody_on_the_list_finds_what_the_line_promises(everything: Db) -> None:
    promised = {
        "Ahmed Yılmaz": "state = 'talking' and owner_id = $1",
        "Rachid El Amrani": "state = 'planned' and planned_on > current_date and owner_id = $1",
        "Jan Pietersen": "state = 'disputed' and claimed_by_id = $1",
        "Marijke van Dongen": "state = 'planned' and series_id is not null and owner_id = $1",
    }
    for name, where in promised.items():
        found = await everything.fetchval(
            f"select count(*) from exchange where community_id = 1 and {where}",
            await party(everything, name),
        )
        assert found >= 1, name


async def test_bep_has_a_signal_and_nobody_without_a_yes_has_one(everything: Db) -> None:
    bep = await party(everything, "Bep Molenaar-van Wijngaarden")
    assert await everything.fetchval(
        "select count(*) from signal where party_id = $1 and closed_on is null", bep
    )
    assert not await everything.fetchval(
        "select count(*) from signal s where 'yes' is distinct from (select c.answer from consent c"
        " where c.community_id = s.community_id and c.party_id = s.party_id"
        " order by c.id desc limit 1)"
    )


async def test_the_history_has_every_kind_of_ending(everything: Db) -> None:
    states = {row[0] for row in await everything.fetch("select distinct state from exchange")}
    assert states >= {
        "talking", "planned", "done", "confirmed", "disputed", "declined", "cancelled", "no_show",
        "not_feasible", "closed",
    }  # fmt: skip
    booked = {r[0] for r in await everything.fetch("select distinct booked_by from exchange")}
    assert booked >= {"both", "silence", "worker"}
    kinds = {r[0] for r in await everything.fetch("select distinct kind from transfer")}
    assert kinds == {"start", "exchange", "gift", "pot", "correction", "voucher", "redeemed"}


async def test_no_two_open_posts_read_the_same(everything: Db) -> None:
    assert not await everything.fetch(
        "select title from post where state = 'open' group by community_id, title having count(*) > 1"
    )


async def test_no_mail_of_the_past_is_still_to_be_sent(everything: Db) -> None:
    days_old = (
        "select count(*) from outbox where done_at is null and made_at < now() - interval '2 days'"
    )
    assert await everything.fetchval(days_old) == 0


async def test_nothing_lies_in_the_future(everything: Db) -> None:
    written = [("post", "created_at"), ("exchange", "created_at"), ("message", "at")]
    written += [("audit_entry", "at"), ("transfer", "booked_at"), ("notice", "made_at")]
    for table, column in written:
        newest = await everything.fetchval(f"select max({column}) from {table}")
        assert newest <= datetime.now(UTC)


async def test_a_neighbour_finds_something_that_fits(demo_pool: Pool, everything: Db) -> None:
    async with transaction(demo_pool, 1) as db:
        found = await areas.areas(db, 1)
        assert len(found) == 4
        assert all(area.helper_phone for area in found)
    open_posts = await everything.fetch(
        "select direction, count(*) from post where state = 'open' and community_id = 1 group by 1"
    )
    counts = {row["direction"]: row["count"] for row in open_posts}
    assert counts["offer"] >= 30
    assert counts["need"] >= 20
    assert set(counts) <= set(posts.model.OPPOSITE)


async def test_the_real_site_refuses_a_database_with_demo_passwords(demo: Settings) -> None:
    with pytest.raises(starting.Stopped):
        await starting.refuse_demo(demo)


async def test_a_second_start_keeps_what_is_there(demo: Settings, everything: Db) -> None:
    before = await everything.fetchval("select max(id::text) from party")
    await operate.prepare_demo(demo, say=lambda _text: None)
    assert await everything.fetchval("select max(id::text) from party") == before


async def test_the_demo_stays_out_of_a_database_with_real_people(
    cluster: Embedded, migrated: str, world: object
) -> None:
    with pytest.raises(starting.Stopped):
        await operate.prepare_demo(settings_of(cluster, migrated), say=lambda _text: None)
    db = await asyncpg.connect(cluster.dsn(OWNER, migrated))
    try:
        assert not await db.fetchval("select bool_or(demo) from community")
    finally:
        await db.close()
