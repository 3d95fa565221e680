"""Queries of the hour notes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.kernel.db import Db, load, one, row, rows
from timebank.vouchers.model import Over, Rule, State, ToPrint, Voucher

q = load("vouchers")
MOST = 200


async def rule(db: Db, community: int) -> Rule:
    """Whether this community makes them; the usual when it never said."""
    return await row(Rule, q.rule(db, community=community)) or Rule()


async def put_rule(db: Db, community: int, rule: Rule) -> None:
    """From now on."""
    await q.put_rule(db, community=community, is_on=rule.is_on, valid_days=rule.valid_days)


async def serials(db: Db, community: int, count: int) -> range:
    """So many serials that nobody else gets."""
    last: int = await q.last_serial(db, community=community, count=count)
    return range(last - count + 1, last + 1)


async def insert(
    db: Db, *, community: int, id_: UUID, number: str, minutes: int, maker: UUID, by: UUID,
    transfer: UUID, valid_until: date, now: datetime,
) -> None:  # fmt: skip
    """A new note, not printed yet."""
    await q.insert(
        db, community=community, id=id_, number=number, minutes=minutes, maker=maker, by=by,
        transfer=transfer, valid_until=valid_until, now=now,
    )  # fmt: skip


async def of_maker(db: Db, community: int, party: UUID, limit: int = MOST) -> list[Voucher]:
    """Somebody's own, those that are still out first."""
    return await rows(Voucher, q.of_maker(db, community=community, party=party, limit=limit))


async def voucher(db: Db, community: int, id_: UUID) -> Voucher:
    """One note. Raises NotFound."""
    return await one(Voucher, q.voucher(db, community=community, id=id_))


async def by_code(db: Db, community: int, code_hash: bytes) -> Voucher | None:
    """The note with this code on it."""
    return await row(Voucher, q.by_code(db, community=community, code_hash=code_hash))


async def by_number(db: Db, community: int, number: str) -> Voucher | None:
    """The note with this number."""
    return await row(Voucher, q.by_number(db, community=community, number=number))


async def print_(
    db: Db, *, community: int, id_: UUID, party: UUID, code_hash: bytes, now: datetime
) -> bool:
    """Give it a new code; False when it is not this member's, or not open any more."""
    found = await q.print(
        db, community=community, id=id_, party=party, code_hash=code_hash, now=now
    )
    return found is not None


async def ask_print(db: Db, *, community: int, party: UUID, today: date) -> int:
    """How many wait for a worker from now on."""
    return len(list(await q.ask_print(db, community=community, party=party, today=today)))


async def to_print(db: Db, *, community: int, areas: Iterable[UUID], limit: int) -> list[ToPrint]:
    """Members whose notes wait for a worker."""
    found = q.to_print(db, community=community, areas=list(areas), limit=limit)
    return await rows(ToPrint, found)


async def waiting_for(db: Db, community: int, party: UUID) -> list[UUID]:
    """One member's notes that wait for a worker."""
    found = await q.waiting_for(db, community=community, party=party)
    return [row["id"] for row in found]


async def lock(db: Db, community: int, id_: UUID) -> State:
    """Hold a note before its hours move; its state now."""
    found: State = await q.lock(db, community=community, id=id_)
    return found


async def end(
    db: Db, *, community: int, id_: UUID, state: State, from_states: Sequence[State],
    transfer: UUID, by: UUID | None, redeemer: UUID | None, not_after: date | None,
    now: datetime,
) -> bool:  # fmt: skip
    """It ends, once. False when it did so before, or its last day was before `not_after`."""
    found = await q.end(
        db, community=community, id=id_, state=state, from_states=list(from_states),
        transfer=transfer, by=by, redeemer=redeemer, not_after=not_after, now=now,
    )  # fmt: skip
    return found is not None


async def lose(db: Db, *, community: int, id_: UUID, lost_until: date, now: datetime) -> bool:
    """It is lost; False when it is not open."""
    found = await q.lose(db, community=community, id=id_, lost_until=lost_until, now=now)
    return found is not None


async def find(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """It turned up; False when it was not lost."""
    return await q.find(db, community=community, id=id_, now=now) is not None


async def over(db: Db, *, community: int, today: date, limit: int = MOST) -> list[Over]:
    """Whose hours go back, held until the transaction ends."""
    return await rows(Over, q.over(db, community=community, today=today, limit=limit))


async def to_warn(db: Db, *, community: int, today: date, before: date) -> list[Over]:
    """Whose last day comes near; each is given once."""
    return await rows(Over, q.to_warn(db, community=community, today=today, before=before))
