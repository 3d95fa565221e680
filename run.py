#!/usr/bin/env python3
"""The one command: makes what is missing in `.venv` and runs the platform, or its tests.

Standard library only, and readable by old Pythons far enough to tell them that they are too old.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

try:
    import fcntl
except ImportError:
    sys.exit("Windows itself is not supported. Use WSL, the Linux inside Windows.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "timebank.stamp"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)

HELP = """\
Usage: python3 run.py COMMAND [ARGUMENTS]

  demo     start the platform with a made-up neighbourhood on http://127.0.0.1:8000
  test     run every check and every test; with arguments: run pytest with these
  bench    measure, one line a figure; --scale small does it in two minutes
  audit    attack a fresh demo and look up known flaws in what we depend on

Every other command of `timebank` works too: serve, work, migrate, check …
Add --help to any of them, or see them all with: python3 run.py --all

Examples:
  python3 run.py demo
  python3 run.py test -k "press or twice"
  python3 run.py bench --scale small

The first time this installs what it needs in .venv, beside this file; nothing
elsewhere on the machine is touched.
"""

TEST_HELP = """\
Usage: python3 run.py test [PYTEST ARGUMENTS]

Without arguments: format, lint, types, import rules, templates and all tests, in that
order, all of them also when one fails; ends with a summary, and non-zero when any failed.
With arguments: only pytest, with these.

The browser tests use TIMEBANK_BROWSER, Playwright's own Chromium, or one on the PATH; without
any, one is installed if that is possible. Set CI=true to fail when there is none.

Examples:
  python3 run.py test
  python3 run.py test tests/hours -x
"""


class Stop(Exception):
    """We cannot go on; the message says why and what to do."""


def say(line: str) -> None:
    print(line, flush=True)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(HELP)
        return 0
    command, *rest = arguments
    if command == "test" and rest in (["-h"], ["--help"]):
        say(TEST_HELP)
        return 0
    check_python()
    set_up()
    environment = clean_environment()
    if command == "test":
        os.chdir(ROOT)
        return replace_by(["-m", "tests.everything", *rest], environment)
    if command == "audit":
        find: list[str | Path] = [PYTHON, "-m", "tests.browser.find"]
        found = subprocess.run(
            find, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
        if found.returncode:  # it said why
            return found.returncode
        environment["TIMEBANK_BROWSER"] = found.stdout
    shown = ["--help"] if command == "--all" else arguments
    # -P: a folder named timebank where the person happens to stand is not ours.
    return replace_by(["-P", "-m", "timebank.cli", *shown], environment)


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise Stop(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.\n"
            "Is a newer one installed? Then try: python3.13 run.py …"
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Stop(
            "This Python cannot make a virtual environment: venv or ensurepip is missing.\n"
            f"On Debian or Ubuntu: apt install python3-venv   (or python{version}-venv)"
        )


def set_up() -> None:
    """Make `.venv` as the lock file says, unless its stamp tells that it is so already."""
    with FolderLock():
        if os.access(PYTHON, os.X_OK) and STAMP.exists() and STAMP.read_text() == stamp():
            return
        began = time.monotonic()
        # One with a stamp was made for another lock, Python or place; one without may be half
        # made, or somebody's own: that is kept as long as it works.
        if STAMP.exists() or not is_usable():
            say("Making .venv …")
            made = subprocess.run(
                [sys.executable, "-m", "venv", "--clear", VENV],
                env=clean_environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if made.returncode:
                raise Stop(f"Making {VENV} failed:\n{made.stdout}")
        STAMP.unlink(missing_ok=True)
        install()
        add_project()
        STAMP.write_text(stamp())
        say(f"Installed in {time.monotonic() - began:.0f} s.")


def stamp() -> str:
    """Changes with whatever makes another `.venv` needed: lock, Python, and where we stand."""
    parts = [LOCK.read_bytes(), sys.version.encode(), sys.base_prefix.encode(), os.fsencode(VENV)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_usable() -> bool:
    """Whether `.venv` is of this version of Python and has pip."""
    asked = "import sys, pip; print(sys.version)"
    try:
        done = subprocess.run(
            [PYTHON, "-c", asked],
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return done.stdout.strip() == sys.version


def install() -> None:
    """What the lock names, by hash; a line every two seconds, as it may take a minute."""
    total = sum("==" in line for line in LOCK.read_text().splitlines())
    say(f"Installing {total} packages …")
    pip = subprocess.Popen(
        [
            *(PYTHON, "-m", "pip", "install", "--require-hashes", "-r", LOCK),
            *("--disable-pip-version-check", "--no-input", "--progress-bar=off"),
            "--root-user-action=ignore",
        ],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    lines: list[str] = []
    found, told = 0, time.monotonic()
    for line in pip.stdout or ():
        lines.append(line)
        found += line.startswith(("Collecting ", "Requirement already satisfied"))
        if line.startswith("Installing collected packages"):
            say("  all fetched; unpacking, half a minute at most on most machines")
            told = float("inf")
        elif time.monotonic() - told > 2:
            say(f"  {min(found, total)} of {total}")
            told = time.monotonic()
    if pip.wait():
        tail = "".join(lines[-20:])
        raise Stop(
            f"Installing failed; pip said:\n{tail}\n"
            "Needed: access to a package index, and Linux with glibc 2.28 or newer (not Alpine) "
            "or macOS 11 or newer.\nStart again when that is mended: what is there is kept."
        )


def add_project() -> None:
    """The code is used where it stands: on the path, and as the command .venv/bin/timebank."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([PYTHON, "-c", asked], text=True)
    (Path(packages.strip()) / "timebank.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "timebank"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -P -m timebank.cli "$@"\n')
    command.chmod(0o755)


class FolderLock:
    """Two set-ups at once wait for each other. The kernel lets go of it however we end."""

    def __enter__(self) -> None:
        self.folder = os.open(ROOT, os.O_RDONLY)
        try:
            fcntl.flock(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work here; waiting for it …")
            fcntl.flock(self.folder, fcntl.LOCK_EX)
        except OSError:
            pass  # some network drives know no locks

    def __exit__(self, *problem: object) -> None:
        os.close(self.folder)


def clean_environment() -> dict[str, str]:
    """Ours without what would make the Python in `.venv` look elsewhere."""
    led_astray = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    return {key: value for key, value in os.environ.items() if key not in led_astray}


def replace_by(arguments: list[str], environment: dict[str, str]) -> int:
    """Become the Python of `.venv`, so that Ctrl-C and other signals reach it and nothing else."""
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), *arguments], environment)  # noqa: S606


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as problem:
        sys.exit(f"\n{problem}")
    except PermissionError as problem:
        sys.exit(f"\nNo access to {problem.filename}: it may belong to another user.")
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
