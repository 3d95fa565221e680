"""The measurements themselves: slow code shows, and what is compared does the same work."""

import re
import secrets
from pathlib import Path

import asyncpg
import pytest

from tests.databases import drop_database
from tests.world import World
from timebank import exchanges
from timebank.bench import booking, filling, pages, stand
from timebank.bench.client import Browser
from timebank.bench.figures import Figure, at_most
from timebank.exchanges import By
from timebank.kernel.db import Db, prepare, transaction
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.migrate import migrate
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def test_planted_slow_code_shows_as_short(cluster: Embedded) -> None:
    settings = stand.settings_of(cluster, port=stand.free_port())
    process = stand.WebProcess(["tests.bench.slow_app"], settings)
    try:
        process.await_ready()
        async with Browser(process.port) as browser:
            quick = await pages.cpu_ms(process, browser, "/quick", 40)
            slow = await pages.cpu_ms(process, browser, "/slow", 40)
    finally:
        process.stop()
    assert slow > quick
    verdicts = [
        Figure(name="cpu", value=value, unit="ms", target=at_most(pages.MOST_CPU_MS)).ok
        for value in (quick, slow)
    ]
    assert verdicts == [True, False]


def shape(statement: str) -> str:
    """What a statement does to which table; not how it writes its values."""
    plain = " ".join(statement.lower().split()).rstrip(";")
    found = re.match(r"(insert into|update|select|set local|begin|commit)\b", plain)
    assert found is not None, plain
    table = re.search(r"(?:insert into|update|from) ([a-z_.]+)", plain)
    return f"{found[1]} {table[1] if table else ''}{' for update' * plain.endswith('for update')}"


async def test_pgbench_sends_what_the_verb_sends(world: World, settings: Settings) -> None:
    getter, giver = await world.member("Anna"), await world.member("Bas")
    db = await asyncpg.connect(settings.database_url)
    await prepare(db)
    sent: list[str] = []
    try:
        async with transaction(world.pool, world.community) as other:
            id_ = await exchanges.begin(
                other, By(world.community, getter.id, getter.id), other=giver.id, title="Lamp",
                mode="hours", gives=False, gets=True, area=world.north, now=world.clock(),
            )  # fmt: skip
        await to_done(world, getter.id, giver.id, id_)
        db.add_query_logger(lambda record: sent.append(record.query))
        async with db.transaction():
            await db.execute(f"set local app.community = '{world.community}'")
            await exchanges.confirm(
                db, By(world.community, getter.id, getter.id), id_, minutes=15, round_=1,
                now=world.clock(),
            )  # fmt: skip
    finally:
        await db.close()
    ours = [shape(query) for query in sent if "pg_catalog" not in query and "jit" not in query]
    script = [
        line for line in booking.PGBENCH.read_text("utf-8").splitlines()
        if line and not line.startswith("--") and "gset" not in line
    ]  # fmt: skip
    assert [shape(line) for line in script] == ours


async def to_done(world: World, getter: object, giver: object, id_: object) -> None:
    """Agreed, and said to be done by the one who helped."""
    now = world.clock()
    one, other = By(world.community, getter, getter), By(world.community, giver, giver)
    async with world.transaction() as db:
        plan = exchanges.Plan(minutes=15)
        proposal = await exchanges.propose(db, other, id_, plan, now=now)
        await exchanges.agree(db, one, id_, proposal=proposal, now=now)
        await exchanges.say_done(
            db, other, id_, minutes=15, done_on=now.date(), thanks="", now=now
        )  # fmt: skip


@pytest.fixture
async def filled(cluster: Embedded, world: World) -> object:
    """One community of the million, in a database of its own."""
    name = f"bench_{secrets.token_hex(4)}"
    owner = await asyncpg.connect(cluster.dsn(OWNER, "postgres"))
    await owner.execute(f"create database {name}")
    await owner.close()
    await migrate(cluster.dsn(OWNER, name), say=lambda _text: None)
    db = await asyncpg.connect(cluster.dsn(stand.SUPERUSER, name))
    await prepare(db)
    yield db
    await db.close()
    await drop_database(cluster, name)


async def indexes(db: Db) -> list[str]:
    found = await db.fetch("select indexdef from pg_indexes where schemaname = 'public' order by 1")
    return [row["indexdef"] for row in found if "bench_" not in row["indexdef"]]


async def test_what_is_filled_in_bulk_is_whole(filled: Db, world: World) -> None:
    before = await indexes(filled)
    await filling.fill(filled, filling.Size(1), world.clock())
    assert await indexes(filled) == before
    counts = {
        table: await filled.fetchval(f"select count(*) from {table}")
        for table in ("party", "post", "exchange", "exchange_party", "role")
    }
    made = filling.EXCHANGES_EACH * filling.MEMBERS
    assert counts == {
        "party": filling.MEMBERS, "post": filling.POSTS, "exchange": made,
        "exchange_party": 2 * made, "role": 4,
    }  # fmt: skip
    for table, key, column in [("exchange", "started_by_id", "id"), ("post", "by_id", "id")]:
        lost = await filled.fetchval(
            f"select count(*) from {table} x where not exists (select from party p"
            f" where p.community_id = x.community_id and p.{column} = x.{key})"
        )
        assert lost == 0, table
    assert await filled.fetchval("select count(*) from exchange where next_action = 'ask_both'")


def test_the_stand_throws_its_data_away() -> None:
    with stand.database(lambda _text: None) as server:
        data: Path = server.data
        assert data.exists()
        assert server.psql("app", "postgres", "-c", "show fsync").strip() == "on"
        stand.set_durable(server, False)
        assert server.psql("app", "postgres", "-c", "show fsync").strip() == "off"
    assert not data.exists()
