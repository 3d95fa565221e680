"""Queries of the gatherings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from timebank.gatherings.model import REGULAR, Attended, Gathering, Guest, Keeping, Kept, Way, Wish
from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db, load, one, rows
from timebank.kernel.names import sort_name

q = load("gatherings")
MOST = 200


class Found(msgspec.Struct, frozen=True):
    """A member found by number or name."""

    id: UUID
    full_name: str


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "title": wish.title, "words": wish.words, "place": wish.place_id, "meet_at": wish.meet_at,
        "every": wish.every, "first_on": wish.first_on, "starts_at": wish.starts_at,
        "host": wish.host_id,
    }  # fmt: skip


async def insert(db: Db, *, community: int, id_: UUID, wish: Wish, by: UUID, now: datetime) -> None:
    """A new group."""
    await q.insert(
        db, community=community, id=id_, area=wish.area_id, by=by, now=now, **_columns(wish)
    )


async def update(db: Db, *, community: int, id_: UUID, wish: Wish) -> bool:
    """Other words, another rhythm; False when it was closed."""
    return bool(await q.update(db, community=community, id=id_, **_columns(wish)))


async def set_state(
    db: Db, *, community: int, id_: UUID, state: str, from_state: str, now: datetime
) -> bool:
    """Closed, or open again; False when it was so already."""
    found = await q.set_state(
        db, community=community, id=id_, state=state, from_state=from_state, now=now
    )
    return bool(found)


async def gathering(db: Db, community: int, id_: UUID) -> Gathering:
    """One group. Raises NotFound."""
    return await one(Gathering, q.gathering(db, community=community, id=id_))


async def gatherings(
    db: Db, *, community: int, areas: Sequence[UUID], viewer: UUID, closed_too: bool
) -> list[Gathering]:
    """Groups of these neighbourhoods as this member may see them, and those they are host of."""
    query = q.gatherings(
        db, community=community, areas=list(areas), viewer=viewer, closed_too=closed_too, limit=MOST
    )
    return await rows(Gathering, query)


async def guests(
    db: Db, *, community: int, gathering: UUID, on_date: date, viewer: UUID
) -> list[Guest]:
    """Who is expected on a day, by name, as who keeps the list may see them."""
    query = q.guests(
        db, community=community, gathering=gathering, on_date=on_date, viewer=viewer,
        since=start_of_day(on_date - REGULAR), limit=MOST,
    )  # fmt: skip
    return await rows(Guest, query)


async def on_list(db: Db, *, community: int, gathering: UUID, party: UUID, today: date) -> bool:
    """Whether this member is expected."""
    found = await q.on_list(
        db, community=community, gathering=gathering, party=party,
        since=start_of_day(today - REGULAR),
    )  # fmt: skip
    return bool(found)


async def put_on_list(
    db: Db, *, community: int, gathering: UUID, parties: Iterable[UUID], by: UUID, now: datetime
) -> None:
    """These members are expected from now on."""
    await q.put_on_list(
        db, community=community, gathering=gathering, parties=sorted(parties), by=by, now=now
    )


async def take_off_list(db: Db, *, community: int, gathering: UUID, party: UUID) -> None:
    """This member is not expected any more."""
    await q.take_off_list(db, community=community, gathering=gathering, party=party)


async def keep_day(
    db: Db, *, community: int, gathering: UUID, on_date: date, by: UUID, way: Way, others: int,
    now: datetime,
) -> None:  # fmt: skip
    """It was held on this day, and the list was kept."""
    await q.keep_day(
        db, community=community, gathering=gathering, on_date=on_date, by=by, way=way,
        others=others, now=now,
    )  # fmt: skip


async def tick(
    db: Db, *, community: int, gathering: UUID, parties: Iterable[UUID], on_date: date, by: UUID,
    way: Way, now: datetime,
) -> None:  # fmt: skip
    """These members were there; who was ticked before stays as it was written."""
    await q.tick(
        db, community=community, gathering=gathering, parties=sorted(parties), on_date=on_date,
        by=by, way=way, now=now,
    )  # fmt: skip


async def untick(
    db: Db, *, community: int, gathering: UUID, parties: Iterable[UUID], on_date: date
) -> None:
    """These members were not there."""
    await q.untick(
        db, community=community, gathering=gathering, parties=sorted(parties), on_date=on_date
    )


async def others(db: Db, *, community: int, gathering: UUID, on_date: date) -> int | None:
    """How many others were there; None when the list of that day was not kept."""
    found: int | None = await q.others(
        db, community=community, gathering=gathering, on_date=on_date
    )
    return found


async def kept(db: Db, community: int, gathering: UUID, limit: int = 12) -> list[Kept]:
    """Days whose list was kept, the latest first."""
    return await rows(Kept, q.kept(db, community=community, gathering=gathering, limit=limit))


async def attended(db: Db, community: int, party: UUID, limit: int = 500) -> list[Attended]:
    """When a member was where, the latest first."""
    return await rows(Attended, q.attended(db, community=community, party=party, limit=limit))


async def by_number(
    db: Db, *, community: int, number: str, viewer: UUID, hidden_too: bool
) -> list[Found]:
    """The member with this number, as who keeps the list may find them."""
    query = q.by_number(
        db, community=community, number=number, viewer=viewer, hidden_too=hidden_too
    )
    return await rows(Found, query)


async def by_name(
    db: Db, *, community: int, area: UUID, name: str, viewer: UUID, hidden_too: bool
) -> list[Found]:
    """Members of this neighbourhood with exactly this name; two when there are more."""
    query = q.by_name(
        db, community=community, area=area, name=name, sort_name=sort_name(name), viewer=viewer,
        hidden_too=hidden_too,
    )  # fmt: skip
    return await rows(Found, query)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erasure: where somebody was, where they were expected, what they were host of."""
    await q.forget_attended(db, community=community, party=party)
    await q.forget_expected(db, community=community, party=party)
    await q.forget_host(db, community=community, party=party)


async def forget_before(db: Db, *, community: int, before: date) -> None:
    """What is past its term."""
    await q.forget_old(db, community=community, before=before)
    await q.forget_old_lists(db, community=community, before_at=start_of_day(before))


async def kept_days(db: Db, *, community: int, areas: Sequence[UUID], since: date) -> list[Keeping]:
    """Open groups of these neighbourhoods, with the days since then of which the list was kept."""
    query = q.kept_days(db, community=community, areas=list(areas), since=since, limit=MOST)
    return await rows(Keeping, query)
