"""The database of a trial: the operator's own empty one, or one that is thrown away."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from timebank.kernel import settings
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded
from timebank.kernel.embedded_files import Say
from timebank.kernel.settings import Settings
from timebank.server import URLS

NEEDS = ("database_url_owner",)
T = TypeVar("T")


@contextmanager
def database(say: Say) -> Iterator[Settings]:
    """Settings for a trial. Raises BadSettings, CannotStart."""
    if any(os.environ.get(name) for name in URLS):
        yield settings.read(os.environ, needs=NEEDS)
        return
    before = signal.signal(signal.SIGTERM, _end)
    folder = Path(tempfile.mkdtemp(prefix="timebank-trial-"))
    folder.chmod(0o755)  # the account of the database has to come in
    try:
        with Embedded.start(folder / "database", throwaway=True, say=say) as server:
            yield Settings(
                database_url=server.dsn(WEB), database_url_work=server.dsn(WORK),
                database_url_owner=server.dsn(OWNER), public_url="http://127.0.0.1:8000",
            )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: Any) -> None:
    """Whoever stops a trial finds nothing left of its database."""
    sys.exit(128 + number)


async def until_stopped(work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. SIGTERM ends it where it waits: a handler that raises may do so inside a
    library that goes on all the same. Raises SystemExit then."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.Event()

    def stop() -> None:
        stopped.set()
        task.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if stopped.is_set():
            sys.exit(128 + signal.SIGTERM)
        raise
