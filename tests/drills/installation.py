"""An installation as an operator has it: a database, `timebank serve` and `timebank work`.

Each is a process of its own that a drill may kill. Nothing here stands in for a part of ours: the
commands are the real ones, with their settings in the environment.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import psutil

from timebank.kernel.embedded import DATABASE, OWNER, WEB, WORK, Embedded
from timebank.kernel.embedded_files import beside
from timebank.kernel.settings import Settings, read

ROOT = Path(__file__).parents[2]
LONGEST_START = 20.0
"""Seconds a busy machine may need to start Python and import everything."""


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def kept_database(folder: Path) -> Iterator[Embedded]:
    """A database that keeps what it acknowledged, as in earnest, until the drill is over.

    Not where the folder says when root runs this: then it stands where its own account may come.
    """
    cluster = Embedded.start(folder / "db", say=lambda _: None)
    try:
        yield cluster
    finally:
        cluster.stop()
        remove(cluster)


def remove(cluster: Embedded) -> None:
    """The data of a stopped database, and what stands beside it."""
    shutil.rmtree(cluster.data, ignore_errors=True)
    for ending in ("log", "log.old", "lock"):
        beside(cluster.data, ending).unlink(missing_ok=True)


class Installation:
    """One database and the processes on it. `start_*` return the process; `end` kills what is left."""

    def __init__(
        self, cluster: Embedded, folder: Path, *, database: str = DATABASE, **more: str
    ) -> None:
        self.cluster = cluster
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said: list[Path] = []
        self.environment = {
            "DATABASE_URL": cluster.dsn(WEB, database),
            "DATABASE_URL_WORK": cluster.dsn(WORK, database),
            "DATABASE_URL_OWNER": cluster.dsn(OWNER, database),
            "PUBLIC_URL": self.address,
            "PORT": str(self.port),
        } | more
        self._running: list[subprocess.Popen[bytes]] = []

    def restart_database(self) -> None:
        """Start it again on its data, after whatever end it came to."""
        self.cluster.stop()
        self.cluster = Embedded.start(self.folder / "db", say=lambda _: None)

    @property
    def settings(self) -> Settings:
        """What the processes read from their environment."""
        return read(self.environment)

    def run(
        self, *arguments: str, at: Path = ROOT, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """A command of the operator, to its end; `at` is where the program stands."""
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "timebank.cli", *arguments],
            cwd=at, env=self._whole(more), capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip

    def start(self, *arguments: str, at: Path = ROOT, **more: str) -> subprocess.Popen[bytes]:
        """A command that goes on until it is stopped. What it says goes to a file."""
        out = self.folder / f"{arguments[0]}-{len(self.said)}.log"
        self.said.append(out)
        with out.open("wb") as file:
            return self._spawn([*arguments], file, more, at)

    def _spawn(
        self, arguments: list[str], out: IO[bytes], more: dict[str, str], at: Path
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "timebank.cli", *arguments],
            cwd=at, env=self._whole(more), stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._running.append(process)
        return process

    def _whole(self, more: dict[str, str]) -> dict[str, str]:
        """Only what an operator sets, and what finds Python and its parts."""
        kept = {
            k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "PYTHONPATH", "PG_BIN")
        }
        return kept | self.environment | more

    def serve(self, **more: str) -> subprocess.Popen[bytes]:
        """The website, once it answers."""
        process = self.start("serve", **more)
        self.await_health()
        return process

    def work(self, **more: str) -> subprocess.Popen[bytes]:
        """The worker, once it works."""
        process = self.start("work", **more)
        self.await_word("works", self.said[-1])
        return process

    def await_there(self, path: Path) -> None:
        """Until there is such a file."""
        until = time.monotonic() + LONGEST_START
        while not path.exists():
            assert time.monotonic() < until, f"no {path.name}:\n{self.words()}"
            time.sleep(0.05)

    def await_word(self, word: str, *outs: Path) -> None:
        """Until each of these has said so."""
        until = time.monotonic() + LONGEST_START
        while not all(word in out.read_text() for out in outs):
            assert time.monotonic() < until, f"nobody says {word!r}:\n{self.words()}"
            time.sleep(0.05)

    def await_health(self, status: int = 200, seconds: float = LONGEST_START) -> float:
        """Until /healthz gives this status; how many seconds that took."""
        began = time.monotonic()
        while (waited := time.monotonic() - began) < seconds:
            if self.health() == status:
                return waited
            time.sleep(0.05)
        raise AssertionError(f"not {status} after {seconds} s; it said:\n{self.words()}")

    def health(self) -> int:
        """Status of /healthz; 0 when nobody answers."""
        try:
            return httpx.get(f"{self.address}/healthz", timeout=10).status_code
        except httpx.TransportError:
            return 0

    def words(self) -> str:
        """The end of what each process said."""
        return "\n".join(f"{p.name}: {p.read_text(errors='replace')[-1500:]}" for p in self.said)

    def failures(self) -> list[str]:
        """Lines that the processes logged as bugs of ours."""
        return [
            line
            for path in self.said
            for line in path.read_text(errors="replace").splitlines()
            if '"event":"failure"' in line or "Traceback" in line
        ]

    def end(self) -> None:
        """Nothing of this installation runs any more, and nothing is left unread."""
        for process in self._running:
            for child in family(process):
                kill(child)
            process.wait(10)


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The process and its living descendants; empty when it is gone."""
    try:
        parent = psutil.Process(process.pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return []


def command_of(process: psutil.Process) -> str:
    """The words it was started with; none when it is gone, or nobody has waited for it yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def kill(process: psutil.Process) -> None:
    """kill -9, if it still lives."""
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.Error:
        return
