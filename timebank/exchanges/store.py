"""Queries of the exchanges."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.exchanges.model import By, Exchange, Proposal, Side, State
from timebank.kernel.db import Db, load, one

q = load("exchanges")
Areas = Sequence[UUID] | None
"""Neighbourhoods, or None for all of them."""


async def for_party(db: Db, by: By, id_: UUID, *, lock: bool = False) -> Exchange:
    """An exchange through one of its parties. Raises NotFound, also when they may not meet."""
    if lock:
        await q.lock(db, community=by.community, id=id_)
    query = q.for_party(db, community=by.community, id=id_, party=by.subject_id)
    return await one(Exchange, query)


async def for_staff(
    db: Db, community: int, id_: UUID, areas: Areas, *, lock: bool = False
) -> Exchange:
    """An exchange through those who work in its neighbourhoods. Raises NotFound."""
    if lock:
        await q.lock(db, community=community, id=id_)
    query = q.for_staff(db, community=community, id=id_, areas=_ids(areas))
    return await one(Exchange, query)


async def lock(db: Db, community: int, id_: UUID) -> None:
    """Nobody else changes this exchange until the transaction ends."""
    await q.lock(db, community=community, id=id_)


async def post_of(db: Db, community: int, id_: UUID) -> UUID | None:
    """The post an exchange is about; posts are always locked before exchanges."""
    found: UUID | None = await q.post_of(db, community=community, id=id_)
    return found


async def sheet(db: Db, community: int, id_: UUID) -> Exchange:
    """An exchange as it is. Raises NotFound."""
    return await one(Exchange, q.sheet(db, community=community, id=id_))


async def lock_free(db: Db, community: int, id_: UUID) -> Exchange | None:
    """An exchange, locked; None when somebody is busy with it."""
    if await q.lock_free(db, community=community, id=id_) is None:
        return None
    return await sheet(db, community, id_)


async def insert(
    db: Db, *, id_: UUID, mode: str, post: UUID | None, area: UUID, by: By, title: str,
    asked: UUID, due_on: date, sides: Sequence[Side], now: datetime,
) -> None:  # fmt: skip
    """A new exchange, in talk."""
    await q.insert_exchange(
        db, community=by.community, id=id_, mode=mode, post=post, area=area,
        started_by=by.subject_id, entered_by=by.hand_id, title=title, asked=asked, due_on=due_on,
        now=now,
    )  # fmt: skip
    for side in sides:
        await q.insert_party(
            db, community=by.community, exchange=id_, party=side.party_id, gives=side.gives,
            gets=side.gets,
        )  # fmt: skip


async def set_turn(
    db: Db, community: int, id_: UUID, *, next_action: str, owner: UUID, asked: UUID | None,
    due_on: date,
) -> None:  # fmt: skip
    """Who has the next word."""
    await q.set_turn(
        db, community=community, id=id_, next_action=next_action, owner=owner, asked=asked,
        due_on=due_on,
    )  # fmt: skip


async def agree(
    db: Db, by: By, id_: UUID, *, proposal: Proposal, series: UUID | None,
    state: State, next_action: str, owner: UUID, due_on: date, now: datetime,
) -> bool:  # fmt: skip
    """Both said yes."""
    done = await q.agree(
        db, community=by.community, id=id_, state=state, on_date=proposal.on_date,
        at_time=proposal.at_time, minutes=proposal.minutes, meet_at=proposal.meet_at,
        series=series, next_action=next_action, owner=owner, due_on=due_on, now=now,
    )  # fmt: skip
    await q.set_agreed(
        db, community=by.community, exchange=id_, by=proposal.by_id, made_at=proposal.made_at,
        proposal=proposal.id, hand=by.hand_id, now=now,
    )  # fmt: skip
    return bool(done)


async def finish(
    db: Db, community: int, id_: UUID, *, state: State, reason: str, by: UUID | None,
    from_states: Sequence[State], now: datetime, settled_by: UUID | None = None,
) -> bool:  # fmt: skip
    """An end without hours; False when it was in none of `from_states`."""
    found = await q.finish(
        db, community=community, id=id_, state=state, reason=reason, by=by,
        settled_by=settled_by, from_states=list(from_states), now=now,
    )  # fmt: skip
    return bool(found)


async def claim(
    db: Db, by: By, id_: UUID, *, done_on: date, minutes: int, asked: UUID, due_on: date,
    now: datetime,
) -> bool:  # fmt: skip
    """It was done, and took so long; False when that was said already."""
    found = await q.claim(
        db, community=by.community, id=id_, done_on=done_on, minutes=minutes, by=by.subject_id,
        by_hand=by.acting, asked=asked, due_on=due_on, now=now,
    )  # fmt: skip
    return bool(found)


async def answer_other(
    db: Db, by: By, id_: UUID, *, round_: int, minutes: int, asked: UUID, due_on: date,
    now: datetime,
) -> bool:  # fmt: skip
    """Other minutes, the first time."""
    found = await q.answer_other(
        db, community=by.community, id=id_, round=round_, minutes=minutes, by=by.subject_id,
        by_hand=by.acting, asked=asked, due_on=due_on, now=now,
    )  # fmt: skip
    return bool(found)


async def dispute(
    db: Db, by: By, id_: UUID, *, round_: int, next_action: str, owner: UUID, due_on: date,
    now: datetime,
) -> bool:  # fmt: skip
    """To a worker."""
    found = await q.dispute(
        db, community=by.community, id=id_, round=round_, by=by.subject_id,
        next_action=next_action, owner=owner, due_on=due_on, now=now,
    )  # fmt: skip
    return bool(found)


async def confirm(
    db: Db, community: int, id_: UUID, *, round_: int, asked: UUID, minutes: int, booked_by: str,
    now: datetime,
) -> bool:  # fmt: skip
    """A yes to these minutes of this round; False when they are not on the table (any more)."""
    found = await q.confirm(
        db, community=community, id=id_, round=round_, asked=asked, minutes=minutes,
        booked_by=booked_by, now=now,
    )  # fmt: skip
    return bool(found)


async def settle(
    db: Db, community: int, id_: UUID, *, minutes: int, round_: int, by: UUID,
    from_states: Sequence[State], now: datetime,
) -> bool:  # fmt: skip
    """A worker's word on the minutes."""
    found = await q.settle(
        db, community=community, id=id_, minutes=minutes, round=round_, by=by,
        from_states=list(from_states), now=now,
    )  # fmt: skip
    return bool(found)


async def hand_over(
    db: Db, community: int, id_: UUID, *, next_action: str, owner: UUID, reason: str, due_on: date
) -> bool:
    """A worker has the next step."""
    found = await q.hand_over(
        db, community=community, id=id_, next_action=next_action, owner=owner, reason=reason,
        due_on=due_on,
    )  # fmt: skip
    return bool(found)


async def set_owner(db: Db, community: int, id_: UUID, *, owner: UUID, due_on: date) -> bool:
    """A colleague takes it."""
    return bool(await q.set_owner(db, community=community, id=id_, owner=owner, due_on=due_on))


async def set_due(db: Db, community: int, id_: UUID, due_on: date) -> None:
    """Another date for the next step."""
    await q.set_due(db, community=community, id=id_, due_on=due_on)


async def set_reminded(
    db: Db, community: int, id_: UUID, *, next_action: str, due_on: date, now: datetime
) -> None:
    """The one who is asked was reminded."""
    await q.set_reminded(
        db, community=community, id=id_, next_action=next_action, due_on=due_on, now=now
    )


async def set_announced(db: Db, community: int, seen: Exchange, now: datetime) -> bool:
    """Both are told that it is tomorrow; False when that is no longer so."""
    found = await q.set_announced(
        db, community=community, id=seen.id, on=seen.planned_on, at=seen.planned_at, now=now
    )
    return found is not None


def _ids(areas: Areas) -> list[UUID] | None:
    return None if areas is None else list(areas)
