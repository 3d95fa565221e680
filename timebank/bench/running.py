"""One run: a database of its own, a real web process, and one line for each figure."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from timebank.bench import booking, million, pages, stand, town
from timebank.bench.figures import Figure, at_most
from timebank.bench.filling import Size
from timebank.kernel.embedded import Embedded
from timebank.kernel.embedded_files import Say

Print = Callable[[str], None]
PAIRS = 16
"""Members who confirm at the same time; few enough that all may sign in from one address."""
MOST_DEMO_SECONDS = 30.0


class Scale(msgspec.Struct, frozen=True):
    """How much is done. `requests` for each page, `seconds` of steady load, `rounds` of searches."""

    confirmations: int
    requests: int
    seconds: float
    communities: int
    rounds: int


SCALES = {
    "small": Scale(confirmations=1600, requests=250, seconds=10, communities=25, rounds=3),
    "full": Scale(confirmations=8000, requests=1000, seconds=60, communities=500, rounds=10),
}
"""`full` is the million: 500 communities, a million members and posts, ten million exchanges."""


def run(scale: Scale, *, show: Print, say: Say) -> bool:
    """Measure everything; each line goes to `show`, what is being done to `say`. Whether every
    target was met. Raises CannotStart."""
    with stand.database(say) as server:
        found = asyncio.run(_all(server, scale, show, say))
    return all(figure.ok for figure in found)


async def _all(server: Embedded, scale: Scale, show: Print, say: Say) -> list[Figure]:
    found: list[Figure] = []

    def tell(figures: list[Figure]) -> None:
        for figure in figures:
            show(str(figure))
        found.extend(figures)

    settings = stand.settings_of(server, port=stand.free_port())
    say("Loading the demo …")
    here = await town.prepared(server, settings, PAIRS)
    tell([_demo(here)])
    with stand.served(settings) as web:
        say("Asking for pages …")
        await _pages(server, web, here, scale, tell)
        say("Confirming …")
        tell(await booking.figures(server, settings, web, here, scale.confirmations))
    say(f"Making {scale.communities} communities …")
    stand.set_durable(server, False)
    size = Size(scale.communities)
    ready = await million.made(server, size, stand.free_port())
    stand.set_durable(server, True)
    say("Searching …")
    tell(await million.figures(server, ready, scale.rounds))
    return found


async def _pages(
    server: Embedded, web: stand.WebProcess, here: town.Town, scale: Scale,
    tell: Callable[[list[Figure]], None],
) -> None:  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        await pages.keep(web, here, Path(folder))
        beside = stand.settings_of(server, port=stand.free_port())
        with stand.bare(beside, Path(folder)) as bare:
            tell(await pages.cpu_figures(web, bare, here, scale.requests))
    tell(await pages.load_figures(web, here, scale.seconds))


def _demo(here: town.Town) -> Figure:
    return Figure(
        name="demo_loading", value=here.seconds, unit="s", target=at_most(MOST_DEMO_SECONDS)
    )
