"""The commands of docs/operations.md, run as they stand there: back up, restore, carry on."""

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.databases import SUPERUSER
from tests.drills.installation import ROOT, Installation
from tests.makers_posts import offer
from tests.world import Member, World
from timebank import admin, hours, membership, notices
from timebank.admin import erasure_store
from timebank.kernel import clock as wall_clock
from timebank.kernel import outbox
from timebank.kernel.db import open_pool, transaction
from timebank.kernel.embedded import Embedded
from timebank.worker import Worker

pytestmark = pytest.mark.anyio

MANUAL = (ROOT / "docs" / "operations.md").read_text("utf-8")
RIGHTS = """
select 'function', p.oid::regprocedure::text, pg_get_userbyid(p.proowner), p.proacl::text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname in ('public', 'ledger', 'sharding')
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all
select 'table', c.oid::regclass::text, pg_get_userbyid(c.relowner),
       concat(c.relacl::text, c.relrowsecurity, c.relforcerowsecurity)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('public', 'ledger', 'sharding')
union all
select 'policy', concat(tablename, policyname), roles::text, concat(qual, with_check) from pg_policies
union all
select 'trigger', concat(t.tgrelid::regclass, t.tgname), t.tgenabled::text, '' from pg_trigger t
 where not t.tgisinternal
union all
select 'rule', concat(conrelid::regclass, conname), contype::text, convalidated::text
  from pg_constraint where connamespace = 'public'::regnamespace
union all select 'schema', nspname, pg_get_userbyid(nspowner), nspacl::text from pg_namespace
 where nspname !~ '^pg_'"""


def commands_under(heading: str) -> list[str]:
    """The commands that the manual gives under a heading, in order."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", MANUAL, re.M | re.S)
    assert found, heading
    blocks = re.findall(r"^```sh\n(.*?)^```", found[1], re.M | re.S)
    assert blocks, f"no commands under {heading}"
    return [line for block in blocks for line in block.splitlines()]


def run(command: str, house: Installation, folder: Path) -> str:
    """One command of the manual, by a shell, in a folder of its own."""
    program = folder / "timebank"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m timebank.cli "$@"\n'
    )
    program.chmod(0o755)
    if not (folder / "deploy").exists():
        (folder / "deploy").symlink_to(ROOT / "deploy")
    path = os.pathsep.join([str(folder), str(house.cluster.bin), os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", "-euc", command], cwd=folder, env=house._whole({"PATH": path}),
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture
async def elsewhere(cluster: Embedded, empty: str, tmp_path: Path) -> AsyncIterator[Installation]:
    """Another machine, with an empty database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    made = Installation(cluster, folder, database=empty)
    yield made
    made.end()


async def live(street: World, office: Installation) -> tuple[Member, Member]:
    """Some life: bookings, a seal, a post, somebody signed in, mail under way."""
    street.clock.move(days=-60)
    anna = await street.member("Anna Oud", reachable_by="email", email="anna@example.org")
    bram = await street.member("Bram Oud")
    await offer(street, anna, "Soep koken")
    street.clock.reset()
    async with street.transaction() as db:
        await hours.give(
            db, community=street.community, idem="gift:before", giver=bram.id, to=anna.id,
            minutes=45, booked_by=bram.id, now=street.clock(),
        )  # fmt: skip
    pool = await open_pool(office.settings.database_url_work, size=2)
    await Worker(pool, office.settings, street.clock).once()  # seals the books
    pool.terminate()
    async with street.transaction() as db:
        await notices.tell(
            db, community=street.community, to=anna.id, kind="time_given", now=street.clock(),
            about=("hours", anna.id), who_id=bram.id, minutes=45,
        )  # fmt: skip
    await street.signed_in(anna)
    return anna, bram


async def facts(house: Installation) -> dict[str, Any]:
    """What must be the same before and after."""
    owner = await asyncpg.connect(house.settings.database_url_owner)
    try:
        return {
            "seal": await owner.fetch("select * from seal order by community_id, number"),
            "balances": await owner.fetch("select id, balance, seq from account order by id"),
            "entries": await owner.fetch("select * from entry order by account_id, seq"),
            "people": await owner.fetch("select * from person order by party_id"),
            "migrations": await owner.fetch("select name, checksum from migration order by name"),
            "posts": await owner.fetch("select id, title, stems::text from post order by id"),
        }
    finally:
        await owner.close()


async def rights(house: Installation, cluster: Embedded, database: str) -> set[tuple[Any, ...]]:
    app = await asyncpg.connect(cluster.dsn(SUPERUSER, database))
    try:
        return {tuple(row) for row in await app.fetch(RIGHTS)}
    finally:
        await app.close()


@pytest.mark.slow
async def test_a_restored_site_is_the_same_and_goes_on(
    office: Installation, street: World, elsewhere: Installation, fresh: str, empty: str,
    cluster: Embedded, tmp_path: Path,
) -> None:  # fmt: skip
    anna, bram = await live(street, office)
    for command in commands_under("Back up"):
        run(command, office, tmp_path)
    before = await facts(office)
    async with street.transaction() as db:  # after the backup: lost, and nobody says otherwise
        await hours.give(
            db, community=street.community, idem="gift:after", giver=bram.id, to=anna.id,
            minutes=15, booked_by=bram.id, now=street.clock(),
        )  # fmt: skip

    assert (tmp_path / "timebank.dump").stat().st_mode & 0o077 == 0, "nobody else may read it"
    take(tmp_path, elsewhere)
    said = [run(command, elsewhere, elsewhere.folder) for command in commands_under("Restore")]
    assert said[-1].strip() == "All is well."
    assert await facts(elsewhere) == before
    assert await rights(elsewhere, cluster, empty) == await rights(office, cluster, fresh)
    await check_quiet(elsewhere, street)
    await check_life_goes_on(elsewhere, street, anna, bram)


def take(folder: Path, elsewhere: Installation) -> None:
    for name in ("timebank.dump", "erased.txt"):
        (folder / name).rename(elsewhere.folder / name)


@pytest.mark.slow
async def test_who_was_erased_stays_so_and_who_came_back_is_not_erased_after_a_restore(
    office: Installation, street: World, elsewhere: Installation, tmp_path: Path
) -> None:
    """The backup knows neither: Anna was erased after it, Bram took his question back."""
    anna, bram = await live(street, office)
    bram_asked = await ask(street, bram)
    dump, keep, *_copy = commands_under("Back up")
    run(dump, office, tmp_path)
    pool = await open_pool(office.settings.database_url_work, size=2)
    async with transaction(pool, street.community) as db:
        await admin.erase_again(db, community=street.community, party=anna.id, now=wall_clock.now())
    pool.terminate()
    assert "Bram Oud" in await names(office) and "Anna Oud" not in await names(office)
    run(keep, office, tmp_path)

    take(tmp_path, elsewhere)
    restore = commands_under("Restore")
    for command in restore[:-2]:
        run(command, elsewhere, elsewhere.folder)
    assert "Anna Oud" in await names(elsewhere), "the restore brought her back"
    again, check = restore[-2:]
    assert "erased" in run(again, elsewhere, elsewhere.folder)
    assert run(check, elsewhere, elsewhere.folder) == "All is well.\n"
    assert "not there, or erased already" in run(again, elsewhere, elsewhere.folder)

    pool = await open_pool(elsewhere.settings.database_url_work, size=2)
    await Worker(pool, elsewhere.settings, street.clock).once()
    pool.terminate()
    assert await names(elsewhere) == ["Bram Oud"]
    owner = await asyncpg.connect(elsewhere.settings.database_url_owner)
    left = await owner.fetchval(
        "select due_on - current_date from erasure where id = $1", bram_asked
    )
    assert left == 7, "his day had come in the backup; he may have come back since"
    proof = "select count(*) from erasure where party_id = $1 and done_at is not null"
    assert await owner.fetchval(proof, anna.id) == 1
    await owner.close()


async def test_a_list_of_something_else_erases_nobody(office: Installation, street: World) -> None:
    anna = await street.member("Anna Oud")
    listed = office.folder / "erased.txt"
    listed.write_text(f"{street.community}|{anna.id}|2026-03-01\nAnna Oud\n")
    done = office.run("erase-again", str(listed))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Line 2 is not: ")
    assert await names(office) == ["Anna Oud"]


async def ask(street: World, member: Member) -> UUID:
    """A question to be erased, whose day has come. Its id."""
    now = street.clock()
    async with street.transaction() as db:
        id_ = await erasure_store.ask(
            db, community=street.community, party=member.id, way="page", by=member.id, second=None,
            due_on=now.date(), now=now,
        )  # fmt: skip
        await membership.leave(
            db, community=street.community, party=member.id, by=member.id, now=now
        )
    assert id_ is not None
    return id_


async def names(house: Installation) -> list[str]:
    owner = await asyncpg.connect(house.settings.database_url_owner)
    try:
        found = await owner.fetch("select full_name from person order by 1")
        return [row["full_name"] for row in found]
    finally:
        await owner.close()


async def check_quiet(elsewhere: Installation, street: World) -> None:
    """Nobody is signed in, no mail goes out by itself, and an admin can let it go."""
    owner = await asyncpg.connect(elsewhere.settings.database_url_owner)
    assert await owner.fetchval("select count(*) from session") == 0
    pool = await open_pool(elsewhere.settings.database_url_work, size=2)
    assert await Worker(pool, elsewhere.settings, street.clock).once() == 0
    pool.terminate()
    held = await owner.fetch("select id, error from outbox where done_at is null")
    assert [row["error"] for row in held] == ["restored"]
    await owner.execute(f"set app.community = '{street.community}'")
    await outbox.retry(owner, community=street.community, id_=held[0]["id"], now=street.clock())
    assert await outbox.communities_with_work(owner, now=street.clock()) == [street.community]
    await owner.close()


async def check_life_goes_on(
    elsewhere: Installation, street: World, anna: Member, bram: Member
) -> None:
    """A new member, a new post, a new booking: nothing collides, and the checks pass."""
    web = await open_pool(elsewhere.settings.database_url, size=2)
    owner = await asyncpg.connect(elsewhere.settings.database_url_owner)
    there = World(**{**street.__dict__, "pool": web, "owner": owner, "browsers": []})
    await there.member("Cora Nieuw")
    await offer(there, anna, "Planten water geven")
    async with there.transaction() as db:
        await hours.give(
            db, community=there.community, idem="gift:once more", giver=bram.id, to=anna.id,
            minutes=15, booked_by=bram.id, now=there.clock(),
        )  # fmt: skip
    await owner.close()
    web.terminate()
    assert elsewhere.run("check").stdout == "All is well.\n"


async def test_the_last_seal_can_be_read_to_keep_it_elsewhere(
    office: Installation, street: World, tmp_path: Path
) -> None:
    await live(street, office)
    (command,) = commands_under("Every day, by itself")
    said = run(command, office, tmp_path)
    assert re.fullmatch(rf"{street.slug}\|1\|[0-9a-f]{{64}}\n", said)
