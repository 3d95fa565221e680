"""A browser for the browser tests: one that is there, else one that is installed now.

`python -m tests.browser.find` prints its path, or nothing when none can be had.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

VARIABLE = "TIMEBANK_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome")
OWN_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
Say = Callable[[str], None]


class BadBrowser(Exception):
    """TIMEBANK_BROWSER names something that does not start."""


def browser_environment(say: Say = print) -> dict[str, str]:
    """TIMEBANK_BROWSER with a browser that starts, or nothing, loudly, when none can be had."""
    browser = find_browser() or install_browser(say)
    if browser:
        return {VARIABLE: browser}
    line = "!" * 78
    say(
        f"{line}\nNO BROWSER: the browser tests are left out.\n"
        f"Install Chromium, or set {VARIABLE} to a browser built on it.\n{line}"
    )
    return {}


def find_browser() -> str | None:
    """The one that is named, else Playwright's own, else one on the PATH."""
    named = os.environ.get(VARIABLE)
    if named:
        if not starts(named):
            raise BadBrowser(f"{VARIABLE} names {named}, which does not start.")
        return named
    found = [playwrights_own(), *(shutil.which(name) for name in NAMES)]
    return next((browser for browser in found if browser and starts(browser)), None)


def starts(browser: str) -> bool:
    """Tried, not looked up: one whose libraries are missing is there and does not start."""
    return succeeds([browser, "--version"], seconds=30)


def playwrights_own() -> str | None:
    """The Chromium that `playwright install` puts in the home folder, if it is there.

    Asked in a process of its own, as Playwright leaves some of its behind in ours.
    """
    asked = [sys.executable, "-c", OWN_PATH]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    path = done.stdout.strip()
    return path if path and Path(path).exists() else None


def install_browser(say: Say) -> str | None:
    """Playwright's Chromium, else as root the system's own; each within a few minutes."""
    say("No browser found; fetching Playwright's Chromium (at most 2 minutes) …")
    succeeds([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], seconds=120)
    found = find_browser()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        say("That did not work; installing the system's Chromium (at most 10 minutes) …")
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300"]
        succeeds([*apt, "update"], seconds=180)
        succeeds([*apt, "install", "-y", "--no-install-recommends", "chromium"], seconds=420)
        found = find_browser()
    return found


def succeeds(command: list[str], seconds: float) -> bool:
    """Whether this does its work in time; when not, it and all it started are ended."""
    try:
        child = subprocess.Popen(  # noqa: S603
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return child.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


if __name__ == "__main__":
    try:
        sys.stdout.write(
            browser_environment(lambda line: print(line, file=sys.stderr)).get(VARIABLE, "")
        )
    except BadBrowser as problem:
        sys.exit(str(problem))
