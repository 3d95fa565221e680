"""Queries of what the calendar asks: ids of exchanges whose day has come, at most 200 a time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank.exchanges.model import Exchange
from timebank.exchanges.store import q
from timebank.kernel.db import Db, rows


async def to_announce(db: Db, community: int, *, first: date, last: date) -> list[Exchange]:
    """Planned from `first` to `last`, with a time, and not announced yet."""
    query = q.to_announce(db, community=community, first=first, last=last)
    return await rows(Exchange, query)


async def to_ask_if_done(db: Db, community: int, *, today: date) -> list[UUID]:
    """The day has passed, and nobody said whether it happened."""
    return await _ids(q.to_ask_if_done(db, community=community, today=today))


async def to_remind(db: Db, community: int, *, today: date) -> list[UUID]:
    """A member let a date go by and was not reminded yet."""
    return await _ids(q.to_remind(db, community=community, today=today))


async def to_hand_over(db: Db, community: int, *, today: date) -> list[UUID]:
    """A member was reminded, and let that date go by too."""
    return await _ids(q.to_hand_over(db, community=community, today=today))


async def to_remind_silent(db: Db, community: int, *, before: datetime) -> list[UUID]:
    """Said to be done up to that moment, without an answer or a reminder."""
    return await _ids(q.to_remind_silent(db, community=community, before=before))


async def silent(db: Db, community: int, *, today: date) -> list[UUID]:
    """Reminded, and still no answer on the day that was named."""
    return await _ids(q.silent(db, community=community, today=today))


async def _ids(query: Any) -> list[UUID]:
    return [found["id"] for found in await query]
