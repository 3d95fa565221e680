"""Many at the same door: the same form fifty times, fifty people signing in, a slow server."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
import psutil
import pytest

from tests.drills.conftest import SUPERUSER
from tests.drills.giving import introduce
from tests.drills.installation import Installation
from tests.drills.people import Giver, Intent, giver, settle
from tests.drills.test_storm import read_books
from tests.pages import Page
from timebank import access
from timebank.kernel.db import open_pool, transaction

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

PASSWORD = "vier gewone woorden samen"
SLOW = """
create function slow_down() returns trigger language plpgsql
  as $$ begin perform pg_sleep(3); return null; end $$;
create trigger slow_down after insert on transfer for each statement execute function slow_down();
"""


async def about_to_give(office: Installation) -> tuple[Giver, Intent, dict[Any, int]]:
    """Somebody who is going to give, what they mean to give, and what everybody has before."""
    _world, members = await settle(office.settings, ["Anna Deur", "Bram Deur"])
    before = await introduce(office.settings, members)
    one = await giver(office.settings, members[0])
    return one, Intent(uuid4().hex, members[0].id, members[1].id, 30), before


async def press(one: Giver, intent: Intent) -> httpx.Response:
    return await one.client.post(one.form_address, data=one.fields(intent), timeout=30)


async def balances(office: Installation, one: Giver) -> tuple[list[Any], dict[Any, int]]:
    books = await read_books(office.settings, one.member.world.community)
    return books["gifts"], books["balances"]


@pytest.mark.parametrize("processes", ["1", "2"])
async def test_fifty_presses_at_once_book_once_and_are_answered_alike(
    office: Installation, processes: str
) -> None:
    office.serve(PROCESSES=processes)
    one, intent, before = await about_to_give(office)
    async with one.client:
        await one.open_page()
        answers = await asyncio.gather(*(press(one, intent) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {303}
    assert {urlsplit(answer.headers["location"]).path for answer in answers} == {
        f"/{one.member.world.slug}/hours"
    }
    said = Counter(urlsplit(answer.headers["location"]).query for answer in answers)
    assert said == {"said=gave_time": 1, "said=already": 49}
    gifts, has = await balances(office, one)
    assert len(gifts) == 2, "one gift has two sides"
    assert has[intent.giver] == before[intent.giver] - 30
    assert has[intent.to] == before[intent.to] + 30
    assert office.failures() == []


async def test_on_a_slow_server_a_second_click_books_nothing_new(office: Installation) -> None:
    """Two clicks, a third from another tab, and the same page again when it was long over."""
    office.serve()
    one, intent, before = await about_to_give(office)
    app = await asyncpg.connect(
        office.cluster.dsn(SUPERUSER, urlsplit(office.settings.database_url).path[1:])
    )
    await app.execute(SLOW)
    await app.close()
    async with one.client:
        await one.open_page()
        first = asyncio.create_task(press(one, intent))
        await asyncio.sleep(0.4)
        second = asyncio.create_task(press(one, intent))
        await asyncio.sleep(0.4)
        third = asyncio.create_task(press(one, intent))
        answers = [await first, await second, await third, await press(one, intent)]
        shown = Page(await one.client.get(answers[-1].headers["location"]))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert ["already" in answer.headers["location"] for answer in answers] == [
        False, True, True, True,
    ]  # fmt: skip
    assert shown.h1
    gifts, has = await balances(office, one)
    assert len(gifts) == 2
    assert has[intent.giver] == before[intent.giver] - 30


async def with_password(office: Installation, names: list[str]) -> tuple[str, list[str]]:
    """Short name of a community, and numbers of its members, who all have the same password."""
    world, members = await settle(office.settings, names)
    hash_ = await access.Hasher().hash(PASSWORD)
    pool = await open_pool(office.settings.database_url, size=1)
    async with transaction(pool, world.community) as db:
        for member in members:
            await access.set_password(
                db, community=world.community, party=member.id, hash_=hash_,
                now=datetime.now(UTC),
            )  # fmt: skip
    pool.terminate()
    return world.slug, [member.number for member in members]


async def sign_in(office: Installation, slug: str, number: str, visitor: int) -> httpx.Response:
    """One person with a browser and an address of their own."""
    async with httpx.AsyncClient(
        base_url=office.address, timeout=30, headers={"X-Forwarded-For": f"203.0.113.{visitor}"}
    ) as client:
        form = Page(await client.get(f"/{slug}/session")).form("/session")
        return await client.post(
            form.action, data=form.data | {"who": number, "password": PASSWORD}
        )


class Watch:
    """The highest memory of a process, in bytes, while something goes on."""

    def __init__(self, pid: int) -> None:
        self.process = psutil.Process(pid)
        self.before = self.highest = self.process.memory_info().rss

    async def look(self, until: asyncio.Event) -> None:
        while not until.is_set():
            self.highest = max(self.highest, self.process.memory_info().rss)
            await asyncio.sleep(0.01)


async def test_fifty_who_sign_in_at_once_are_let_in_or_asked_to_wait(office: Installation) -> None:
    """Two passwords are compared at a time and twenty wait; memory stays what it was."""
    web = office.serve(TRUSTED_PROXIES="127.0.0.1")
    slug, numbers = await with_password(office, [f"Anna Rij{chr(97 + n)}" for n in range(10)])
    assert (await sign_in(office, slug, numbers[0], 250)).status_code == 303
    watch, over = Watch(web.pid), asyncio.Event()
    looking = asyncio.create_task(watch.look(over))
    began = time.monotonic()
    trying = [sign_in(office, slug, numbers[n % 10], n + 1) for n in range(50)]
    answers = await asyncio.gather(*trying)
    took = time.monotonic() - began
    over.set()
    await looking
    counted = Counter(answer.status_code for answer in answers)
    assert set(counted) <= {303, 429}, counted
    assert counted[303] >= 20
    for answer in answers:
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
            assert Page(answer).errors()
    assert took < 15
    assert watch.highest - watch.before < 70 * 2**20
    assert (await sign_in(office, slug, numbers[1], 251)).status_code == 303
    assert office.failures() == []


async def test_too_many_at_the_hasher_is_said_with_a_time(office: Installation) -> None:
    """The queue itself: what does not fit is refused at once, and the queue is free again after."""
    hasher = access.Hasher(passes=1, kib=4096)
    asked = [asyncio.create_task(hasher.verify(None, "een twee drie vier")) for _ in range(60)]
    done = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in done if isinstance(answer, Exception)]
    assert len(refused) == 60 - 22
    assert {getattr(answer, "retry_after", 0) for answer in refused} == {60}
    assert await hasher.verify(None, "een twee drie vier") is False


async def test_a_guesser_is_told_when_to_come_back(office: Installation) -> None:
    office.serve()
    slug, numbers = await with_password(office, ["Anna Rij"])
    async with httpx.AsyncClient(base_url=office.address, timeout=30) as client:
        form = Page(await client.get(f"/{slug}/session")).form("/session")
        data = form.data | {"who": numbers[0], "password": "raad maar wat"}
        answers = [await client.post(form.action, data=data) for _ in range(12)]
    assert [answer.status_code for answer in answers][:10] == [422] * 10
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
