"""The life of one PostgreSQL: its data made, its remains cleared, its process started and ended."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import psutil

from timebank.kernel import embedded_files as files
from timebank.kernel.embedded_files import Account, CannotStart, Say

PORT = 5432
"""Only the end of the socket's name: nothing listens on a port."""
READY_SECONDS = 300.0
"""Longer than the recovery of a full write-ahead log takes on a slow disk."""
CLOSING_SECONDS = 60.0
"""How long a server that lost its parent may take to write its last pages."""

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


def ensure_cluster(
    programs: Path, data: Path, account: Account | None, throwaway: bool, say: Say
) -> bool:
    """Make the data unless it is there; True when made. Raises CannotStart."""
    version = files.major_version(programs)
    if (data / "PG_VERSION").exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != str(version):
            raise CannotStart(
                f"{data} is van PostgreSQL {made_by}, en dit is PostgreSQL {version}."
            )
        return False
    if data.exists() and any(data.iterdir()):
        raise CannotStart(f"De map {data} is niet leeg, en er staat geen databank in.")
    say("De databank wordt aangelegd …")
    # initdb refuses what an interrupted initdb leaves: so under another name, then renamed.
    fresh = files.beside(data, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if account is not None:
        os.chown(fresh, account.uid, account.gid)
    if version >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:  # the libc of macOS knows C.UTF-8 as UTF-8 and for letters only
        locale = ["--locale=C", f"--lc-ctype={'UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}"]
    done = subprocess.run(
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
        raise CannotStart(f"De databank aanleggen mislukt:\n{done.stdout.strip()[-2000:]}")
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


def sockets_of(data: Path) -> Path | None:
    """The folder with the socket of the server that runs in this data folder, or None."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8 or lines[0] not in {str(process.pid) for process in servers_in(data)}:
        return None
    return Path(lines[4])


def clear_remains(data: Path, say: Say) -> None:
    """Make way after a hard end. We hold the lock, so a server still in there is nobody's.
    Raises CannotStart when it does not go."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    running = servers_in(data)
    if running:
        say("De vorige databank wordt nog afgesloten …")
        with contextlib.suppress(psutil.Error):
            running[0].send_signal(signal.SIGINT)
    until = time.monotonic() + CLOSING_SECONDS
    while running and time.monotonic() < until:
        time.sleep(0.05)
        running = servers_in(data)
    if running:
        raise CannotStart(
            f"In {data} werkt nog een oude databank (proces {running[0].pid}). Stop die eerst."
        )
    pid_file.unlink(missing_ok=True)


def launch(
    programs: Path, data: Path, socket_dir: Path, account: Account | None, throwaway: bool
) -> subprocess.Popen[bytes]:
    """Start the server process; it is not ready yet."""
    settings = {**_SETTINGS, "unix_socket_directories": str(socket_dir)}
    settings |= _THROWAWAY if throwaway else {}
    log = files.beside(data, "log")
    if log.exists():
        log.replace(files.beside(data, "log.old"))
    parent = os.getpid()
    with log.open("wb") as out, warnings.catch_warnings():
        # Python warns of forking beside other threads; what runs in the child takes no lock.
        warnings.simplefilter("ignore", DeprecationWarning)
        return subprocess.Popen(
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


def await_ready(process: subprocess.Popen[bytes], data: Path, say: Say) -> None:
    """Until the server takes connections. Raises CannotStart with the end of its log."""
    start = time.monotonic()
    next_word = 2.0
    while (waited := time.monotonic() - start) < READY_SECONDS and process.poll() is None:
        if _is_ready(process, data):
            return
        if waited > next_word:
            say(f"De databank herstelt zich van een plotseling einde … ({waited:.0f} s)")
            next_word += 5.0
        time.sleep(0.02)
    log = files.beside(data, "log")
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise CannotStart(f"De databank start niet. Het einde van {log}:\n{tail}")


def _is_ready(process: subprocess.Popen[bytes], data: Path) -> bool:
    """The server itself writes so in line 8 of its pid file, under its own number."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready"


def end(process: subprocess.Popen[bytes]) -> None:
    """First with a word to the clients, then without."""
    for request, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if process.poll() is not None:
            return
        process.send_signal(request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
