"""The one command sets up what is missing, once, and passes on what it is asked."""

import ast
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests import everything
from tests.browser import find

PROJECT = Path(__file__).parent.parent.parent
A_COMMAND = """
import sys
from pathlib import Path
print("asked", sys.argv[1:], Path(__file__).parent.parent, sys.prefix)
sys.exit(3 if "fail" in sys.argv else 0)
"""


@pytest.fixture
def run() -> ModuleType:
    """run.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("run", PROJECT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A tiny project that needs no packages, on a path with spaces and accents."""
    folder = tmp_path_factory.mktemp("run") / "een map met é en spaties"
    (folder / "timebank").mkdir(parents=True)
    shutil.copy(PROJECT / "run.py", folder)
    (folder / "requirements.lock").write_text("")
    (folder / "timebank" / "__init__.py").touch()
    (folder / "timebank" / "cli.py").write_text(A_COMMAND)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def command(
    project: Path, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run run.py of that project as a person does."""
    return subprocess.run(  # noqa: S603
        [sys.executable, project / "run.py", *arguments],
        cwd=cwd or project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_alone_it_explains_itself_and_installs_nothing(project: Path) -> None:
    for arguments in ([], ["--help"], ["help"], ["test", "--help"]):
        done = command(project, *arguments)
        assert done.returncode == 0
        assert "Usage: python3 run.py" in done.stdout
        assert "Example" in done.stdout
    assert not (project / ".venv").exists()


def test_it_makes_what_is_missing_once_and_passes_arguments_and_result_on(project: Path) -> None:
    first = command(project, "fail", "--scale", "small", cwd=project.parent)
    assert "Making .venv" in first.stdout
    assert f"asked ['fail', '--scale', 'small'] {project} {project / '.venv'}" in first.stdout
    assert first.returncode == 3
    second = command(project, "demo")
    assert second.stdout.startswith("asked ['demo']")
    assert second.returncode == 0
    as_installed = subprocess.run(  # noqa: S603
        [project / ".venv" / "bin" / "timebank", "check"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert as_installed.stdout.startswith("asked ['check']")

    # Cut off half-way there is no stamp: what is there is kept and completed.
    (project / ".venv" / "timebank.stamp").unlink()
    resumed = command(project, "demo")
    assert "Making .venv" not in resumed.stdout
    assert "Installed in" in resumed.stdout

    moved = project.rename(project.with_name("verhuisd"))
    elsewhere = command(moved, "demo")
    assert "Making .venv" in elsewhere.stdout
    assert f"asked ['demo'] {moved} {moved / '.venv'}" in elsewhere.stdout

    (moved / "requirements.lock").write_text(f"./missing-1.0.whl --hash=sha256:{'0' * 64}\n")
    failed = command(moved, "demo")
    assert failed.returncode == 1
    assert "missing-1.0.whl" in failed.stderr
    assert "asked" not in failed.stdout
    assert not (moved / ".venv" / "timebank.stamp").exists()
    moved.rename(project)


def test_a_second_set_up_waits_for_the_first(run: ModuleType) -> None:
    waiting = "import importlib.util as u; s = u.spec_from_file_location('run', 'run.py'); "
    waiting += "m = u.module_from_spec(s); s.loader.exec_module(m); m.FolderLock().__enter__(); "
    waiting += "print('mine')"
    with run.FolderLock():
        other = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", waiting], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert "waiting" in other.stdout.readline()
        assert other.poll() is None
    assert other.communicate(timeout=10)[0] == "mine\n"


def test_the_stamp_follows_lock_python_and_place(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LOCK", tmp_path / "lock")
    run.LOCK.write_text("a==1\n")
    seen = {run.stamp()}
    run.LOCK.write_text("a==2\n")
    seen.add(run.stamp())
    monkeypatch.setattr(run, "VENV", tmp_path)
    seen.add(run.stamp())
    monkeypatch.setattr(run.sys, "base_prefix", "/elsewhere")
    seen.add(run.stamp())
    assert len(seen) == 4


def test_an_old_python_can_read_it_and_is_told(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ast.parse((PROJECT / "run.py").read_text(), feature_version=(3, 7))
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    with pytest.raises(run.Stop, match=r"3\.11 or newer is needed"):
        run.main(["demo"])


def test_a_python_without_ensurepip_is_told_what_to_install(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(run.Stop, match="apt install python3-venv"):
        run.main(["demo"])


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse((PROJECT / "run.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports for alias in node.names if isinstance(node, ast.Import)}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_lock_has_a_hash_for_all_and_names_no_host() -> None:
    text = (PROJECT / "requirements.lock").read_text()
    assert "://" not in text
    assert "index-url" not in text
    entries = text.replace("\\\n", " ").splitlines()
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_machine_that_judges_runs_the_same() -> None:
    lines = (PROJECT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == "exec python3 run.py test"
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)


def some_checks(monkeypatch: pytest.MonkeyPatch, **checks: str) -> None:
    monkeypatch.setattr(everything, "CHECKS", [(name, ["-c", c]) for name, c in checks.items()])


def test_every_check_runs_and_one_failure_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(everything, "browser_environment", lambda _say: {find.VARIABLE: "/x"})
    monkeypatch.setenv(find.VARIABLE, "/x")
    some_checks(monkeypatch, First="print('one')", Second="exit(7)", Third="print('three')")
    assert everything.main([]) == 1
    shown = capfd.readouterr().out
    assert shown.index("=== First") < shown.index("one") < shown.index("=== Second")
    assert shown.index("three") < shown.index("=== Summary")
    assert [line.split(",")[0] for line in shown.splitlines()[-3:]] == [
        "ok        First",
        "FAILED    Second",
        "ok        Third",
    ]
    some_checks(monkeypatch, First="print('one')")
    assert everything.main([]) == 0


def test_without_a_browser_it_says_so_and_a_judging_machine_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(everything, "browser_environment", lambda _say: {})
    monkeypatch.delenv(find.VARIABLE, raising=False)
    monkeypatch.delenv("CI", raising=False)
    some_checks(monkeypatch, First="print('one')")
    assert everything.main([]) == 0
    assert "LEFT OUT  Browser tests" in capfd.readouterr().out
    monkeypatch.setenv("CI", "true")
    assert everything.main([]) == 1
    assert "FAILED    Browser tests" in capfd.readouterr().out


def test_arguments_go_to_pytest_alone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(everything, "browser_environment", lambda _say: {})
    some_checks(monkeypatch, First="print('one')")
    assert everything.main(["--version"]) == 0
    shown = capfd.readouterr()
    assert "pytest" in shown.out + shown.err
    assert "one" not in shown.out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_check_that_is_stopped_may_clean_up(tmp_path: Path, number: int, code: int) -> None:
    slow = (
        "import signal, sys, time, pathlib\n"
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        "try:\n  print('busy', flush=True)\n  time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        f"  time.sleep(0.5)\n  pathlib.Path({str(tmp_path / 'tidy')!r}).touch()\n  sys.exit(2)\n"
    )
    whole = "import sys, tests.everything as e\n"
    whole += "e.CHECKS[:] = [('Slow', ['-c', sys.argv.pop()])]\ne.command()"
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", whole, slow],
        cwd=PROJECT,
        env={**os.environ, find.VARIABLE: "/bin/true"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert any("busy" in line for line in iter(child.stdout.readline, ""))
    if number == signal.SIGINT:
        os.killpg(child.pid, number)  # the keyboard reaches all
    else:
        child.send_signal(number)
    child.communicate(timeout=20)
    assert child.returncode == code
    assert (tmp_path / "tidy").exists()


def program(path: Path, code: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_is_the_named_one_else_one_that_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(find.VARIABLE, raising=False)
    assert find.find_browser() is None
    program(tmp_path / "chromium", 127)  # there, but its libraries are not
    assert find.find_browser() is None
    google = program(tmp_path / "google-chrome", 0)
    assert find.find_browser() == google
    chromium = program(tmp_path / "chromium", 0)
    assert find.find_browser() == chromium
    mine = program(tmp_path / "mine", 0)
    monkeypatch.setenv(find.VARIABLE, mine)
    assert find.browser_environment() == {find.VARIABLE: mine}
    monkeypatch.setenv(find.VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(find.BadBrowser, match="does not start"):
        find.find_browser()


def test_what_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = f"sleep 60 & echo $! > '{note}'; wait"
    began = time.monotonic()
    assert not find.succeeds(["/bin/sh", "-c", script], seconds=0.5)
    assert time.monotonic() - began < 10
    pid = int(note.read_text())
    until = time.monotonic() + 5
    while time.monotonic() < until and is_alive(pid):
        time.sleep(0.02)
    assert not is_alive(pid)


def is_alive(pid: int) -> bool:
    """Not even as a zombie that its new parent is slow to bury."""
    done = subprocess.run(  # noqa: S603
        ["ps", "-o", "stat=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith("Z")
