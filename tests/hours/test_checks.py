"""Each check of the ledger is silent on good books and names the fault that is planted for it.

Faults are planted by the superuser with triggers switched off, in a transaction that is undone.
"""

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.hours.books import CHECKS, NOW, make_community, offences
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio

RULES = hours.Rules(soft_low=-120, hard_low=-180, soft_high=400, hard_high=500)

# $1 is the community, $2 the account of who was helped, $3 the transfer of that (its seq 2),
# $4 the gift, $5 the correction, $6 a moment within the term of the starting hours.
PLANTED = {
    "hours_transfers_sum_to_zero": [
        "update entry set minutes = minutes - 1"
        " where community_id = $1 and account_id = $2 and seq = 2",
        "delete from entry where community_id = $1 and transfer_id = $3",
        "insert into transfer select community_id, $2, 'empty', 'pot', fingerprint, rule, booked_by,"
        " booked_at from transfer where community_id = $1 and id = $3",
    ],
    "hours_balance_is_sum_of_entries": [
        "update account set balance = balance + 60 where community_id = $1 and id = $2",
        "update account set seq = seq + 1 where community_id = $1 and id = $2",
    ],
    "hours_sequence_has_no_gaps": [
        "update entry set seq = 90 where community_id = $1 and account_id = $2 and seq = 2",
        "update entry set balance_after = balance_after + 1"
        " where community_id = $1 and account_id = $2 and seq = 2",
    ],
    "hours_every_party_side_has_its_limits": [
        "update entry set low = low - 1 where community_id = $1 and account_id = $2 and seq = 2",
        "update entry set high = null where community_id = $1 and account_id = $2 and seq = 2",
        "update account_exception set starts_on = starts_on - 9, ends_on = ends_on - 9"
        " where community_id = $1",
        "update account_exception set ended_at = granted_at - interval '1 hour', ended_by = granted_by"
        " where community_id = $1",
        "update entry e set low = -1 from account a where a.community_id = $1 and a.kind = 'issue'"
        " and e.community_id = $1 and e.account_id = a.id and e.minutes < 0",
    ],
    "hours_limits_are_kept": [
        "update entry set low = 241 where community_id = $1 and account_id = $2 and seq = 2",
    ],
    "hours_exchange_is_booked_once": [
        "insert into transfer select community_id, $2, 'again', kind, fingerprint, rule, booked_by,"
        " booked_at, done_on, exchange_id from transfer where community_id = $1 and id = $3",
    ],
    "hours_key_is_used_once": [
        "update transfer set idem = 'thanks' where community_id = $1 and id = $3",
    ],
    "hours_corrections_take_back": [
        "update entry set minutes = minutes * 3 where community_id = $1 and transfer_id = $5",
        "update entry set minutes = -minutes where community_id = $1 and transfer_id = $5",
        "update transfer set corrects = $4 where community_id = $1 and id = $5",
        "insert into transfer select community_id, $2, 'twice', kind, fingerprint, rule, booked_by,"
        " booked_at, done_on, exchange_id, corrects from transfer"
        " where community_id = $1 and id = $5",
    ],
    "hours_additions_add_on": [
        "update entry set minutes = -minutes where community_id = $1 and transfer_id = $7",
        "update transfer set exchange_id = $2 where community_id = $1 and id = $7",
        "update transfer set corrects = $4 where community_id = $1 and id = $7",
        "insert into transfer select community_id, $2, 'twice', kind, fingerprint, rule, booked_by,"
        " booked_at, done_on, exchange_id, corrects from transfer"
        " where community_id = $1 and id = $7",
    ],
    "hours_start_once": [
        "update transfer set kind = 'pot' where community_id = $1 and kind = 'start'",
        "update transfer set idem = 'start:' || $3 where community_id = $1 and kind = 'start'"
        " and idem = 'start:' || $2",
    ],
    "hours_gifts_come_from_own": [
        "update transfer set booked_at = $6 where community_id = $1 and id = $4",
        "update entry set balance_after = -1"
        " where community_id = $1 and transfer_id = $4 and minutes < 0",
    ],
    "hours_vouchers_keep_to_their_account": [
        "update transfer set kind = 'redeemed' where community_id = $1 and id = $3",
        "update transfer set kind = 'pot' where community_id = $1 and kind = 'voucher'",
        "update transfer set kind = 'correction', corrects = $3"
        " where community_id = $1 and kind = 'voucher'",
        "update account set kind = 'pot' where community_id = $1 and kind = 'vouchers'",
    ],
    "hours_fingerprints_agree": [
        "update transfer set kind = 'gift' where community_id = $1 and id = $3",
        "update entry set minutes = 2 * minutes where community_id = $1 and transfer_id = $3",
        "update entry set account_id = $3 where community_id = $1 and account_id = $2 and seq = 2",
        "update transfer set exchange_id = $2 where community_id = $1 and id = $3",
    ],
    "hours_seals_recompute": [
        "update transfer set booked_at = booked_at - interval '1 day'"
        " where community_id = $1 and id = $3",
        "update seal set sealed_at = sealed_at - interval '1 day' where community_id = $1",
        "update seal_part set last_seq = last_seq - 1 where community_id = $1 and account_id = $2"
        " and number = 1",
    ],
    "hours_seals_are_in_a_row": [
        "delete from seal where community_id = $1 and number = 1",
        "delete from seal_part where community_id = $1 and number = 2",
    ],
    "hours_seals_leave_no_gaps": [
        "delete from seal_part where community_id = $1 and account_id = $2 and number = 1",
        "update seal_part set last_seq = last_seq + 1 where community_id = $1 and account_id = $2",
    ],
    "hours_books_are_open": [
        "delete from account where community_id = $1 and kind = 'pot'",
        "delete from hours_rule where community_id = $1",
        "update account set kind = 'pot' where community_id = $1 and kind = 'issue'",
        "delete from account where community_id = $1 and kind = 'vouchers'",
    ],
}
FAULTS = [(check, sql) for check, plants in PLANTED.items() for sql in plants]


class Street:
    """Books with something of everything in them, sealed twice."""

    community: int
    helped: UUID
    exchange: UUID
    gift: UUID
    correction: UUID
    addition: UUID


@pytest.fixture
async def street(ledger_web: Db, ledger_work: Db, ledger_owner: Db) -> AsyncIterator[Street]:
    street = Street()
    street.community, (ria, piet) = await make_community(ledger_owner, ledger_web, 2, RULES)
    street.helped = ria
    common = {"community": street.community, "booked_by": ria, "now": NOW}
    later = common | {"now": NOW + timedelta(days=40)}

    async def seal(db: Db) -> None:
        async with db.transaction():
            await enter(db, street.community)
            assert await hours.seal(db, community=street.community, now=NOW)

    async def exchange(db: Db, minutes: int) -> UUID:
        booked = await hours.book(
            db, idem=str(new_id()), kind=hours.Kind.EXCHANGE, exchange_id=new_id(),
            entries=[(ria, -minutes), (piet, minutes)], **common,
        )  # fmt: skip
        return booked.transfer_id

    async with ledger_web.transaction():
        db = ledger_web
        await enter(db, street.community)
        await hours.open_account(db, party=ria, **common)
        await hours.open_account(db, party=piet, **common)
        street.exchange = await exchange(db, 60)
    await seal(ledger_work)
    async with ledger_web.transaction():
        await enter(db, street.community)
        booked = await hours.correct(
            db, transfer=street.exchange, right=30, sentence="korter", **common
        )
        street.correction = booked.transfer_id
        await hours.grant_exception(
            db, community=street.community, party=piet, low=None, high=900, reason="bestuur",
            starts_on=NOW.date(), ends_on=NOW.date(), granted_by=ria, now=NOW,
        )  # fmt: skip
        booked = await hours.correct(
            db, transfer=await exchange(db, 225), right=240, sentence="langer", **common
        )
        street.addition = booked.transfer_id
        booked = await hours.give(
            db, community=street.community, idem="thanks", giver=ria, to=hours.Fund.POT,
            minutes=15, booked_by=ria, now=NOW + timedelta(days=40),
        )  # fmt: skip
        street.gift = booked.transfer_id
        made = await hours.book(
            db, idem="on paper", kind=hours.Kind.VOUCHER,
            entries=[(piet, -60), (hours.Fund.VOUCHERS, 60)], **later,
        )  # fmt: skip
        await hours.book(
            db, idem=f"voucher:{made.transfer_id}", kind=hours.Kind.RETURNED,
            entries=[(hours.Fund.VOUCHERS, -60), (piet, 60)], **later,
        )  # fmt: skip
    await seal(ledger_work)
    assert await offences(ledger_owner, street.community) == {}
    yield street


def _value(values: list[object]) -> Callable[[re.Match[str]], str]:
    """Values stand in the text: a fault uses few of them, and a parameter must be used."""

    def literal(found: re.Match[str]) -> str:
        value = values[int(found[1]) - 1]
        return str(value) if isinstance(value, int) else f"'{value}'"

    return literal


def test_every_check_has_a_fault_to_catch() -> None:
    assert sorted(PLANTED) == sorted(CHECKS)


@pytest.mark.parametrize(
    ("check", "sql"), FAULTS, ids=[f"{c}-{n}" for n, (c, _) in enumerate(FAULTS)]
)
async def test_a_planted_fault_is_named(
    street: Street, ledger_superuser: Db, check: str, sql: str
) -> None:
    db = ledger_superuser
    values: list[object] = [
        street.community,
        street.helped,
        street.exchange,
        street.gift,
        street.correction,
        NOW,
        street.addition,
    ]
    undo = db.transaction()
    await undo.start()
    await db.execute("set local session_replication_role = replica")
    for rule in await db.fetch(
        "select conrelid::regclass::text as of, conname from pg_constraint where contype in ('c', 'u')"
        " and conrelid::regclass::text in ('entry', 'transfer', 'account', 'account_exception')"
    ):
        await db.execute(f"alter table {rule['of']} drop constraint {rule['conname']} cascade")
    for index in ("transfer_exchange_once", "transfer_corrected_once", "account_one_of_each_fund"):
        await db.execute(f"drop index {index}")
    changed = await db.execute(re.sub(r"\$(\d)", _value(values), sql))
    found = await offences(db, street.community)
    await undo.rollback()
    assert changed.split()[-1] != "0", "the fault was not planted"
    assert check in found
