"""How the ties of a neighbourhood grew: new ones by month, as bars and as a table."""

from datetime import date, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.db import Db
from timebank.kernel.words import SMALL_COUNT, month_name
from timebank.ties import bars, store
from timebank.ties.model import Month

MONTHS = 12
_PHONE, _WIDE = (288.0, 16.0), (560.0, 18.0)
"""Width of a drawing and its letters."""


class Growth(msgspec.Struct, frozen=True):
    """The last twelve months, the oldest first. `enough`: some month reaches the least that may be
    shown; without one there is nothing to draw."""

    months: list[Month]
    enough: bool
    phone: bars.Bars
    wide: bars.Bars


async def growth(db: Db, community: int, area: UUID, *, today: date) -> Growth:
    """How many ties of a neighbourhood began in each month up to today."""
    days = months_until(today)
    found = await store.new_by_month(db, community, area, since=days[0], today=today)
    known = {month.month: month.many for month in found}
    months = [Month(day, known.get(day, 0)) for day in days]
    counts = [(month_name(month.month.month), month.many) for month in months]
    phone, wide = (
        bars.draw(counts, width=width, letters=letters) for width, letters in (_PHONE, _WIDE)
    )
    enough = any(month.many >= SMALL_COUNT for month in months)
    return Growth(months, enough, phone, wide)


def months_until(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    days = [today.replace(day=1)]
    while len(days) < MONTHS:
        days.append((days[-1] - timedelta(days=1)).replace(day=1))
    return days[::-1]
