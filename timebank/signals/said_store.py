"""Queries of what members say of themselves, and of what people tell a worker."""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank.kernel.db import Db, load, one, rows
from timebank.signals.said_model import KEPT_DAYS, Checkin, Known, Way
from timebank.signals.store import ADULT_YEARS

q = load("said")


async def known(db: Db, community: int, party: UUID, today: date) -> Known:
    """How a member stands. Raises NotFound for who is no person here."""
    query = q.known(
        db, community=community, party=party, today=today, adult_year=today.year - ADULT_YEARS
    )
    return await one(Known, query)


async def check_in(
    db: Db, *, community: int, party: UUID, on: date, talks: int | None, wants: str | None,
    way: Way, by: UUID, now: datetime,
) -> None:  # fmt: skip
    """What she said on a day."""
    await q.check_in(
        db, community=community, party=party, on=on, talks=talks, wants=wants, way=way, by=by,
        now=now,
    )  # fmt: skip


async def checkins(db: Db, community: int, party: UUID, limit: int) -> list[Checkin]:
    """What she said before, the newest first."""
    return await rows(Checkin, q.checkins(db, community=community, party=party, limit=limit))


async def forget(db: Db, community: int, party: UUID) -> None:
    """What she said of herself, and what others told of her."""
    for query in (
        q.forget_said, q.forget_mute, q.forget_chance, q.forget_about_words, q.forget_about,
    ):  # fmt: skip
        await query(db, community=community, party=party)


async def forget_old(db: Db, community: int, today: date) -> None:
    """What is past its term."""
    await q.forget_old_said(db, community=community, before=today - timedelta(days=KEPT_DAYS))


async def forget_told(db: Db, community: int, party: UUID) -> None:
    """What this member told of others, and what others told with this member's name in it."""
    for query in (q.forget_told_words, q.forget_told, q.forget_named):
        await query(db, community=community, party=party)
