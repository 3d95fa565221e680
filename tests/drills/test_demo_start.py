"""The demo, started as people do: twice at once, cut off in the middle, stopped, started again."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.drills.installation import ROOT, family, free_port, kill
from timebank.kernel import embedded_files as files
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.embedded_server import servers_in

pytestmark = pytest.mark.slow


class Demo:
    """`timebank demo` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.database = self.data / "database"
        self.words = folder / "words.txt"
        self.port = free_port()
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        with self.words.open("ab") as out:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "timebank.cli", "demo", "--data", str(self.data),
                 "--port", str(self.port)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.started.append(process)
        return process

    def await_word(self, word: str, seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while word not in self.words.read_text():
            assert time.monotonic() < until, self.words.read_text()
            assert self.started[-1].poll() is None, self.words.read_text()
            time.sleep(0.1)

    def members(self) -> int:
        """How many there are now, while it runs."""
        server = Embedded.find(self.database)
        assert server is not None
        return int(server.psql(OWNER, "timebank", "-c", "select count(*) from party"))

    def end(self) -> None:
        for process in self.started:
            for child in family(process):
                kill(child)
            process.wait(10)
        account = files.account_for(self.database)
        data = files.data_for(account, self.database, throwaway=False, say=lambda _: None)
        for process in servers_in(data):
            psutil.wait_procs([process], timeout=20)
        for ending in ("lock", "log", "log.old"):
            files.beside(data, ending).unlink(missing_ok=True)
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path)
    yield made
    made.end()


def test_the_demo_survives_what_people_do_to_it(demo: Demo) -> None:
    first = demo.start()
    until = time.monotonic() + 60
    demo.await_word("migration")
    while not has_somebody(demo):
        assert time.monotonic() < until, demo.words.read_text()
        time.sleep(0.1)
    second = demo.start()
    assert second.wait(20) == 1
    assert "draait al" in demo.words.read_text()

    first.kill()  # while it is loading
    first.wait()
    demo.start()
    demo.await_word("begint opnieuw")
    demo.await_word("staat klaar")
    there = demo.members()
    assert there > 150
    assert httpx.get(f"http://127.0.0.1:{demo.port}/healthz").status_code == 200

    demo.started[-1].send_signal(signal.SIGINT)
    assert demo.started[-1].wait(15) == 0
    assert Embedded.find(demo.database) is None, "nothing is left running"

    demo.words.write_text("")
    began = time.monotonic()
    demo.start()
    demo.await_word("staat klaar")
    assert time.monotonic() - began < 15, "it was not loaded once more"
    assert demo.members() == there


def has_somebody(demo: Demo) -> bool:
    """Whether the loading has begun."""
    try:
        return demo.members() > 0
    except (AssertionError, files.CannotStart):
        return False
