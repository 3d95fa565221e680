"""How quickly the rule looks at everybody: a community of 5,000, one of 50,000, and a million members;
and how quickly a worker sees the list, why somebody is on it, and whom she might like to meet."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from timebank import contacts, introductions, signals
from timebank.bench import million
from timebank.bench.figures import Figure, at_most
from timebank.bench.filling import WORKER, Size
from timebank.bench.town import q
from timebank.kernel import clock
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, Pool, open_pool, transaction
from timebank.kernel.embedded import Embedded
from timebank.kernel.ids import new_id
from timebank.kernel.settings import Settings
from timebank.web.viewer import Role, Viewer

DATABASE = "crowds"
CROWDS = (5_000, 50_000)
MOST_SECONDS = {5_000: 1.0, 50_000: 3.0}
MOST_MILLION_SECONDS = 120.0
MOST_LIST_MS, MOST_EXPLANATION_MS, MOST_INTRODUCTIONS_MS = 50.0, 20.0, 100.0
AT_ONCE = 2
"""Communities that are looked at at the same time: one is read while the other is judged."""
RUN_PATIENCE = 300.0
AGAIN = 7


async def figures(server: Embedded) -> list[Figure]:
    """The two crowds, and what a worker asks for in them."""
    settings = await million.filled(server, DATABASE, Size(0, CROWDS))
    pool = await open_pool(settings.database_url_work, size=1, patience=RUN_PATIENCE)
    found = []
    try:
        for community, members in enumerate(CROWDS, 1):
            await _run(pool, community, clock.now() - timedelta(days=8))
            seconds = await _timed(partial(_run, pool, community, clock.now()))
            found.append(
                Figure(name=f"signals_rescored_{members}", value=seconds, unit="s",
                       target=at_most(MOST_SECONDS[members]))
            )  # fmt: skip
    finally:
        pool.terminate()
    return [*found, *await _asked(settings)]


async def million_figure(settings: Settings, communities: int) -> Figure:
    """Everybody of all communities, as the worker process does it each night."""
    pool = await open_pool(settings.database_url_work, size=AT_ONCE, patience=RUN_PATIENCE)
    waiting = iter(range(1, communities + 1))

    async def one_after_another() -> None:
        for community in waiting:
            await _run(pool, community, clock.now())

    async def all_of_them() -> None:
        await asyncio.gather(*(one_after_another() for _n in range(AT_ONCE)))

    try:
        seconds = await _timed(all_of_them)
    finally:
        pool.terminate()
    return Figure(
        name="signals_rescored_1000000", value=seconds, unit="s",
        target=at_most(MOST_MILLION_SECONDS),
    )  # fmt: skip


async def _run(pool: Pool, community: int, now: datetime) -> None:
    async with transaction(pool, community) as db:
        await signals.run(db, community=community, now=now)


async def _timed(do: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await do()
    return time.perf_counter() - began


async def _asked(settings: Settings) -> list[Figure]:
    """As the web process asks, in the largest crowd; the middle of some times."""
    pool = await open_pool(settings.database_url, size=1)
    community, now = len(CROWDS), clock.now()
    try:
        async with transaction(pool, community) as db:
            viewer = await _worker(db, community)
            listed = await signals.list_for(db, viewer, now=now)
            party = listed[0].party_id
            await signals.take(db, viewer, listed[0].id, now=now)
            person = await contacts.person_for(db, viewer, party)
            if not await introductions.suggest(db, viewer, person, now=now):
                raise RuntimeError("nobody is suggested: that measures nothing")
            took = [
                await _middle(lambda: signals.list_for(db, viewer, now=now)),
                await _middle(
                    lambda: signals.explain_all(db, community, party, today=local_date(now))
                ),
                await _middle(lambda: introductions.suggest(db, viewer, person, now=now)),
            ]
    finally:
        pool.terminate()
    names = ("signals_list", "signals_explanation", "introductions")
    most = (MOST_LIST_MS, MOST_EXPLANATION_MS, MOST_INTRODUCTIONS_MS)
    return [
        Figure(name=f"{name}_of_{CROWDS[-1]}", value=value, unit="ms", target=at_most(target))
        for name, value, target in zip(names, took, most, strict=True)
    ]


async def _middle(ask: Callable[[], Awaitable[Any]]) -> float:
    times = []
    for _n in range(AGAIN):
        began = time.perf_counter()
        await ask()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


async def _worker(db: Db, community: int) -> Viewer:
    found = await q.worker(db, community=community, number=str(100_000 + WORKER))
    return Viewer(
        community_id=community, party_id=found["id"], session_id=new_id(),
        number=str(100_000 + WORKER), call_name="Buur", full_name="Buur", area_id=found["area_id"],
        place_id=None, language="nl", state="active", proven_at=clock.now(),
        roles=(Role("worker", found["area_id"]),),
    )  # fmt: skip
