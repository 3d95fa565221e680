"""What `python3 run.py test` runs: every check in order and a summary, or pytest as it is asked."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.find import VARIABLE, BadBrowser, browser_environment

ROOT = Path(__file__).parent.parent
IMPORT_RULES = "from importlinter.cli import lint_imports_command as check; check()"
CHECKS = [  # in the order of their patience; all by `python -m`, as scripts break when moved
    ("Format (ruff)", ["-m", "ruff", "format", "--check", "."]),
    ("Lint (ruff)", ["-m", "ruff", "check", "."]),
    ("Types (mypy)", ["-m", "mypy"]),
    ("Import rules (import-linter)", ["-c", IMPORT_RULES]),
    ("Templates (djlint)", ["-m", "djlint", "templates", "--lint", "--quiet"]),
    ("Tests (pytest)", ["-m", "pytest", "-n", "2", "--dist", "worksteal"]),
]


def main(arguments: list[str]) -> int:
    """The exit code: 0 when nothing failed."""
    os.environ.update(browser_environment(say))
    if arguments:
        return run(["-m", "pytest", *arguments])
    results = []
    for name, command in CHECKS:
        heading(name)
        began = time.monotonic()
        verdict = "FAILED" if run(command) else "ok"
        results.append((verdict, f"{name}, {time.monotonic() - began:.0f} s"))
    if not os.environ.get(VARIABLE):
        # Where a machine judges, tests left out must not look like tests passed.
        verdict = "FAILED" if os.environ.get("CI") == "true" else "LEFT OUT"
        results.append((verdict, "Browser tests: there is no browser"))
    heading("Summary")
    for verdict, name in results:
        say(f"{verdict:9} {name}")
    return int("FAILED" in dict(results))


def run(command: list[str]) -> int:
    """The exit code of Python with this command, its words going where ours go.

    After Ctrl-C, which it hears as well, it may clean up first; a request to end is passed on.
    """
    child = subprocess.Popen([sys.executable, *command], cwd=ROOT)  # noqa: S603
    interrupted = False
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            interrupted = True
            continue
        except SystemExit:
            child.terminate()
            child.wait()
            raise
        if interrupted:
            raise KeyboardInterrupt
        return code


def heading(name: str) -> None:
    say(f"\n=== {name} ".ljust(79, "="))


def say(line: str) -> None:
    """At once, so that it stands before what the next program says."""
    print(line, flush=True)


def end(number: int, frame: object) -> None:
    """On SIGTERM: leave by way of `run`, which ends its child."""
    raise SystemExit(128 + number)


def command() -> None:
    """From the command line: always ends in SystemExit."""
    signal.signal(signal.SIGTERM, end)
    try:
        sys.exit(main(sys.argv[1:]))
    except BadBrowser as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)


if __name__ == "__main__":
    command()
