"""The schema keeps the rules that would be dear to add later."""

import re

import asyncpg
import pytest

from tests.world import World
from timebank.kernel.db import Db, Pool, connection

pytestmark = pytest.mark.anyio

MORE_POLICIES = {("outbox", "where_is_work"): "the job role asks which communities have work"}
"""Policies besides `own` and `all_rows`, each with its reason."""


async def _tables(owner: Db, kind: str | None = None) -> list[str]:
    found = await owner.fetch(
        "select table_name from sharding.kind where $1::text is null or kind = $1 order by 1", kind
    )
    return [row["table_name"] for row in found]


async def test_every_table_says_which_of_the_two_kinds_it_is(owner: Db, world: World) -> None:
    there = await owner.fetch(
        "select c.relname from pg_class c where c.relkind in ('r', 'p')"
        " and c.relnamespace = 'public'::regnamespace"
    )
    assert sorted(row["relname"] for row in there) == await _tables(owner)


async def test_the_community_leads_every_key(owner: Db, world: World) -> None:
    keys = await owner.fetch(
        "select c.relname, i.relname as key, a.attname, x.indisprimary"
        "  from pg_index x join pg_class c on c.oid = x.indrelid"
        "  join pg_class i on i.oid = x.indexrelid"
        "  join sharding.kind k on k.table_name = c.relname and k.kind = 'by community'"
        "  left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]"
        " where (x.indisunique or x.indisexclusion) and c.relnamespace = 'public'::regnamespace"
    )
    wrong = [tuple(row) for row in keys if row["attname"] != "community_id"]
    assert keys and not wrong
    with_primary = {row["relname"] for row in keys if row["indisprimary"]}
    assert set(await _tables(owner, "by community")) == with_primary


async def test_no_foreign_key_can_lead_to_another_community(owner: Db, world: World) -> None:
    keys = await owner.fetch(
        "select x.conname, c.relname, r.relname as to_table,"
        "  (select array_agg(a.attname::text order by n.place) from unnest(x.conkey) with ordinality"
        "    as n(attnum, place) join pg_attribute a on a.attrelid = x.conrelid"
        "    and a.attnum = n.attnum) as columns"
        "  from pg_constraint x join pg_class c on c.oid = x.conrelid"
        "  join pg_class r on r.oid = x.confrelid where x.contype = 'f'"
    )
    everywhere = set(await _tables(owner, "everywhere"))
    wrong = [
        row["conname"]
        for row in keys
        if row["to_table"] not in everywhere and row["columns"][0] != "community_id"
    ]
    assert keys and not wrong


async def test_row_security_is_forced_with_policies_that_name_their_roles(
    owner: Db, world: World
) -> None:
    for table in await _tables(owner, "by community"):
        on, forced = await owner.fetchrow(
            "select relrowsecurity, relforcerowsecurity from pg_class where oid = $1::regclass",
            table,
        )
        assert on and forced, table
        policies = await owner.fetch(
            "select policyname, roles::text[] as roles, qual, with_check from pg_policies"
            " where tablename = $1",
            table,
        )
        by_name = {row["policyname"]: row for row in policies}
        assert set(by_name["own"]["roles"]) == {"timebank_web", "timebank_work"}
        assert "app.community" in by_name["own"]["qual"] and by_name["own"]["with_check"]
        assert by_name["all_rows"]["roles"] == ["timebank_owner"]
        for name in set(by_name) - {"own", "all_rows"}:
            roles = set(by_name[name]["roles"])
            named = (table, name) in MORE_POLICIES
            assert named or roles <= {"timebank_ledger", "timebank_search"}, (table, name)


async def test_without_a_community_nothing_is_seen_and_with_one_no_other(
    owner: Db, world: World, web_pool: Pool
) -> None:
    await world.member("Anna de Vries")
    for table in await _tables(owner, "by community"):
        async with connection(web_pool) as db:
            may = await db.fetchval("select has_table_privilege($1, 'select')", table)
            if not may:
                continue
            with pytest.raises((asyncpg.UndefinedObjectError, asyncpg.DataError)):
                await db.fetch(f'select * from "{table}" limit 1')
            async with db.transaction():
                await db.execute(f"set local app.community = '{world.community}'")
                others = await db.fetchval(
                    f'select count(*) from "{table}" where community_id <> $1', world.community
                )
            assert others == 0, table


async def test_names_of_rules_are_short_and_end_in_no_shard_number(owner: Db, world: World) -> None:
    names = await owner.fetch(
        "select conname::text as name from pg_constraint c join pg_namespace n"
        "  on n.oid = c.connamespace where n.nspname in ('public', 'sharding', 'ledger')"
        " union all select indexname from pg_indexes where schemaname = 'public'"
    )
    for row in names:
        assert len(row["name"]) <= 45, row["name"]
        assert not re.search(r"_\d{6,}$", row["name"]), row["name"]


async def test_no_constraint_is_deferred_and_no_type_is_an_enum(owner: Db, world: World) -> None:
    assert not await owner.fetchval("select count(*) from pg_constraint where condeferrable")
    assert not await owner.fetchval(
        "select count(*) from pg_type t join pg_namespace n on n.oid = t.typnamespace"
        " where t.typtype in ('e', 'd') and n.nspname = 'public'"
    )


async def test_the_application_roles_own_nothing_and_create_nothing(
    owner: Db, world: World, web_pool: Pool, work_pool: Pool
) -> None:
    owned = await owner.fetchval(
        "select count(*) from pg_class where relowner in"
        " ('timebank_web'::regrole, 'timebank_work'::regrole)"
    )
    assert owned == 0
    for pool in (web_pool, work_pool):
        async with connection(pool) as db:
            assert not await db.fetchval(
                "select usesuper from pg_user where usename = current_user"
            )
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.execute("create table here (x integer)")


@pytest.mark.parametrize("table", ["entry", "transfer", "audit_entry", "account"])
async def test_books_and_audit_cannot_be_changed_by_the_application(
    table: str, world: World, web_pool: Pool, work_pool: Pool
) -> None:
    for pool in (web_pool, work_pool):
        async with connection(pool) as db:
            for act in ("update", "delete", "truncate"):
                may = await db.fetchval("select has_table_privilege($1, $2)", table, act)
                assert not may, (table, act)


async def test_functions_with_their_owners_rights_are_few_and_pinned(
    owner: Db, world: World
) -> None:
    found = await owner.fetch(
        "select p.proname, p.proconfig, p.proowner::regrole::text as owner, r.rolcanlogin"
        "  from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        "  join pg_roles r on r.oid = p.proowner"
        " where p.prosecdef and n.nspname in ('public', 'ledger', 'sharding')"
    )
    for row in found:
        assert any(c.startswith("search_path=") for c in row["proconfig"] or []), row["proname"]
        assert not row["rolcanlogin"], row["proname"]
    assert {row["proname"] for row in found} <= {
        "post", "search_posts", "seal", "suggest_words", "audit_forget_looks",
    }  # fmt: skip


async def test_there_are_no_views_that_forget_who_looks(owner: Db, world: World) -> None:
    views = await owner.fetch(
        "select relname, reloptions from pg_class where relkind in ('v', 'm')"
        " and relnamespace = 'public'::regnamespace"
    )
    for row in views:
        assert "security_invoker=true" in (row["reloptions"] or []), row["relname"]
