"""The test stand: a database of its own that is thrown away, and the web process as it is served."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from timebank.kernel.embedded import DATABASE, OWNER, WEB, WORK, Embedded
from timebank.kernel.embedded_files import CannotStart, Say, beside
from timebank.kernel.settings import Settings

ROOT = Path(__file__).parent.parent.parent
SUPERUSER = "app"
START_SECONDS = 30.0
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def database(say: Say) -> Iterator[Embedded]:
    """A server that keeps what it acknowledged, in a folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="timebank-bench-"))
    folder.chmod(0o755)  # the account of the database has to come in
    server = Embedded.start(folder / "database", say=say)
    try:
        _setting(server, "shared_preload_libraries", "pg_stat_statements")
        server.stop()
        server = Embedded.start(folder / "database", say=say)
        _setting(server, "pg_stat_statements.track", "none")
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.data, ignore_errors=True)
        for ending in ("log", "log.old", "lock"):
            beside(server.data, ending).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def settings_of(server: Embedded, database: str = DATABASE, port: int = 8000) -> Settings:
    """Settings for one database of the stand."""
    return Settings(
        database_url=server.dsn(WEB, database), database_url_work=server.dsn(WORK, database),
        database_url_owner=server.dsn(OWNER, database), public_url=f"http://127.0.0.1:{port}",
        port=port,
    )  # fmt: skip


def _setting(server: Embedded, name: str, value: str) -> None:
    """For the whole server, from its next start or reload on."""
    server.psql(SUPERUSER, "postgres", "-c", f"alter system set {name} = '{value}'")
    server.psql(SUPERUSER, "postgres", "-c", "select pg_reload_conf()")


def set_durable(server: Embedded, durable: bool) -> None:
    """Off while millions of rows are made; on for whatever is measured."""
    for name in _DURABLE:
        _setting(server, name, "on" if durable else "off")


class WebProcess:
    """`timebank serve`, or the bare app beside it, as a process of its own."""

    def __init__(self, module: list[str], settings: Settings, **more: str) -> None:
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": settings.database_url,
            "DATABASE_URL_WORK": settings.database_url_work,
            "DATABASE_URL_OWNER": settings.database_url_owner,
            "PUBLIC_URL": settings.public_url, "PORT": str(settings.port), **more,
        }  # fmt: skip
        self.port = settings.port
        self._popen = subprocess.Popen(
            [sys.executable, "-m", *module], cwd=ROOT, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._process = psutil.Process(self._popen.pid)

    def await_ready(self) -> None:
        """Until somebody answers. Raises CannotStart."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._popen.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise CannotStart("the web process does not answer")

    def cpu_seconds(self) -> float:
        """User and system time this process used so far."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Memory this process holds."""
        return float(self._process.memory_info().rss) / 1e6

    def stop(self) -> None:
        """Ask it to end, and see to it that it did."""
        self._popen.terminate()
        try:
            self._popen.wait(10)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()


@contextmanager
def served(settings: Settings) -> Iterator[WebProcess]:
    """The web process, as an operator starts it."""
    yield from _running(WebProcess(["timebank.cli", "serve"], settings))


@contextmanager
def bare(settings: Settings, pages: Path) -> Iterator[WebProcess]:
    """An empty handler and bare pages (see bare.py) in a process of the same kind."""
    yield from _running(WebProcess(["timebank.bench.bare"], settings, BENCH_PAGES=str(pages)))


def _running(process: WebProcess) -> Iterator[WebProcess]:
    try:
        process.await_ready()
        yield process
    finally:
        process.stop()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
