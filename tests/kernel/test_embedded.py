"""The embedded database comes up, keeps what it is told, and gets over every hard end."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from timebank.kernel import embedded_files as files
from timebank.kernel import embedded_server as server
from timebank.kernel.embedded import DATABASE, EXTENSIONS, OWNER, WEB, WORK, CannotStart, Embedded

PROJECT = Path(__file__).parent.parent.parent
STARTS_AND_WAITS = """
import sys, time
from pathlib import Path
from timebank.kernel.embedded import Embedded
with Embedded.start(Path(sys.argv[1])) as db:
    print("up", flush=True)
    time.sleep(60)
"""


def quiet(_: str) -> None:
    """For who does not want to hear how it goes."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A place that also the account which root lends can reach; pytest's own is closed to it."""
    made = Path(tempfile.mkdtemp(prefix="een map met spaties, é en "))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def data(folder: Path) -> Path:
    """A made database that does not run, shared by the tests of this file."""
    Embedded.start(folder / "data", say=quiet).stop()
    return folder / "data"


@contextlib.contextmanager
def other_process(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A program of its own that has the database of this folder running."""
    command = [sys.executable, "-c", STARTS_AND_WAITS, str(data)]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout is not None
    try:
        while "up" not in (line := process.stdout.readline()):
            assert line, "the other program did not get it running"
        yield process
    finally:
        process.kill()
        process.communicate()


def eventually(what: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_a_new_database_has_three_roles_with_their_limits(data: Path) -> None:
    shown = (
        "select current_setting('statement_timeout'), current_setting('lock_timeout'), "
        "current_setting('idle_in_transaction_session_timeout')"
    )
    with Embedded.start(data, say=quiet) as db:
        roles = "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles "
        roles += "where rolcanlogin order by 1"
        assert db.psql("app", DATABASE, "-c", roles).split() == [
            "app|t|t|t|t",
            f"{OWNER}|f|t|f|f",
            f"{WEB}|f|f|f|f",
            f"{WORK}|f|f|f|f",
        ]
        assert db.psql(WEB, DATABASE, "-c", shown).strip() == "5s|2s|10s"
        assert db.psql(WORK, DATABASE, "-c", shown).strip() == "5min|2s|0"
        assert db.psql(OWNER, DATABASE, "-c", shown).strip() == "0|2s|0"
        with pytest.raises(CannotStart, match="permission denied"):
            db.psql(WEB, DATABASE, "-c", "create table x (y int)")


def test_the_database_belongs_to_the_owner_and_has_its_extensions(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        owner = f"select pg_get_userbyid(datdba) from pg_database where datname = '{DATABASE}'"
        assert db.psql(WEB, DATABASE, "-c", owner).strip() == OWNER
        have = db.psql(WEB, DATABASE, "-c", "select extname from pg_extension").split()
        assert set(EXTENSIONS) <= set(have)
        assert db.psql(WEB, DATABASE, "-c", "select lower('ÉLISE'), upper('ß é')").strip() == (
            "élise|ß É"
        )


def test_it_listens_on_a_closed_socket_only(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        assert db.socket_dir.stat().st_mode & 0o777 == 0o700
        asked = "select current_setting('listen_addresses'), current_setting('max_connections')"
        assert db.psql(WEB, DATABASE, "-c", asked).strip() == "|100"
        assert len(str(db.socket_dir)) < 80
    assert not db.socket_dir.exists()


def test_a_second_start_keeps_the_data_and_stays_quiet(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        db.psql(OWNER, DATABASE, "-c", "create table kept as select 42 as answer")
    heard: list[str] = []
    with Embedded.start(data, say=heard.append) as db:
        assert db.psql(OWNER, DATABASE, "-c", "select answer from kept").strip() == "42"
        db.psql(OWNER, DATABASE, "-c", "drop table kept")
        assert db.psql(OWNER, DATABASE, "-c", "show fsync").strip() == "on"
    assert heard == []


def test_a_second_copy_hears_that_one_is_running(data: Path) -> None:
    with other_process(data) as other:
        with pytest.raises(CannotStart, match=rf"Er draait al .*proces {other.pid}"):
            Embedded.start(data, say=quiet)
        found = Embedded.find(data)
        assert found is not None
        found.stop()  # not ours to stop
        assert found.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def test_of_two_starts_at_once_one_wins(folder: Path) -> None:
    command = [sys.executable, "-c", STARTS_AND_WAITS, str(folder / "race")]
    pair = [
        subprocess.Popen(  # noqa: S603
            command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        assert eventually(lambda: any(one.poll() is not None for one in pair), 30)
        loser, winner = sorted(pair, key=lambda one: one.poll() is None)
        assert "Er draait al een databank" in loser.communicate(timeout=10)[1]
        assert winner.stdout is not None
        assert any("up" in line for line in iter(winner.stdout.readline, ""))
    finally:
        for one in pair:
            one.kill()
            one.communicate()
    Embedded.start(folder / "race", say=quiet).stop()  # clears what the hard end left


def test_after_kill_9_of_the_server_all_rows_are_there(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        db.psql(OWNER, DATABASE, "-c", "create table survives as select 7 as n")
        server.servers_in(data)[0].kill()
        assert eventually(lambda: not server.servers_in(data))
        assert (data / "postmaster.pid").exists()
    with Embedded.start(data, say=quiet) as db:
        assert db.psql(OWNER, DATABASE, "-c", "select n from survives").strip() == "7"
        db.psql(OWNER, DATABASE, "-c", "drop table survives")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_kill_9_of_the_parent_takes_the_server_along(data: Path) -> None:
    with other_process(data) as other:
        assert server.servers_in(data)
        os.kill(other.pid, signal.SIGKILL)
        assert eventually(lambda: not server.servers_in(data), 5)
    with Embedded.start(data, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def test_a_server_left_behind_is_ended_first(data: Path) -> None:
    """As where the kernel does not take it along: everything of ours dies but the server."""
    with Embedded.start(data, say=quiet) as db:
        assert db._lock is not None
        assert db._process is not None
        db._lock.close()  # what the kernel does when we die
        heard: list[str] = []
        with Embedded.start(data, say=heard.append) as second:
            assert second.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"
        assert any("nog afgesloten" in line for line in heard)
        assert db._process.wait(1) == 0


def test_a_pid_file_with_the_number_of_a_stranger_does_not_stop_us(data: Path) -> None:
    # Of the server's own account: only such a one does PostgreSQL itself take for a server.
    stranger = subprocess.Popen(["sleep", "60"], **as_server(data))  # noqa: S607
    try:
        plant_pid_file(data, f"{stranger.pid}\n{data}\n1750000000\n5432\n/tmp\n\n  1 1\nready\n")
        assert Embedded.find(data) is None
        with Embedded.start(data, say=quiet) as db:
            assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"
        assert stranger.poll() is None, "the stranger was harmed"
    finally:
        stranger.kill()
        stranger.wait()


def test_a_dead_server_that_nobody_buried_does_not_stop_us(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        program = db.bin / "postgres"
    zombie = subprocess.Popen(  # noqa: S603
        [program, "-V"], stdout=subprocess.DEVNULL, **as_server(data)
    )
    try:
        status = psutil.Process(zombie.pid).status
        assert eventually(lambda: status() == psutil.STATUS_ZOMBIE)
        plant_pid_file(data, f"{zombie.pid}\n{data}\n1750000000\n5432\n/tmp\n\n  1 1\nready\n")
        with Embedded.start(data, say=quiet) as db:
            assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"
    finally:
        zombie.wait()


def test_an_empty_pid_file_does_not_stop_us(data: Path) -> None:
    plant_pid_file(data, "")
    with Embedded.start(data, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def as_server(data: Path) -> files.RunAs:
    """The account the server of this data runs under."""
    return files.run_as(files.account_for(data))


def plant_pid_file(data: Path, content: str) -> None:
    """As after a crash: it belongs to whom the data belongs to."""
    file = data / "postmaster.pid"
    file.write_text(content)
    os.chown(file, data.stat().st_uid, data.stat().st_gid)


def test_an_interrupted_first_start_is_done_over(folder: Path) -> None:
    data = folder / "cut off"
    command = [sys.executable, "-c", STARTS_AND_WAITS, str(data)]
    first = subprocess.Popen(  # noqa: S603
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    half_made = folder / "cut off.new" / "PG_VERSION"
    assert eventually(half_made.exists, 20)
    for child in psutil.Process(first.pid).children(recursive=True):
        child.kill()
    first.kill()
    first.wait()
    assert half_made.exists()
    assert not data.exists()
    with Embedded.start(data, throwaway=True, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def test_a_failed_start_shows_the_end_of_the_log_and_leaves_the_way_free(data: Path) -> None:
    settings = data / "postgresql.conf"
    good = settings.read_text()
    try:
        settings.write_text(f"{good}\nsuch_a_setting_is_unknown = on\n")
        with pytest.raises(CannotStart, match="such_a_setting_is_unknown"):
            Embedded.start(data, say=quiet)
    finally:
        settings.write_text(good)
    with Embedded.start(data, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def test_data_of_another_version_is_left_alone(folder: Path) -> None:
    data = folder / "old"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    if os.geteuid() == 0:
        os.chown(data, 65534, 65534)
    with pytest.raises(CannotStart, match="is van PostgreSQL 9"):
        Embedded.start(data, say=quiet)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_folder_with_other_things_is_left_alone(folder: Path) -> None:
    data = folder / "holiday"
    data.mkdir()
    (data / "photo.jpg").write_text("sea")
    with pytest.raises(CannotStart, match="niet leeg"):
        Embedded.start(data, say=quiet)
    assert (data / "photo.jpg").read_text() == "sea"


def test_throwaway_data_is_fast_and_goes_when_it_stops(folder: Path) -> None:
    data = folder / "brief"
    with Embedded.start(data, throwaway=True, say=quiet) as db:
        asked = "select name, setting from pg_settings where name in "
        asked += "('fsync', 'synchronous_commit', 'full_page_writes')"
        assert {line.split("|")[1] for line in db.psql(WEB, DATABASE, "-c", asked).split()} == {
            "off"
        }
        db.stop()
        assert not [path for path in folder.iterdir() if path.name.startswith("brief")]
        data.mkdir()  # somebody else's by now: the end of the block is a second stop
    assert data.exists()


def test_throwaway_does_not_remove_data_it_found(data: Path) -> None:
    Embedded.start(data, throwaway=True, say=quiet).stop()
    assert (data / "PG_VERSION").exists()


def test_a_very_long_path_works(folder: Path) -> None:
    data = folder / ("lang" * 40) / "data"
    with Embedded.start(data, throwaway=True, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"


def test_settings_of_other_servers_do_not_reach_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGPORT": "6000",
        "PGDATA": "/nowhere",
        "PGHOST": "db.example.org",
        "PGOPTIONS": "-c nonsense=1",
        "LC_ALL": "xx_XX.nonsense",
        "LANG": "xx_XX.nonsense",
    }.items():
        monkeypatch.setenv(name, value)
    with Embedded.start(data, say=quiet) as db:
        assert db.psql(WEB, DATABASE, "-c", "select 1").strip() == "1"
        assert (db.socket_dir / f".s.PGSQL.{server.PORT}").exists()


def test_it_starts_from_the_main_thread_only(data: Path) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            Embedded.start(data, say=quiet).stop()
        except RuntimeError as problem:
            caught.append(problem)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join(30)
    assert "main thread" in str(caught)


def test_a_stop_ends_open_connections_too(data: Path) -> None:
    with Embedded.start(data, say=quiet) as db:
        command = [db.bin / "psql", "-X", db.dsn(OWNER), "-c", "select pg_sleep(60)"]
        sleeper = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
        busy = "select count(*) from pg_stat_activity where query like 'select pg_sleep%'"
        assert eventually(lambda: db.psql(OWNER, DATABASE, "-c", busy).strip() == "1")
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert sleeper.wait(10) != 0
    assert not server.servers_in(data)
