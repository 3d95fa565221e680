"""The website and the worker as processes: what each waits for, logs and ends with."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from timebank import operate, starting
from timebank.app import make_app, with_wall
from timebank.kernel import clock
from timebank.kernel.embedded import WORK
from timebank.kernel.settings import Settings
from timebank.kernel.settings import read as read_settings
from timebank.web import log
from timebank.web.deadline import Limits
from timebank.web.serve import serve as serve_app
from timebank.worker import work as work_on

SERVING = ("database_url", "public_url")
"""Settings the website cannot do without."""


def serve(
    settings: Settings, *, with_worker: bool = False, on_ready: Callable[[int], None]
) -> None:
    """Serve the website until it is told to stop, with the worker in the same process if asked.

    `on_ready` hears the port.
    """
    _configure_log(settings)
    if settings.processes > 1:
        # Each process makes its own app, from the same environment.
        app: Any = "timebank.processes:served_app"
    else:
        made = make_app(settings, beside=_worker(settings) if with_worker else None)
        app = with_wall(made, settings)
    serve_app(
        app,
        host=settings.host,
        port=settings.port,
        workers=settings.processes,
        limits=Limits(https=settings.https, idle_seconds=settings.idle_seconds),
        on_ready=on_ready,
    )


def served_app() -> Any:
    """The app of one of several processes; its settings come from the environment."""
    settings = read_settings(needs=SERVING)
    _configure_log(settings)
    return with_wall(make_app(settings), settings)


async def work(settings: Settings, heartbeat: Path | None) -> None:
    """Work in the background until told to stop; touches `heartbeat` after each round.

    Raises starting.Stopped when it has another role or the schema is older than this program,
    migrate.SchemaTrouble when it is newer.
    """
    _configure_log(settings)
    await starting.demand_role(settings.database_url_work, WORK)
    await starting.demand_clock(settings.database_url_work, now=clock.now())
    await starting.demand_current_schema(settings.database_url_work, say=click.echo)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    click.echo("The worker works. Ctrl-C stops it.")
    beat = heartbeat.touch if heartbeat else lambda: None
    await work_on(settings, now=clock.now, stop=stop, after_round=beat)


def _worker(settings: Settings) -> Any:
    async def beside(stop: asyncio.Event) -> None:
        await work_on(settings, now=clock.now, stop=stop)

    return beside


def _configure_log(settings: Settings) -> None:
    log.configure(actor_key=operate.actor_key(settings))
