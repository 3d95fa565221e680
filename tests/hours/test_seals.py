"""A seal names what somebody with all rights did to the books, however well it was covered up."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from tests.hours.books import NOW, make_community, offences
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.embedded import WORK, Embedded
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio

# After the deed all numbers are made to agree again: sequence, running balances, totals, prints.
COVER_UP = """
create temporary table line on commit drop as
  select account_id, transfer_id, row_number() over line as seq, sum(minutes) over line as balance
    from entry where community_id = {community}
  window line as (partition by account_id order by seq);
update entry set seq = seq + 1000 where community_id = {community};
update entry e set seq = line.seq, balance_after = line.balance from line
 where e.community_id = {community} and e.account_id = line.account_id
   and e.transfer_id = line.transfer_id;
update account a set
  balance = coalesce((select sum(minutes) from entry e
     where e.community_id = a.community_id and e.account_id = a.id), 0),
  seq = (select count(*) from entry e where e.community_id = a.community_id and e.account_id = a.id)
 where a.community_id = {community};
update transfer t set fingerprint = (
  select ledger.fingerprint(t.kind, t.exchange_id, t.corrects,
    array_agg(e.account_id order by e.account_id), array_agg(e.minutes order by e.account_id))
    from entry e where e.community_id = t.community_id and e.transfer_id = t.id)
 where t.community_id = {community};
"""

DEEDS = {
    "other minutes": "update entry set minutes = 2 * minutes"
    " where community_id = {community} and transfer_id = '{first}'",
    "another's account": "update entry set account_id = '{third}'"
    " where community_id = {community} and transfer_id = '{first}' and account_id = '{helper}'",
    "taken out": "delete from entry where community_id = {community} and transfer_id = '{first}';"
    "delete from transfer where community_id = {community} and id = '{first}'",
    "put in between": "insert into transfer select community_id, '{new}', 'new', 'pot', fingerprint,"
    " rule, booked_by, booked_at from transfer where community_id = {community} and id = '{first}';"
    "update entry set seq = 1000 + seq where community_id = {community} and seq >= 2"
    " and account_id in ('{payer}', '{helper}');"
    "insert into entry select community_id, account_id, 2, '{new}', minutes, 0, low, high"
    " from entry where community_id = {community} and transfer_id = '{first}'",
    "another day": "update transfer set done_on = done_on - 7"
    " where community_id = {community} and id = '{first}'",
    "another booker": "update transfer set booked_by = '{third}'"
    " where community_id = {community} and id = '{first}'",
    "turned round": "update entry set seq = 1000 - seq where community_id = {community} and seq > 1"
    " and account_id in ('{payer}', '{helper}')",
    "seal made anew": "update transfer set done_on = done_on - 7"
    " where community_id = {community} and id = '{first}';"
    "update seal s set hash = (select ledger.seal_hash({community}, 1, s.sealed_at, null,"
    " array_agg(account_id), array_agg(first_seq), array_agg(last_seq)) from seal_part p"
    " where p.community_id = {community} and p.number = 1)"
    " where s.community_id = {community} and s.number = 1",
}


@dataclass
class Street:
    """Four exchanges between two neighbours, sealed after each two."""

    community: int
    people: list[UUID]
    first: UUID
    last: hours.Seal

    def names(self) -> dict[str, object]:
        payer, helper, third = self.people
        return {
            "community": self.community,
            "payer": payer,
            "helper": helper,
            "third": third,
            "first": self.first,
            "new": new_id(),
        }


@pytest.fixture
async def street(ledger_web: Db, ledger_work: Db, ledger_owner: Db) -> AsyncIterator[Street]:
    community, people = await make_community(ledger_owner, ledger_web, 3, hours.Rules())
    async with ledger_web.transaction():
        await enter(ledger_web, community)
        for person in people:
            await hours.open_account(
                ledger_web, community=community, party=person, booked_by=person, now=NOW
            )
    booked = []
    for number in range(4):
        async with ledger_web.transaction():
            await enter(ledger_web, community)
            booked.append(
                await hours.book(
                    ledger_web, community=community, idem=f"soup-{number}",
                    kind=hours.Kind.EXCHANGE, exchange_id=new_id(), booked_by=people[0],
                    entries=[(people[0], -15 - number), (people[1], 15 + number)],
                    now=NOW + timedelta(days=number), done_on=NOW.date(),
                )
            )  # fmt: skip
        if number % 2:
            seal = await _seal(ledger_work, community)
    assert seal is not None
    yield Street(community, people, booked[0].transfer_id, seal)


async def _seal(db: Db, community: int) -> hours.Seal | None:
    async with db.transaction():
        await enter(db, community)
        return await hours.seal(db, community=community, now=NOW)


async def _holds(db: Db, street: Street) -> bool:
    """Whether the books have the seal that was kept elsewhere, as `docs/operations.md` compares it."""
    kept = await db.fetchval(
        "select hash from seal where community_id = $1 and number = $2",
        street.community, street.last.number,
    )  # fmt: skip
    return bool(kept == street.last.hash)


@pytest.mark.parametrize("deed", DEEDS)
async def test_seven_deeds_and_a_forged_seal_are_named(
    street: Street, ledger_superuser: Db, deed: str
) -> None:
    names = street.names()
    undo = ledger_superuser.transaction()
    await undo.start()
    await ledger_superuser.execute("set local session_replication_role = replica")
    await ledger_superuser.execute((DEEDS[deed] + ";" + COVER_UP).format(**names))
    found = await offences(ledger_superuser, street.community)
    await undo.rollback()
    assert "hours_seals_recompute" in found
    assert all(check.startswith("hours_seals") for check in found), "only the seals tell"
    assert await offences(ledger_superuser, street.community) == {}


async def test_a_cut_off_end_is_told_only_by_a_seal_kept_elsewhere(
    street: Street, ledger_superuser: Db
) -> None:
    assert await _holds(ledger_superuser, street)
    undo = ledger_superuser.transaction()
    await undo.start()
    await ledger_superuser.execute("set local session_replication_role = replica")
    for table, number in (("seal", "number"), ("seal_part", "number")):
        await ledger_superuser.execute(
            f"delete from {table} where community_id = $1 and {number} = $2",
            street.community, street.last.number,
        )  # fmt: skip
    await ledger_superuser.execute(
        "delete from entry e using transfer t where e.community_id = $1 and t.community_id = $1"
        " and t.id = e.transfer_id and t.idem in ('soup-2', 'soup-3')", street.community,
    )  # fmt: skip
    await ledger_superuser.execute(
        "delete from transfer where community_id = $1 and idem in ('soup-2', 'soup-3')",
        street.community,
    )
    await ledger_superuser.execute(COVER_UP.format(community=street.community))
    assert await offences(ledger_superuser, street.community) == {}
    assert not await _holds(ledger_superuser, street)
    await undo.rollback()


async def test_nothing_new_needs_no_seal(street: Street, ledger_work: Db) -> None:
    assert await _seal(ledger_work, street.community) is None
    async with ledger_work.transaction():
        await enter(ledger_work, street.community)
        assert await _holds(ledger_work, street)
        newest = "select max(number) from seal where community_id = $1"
        assert await ledger_work.fetchval(newest, street.community) == street.last.number


async def test_a_seal_does_not_depend_on_the_servers_settings(
    street: Street, ledger_owner: Db
) -> None:
    await ledger_owner.execute("set timezone = 'Asia/Kolkata'")
    await ledger_owner.execute("set datestyle = 'German'")
    await ledger_owner.execute("set bytea_output = 'escape'")
    await ledger_owner.execute("set extra_float_digits = 0")
    assert await offences(ledger_owner, street.community) == {}


async def test_two_workers_seal_once(street: Street, cluster: Embedded, ledger: str) -> None:
    workers = [await asyncpg.connect(cluster.dsn(WORK, ledger)) for _ in range(4)]
    async with workers[0].transaction():
        await enter(workers[0], street.community)
        await hours.open_account(
            workers[0], community=street.community, party=await _newcomer(workers[0], street),
            booked_by=street.people[0], now=NOW,
        )  # fmt: skip
    made = await asyncio.gather(*(_seal(worker, street.community) for worker in workers))
    assert [seal.number for seal in made if seal] == [3]
    for worker in workers:
        await worker.close()


async def _newcomer(db: Db, street: Street) -> UUID:
    person = new_id()
    await db.execute(
        "insert into party (community_id, id, kind, state, state_at, applied_at)"
        " values ($1, $2, 'person', 'active', $3, $3)", street.community, person, NOW,
    )  # fmt: skip
    return person
