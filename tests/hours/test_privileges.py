"""Who may do what to the books: nobody but ledger.post moves a minute."""

from uuid import UUID

import asyncpg
import pytest

from tests.hours.books import NOW, make_community
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio

FORBIDDEN = [
    "update account set balance = 1000",
    "update account set seq = 0",
    "update account set party_id = null",
    "delete from account",
    "truncate account cascade",
    "insert into account (community_id, id, kind, opened_at, balance)"
    " select community_id, $1, 'pot', opened_at, 9 from account limit 1",
    "update entry set minutes = 1",
    "delete from entry",
    "insert into entry select * from entry",
    "update transfer set booked_at = booked_at",
    "delete from transfer",
    "insert into transfer select * from transfer",
    "insert into transfer_words select community_id, id, 'x' from transfer",
    "update transfer_words set words = 'x'",
    "update hours_rule set hard_low = -1",
    "delete from hours_rule",
    "update account_exception set low = -1",
    "update account_exception set ends_on = ends_on + 1",
    "delete from account_exception",
    "update seal set hash = ''",
    "delete from seal_part",
    "alter table entry disable trigger all",
    "set local session_replication_role = replica",
    "set local role timebank_ledger",
    "create table public.mine (id int)",
    "create function ledger.mine() returns int language sql as 'select 1'",
    "create function public.mine() returns int language sql as 'select 1'",
]


@pytest.fixture
async def community(ledger_web: Db, ledger_owner: Db) -> tuple[int, list[UUID]]:
    community, people = await make_community(ledger_owner, ledger_web, 2, hours.Rules())
    async with ledger_web.transaction():
        await enter(ledger_web, community)
        for person in people:
            await hours.open_account(
                ledger_web, community=community, party=person, booked_by=person, now=NOW
            )
    return community, people


@pytest.mark.parametrize("sql", FORBIDDEN)
async def test_web_and_job_role_may_not(
    community: tuple[int, list[UUID]], ledger_web: Db, ledger_work: Db, sql: str
) -> None:
    for db in (ledger_web, ledger_work):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.transaction():
                await enter(db, community[0])
                await db.execute(sql.replace("$1", f"'{new_id()}'"))


async def test_only_the_job_role_seals(
    community: tuple[int, list[UUID]], ledger_web: Db, ledger_work: Db
) -> None:
    for sql in (
        "select ledger.seal(1, now())",
        "insert into seal values (1, 1, now(), '')",
        "insert into seal_part select 1, id, 1, 1, 1 from account",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with ledger_web.transaction():
                await enter(ledger_web, community[0])
                await ledger_web.execute(sql)
    async with ledger_work.transaction():
        await enter(ledger_work, community[0])
        assert await hours.seal(ledger_work, community=community[0], now=NOW)


async def test_no_community_set_is_an_error(ledger_web: Db) -> None:
    for sql in ("select * from account", "select * from entry"):
        with pytest.raises(asyncpg.PostgresError):
            await ledger_web.fetch(sql)


async def test_the_books_of_another_community_do_not_exist(
    community: tuple[int, list[UUID]], ledger_web: Db, ledger_owner: Db
) -> None:
    other, _people = await make_community(ledger_owner, ledger_web, 1, hours.Rules())
    async with ledger_web.transaction():
        await enter(ledger_web, other)
        for table in ("account", "transfer", "entry"):
            assert not await ledger_web.fetchval(
                f"select count(*) from {table} where community_id = $1", community[0]
            )


async def test_whoever_books_is_a_role_nobody_signs_in_as(ledger_owner: Db) -> None:
    role = await ledger_owner.fetchrow(
        "select r.rolname, r.rolcanlogin, r.rolsuper, r.rolbypassrls, p.prosecdef, p.proconfig"
        " from pg_proc p join pg_roles r on r.oid = p.proowner"
        " where p.oid = to_regproc('ledger.post')"
    )
    assert tuple(role) == (
        "timebank_ledger", False, False, False, True, ["search_path=public, pg_temp"],
    )  # fmt: skip
    owns = await ledger_owner.fetchval(
        "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname = 'timebank_ledger'"
    )
    assert owns == 0


async def test_a_table_in_the_temporary_schema_does_not_stand_in_for_the_rules(
    community: tuple[int, list[UUID]], ledger_web: Db
) -> None:
    """search_path is pinned: what a session makes for itself is never looked at."""
    number, (ria, piet) = community
    async with ledger_web.transaction():
        await enter(ledger_web, number)
        try:
            async with ledger_web.transaction():
                await ledger_web.execute("create temporary table hours_rule (hard_low int)")
        except asyncpg.InsufficientPrivilegeError:
            return
        booked = await hours.book(
            ledger_web, community=number, idem="k", kind=hours.Kind.EXCHANGE,
            entries=[(ria, -15), (piet, 15)], booked_by=ria, now=NOW, exchange_id=new_id(),
        )  # fmt: skip
        assert booked.balance_of(piet) == 315
