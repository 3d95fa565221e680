"""What a page costs: CPU of the web process, its answers under load, and its memory after that.

CPU is what the process itself used, so it does not matter who else works on the machine. Pages are
asked for without compression, as the bare page is sent; the load below does take it, as browsers do.
"""

import asyncio
import time
from pathlib import Path

from timebank.bench.client import Browser, expect, sign_in
from timebank.bench.figures import Figure, at_least, at_most, percentile
from timebank.bench.stand import WebProcess
from timebank.bench.town import SLUG, Town
from timebank.demo import PASSWORD

PAGES = {
    "home": f"/{SLUG}/",
    "search": f"/{SLUG}/posts/search?q=koken&direction=offer",
    "statement": f"/{SLUG}/hours",
}
OF_EMPTY = {"home": 1 / 25, "statement": 1 / 25, "search": 1 / 40}
MOST_BARE = 3
MOST_CPU_MS = 2.0
MOST_P95_MS = 100.0
MOST_MEGABYTES = 120.0
LOAD = [*PAGES.values(), f"/{SLUG}/posts?direction=need", f"/{SLUG}/exchanges", PAGES["home"]]
RATE = 50
VISITORS = 8
WARM_UP = 60


async def keep(web: WebProcess, town: Town, folder: Path) -> None:
    """The pages as they are, for the bare app to send."""
    async with Browser(web.port) as browser:
        await sign_in(browser, SLUG, town.resident, PASSWORD)
        for name, path in PAGES.items():
            page = expect(await browser.get(path))
            (folder / f"{name}.html").write_bytes(page.body)


async def cpu_figures(web: WebProcess, bare: WebProcess, town: Town, count: int) -> list[Figure]:
    """For each page: beside a bare page, by itself, and beside an empty handler. What costs little
    is asked for more often: the clock of a process ticks a hundred times a second."""
    found = []
    async with Browser(web.port) as browser, Browser(bare.port) as other:
        await sign_in(browser, SLUG, town.resident, PASSWORD)
        empty = await cpu_ms(bare, other, "/empty", 4 * count)
        for name, path in PAGES.items():
            plain = await cpu_ms(bare, other, f"/bare/{name}", 4 * count)
            real = await cpu_ms(web, browser, path, count)
            found += [
                Figure(
                    name=f"{name}_cpu_to_bare", value=real, unit="ms",
                    reference=("bare_page", plain), target=at_most(MOST_BARE, "ratio"),
                ),
                Figure(
                    name=f"{name}_cpu", value=real, unit="ms", target=at_most(MOST_CPU_MS)
                ),
                Figure(
                    name=f"{name}_rate_to_empty", value=1000 / real, unit="per_cpu_s",
                    reference=("empty", 1000 / empty), target=at_least(OF_EMPTY[name]),
                ),
            ]  # fmt: skip
    return found


async def cpu_ms(process: WebProcess, browser: Browser, path: str, count: int) -> float:
    """Milliseconds of CPU for one answer, over `count` of them one after the other."""
    for _n in range(WARM_UP):
        expect(await browser.get(path))
    before = process.cpu_seconds()
    for _n in range(count):
        expect(await browser.get(path))
    return (process.cpu_seconds() - before) * 1000 / count


async def load_figures(web: WebProcess, town: Town, seconds: float) -> list[Figure]:
    """Answers at a steady 50 requests a second, and the memory of the process after that."""
    times = await steady(web, town, seconds)
    return [
        Figure(
            name="p95_at_50_per_s", value=1000 * percentile(times, 0.95), unit="ms",
            target=at_most(MOST_P95_MS),
        ),
        Figure(
            name="memory_after_load", value=web.megabytes(), unit="MB",
            target=at_most(MOST_MEGABYTES),
        ),
    ]  # fmt: skip


async def steady(web: WebProcess, town: Town, seconds: float) -> list[float]:
    """Seconds that each answer took. Requests start by the clock, whether or not earlier ones have
    their answer: who comes late is counted from when they wanted to come."""
    first = Browser(web.port, packed=True)
    plain = Browser(web.port)
    await sign_in(plain, SLUG, town.resident, PASSWORD)
    plain.close()
    first.take_cookies(plain)
    visitors = [first, *(Browser(web.port, packed=True) for _n in range(VISITORS - 1))]
    for visitor in visitors[1:]:
        visitor.take_cookies(plain)
    free: asyncio.Queue[Browser] = asyncio.Queue()
    for visitor in visitors:
        free.put_nowait(visitor)
    began = time.perf_counter()
    wishes = [began + n / RATE for n in range(int(seconds * RATE))]
    tasks = [
        asyncio.create_task(_wish(free, LOAD[n % len(LOAD)], at)) for n, at in enumerate(wishes)
    ]
    times = await asyncio.gather(*tasks)
    for visitor in visitors:
        visitor.close()
    return list(times)


async def _wish(free: asyncio.Queue[Browser], path: str, at: float) -> float:
    await asyncio.sleep(max(0.0, at - time.perf_counter()))
    browser = await free.get()
    try:
        expect(await browser.get(path))
    finally:
        free.put_nowait(browser)
    return time.perf_counter() - at
