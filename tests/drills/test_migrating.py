"""Migrations among living people: at most a 503 and a retry; one migrates, the others wait."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.drills.giving import Crowd, introduce, judge
from tests.drills.installation import ROOT, Installation
from tests.drills.people import settle
from tests.drills.test_storm import read_books
from timebank import areas, starting
from timebank.kernel import migrate
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.settings import read

pytestmark = pytest.mark.anyio

LIVE_CHANGES = """
alter table person add column shoe_size integer;
alter table person alter column language type varchar(400);
alter table person alter column email type varchar(400);
alter table session alter column device type varchar(400);
alter table throttle alter column tries type bigint;
alter table area add column note text not null default 'x';
"""
AND_BACK = """
alter table person drop column shoe_size;
alter table person alter column language type text;
alter table person alter column email type text;
alter table session alter column device type text;
alter table throttle alter column tries type integer;
alter table area drop column note;
"""


@pytest.fixture
def house(cluster: Embedded, empty: str, tmp_path: Path) -> Iterator[Installation]:
    made = Installation(cluster, tmp_path, database=empty)
    yield made
    made.end()


LAST = len(migrate.on_disk())
CHANGE, BACK = f"{LAST + 1:04}_change", f"{LAST + 2:04}_back"
"""What the later version adds: numbered on from ours, as the runner demands."""


def newer_program(folder: Path, **migrations: str) -> Path:
    """A later version of the whole program, with more migrations (name to SQL)."""
    for part in ("timebank", "sql", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, sql in migrations.items():
        (folder / "sql" / "migrations" / f"{name}.sql").write_text(sql)
    return folder


def migrations_ran(words: str) -> int:
    found = re.search(r"schema is current \((\d+) migrations ran\)", words)
    assert found, words
    return int(found[1])


@pytest.mark.slow
async def test_three_that_migrate_at_once_are_one_that_does_and_two_that_wait(
    house: Installation, cluster: Embedded, empty: str
) -> None:
    """Made to meet: the lock is held until all three stand before it."""
    gate = await asyncpg.connect(cluster.dsn(OWNER, empty))
    await gate.execute("select pg_advisory_lock($1)", migrate._LOCK)
    three = [house.start("migrate") for _ in range(3)]
    outs = house.said[-3:]
    house.await_word("waiting", *outs)
    await gate.close()
    assert [process.wait(60) for process in three] == [0, 0, 0]
    words = [out.read_text() for out in outs]
    assert all("another process is migrating" in said for said in words)
    ran = sorted(migrations_ran(said) for said in words)
    assert ran == [0, 0, len(migrate.on_disk())]


@pytest.mark.slow
@pytest.mark.parametrize("round_", [1, 2])
async def test_o2_website_worker_and_three_migrations_started_together_all_come_up(
    house: Installation, round_: int
) -> None:
    started = [house.start(*command) for command in (["serve"], ["work"], *[["migrate"]] * 3)]
    assert [process.wait(60) for process in started[2:]] == [0, 0, 0]
    house.await_health(200)
    ran = sorted(migrations_ran(out.read_text()) for out in house.said[2:])
    assert ran == [0, 0, len(migrate.on_disk())]
    assert house.run("migrate").stdout.count("migration") == 1, "nothing is left to do"
    assert [process.poll() for process in started[:2]] == [None, None]
    assert house.failures() == []


@pytest.mark.slow
async def test_o1_columns_change_under_live_requests_and_nobody_gets_more_than_a_503(
    house: Installation, tmp_path: Path
) -> None:
    assert house.run("migrate").returncode == 0
    web = house.serve()
    world, members = await settle(house.settings, ["Anna Nu", "Bram Nu", "Cora Nu"])
    before = await introduce(house.settings, members)
    crowd = Crowd(house.settings, members)
    crowd.start()
    await asyncio.sleep(1)
    newer = newer_program(tmp_path / "newer", **{CHANGE: LIVE_CHANGES, BACK: AND_BACK})
    done = house.run("migrate", at=newer)
    await asyncio.sleep(1)
    answered = crowd.answered
    await asyncio.sleep(1)
    crowd.finish()
    assert done.returncode == 0, done.stdout + done.stderr
    assert migrations_ran(done.stdout) == 2
    assert crowd.answered > answered > 0, "gifts went on after the change"
    assert set(crowd.unrest.seen) <= {"503", "hung up"}
    books = await read_books(house.settings, world.community)
    assert judge(crowd.givers, before, books["gifts"], books["balances"]) == []
    assert web.poll() is None
    assert house.failures() == []
    assert house.health() == 503, "the old program says that the schema is not its own"
    check_old_and_new(house)


def check_old_and_new(house: Installation) -> None:
    """What is older than the database starts nothing and changes nothing."""
    for command in (["serve"], ["work"], ["migrate"]):
        done = house.run(*command)
        assert done.returncode == 1
        assert f"newer than this program: it has {CHANGE}.sql, {BACK}.sql. Start" in done.stderr


async def test_a_long_look_at_a_table_is_waited_for(
    house: Installation, cluster: Embedded, empty: str
) -> None:
    """Somebody uses what the migration changes, longer than its own patience of two seconds."""
    owner = await asyncpg.connect(cluster.dsn(OWNER, empty))
    await owner.execute("create table community (id bigint); begin; lock community")
    process = house.start("migrate")
    out = house.said[-1]
    house.await_word("once more", out)
    await owner.execute("drop table community; commit")
    await owner.close()
    assert process.wait(60) == 0, out.read_text()
    assert "somebody uses" in out.read_text()


async def test_an_edited_migration_is_refused(house: Installation, tmp_path: Path) -> None:
    assert house.run("migrate").returncode == 0
    first = migrate.on_disk()[0].name.removesuffix(".sql")
    edited = newer_program(tmp_path / "edited", **{first: "select 1"})
    done = house.run("migrate", at=edited)
    assert done.returncode == 1
    assert f"migrations were edited after they ran: {first}.sql" in done.stderr


async def test_a_database_that_nobody_migrates_is_not_waited_for_without_end(
    house: Installation,
) -> None:
    said: list[str] = []
    with pytest.raises(starting.Stopped, match="run timebank migrate"):
        await starting.demand_current_schema(
            house.settings.database_url, say=said.append, seconds=1
        )
    assert said == ["The database is older than this program: waiting for timebank migrate …"]


async def test_the_website_stays_off_a_database_with_the_demo(house: Installation) -> None:
    """Everybody knows the passwords in there."""
    assert house.run("migrate").returncode == 0
    owner = await asyncpg.connect(read(house.environment).database_url_owner)
    await areas.found_community(
        owner, slug="lijnbuurt", name="Lijnbuurt", hue=10, welcome="", demo=True,
        now=await owner.fetchval("select now()"),
    )  # fmt: skip
    await owner.close()
    done = house.run("serve")
    assert done.returncode == 1
    assert "holds the demo" in done.stderr
