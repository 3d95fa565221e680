"""One run: a database of its own, a real web process, and one line for each figure."""

import asyncio
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Literal

import msgspec

from timebank.bench import booking, crowds, finding, million, pages, stand, town
from timebank.bench.figures import Figure, at_most
from timebank.bench.filling import Size
from timebank.kernel.embedded import Embedded
from timebank.kernel.embedded_files import Say

Print = Callable[[str], None]
Tell = Callable[[list[Figure]], None]
PAIRS = 16
"""Members who confirm at the same time; few enough that all may sign in from one address."""
MOST_DEMO_SECONDS = 30.0


Part = Literal["pages", "signals", "million"]
A_MILLION = 500
"""Communities of two thousand members."""
PARTS: tuple[Part, ...] = ("pages", "signals", "million")
"""What can be measured by itself: pages and bookings in the demo; whether the signal finds who is
isolated, and how quickly; search and lists among a million."""


class Scale(msgspec.Struct, frozen=True):
    """How much is done. `requests` for each page, `seconds` of steady load, `rounds` of searches,
    `seeds` of simulated neighbourhoods, each at three levels. `parts`: what is measured when nobody
    says which."""

    confirmations: int
    requests: int
    seconds: float
    communities: int
    rounds: int
    seeds: tuple[int, ...]
    parts: tuple[Part, ...] = PARTS


SCALES = {
    "small": Scale(
        confirmations=1600,
        requests=250,
        seconds=10,
        communities=25,
        rounds=3,
        seeds=(1, 2),
        parts=("pages", "million"),
    ),
    "full": Scale(
        confirmations=8000,
        requests=1000,
        seconds=60,
        communities=A_MILLION,
        rounds=10,
        seeds=(1, 2, 3, 4, 5),
    ),
}
"""`small` leaves the signals for a run of their own, so that it stays within two minutes. `full` is the
million: 500 communities, a million members and posts, ten million exchanges."""


def run(scale: Scale, *, show: Print, say: Say, only: Collection[Part] = ()) -> bool:
    """Measure everything, or some parts; each line goes to `show`, what is being done to `say`.
    Whether every target was met. Raises CannotStart."""
    with stand.database(say) as server:
        found = asyncio.run(_all(server, scale, show, say, only or scale.parts))
    return all(figure.ok for figure in found)


async def _all(
    server: Embedded, scale: Scale, show: Print, say: Say, only: Collection[Part]
) -> list[Figure]:
    found: list[Figure] = []

    def tell(figures: list[Figure]) -> None:
        for figure in figures:
            show(str(figure))
        found.extend(figures)

    if "pages" in only:
        await _demo(server, scale, tell, say)
    stand.set_durable(server, False)
    if "signals" in only:
        say(f"Living in {3 * len(scale.seeds)} simulated neighbourhoods …")
        tell(await finding.figures(server, scale.seeds, show))
        say("Making a crowd of 5,000 and one of 50,000 …")
        tell(await crowds.figures(server))
    if "million" in only:
        say(f"Making {scale.communities} communities …")
        ready = await million.made(server, Size(scale.communities), stand.free_port())
        stand.set_durable(server, True)
        say("Searching …")
        tell(await million.figures(server, ready, scale.rounds))
        if scale.communities == A_MILLION:
            say("Looking at a million members …")
            tell([await crowds.million_figure(ready, scale.communities)])
    return found


async def _demo(server: Embedded, scale: Scale, tell: Tell, say: Say) -> None:
    """Pages and bookings in the demo, served as if it were real."""
    settings = stand.settings_of(server, port=stand.free_port())
    say("Loading the demo …")
    here = await town.prepared(server, settings, PAIRS)
    tell([_loading(here)])
    with stand.served(settings) as web:
        say("Asking for pages …")
        await _pages(server, web, here, scale, tell)
        say("Confirming …")
        tell(await booking.figures(server, settings, web, here, scale.confirmations))


async def _pages(
    server: Embedded, web: stand.WebProcess, here: town.Town, scale: Scale, tell: Tell
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        await pages.keep(web, here, Path(folder))
        beside = stand.settings_of(server, port=stand.free_port())
        async with town.in_no_hurry(server):
            with stand.bare(beside, Path(folder)) as bare:
                tell(await pages.cpu_figures(web, bare, here, scale.requests))
            tell(await pages.load_figures(web, here, scale.seconds))


def _loading(here: town.Town) -> Figure:
    return Figure(
        name="demo_loading", value=here.seconds, unit="s", target=at_most(MOST_DEMO_SECONDS)
    )
