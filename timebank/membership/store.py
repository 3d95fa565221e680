"""Queries of membership."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.kernel.db import Db, load, row, rows
from timebank.kernel.ids import new_id
from timebank.membership.model import Appeal, Call, Leaving, OpenAppeal, Orphan, Reason, ReasonKind

q = load("membership")


async def insert_reason(
    db: Db, *, community: int, party: UUID, kind: ReasonKind, words: str, by: UUID, now: datetime,
    caller: UUID | None = None, call_by: date | None = None,
) -> UUID:  # fmt: skip
    """A reason in words; its id."""
    id_ = new_id()
    await q.insert_reason(
        db, community=community, id=id_, party=party, kind=kind, words=words, by=by, caller=caller,
        call_by=call_by, now=now,
    )  # fmt: skip
    return id_


async def newest_reason(db: Db, *, community: int, party: UUID, kind: ReasonKind) -> Reason | None:
    """The reason that holds now."""
    query = q.newest_reason(db, community=community, party=party, kind=kind)
    return await row(Reason, query)


async def reason(db: Db, *, community: int, id_: UUID) -> Reason | None:
    """One reason, for the letter."""
    return await row(Reason, q.reason(db, community=community, id=id_))


async def reasons(db: Db, *, community: int, party: UUID) -> list[Reason]:
    """All reasons this member was given, newest first."""
    return await rows(Reason, q.reasons(db, community=community, party=party))


async def told(
    db: Db, *, community: int, party: UUID, reason: UUID, by: UUID, now: datetime
) -> bool:
    """Somebody spoke with them; False when that was said before."""
    return bool(await q.told(db, community=community, party=party, id=reason, by=by, now=now))


async def calls_to_make(db: Db, *, community: int, areas: Sequence[UUID] | None) -> list[Call]:
    """Who still has to be told a no by a person, the nearest date first; None: everywhere."""
    query = q.calls_to_make(db, community=community, areas=None if areas is None else list(areas))
    return await rows(Call, query)


async def insert_appeal(
    db: Db, *, community: int, party: UUID, words: str, owner: UUID, due_on: date, now: datetime
) -> None:
    """An appeal, with who answers it and by when."""
    await q.insert_appeal(
        db, community=community, id=new_id(), party=party, words=words, owner=owner,
        due_on=due_on, now=now,
    )  # fmt: skip


async def appeals(db: Db, *, community: int, party: UUID) -> list[Appeal]:
    """What this member asked to look at again, newest first."""
    return await rows(Appeal, q.appeals(db, community=community, party=party))


async def open_appeals(db: Db, *, community: int) -> list[OpenAppeal]:
    """Appeals that wait for an answer, the nearest date first. For admins."""
    return await rows(OpenAppeal, q.open_appeals(db, community=community))


async def answer_appeal(
    db: Db, *, community: int, party: UUID, outcome: str, by: UUID, now: datetime
) -> bool:
    """The open appeal is answered; False when there is none."""
    found = await q.answer_appeal(
        db, community=community, party=party, outcome=outcome, by=by, now=now
    )
    return bool(found)


async def insert_leaving(
    db: Db, *, community: int, party: UUID, final_on: date, now: datetime
) -> None:
    """Somebody stops."""
    await q.insert_leaving(
        db, community=community, id=new_id(), party=party, final_on=final_on, now=now
    )


async def leaving_of(db: Db, *, community: int, party: UUID) -> Leaving | None:
    """The leaving that was not taken back."""
    return await row(Leaving, q.leaving(db, community=community, party=party))


async def leaving_is_over(db: Db, *, community: int, today: date) -> list[Leaving]:
    """Whose days to come back are over."""
    return await rows(Leaving, q.leaving_is_over(db, community=community, today=today))


async def has_left(
    db: Db, *, community: int, id_: UUID, transfer: UUID | None, now: datetime
) -> None:
    """They have left; their time went to the pot with this booking."""
    await q.has_left(db, community=community, id=id_, transfer=transfer, now=now)


async def came_back(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """They take part again."""
    await q.came_back(db, community=community, party=party, now=now)


async def times_helped(db: Db, *, community: int, party: UUID) -> int:
    """How often this member did something for a neighbour."""
    found: int = await q.times_helped(db, community=community, party=party)
    return found


async def set_caller(db: Db, *, community: int, id_: UUID, caller: UUID) -> UUID | None:
    """Who tells it from now on; whom it is told, or None when that was done."""
    found: UUID | None = await q.set_caller(db, community=community, id=id_, caller=caller)
    return found


async def set_appeal_owner(db: Db, *, community: int, id_: UUID, owner: UUID) -> UUID | None:
    """Who looks again; whose appeal it is, or None when it was answered."""
    found: UUID | None = await q.set_appeal_owner(db, community=community, id=id_, owner=owner)
    return found


async def orphaned(db: Db, community: int, today: date) -> list[Orphan]:
    """What lies with somebody who does not work here any more."""
    return await rows(Orphan, q.orphaned(db, community=community, today=today))
