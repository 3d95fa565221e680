"""Queries of the desks."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.contacts.desk_model import LineOwner, Shared, Watcher
from timebank.kernel.db import Db, load, rows

q = load("contacts")


async def watchers(
    db: Db, *, community: int, areas: Sequence[UUID] | None, today: date
) -> list[Watcher]:
    """Who watches over these neighbourhoods (all of them without), the longest first."""
    query = q.watchers(
        db, community=community, areas=None if areas is None else list(areas), today=today
    )
    return await rows(Watcher, query)


async def asides_of(db: Db, community: int, workers: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """(worker, member): who stepped aside for whom."""
    found = await q.asides_of(db, community=community, workers=list(workers))
    return {(r["worker_id"], r["party_id"]) for r in found}


async def line_owners(
    db: Db, community: int, about: Sequence[UUID]
) -> dict[tuple[Shared, UUID], UUID]:
    """To whom these lines were handed."""
    found = await rows(LineOwner, q.line_owners(db, community=community, about=list(about)))
    return {(line.kind, line.about_id): line.owner_id for line in found}


async def put_line_owner(
    db: Db, *, community: int, kind: Shared, about: UUID, owner: UUID, now: datetime
) -> None:
    """This line lies with them from now on."""
    await q.put_line_owner(db, community=community, kind=kind, about=about, owner=owner, now=now)


async def not_needed(db: Db, *, community: int, party: UUID, by: UUID, now: datetime) -> bool:
    """Nobody needs to get acquainted with this member; False when that was said already."""
    found = await q.not_needed(db, community=community, party=party, by=by, now=now)
    return found is not None


async def desk_opened(db: Db, *, community: int, worker: UUID, today: date) -> None:
    """The day is kept."""
    await q.desk_opened(db, community=community, worker=worker, today=today)


async def forget(db: Db, *, community: int, party: UUID) -> None:
    """What lay with this person, and lines about them."""
    await q.forget_lines(db, community=community, party=party)
    await q.forget_welcome(db, community=community, party=party)
    await q.forget_visits(db, community=community, party=party)
    await q.forget_seals(db, community=community, party=party)


async def forget_old(db: Db, community: int, before: datetime) -> None:
    """Lines that were handed over long ago, and who needed no first talk then."""
    await q.forget_old_welcomes(db, community=community, before=before)
    await q.forget_old_lines(db, community=community, before=before)


async def seal(
    db: Db, *, community: int, worker: UUID, parties: Sequence[UUID], now: datetime
) -> None:
    """What was said so far with these members is closed to this worker."""
    await q.seal(db, community=community, worker=worker, parties=list(parties), now=now)


async def sealed_before(db: Db, *, community: int, worker: UUID, party: UUID) -> datetime | None:
    """Until when the notes about this member are closed to this worker; None: all are open."""
    found: datetime | None = await q.sealed_before(
        db, community=community, worker=worker, party=party
    )
    return found


async def unseal(db: Db, *, community: int, worker: UUID, party: UUID) -> bool:
    """The member says they may be read; False when they were open."""
    found = await q.unseal(db, community=community, worker=worker, party=party)
    return found is not None
