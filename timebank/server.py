"""Which database a command works on: the operator's own, or the one that comes along."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from timebank.kernel import settings
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded
from timebank.kernel.embedded_files import Say
from timebank.kernel.settings import Settings

DATA = Path(__file__).parent.parent / ".data"
URLS = ("DATABASE_URL", "DATABASE_URL_WORK", "DATABASE_URL_OWNER")


@contextmanager
def database(
    say: Say, *, needs: Collection[str] = settings.ALL, data: Path = DATA, **fixed: object
) -> Iterator[Settings]:
    """Settings for a command, which must have what it `needs`.

    With any DATABASE_URL… set that server is used; without, the embedded one runs for as long as
    the command does (or is joined when it runs already).

    Raises BadSettings, CannotStart.
    """
    if any(os.environ.get(name) for name in URLS):
        yield settings.read(os.environ, needs=needs, **fixed)
        return
    # A second demo must hear that one is running; every other command joins it.
    running = None if fixed.get("demo") else Embedded.find(data / "database")
    if running is not None:
        yield _embedded_settings(running, fixed)
        return
    with Embedded.start(data / "database", say=say) as server:
        yield _embedded_settings(server, fixed)


def _embedded_settings(server: Embedded, fixed: dict[str, object]) -> Settings:
    if not fixed.get("demo"):
        # Or who forgot to set it in this window hears that all is well, of another database.
        click.echo(f"No DATABASE_URL is set: this is about {server.data}.", err=True)
    own = {
        "database_url": server.dsn(WEB),
        "database_url_work": server.dsn(WORK),
        "database_url_owner": server.dsn(OWNER),
    }
    port = fixed.get("port") or os.environ.get("PORT") or 8000
    own["public_url"] = os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"
    return settings.read(os.environ, needs=settings.ALL, **(own | fixed))
