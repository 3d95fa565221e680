"""Serving in a process of its own: starting, stopping, and being killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from timebank.web.serve import listen, serve

ROOT = Path(__file__).parents[2]
SITE = """
import asyncio, os, sys
from litestar import Litestar, get
from timebank.web.log import configure
from timebank.web.serve import serve
from timebank.web.wall import Wall

def say(text):  # in one write: two workers share this pipe, and print may need two
    os.write(1, f"{text}\\n".encode())

@get("/", name="home")
async def home() -> str:
    return "hier"

@get("/slow", name="slow")
async def slow() -> str:
    await asyncio.sleep(SLOW)
    return "klaar"

def make():
    configure(actor_key=b"k")
    say(f"made {os.getpid()}")
    app = Litestar([home, slow], openapi_config=None, logging_config=None)
    return Wall(app, public_url="http://127.0.0.1", hosts=frozenset(),
                trusted_proxies=frozenset(), https=False)

if __name__ == "__main__":
    workers = int(sys.argv[1])
    serve("site_under_test:make" if workers > 1 else make(), port=0, workers=workers,
          on_ready=lambda port: say(f"ready {port}"))
    say("ended")
"""


class Process:
    """The site, started as its own process."""

    def __init__(self, folder: Path, *, workers: int = 1, slow: float = 1.0) -> None:
        (folder / "site_under_test.py").write_text(SITE.replace("SLOW", str(slow)))
        path = os.pathsep.join([str(ROOT), str(folder)])
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, str(folder / "site_under_test.py"), str(workers)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            text=True,
            start_new_session=True,
        )
        self.makers: set[str] = set()
        assert self.process.stdout is not None
        word, number = self.process.stdout.readline().split()
        while word == "made":
            self.makers.add(number)
            word, number = self.process.stdout.readline().split()
        assert word == "ready"
        self.port = int(number)
        self.address = f"http://127.0.0.1:{number}"

    def stop(self, number: int) -> tuple[float, str, str]:
        began = time.monotonic()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=10)
        return time.monotonic() - began, out, err


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Process]]:
    sites: list[Process] = []
    yield sites
    for site in sites:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(site.process.pid, signal.SIGKILL)
        site.process.communicate(timeout=10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_the_caller_goes_on(
    tmp_path: Path, started: list[Process], number: int
) -> None:
    site = Process(tmp_path)
    started.append(site)
    with httpx.Client() as line:  # an open, idle line must not hold it up
        assert line.get(site.address).text == "hier"
        took, out, err = site.stop(number)
    assert took < 2
    assert out.strip() == "ended"
    assert site.process.returncode == 0
    assert "Traceback" not in err


def test_a_running_request_is_finished_first(tmp_path: Path, started: list[Process]) -> None:
    site = Process(tmp_path, slow=0.8)
    started.append(site)
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(0.3)
        took, out, _ = site.stop(signal.SIGTERM)
        assert line.recv(65536).endswith(b"klaar")
    assert took < 3
    assert out.strip() == "ended"


def test_a_request_without_end_is_cut_off_within_five_seconds(
    tmp_path: Path, started: list[Process]
) -> None:
    site = Process(tmp_path, slow=60)
    started.append(site)
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(0.3)
        took, out, _ = site.stop(signal.SIGINT)
        answer = line.recv(65536)
    assert took < 5
    assert out.strip() == "ended"
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"content-security-policy" in answer.lower()


@pytest.mark.parametrize("killed", [False, True])
def test_several_workers_stop_together_even_when_their_parent_is_killed(
    tmp_path: Path, started: list[Process], killed: bool
) -> None:
    site = Process(tmp_path, workers=2)
    started.append(site)
    assert httpx.get(site.address).text == "hier"
    assert str(site.process.pid) not in site.makers
    took, out, _ = site.stop(signal.SIGKILL if killed else signal.SIGTERM)
    assert took < 6
    assert killed or out.splitlines()[-1] == "ended"
    began = time.monotonic()
    while not is_free(site.port):
        assert time.monotonic() - began < 6, "a worker still holds the port"
        time.sleep(0.1)


def is_free(port: int) -> bool:
    try:
        listen("127.0.0.1", port).close()
    except OSError:
        return False
    return True


def test_a_taken_address_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_several_workers_need_an_app_they_can_make_themselves() -> None:
    async def app(scope: object, receive: object, send: object) -> None: ...

    with pytest.raises(ValueError, match="module:function"):
        serve(app, workers=2)
