"""Confirmations per second: through the app, by the same verb in a loop, and by pgbench.

All three confirm exchanges that were said to be done, with the same writes: exchange, log, notice
and hours, each in a transaction of its own that is safe on disk before the next begins. Forms are
fetched before the clock starts: reading a page is measured elsewhere.
"""

import asyncio
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from timebank import exchanges
from timebank.bench.client import Browser, expect, form_of, sign_in
from timebank.bench.figures import Figure, at_least
from timebank.bench.stand import WebProcess
from timebank.bench.town import COMMUNITY, SLUG, Member, Town, q, superuser
from timebank.demo import PASSWORD
from timebank.exchanges import By
from timebank.kernel import clock
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool, open_pool, transaction
from timebank.kernel.embedded import DATABASE, WEB, Embedded
from timebank.kernel.settings import Settings

CLIENTS = 16
MINUTES = 15
PGBENCH = Path(__file__).parent / "confirmation.pgbench"


class Waiting(msgspec.Struct, frozen=True):
    """An exchange that waits for a yes."""

    id: UUID
    getter: UUID
    giver: UUID


async def figures(
    server: Embedded, settings: Settings, web: WebProcess, town: Town, count: int
) -> list[Figure]:
    """Two figures: the app beside the loop, and beside pgbench."""
    app = await through_app(server, web, town, count)
    loop = await in_a_loop(server, settings, town, count)
    bench = await by_pgbench(server, town, count)
    return [
        Figure(
            name="confirmations_to_loop", value=app, unit="per_s", reference=("loop", loop),
            target=at_least(0.5),
        ),
        Figure(
            name="confirmations_to_pgbench", value=app, unit="per_s",
            reference=("pgbench", bench), target=at_least(0.2),
        ),
    ]  # fmt: skip


async def hold(server: Embedded, town: Town, count: int) -> list[Waiting]:
    """So many exchanges that wait."""
    db = await superuser(server)
    now = clock.now()
    try:
        made = [
            Waiting(**dict(row))
            async for row in q.waiting_exchanges(
                db, community=COMMUNITY, count=count, now=now, today=local_date(now),
                getters=[m.id for m in town.getters], givers=[m.id for m in town.givers],
            )
        ]  # fmt: skip
        await db.execute("analyze")
        await db.execute("checkpoint")
    finally:
        await db.close()
    return made


async def all_confirmed(server: Embedded, waiting: Sequence[Waiting]) -> None:
    """Raises RuntimeError when some were not: then nothing was measured."""
    db = await superuser(server)
    try:
        found = await q.confirmed(db, community=COMMUNITY, ids=[w.id for w in waiting])
    finally:
        await db.close()
    if found != len(waiting):
        raise RuntimeError(f"{found} of {len(waiting)} were confirmed")


async def through_app(server: Embedded, web: WebProcess, town: Town, count: int) -> float:
    """POST …/confirmation by members with a session each, a connection each."""
    waiting = await hold(server, town, count)
    work = await asyncio.gather(*(_forms(web, member, waiting) for member in town.getters))
    began = time.perf_counter()
    await asyncio.gather(*(_send(browser, forms) for browser, forms in work))
    seconds = time.perf_counter() - began
    for browser, _forms_sent in work:
        browser.close()
    await all_confirmed(server, waiting)
    return count / seconds


async def _forms(
    web: WebProcess, member: Member, waiting: Sequence[Waiting]
) -> tuple[Browser, list[tuple[str, dict[str, str]]]]:
    browser = Browser(web.port)
    await sign_in(browser, SLUG, member.number, PASSWORD)
    forms = []
    for one in waiting:
        if one.getter == member.id:
            path = f"/exchanges/{one.id}/confirmation"
            page = expect(await browser.get(f"/{SLUG}{path}"))
            forms.append(form_of(page, path))
    return browser, forms


async def _send(browser: Browser, forms: Sequence[tuple[str, dict[str, str]]]) -> None:
    for address, fields in forms:
        expect(await browser.post(address, fields), 303)


async def in_a_loop(server: Embedded, settings: Settings, town: Town, count: int) -> float:
    """The same verb on asyncpg in one process: no HTTP, session, form or page."""
    waiting = await hold(server, town, count)
    left = list(waiting)
    pool = await open_pool(settings.database_url, size=settings.pool_size)
    try:
        began = time.perf_counter()
        await asyncio.gather(*(_confirm_all(pool, left) for _n in range(CLIENTS)))
        seconds = time.perf_counter() - began
    finally:
        pool.terminate()
    await all_confirmed(server, waiting)
    return count / seconds


async def _confirm_all(pool: Pool, left: list[Waiting]) -> None:
    while left:
        one = left.pop()
        by = By(COMMUNITY, one.getter, one.getter)
        async with transaction(pool, COMMUNITY) as db:
            await exchanges.confirm(db, by, one.id, minutes=MINUTES, round_=1, now=clock.now())


async def by_pgbench(server: Embedded, town: Town, count: int) -> float:
    """The same statements, sent by pgbench: what the database can do at most."""
    count -= count % CLIENTS
    waiting = await hold(server, town, count)
    await _hand_out(server, waiting)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "confirmation.sql"
        script.write_text(PGBENCH.read_text("utf-8"))
        command: list[str | Path] = [
            server.bin / "pgbench", "-n", "-M", "prepared", "-f", script,
            "-c", str(CLIENTS), "-j", "2", "-t", str(count // CLIENTS),
            "-h", server.socket_dir, "-p", "5432", "-U", WEB, DATABASE,
        ]  # fmt: skip
        done = await asyncio.to_thread(_pgbench, command)
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.M)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench failed: {done.stderr[-500:]}")
    await all_confirmed(server, waiting)
    return float(found[1])


def _pgbench(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


async def _hand_out(server: Embedded, waiting: Sequence[Waiting]) -> None:
    """A numbered list for pgbench's clients to take from; accounts in the order of the ledger."""
    rows = []
    for n, one in enumerate(waiting, 1):
        (a, a_minutes), (b, b_minutes) = sorted([(one.getter, -MINUTES), (one.giver, MINUTES)])
        rows.append((n, one.id, one.getter, one.giver, a, a_minutes, b, b_minutes))
    db = await superuser(server)
    try:
        await db.execute(
            "create table bench_list (n bigint primary key, exchange uuid, getter uuid, giver uuid,"
            " a uuid, a_minutes integer, b uuid, b_minutes integer);"
            "create sequence bench_next; grant select on bench_list to timebank_web;"
            "grant usage on sequence bench_next to timebank_web"
        )
        await db.copy_records_to_table("bench_list", records=rows)
        await db.execute("vacuum analyze bench_list")
    finally:
        await db.close()
