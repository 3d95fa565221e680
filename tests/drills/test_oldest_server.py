"""The oldest PostgreSQL that is promised (15): schema, queries, ledger and a booking through pages.

The whole suite on such a server: PG_BIN=/path/to/15/bin python3 run.py test
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drills.installation import ROOT
from timebank.kernel import embedded_files as files

OLDEST = 15
PLACES = (Path("/usr/lib/postgresql/15/bin"), Path("/opt/homebrew/opt/postgresql@15/bin"))
WHAT = ("tests/house/test_schema.py", "tests/house/test_sql.py", "tests/hours/test_pages.py")


def oldest() -> Path | None:
    """Programs of that version on this machine, if there are any."""
    named = os.environ.get("PG_BIN_OLDEST")
    for place in (Path(named),) if named else PLACES:
        if (place / "initdb").exists() and files.major_version(place) == OLDEST:
            return place
    return None


@pytest.mark.slow
def test_the_oldest_server_that_is_promised_does() -> None:
    programs = oldest()
    if programs is None:
        pytest.skip(f"there is no PostgreSQL {OLDEST} here (PG_BIN_OLDEST can name one)")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *WHAT],
        cwd=ROOT, env=kept | {"PG_BIN": str(programs)}, capture_output=True, text=True,
        timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
