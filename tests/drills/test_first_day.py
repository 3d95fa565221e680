"""A new server, with nothing of ours on it, and an administrator who does what README says."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.databases import SUPERUSER
from tests.drills.installation import ROOT, Installation, kept_database, remove
from timebank.kernel.embedded import DATABASE, Embedded
from timebank.kernel.embedded_files import CannotStart
from timebank.server import URLS, database

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

ROLES = ("timebank_web", "timebank_work", "timebank_owner", "timebank_ledger", "timebank_search")
STRANGER = "stranger"
"""Who may make databases, but no roles."""


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Installation]:
    """An installation on a server that has neither our roles nor our database."""
    with kept_database(tmp_path) as server:
        app = await asyncpg.connect(server.dsn(SUPERUSER, "postgres"))
        await app.execute(f"drop database {DATABASE} with (force)")
        await app.execute(f"drop role {', '.join(ROLES)}")
        await app.execute(f"create role {STRANGER} login createdb")
        await app.close()
        made = Installation(server, tmp_path)
        yield made
        made.end()


def as_role(house: Installation, role: str, database: str = "postgres") -> dict[str, str]:
    return {"DATABASE_URL_OWNER": house.cluster.dsn(role, database)}


async def test_roles_by_who_may_make_them_then_everything_by_the_owner(bare: Installation) -> None:
    may_not = bare.run("migrate", "--create-roles", **as_role(bare, STRANGER))
    assert may_not.returncode == 1
    assert "Let somebody who may" in may_not.stderr and "Traceback" not in may_not.stderr
    # What it printed is whole: whoever may, runs it as it is.
    bare.cluster.psql(SUPERUSER, "postgres", "-v", "ON_ERROR_STOP=1", "-c", may_not.stdout)

    may = bare.run("migrate", "--create-roles", **as_role(bare, SUPERUSER))
    assert may.returncode == 0, may.stderr
    assert "The roles are there. Now, as this role" in may.stdout
    assert "migration 1" not in may.stdout, "what a superuser makes, nobody else can read"

    create = may.stdout.split("if it is not there yet:\n")[1].split(";")[0].strip()
    bare.cluster.psql(SUPERUSER, "postgres", "-c", create.replace(" timebank ", f" {DATABASE} ", 1))
    owner = bare.run("migrate", "--create-roles")
    assert owner.returncode == 0, owner.stderr
    assert owner.stdout.startswith("The roles are there.\nmigration 1 of ")
    await everything_works(bare)


async def test_one_script_makes_roles_passwords_and_database(bare: Installation) -> None:
    """deploy/database.sh as README says it, on whatever server these tests run with."""
    words = {f"{name}_PASSWORD": f"p@ss: /%#'{name}" for name in ("WEB", "WORK", "OWNER")}
    done = subprocess.run(  # noqa: S603, ASYNC221
        ["/bin/sh", ROOT / "deploy" / "database.sh"],
        env=words | {
            "PATH": f"{bare.cluster.bin}{os.pathsep}{os.environ['PATH']}",
            "POSTGRES_USER": SUPERUSER, "PGHOST": str(bare.cluster.socket_dir),
            "TIMEBANK_DATABASE": urlsplit(bare.settings.database_url).path[1:],
        },
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert bare.run("migrate").returncode == 0
    await everything_works(bare)


async def everything_works(house: Installation) -> None:
    founded = house.run("create-community", "zuid", "Zuid", "--neighbourhood", "Noord")
    assert founded.returncode == 0, founded.stderr
    admin = house.run("create-admin", "zuid", "--name", "Samira Bouali")
    assert admin.returncode == 0, admin.stderr
    assert house.run("check").stdout == "All is well.\n"
    house.serve()
    house.work()
    assert "The website answers at 127.0.0.1" in house.said[0].read_text()
    assert house.failures() == []


async def test_nobody_but_the_owner_of_the_database_migrates(bare: Installation) -> None:
    assert bare.run("migrate", "--create-roles", **as_role(bare, SUPERUSER)).returncode == 0
    mighty = bare.run("migrate", **as_role(bare, SUPERUSER))
    assert (mighty.returncode, mighty.stderr) == (
        1, f"DATABASE_URL_OWNER must sign in as timebank_owner, not as {SUPERUSER}.\n",
    )  # fmt: skip
    not_owned = bare.run("migrate", **as_role(bare, "timebank_owner"))
    assert not_owned.returncode == 1
    assert 'alter database "postgres" owner to timebank_owner;' in not_owned.stderr


async def test_what_comes_before_migrating_says_to_migrate_first(
    cluster: Embedded, empty: str, tmp_path: Path
) -> None:
    house = Installation(cluster, tmp_path, database=empty)
    for command in (
        ["check"], ["reindex"], ["points", "zuid"], ["create-admin", "zuid", "--name", "Samira Bouali"],
        ["create-community", "zuid", "Zuid", "--neighbourhood", "Noord"],
    ):  # fmt: skip
        done = house.run(*command)
        assert done.returncode == 1
        assert done.stderr == "The database is older than this program: run timebank migrate.\n"


async def test_the_demo_leaves_a_database_of_real_people_as_it_is(
    office: Installation, tmp_path: Path
) -> None:
    """Also the schema: a newer program, started by mistake, is no upgrade."""
    assert (
        office.run("create-community", "zuid", "Zuid", "--neighbourhood", "Noord").returncode == 0
    )
    owner = await asyncpg.connect(office.settings.database_url_owner)
    last = await owner.fetchval("delete from migration where name = (select max(name) from migration)"
                                " returning name")  # fmt: skip
    done = office.run("demo", "--port", str(office.port), "--data", str(tmp_path / "demo"))
    assert done.returncode == 1
    assert done.stderr.startswith("This database has communities of real people")
    assert await owner.fetchval("select count(*) from migration where name = $1", last) == 0
    await owner.close()


async def test_a_command_without_an_address_says_which_database_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who tried the demo here, and forgot the settings in this window, hears of another."""
    for name in URLS:
        monkeypatch.delenv(name, raising=False)
    with Embedded.start(tmp_path / "database", say=lambda _: None) as server:
        with database(lambda _: None, data=tmp_path):
            assert (
                capsys.readouterr().err == f"No DATABASE_URL is set: this is about {server.data}.\n"
            )
        with pytest.raises(CannotStart), database(lambda _: None, data=tmp_path, demo=True):
            pass
        assert capsys.readouterr().err == ""
    remove(server)


async def test_a_trial_by_a_superuser_is_refused(bare: Installation, tmp_path: Path) -> None:
    """Else its tables are the superuser's, and no role of ours can look."""
    assert bare.run("migrate", "--create-roles", **as_role(bare, SUPERUSER)).returncode == 0
    (tmp_path / "members.csv").write_text(
        "member_id,joined_week,area,x,y,age_band,lang,channel,kind\n1,0,a,1,1,60,nl,app,member\n"
    )
    out = str(tmp_path / "out.csv")
    done = bare.run("trial", str(tmp_path), "--week", "1", "--out", out, **as_role(bare, SUPERUSER))
    assert done.returncode == 1
    assert "must sign in as timebank_owner" in done.stderr


CLOCKS = """
import datetime, sys
from timebank.kernel import clock
right = clock.now
off = datetime.timedelta(days=int(sys.argv.pop(1)))
clock.now = lambda: right() + off
from timebank.cli import main
main()
"""
"""The real commands, on a machine whose clock is off by so many days."""


@pytest.mark.parametrize("command", ["serve", "work"])
@pytest.mark.parametrize("days", ["365", "-1"])
async def test_nothing_starts_by_a_clock_that_is_far_from_the_database_s(
    office: Installation, command: str, days: str
) -> None:
    """A worker a year ahead would erase who left, and end what is kept, within its first minute."""
    done = subprocess.run(  # noqa: S603, ASYNC221
        [sys.executable, "-c", CLOCKS, days, command], cwd=ROOT, env=office._whole({}),
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("The clock here and that of the database are ")
    assert len(done.stderr.splitlines()) == 1
