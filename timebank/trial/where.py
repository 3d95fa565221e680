"""The database of a trial: the operator's own empty one, or one that is thrown away."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from timebank.kernel import settings
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded
from timebank.kernel.embedded_files import Say
from timebank.kernel.settings import Settings
from timebank.server import URLS

NEEDS = ("database_url_owner",)


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
