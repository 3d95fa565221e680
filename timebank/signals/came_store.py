"""What came of signals: counts of a neighbourhood, and the day a closed one is looked back at."""

from datetime import date, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, one
from timebank.signals.model import Signal

q = load("signals")
YEAR_DAYS, LAPSED_DAYS = 365, 90
"""How far back is counted; less where the community keeps signals for a shorter time."""
AFTER_DAYS = 90
"""An introduction needs time: so long after closing a new tie still counts as what came of it."""


class CameOfIt(msgspec.Struct, frozen=True):
    """Signals closed in a year: each led to a new tie, else to a talk, else to nothing. `lapsed`:
    those of three months that nobody took up. There is no sum, so that a count too small to show cannot
    be reckoned."""

    tied: int
    spoke: int
    nothing: int
    lapsed: int


async def came_of_it(db: Db, community: int, area: UUID, *, today: date) -> CameOfIt:
    """What came of the signals of a neighbourhood, as long as they are kept."""
    query = q.came_of_it(
        db, community=community, area=area, after=AFTER_DAYS,
        closed_since=today - timedelta(days=YEAR_DAYS),
        lapsed_since=today - timedelta(days=LAPSED_DAYS),
    )  # fmt: skip
    return await one(CameOfIt, query)


def looked_back_on(signal: Signal, today: date) -> date:
    """The day on which the circle after a closed signal is drawn: today, until the time is over."""
    closed_on = signal.closed_on or today
    return min(today, closed_on + timedelta(days=AFTER_DAYS))
