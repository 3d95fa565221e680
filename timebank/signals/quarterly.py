"""What a quarter of attention came to: for the team, the board and the municipality. Counts, no members.

Written down once, when the quarter is over: signals are forgotten sooner than anybody asks how it went.
Asked of any such list of people: was it right, does it reach who has no screen, who objected, how quickly
did somebody call.
"""

from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from timebank.kernel.dates import local_date, start_of_day
from timebank.kernel.db import Db, load, rows
from timebank.kernel.words import SMALL_COUNT
from timebank.web import policy
from timebank.web.viewer import Viewer

q = load("quarters")
MOST_SHOWN = 8
"""Two years."""
What = Literal["yes", "raised", "talked", "objected"]


class Figure(msgspec.Struct, frozen=True):
    """How many. `online`: of those reached by screen, or of the others; None where it is not split."""

    what: str
    online: bool | None
    many: int


class Quarter(msgspec.Struct, frozen=True):
    """One quarter. `days_to_talk`: half of the first talks came within so many days; None: too few."""

    starts_on: date
    figures: list[Figure]
    days_to_talk: int | None

    @property
    def ends_on(self) -> date:
        return next_quarter(self.starts_on) - timedelta(days=1)

    def many(self, what: str, *, online: bool | None = None) -> int:
        """How many of this there were."""
        return sum(f.many for f in self.figures if (f.what, f.online) == (what, online))

    def has(self, start: str) -> bool:
        """Whether anything of this kind was counted."""
        return any(f.what.startswith(start) for f in self.figures)


def quarter_of(day: date) -> date:
    """The first day of the quarter a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(starts_on: date) -> date:
    """The first day of the quarter after this one."""
    return quarter_of(starts_on + timedelta(days=95))


async def write_down(db: Db, *, community: int, now: datetime) -> None:
    """For the job runner, each day: the quarter that is over, once; not one in which nothing was."""
    first = quarter_of(quarter_of(local_date(now)) - timedelta(days=1))
    if await q.is_put(db, community=community, first=first):
        return
    following = next_quarter(first)
    bounds = {
        "community": community, "since": start_of_day(first),
        "until": start_of_day(following) - timedelta(microseconds=1),
    }  # fmt: skip
    figures = await rows(Figure, q.count_up(db, **bounds, first=first, next=following))
    if not figures:
        return
    days = await q.days_to_talk(db, **bounds, least=SMALL_COUNT)
    await q.put(
        db, community=community, first=first, figures=msgspec.to_builtins(figures), days=days
    )


async def quarters(db: Db, viewer: Viewer) -> list[Quarter]:
    """The newest first. Raises NotFound for who is no worker or admin."""
    policy.demand(viewer, "quarter.see")
    return await rows(Quarter, q.kept(db, community=viewer.community_id, limit=MOST_SHOWN))
