"""A database for a trial."""

from collections.abc import Iterator

import pytest

from timebank.bench import stand
from timebank.kernel.embedded import OWNER, Embedded
from timebank.server import URLS


@pytest.fixture
def empty(cluster: Embedded, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database, which the environment names."""
    name = "trial"
    for variable in URLS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DATABASE_URL_OWNER", cluster.dsn(OWNER, name))
    cluster.psql(OWNER, "postgres", "-c", f"create database {name}")
    yield name
    cluster.psql(stand.SUPERUSER, "postgres", "-c", f"drop database {name} with (force)")
