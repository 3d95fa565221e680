"""One function per named query of sql/hours.sql."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from timebank.hours.limits_model import Balance, Exemption, Rules
from timebank.hours.model import (
    ON_PAPER,
    Booked,
    Entry,
    Fund,
    Kind,
    Line,
    Posted,
    Seal,
    Totals,
    Transfer,
)
from timebank.kernel.db import Db, load, one, rows
from timebank.kernel.redact import Known
from timebank.parties import Card

q = load("hours")


class _Posted(msgspec.Struct):
    transfer_id: UUID
    again: bool
    account_id: UUID
    seq: int
    minutes: int
    balance_after: int


async def add_rules(
    db: Db, community: int, version: int, rules: Rules, set_by: UUID | None, now: datetime
) -> None:
    """One more version of the rules; the highest is in force."""
    await q.add_rules(
        db,
        community=community,
        version=version,
        starting_minutes=rules.starting_minutes,
        soft_low=rules.soft_low,
        soft_high=rules.soft_high,
        hard_low=rules.hard_low,
        hard_high=rules.hard_high,
        unit_minutes=rules.unit_minutes,
        give_away_after_days=rules.give_away_after_days,
        set_by=set_by,
        now=now,
    )


async def rules(db: Db, community: int) -> Rules:
    """The rules in force. Raises NotFound."""
    return await one(Rules, q.rules(db, community=community))


async def open_fund(db: Db, community: int, fund: Fund, fund_id: UUID, now: datetime) -> None:
    """One of the funds of a community; there is one of each."""
    await q.open_fund(db, community=community, id=fund_id, kind=fund.value, now=now)


async def open_account(db: Db, community: int, party: UUID, now: datetime) -> bool:
    """False when the party has its account already."""
    return await q.open_account(db, community=community, party=party, now=now) is not None


async def funds(db: Db, community: int) -> dict[Fund, UUID]:
    """Account ids of the pot and the issue account."""
    return {Fund(r["kind"]): r["id"] for r in await q.funds(db, community=community)}


async def post(
    db: Db,
    community: int,
    *,
    transfer: UUID,
    idem: str,
    kind: Kind,
    sides: Sequence[tuple[UUID, int]],
    booked_by: UUID,
    booked_at: datetime,
    done_on: date | None,
    exchange: UUID | None,
    corrects: UUID | None,
    words: str | None,
) -> Booked:
    """`sides` by ascending account, as the ledger locks them."""
    posted = await rows(
        _Posted,
        q.post(
            db,
            community=community,
            transfer=transfer,
            idem=idem,
            kind=kind.value,
            booked_by=booked_by,
            booked_at=booked_at,
            done_on=done_on,
            exchange=exchange,
            corrects=corrects,
            accounts=[account for account, _minutes in sides],
            minutes=[minutes for _account, minutes in sides],
            words=words,
        ),
    )
    return Booked(
        posted[0].transfer_id,
        posted[0].again,
        tuple(Posted(p.account_id, p.seq, p.minutes, p.balance_after) for p in posted),
    )


async def balance(db: Db, community: int, party: UUID, day: date) -> Balance:
    """What a party has, with the limits in force on a day. Raises NotFound."""
    return await one(Balance, q.balance(db, community=community, party=party, day=day))


async def statement(
    db: Db, community: int, party: UUID, before: int | None, limit: int
) -> list[Line]:
    """Lines newest first; `before` is the seq of the last line seen."""
    query = q.statement(db, community=community, party=party, before=before, limit=limit)
    return await rows(Line, query)


async def vouchers_of(db: Db, community: int, lines: Sequence[Line]) -> dict[UUID, list[str]]:
    """Numbers of the hour notes that these lines are about, by transfer."""
    moved = [line.transfer_id for line in lines if line.kind in ON_PAPER]
    numbers: dict[UUID, list[str]] = {}
    if moved:
        for found in await q.vouchers_of(db, community=community, transfers=moved):
            numbers.setdefault(found["transfer_id"], []).append(found["number"])
    return numbers


async def has_vouchers(db: Db, community: int, party: UUID) -> bool:
    """Whether hour notes are made here, or this party made some."""
    return bool(await q.has_vouchers(db, community=community, party=party))


async def transfer(db: Db, community: int, transfer_id: UUID) -> Transfer:
    """One booking. Raises NotFound."""
    return await one(Transfer, q.transfer(db, community=community, transfer=transfer_id))


async def transfer_of_exchange(db: Db, community: int, exchange: UUID) -> UUID | None:
    """The booking of an exchange, not a correction of it."""
    found = await q.transfer_of_exchange(db, community=community, exchange=exchange)
    return None if found is None else found["id"]


async def entries(db: Db, community: int, transfer_id: UUID) -> list[Entry]:
    """The sides of a booking, by account."""
    return await rows(Entry, q.entries(db, community=community, transfer=transfer_id))


async def totals(db: Db, community: int) -> Totals:
    """The books of a community in one row."""
    return await one(Totals, q.totals(db, community=community))


async def grant_exception(
    db: Db,
    community: int,
    *,
    exception_id: UUID,
    party: UUID,
    low: int | None,
    high: int | None,
    starts_on: date,
    ends_on: date,
    reason: str,
    granted_by: UUID,
    now: datetime,
) -> None:
    """A wider limit for a while, with its reason beside it."""
    await q.grant_exception(
        db,
        community=community,
        id=exception_id,
        party=party,
        low=low,
        high=high,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=granted_by,
        now=now,
    )
    await q.exception_reason(db, community=community, id=exception_id, reason=reason)


async def end_exception(
    db: Db, community: int, exception_id: UUID, ended_by: UUID, now: datetime
) -> bool:
    """False when there is none by that id that still runs."""
    ended = await q.end_exception(
        db, community=community, id=exception_id, ended_by=ended_by, now=now
    )
    return ended is not None


async def exceptions(db: Db, community: int, party: UUID) -> list[Exemption]:
    """Exceptions of a party, newest first."""
    return await rows(Exemption, q.exceptions(db, community=community, party=party))


async def seal(db: Db, community: int, now: datetime) -> Seal | None:
    """Seal what is new; None when nothing is."""
    made = await q.seal(db, community=community, now=now)
    return None if made is None else Seal(made["number"], made["hash"])


async def forget(db: Db, *, community: int, party: UUID, names: Known, now: datetime) -> None:
    """Erasure: the sentences a party wrote, the reasons of its exceptions, and what others wrote
    with their bookings if it names the party. The books stay."""
    await q.forget_words(db, community=community, party=party)
    await q.forget_reasons(db, community=community, party=party)
    others = await q.words_of_others(db, community=community, party=party)
    for said, _without in names.named_in(others, "words"):
        await q.empty_words(db, community=community, transfer=said["transfer_id"])


async def known_partners(db: Db, community: int, party: UUID, limit: int) -> list[Card]:
    """Members this party shares a booking with, at most `limit`, the newest booking first."""
    return await rows(Card, q.known_partners(db, community=community, party=party, limit=limit))


async def given_by_mandate(
    db: Db, community: int, *, mandate: UUID, giver: UUID, hand: UUID, since: datetime
) -> int:
    """Minutes that a helper gave away for a member since a moment; until the transaction ends nobody
    else counts under this mandate."""
    await q.hold_mandate(db, community=community, mandate=mandate)
    found: int = await q.given_by_hand(db, community=community, giver=giver, hand=hand, since=since)
    return found


async def live_together(db: Db, community: int, *, one: UUID, other: UUID) -> bool:
    """Whether these two are written down as one household."""
    return bool(await q.live_together(db, community=community, one=one, other=other))
