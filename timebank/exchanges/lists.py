"""Lists and facts of the exchanges: queries that change nothing."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.exchanges.model import By, Exchange, OpenRepair, State
from timebank.exchanges.store import Areas, q
from timebank.kernel.db import Db, rows


class Ranked(Exchange, frozen=True, kw_only=True):
    """An exchange in the list of those who work here: 0 with a worker, 1 late, 2 the rest."""

    rank: int


class SeriesDate(msgspec.Struct, frozen=True):
    """One date of a standing appointment."""

    id: UUID
    state: State
    planned_on: date
    planned_at: time


class OneHelper(msgspec.Struct, frozen=True):
    """A third or more of a member's hours went to one neighbour in thirty days; minutes."""

    getter_id: UUID
    giver_id: UUID
    minutes: int


class Listed(Exchange, frozen=True, kw_only=True):
    """An exchange in one of the lists of a member."""

    list: Literal["waiting", "coming", "under_way"]


async def open_lists(
    db: Db, by: By, *, today: date, waiting: int = 0, coming: int = 0, under_way: int = 0
) -> list[Listed]:
    """What is open for a member, at most so many of each list: what waits for their own act, the
    most urgent first; appointments with a day, today or later; what is somebody else's turn."""
    query = q.open_lists(
        db, community=by.community, party=by.subject_id, today=today, waiting=waiting,
        coming=coming, under_way=under_way,
    )  # fmt: skip
    return await rows(Listed, query)


async def past(db: Db, by: By, *, before: UUID | None, limit: int) -> list[Exchange]:
    """What is over, newest first."""
    query = q.past(db, community=by.community, party=by.subject_id, before=before, limit=limit)
    return await rows(Exchange, query)


async def open_in_areas(
    db: Db, community: int, areas: Areas, *, today: date,
    after: tuple[int, date, UUID] | None, limit: int,
) -> list[Ranked]:  # fmt: skip
    """For those who work here. `after`: rank, date and id of the last one seen."""
    rank, due, id_ = after or (None, None, None)
    query = q.open_in_areas(
        db, community=community, areas=_ids(areas), today=today, after_rank=rank, after_due=due,
        after_id=id_, limit=limit,
    )  # fmt: skip
    return await rows(Ranked, query)


async def over_in_areas(
    db: Db, community: int, areas: Areas, *, before: UUID | None, limit: int
) -> list[Exchange]:
    """What is over in these neighbourhoods, newest first."""
    query = q.over_in_areas(db, community=community, areas=_ids(areas), before=before, limit=limit)
    return await rows(Exchange, query)


async def stuck(
    db: Db, *, community: int, areas: Areas, today: date, limit: int = 50
) -> list[Exchange]:
    """What a worker has to do something about, the oldest date first; for the work list."""
    query = q.stuck(
        db, community=community, areas=_ids(areas), long_ago=today - timedelta(days=14),
        limit=limit,
    )  # fmt: skip
    return await rows(Exchange, query)


async def repairs(db: Db, *, community: int, areas: Areas, limit: int = 50) -> list[OpenRepair]:
    """Bookings that somebody asked to have put right; for the work list."""
    query = q.open_repairs(db, community=community, areas=_ids(areas), limit=limit)
    return await rows(OpenRepair, query)


async def one_helper(
    db: Db, *, community: int, areas: Areas, today: date, limit: int = 50
) -> list[OneHelper]:
    """Members of whose hours a third or more went to one neighbour in thirty days. A fact for the
    worker; nothing is blocked."""
    query = q.one_helper(
        db, community=community, areas=_ids(areas), since=today - timedelta(days=30), limit=limit
    )
    return await rows(OneHelper, query)


async def open_of(db: Db, *, community: int, party: UUID) -> list[Exchange]:
    """All that is open for one party, for suspension, leaving and death."""
    return await rows(Exchange, q.open_of(db, community=community, party=party))


async def open_on_post(db: Db, community: int, post: UUID, but: UUID) -> list[Exchange]:
    """Open talks about a post, but one."""
    return await rows(Exchange, q.open_on_post(db, community=community, post=post, but=but))


async def series_dates(db: Db, community: int, series: UUID) -> list[SeriesDate]:
    """The dates of a standing appointment, in order."""
    return await rows(SeriesDate, q.series_dates(db, community=community, series=series))


async def dispute_workers(
    db: Db, community: int, *, one: UUID, other: UUID, but: UUID
) -> list[UUID | None]:
    """Who had the disputes of a pair, but one, newest first."""
    found = await q.disputes_between(db, community=community, one=one, other=other, but=but)
    return [row["worker_id"] for row in found]


async def another_stands(db: Db, community: int, exchange: UUID, *, but_series: bool) -> bool:
    """Whether another appointment about the post of this one stands; with `but_series` the dates of
    its series from this one on do not count."""
    found: bool = await q.another_stands(
        db, community=community, exchange=exchange, but_series=but_series
    )
    return found


async def rest_of_series(db: Db, community: int, exchange: UUID) -> list[UUID]:
    """This date of a standing appointment and those after it."""
    found = await q.rest_of_series(db, community=community, exchange=exchange)
    return [row["id"] for row in found]


async def my_open_talk(db: Db, by: By, post: UUID) -> UUID | None:
    """The exchange this member has about a post already."""
    found: UUID | None = await q.my_open_talk(
        db, community=by.community, party=by.subject_id, post=post
    )
    return found


async def talks_on_post(db: Db, *, community: int, post: UUID) -> int:
    """How many neighbours are talking about a post."""
    found: int = await q.talks_on_post(db, community=community, post=post)
    return found


async def met_before(db: Db, *, community: int, one: UUID, other: UUID) -> bool:
    """Whether these two have a confirmed exchange."""
    found: bool = await q.met_before(db, community=community, one=one, other=other)
    return found


async def both_online(db: Db, community: int, parties: Sequence[UUID], *, today: date) -> bool:
    """Whether each of them reads here themselves: reached by page or mail, with a password, and with no
    helper between."""
    found: int = await q.online(db, community=community, parties=list(parties), today=today)
    return found == len(set(parties))


async def is_new(db: Db, *, community: int, party: UUID) -> bool:
    """Whether this member has no confirmed exchange yet."""
    return not await q.has_confirmed(db, community=community, party=party)


async def first_contacts(db: Db, *, community: int, party: UUID, but: UUID, since: datetime) -> int:
    """How many neighbours, not counting `but`, this member began to write to since a moment."""
    found: int = await q.first_contacts(db, community=community, party=party, but=but, since=since)
    return found


async def wrote_after_refusal(
    db: Db, *, community: int, party: UUID, other: UUID, since: datetime
) -> bool:
    """Whether `other` said no to `party` since a moment, and `party` began anew after that."""
    found: bool = await q.after_refusal(
        db, community=community, party=party, other=other, since=since
    )
    return found


async def orphaned(db: Db, *, community: int, today: date) -> list[UUID]:
    """What lies with somebody who takes no part in it and works here no more."""
    return [row["id"] for row in await q.orphaned(db, community=community, today=today)]


async def orphaned_repairs(db: Db, *, community: int, today: date) -> list[UUID]:
    """Exchanges whose booking is to be put right by somebody who does not work there any more."""
    found = await q.orphaned_repairs(db, community=community, today=today)
    return [row["exchange_id"] for row in found]


def _ids(areas: Areas) -> list[UUID] | None:
    return None if areas is None else list(areas)
