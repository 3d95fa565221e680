"""The worker: nothing lost, nothing twice, and one bad job or chore holds up nobody else."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from tests.drills.installation import Installation
from tests.world import World, make_world
from timebank import worker as worker_module
from timebank.kernel import outbox
from timebank.kernel.chores import Chore
from timebank.kernel.db import Db, Pool, open_pool
from timebank.kernel.outbox import LEASE, MAX_TRIES, Errand
from timebank.worker import CHORES, Worker

pytestmark = pytest.mark.anyio


class Deed:
    """A kind of job that a test decides about, for the length of that test."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.done: list[Any] = []
        self.poisoned: set[Any] = set()

    async def __call__(self, db: Db, errand: Errand) -> EmailMessage | None:
        await db.execute("select 1")
        if errand.job.payload["n"] in self.poisoned:
            raise ValueError("secret words of a member")
        self.done.append(errand.job.payload["n"])
        return None


@pytest.fixture
def deed(monkeypatch: pytest.MonkeyPatch) -> Deed:
    made = Deed("test.deed")
    monkeypatch.setitem(outbox._HANDLERS, made.kind, made)
    return made


@pytest.fixture
async def jobs(office: Installation) -> AsyncIterator[Pool]:
    pool = await open_pool(office.settings.database_url_work, size=4)
    yield pool
    pool.terminate()


@pytest.fixture
def worker(jobs: Pool, office: Installation, street: World) -> Worker:
    return Worker(jobs, office.settings, street.clock)


async def put(street: World, deed: Deed, *numbers: int) -> None:
    async with street.transaction() as db:
        for number in numbers:
            await outbox.put(
                db, community=street.community, kind=deed.kind, payload={"n": number},
                now=street.clock(),
            )  # fmt: skip


async def failed(street: World) -> list[outbox.Failed]:
    async with street.transaction() as db:
        return await outbox.failed(db, street.community)


async def test_a_poison_job_is_tried_set_aside_and_seen_while_others_pass(
    street: World, worker: Worker, deed: Deed
) -> None:
    deed.poisoned = {1}
    await put(street, deed, 0, 1, 2)
    await worker.once()
    assert sorted(deed.done) == [0, 2]
    for _ in range(MAX_TRIES - 1):
        assert await failed(street) == []
        street.clock.move(hours=3)
        await worker.once()
    (job,) = await failed(street)
    assert (job.kind, job.tries, job.error) == ("test.deed", MAX_TRIES, "ValueError")
    street.clock.move(days=9)
    assert await worker.once() == 0, "it is left in peace"
    await put(street, deed, 3)
    await worker.once()
    assert sorted(deed.done) == [0, 2, 3]


async def test_a_job_of_an_unknown_kind_is_kept_and_seen(
    street: World, worker: Worker, deed: Deed
) -> None:
    """After a step back to an older program, say."""
    await put(street, deed, 1)
    del outbox._HANDLERS[deed.kind]
    for _ in range(MAX_TRIES):
        await worker.once()
        street.clock.move(hours=3)
    assert [job.error for job in await failed(street)] == ["LookupError"]
    outbox._HANDLERS[deed.kind] = deed


async def test_a_job_that_ends_its_worker_is_set_aside_too(
    street: World, worker: Worker, jobs: Pool, deed: Deed
) -> None:
    """It is claimed, and its worker never comes back; six times over."""
    await put(street, deed, 1)
    for _ in range(MAX_TRIES):
        async with jobs.acquire() as db, db.transaction():
            await db.execute(f"set local app.community = '{street.community}'")
            claimed = await outbox.claim(db, community=street.community, now=street.clock())
            assert len(claimed) == 1
        street.clock.set(street.clock() + LEASE + timedelta(seconds=1))
    await put(street, deed, 2)
    await worker.once()
    assert deed.done == [2]
    assert [job.error for job in await failed(street)] == ["DeadlyJob"]


async def test_two_workers_do_every_job_once(
    street: World, jobs: Pool, office: Installation, deed: Deed
) -> None:
    await put(street, deed, *range(60))
    three = [Worker(jobs, office.settings, street.clock) for _ in range(3)]
    for _ in range(3):
        await asyncio.gather(*(one.once() for one in three))
    assert sorted(deed.done) == list(range(60))


async def test_one_community_in_trouble_does_not_hold_up_another(
    street: World, worker: Worker, deed: Deed, capsys: pytest.CaptureFixture[str]
) -> None:
    other = await make_world(None, street.pool, street.owner, street.clock)
    deed.poisoned = set(range(40))
    await put(street, deed, *range(40))
    await put(other, deed, 100)
    await worker.once()
    assert deed.done == [100]


class Count:
    """A chore that counts, and takes its time."""

    def __init__(self, seconds: float = 0.0, *, fails: bool = False) -> None:
        self.times: list[tuple[int, datetime]] = []
        self.seconds = seconds
        self.fails = fails

    async def __call__(self, db: Db, *, community: int, now: datetime) -> None:
        await asyncio.sleep(self.seconds)
        if self.fails:
            raise ValueError("secret words of a member")
        self.times.append((community, now))


@pytest.mark.parametrize("seconds", [0.0, 2.5])
async def test_chores_are_done_once_by_two_workers(
    street: World, jobs: Pool, office: Installation, monkeypatch: pytest.MonkeyPatch,
    seconds: float,
) -> None:  # fmt: skip
    """Also one that takes longer than a worker waits for another's lock: that is no failure."""
    count = Count(seconds)
    failures: list[Any] = []
    monkeypatch.setattr(worker_module, "CHORES", [Chore("test.count", timedelta(hours=1), count)])
    monkeypatch.setattr(worker_module, "log_failure", lambda **what: failures.append(what))
    pair = [Worker(jobs, office.settings, street.clock) for _ in range(2)]
    await asyncio.gather(*(one.once() for one in pair))
    await pair[0].once()
    assert len(count.times) == 1
    street.clock.move(hours=1, minutes=1)
    await asyncio.gather(*(one.once() for one in pair))
    assert len(count.times) == 2
    assert failures == []


async def test_a_chore_that_fails_is_due_again_and_the_next_one_is_done(
    street: World, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = Count(fails=True), Count()
    hourly = timedelta(hours=1)
    monkeypatch.setattr(
        worker_module, "CHORES", [Chore("test.bad", hourly, bad), Chore("test.good", hourly, good)]
    )
    await worker.once()
    bad.fails = False
    await worker.once()
    assert len(bad.times) == len(good.times) == 1


async def test_every_chore_runs_on_a_street_with_people(street: World, worker: Worker) -> None:
    """All of ours, as they are, one after the other for a week: none fails."""
    await street.member("Anna Chore")
    ran = set()
    for _ in range(8):
        await worker.once()
        ran |= {
            row["name"] for row in await street.owner.fetch("select name from chore")
        }  # fmt: skip
        street.clock.move(days=1)
    assert ran == {chore.name for chore in CHORES}
    assert await street.owner.fetchval("select count(*) from seal") >= 1


async def test_a_worker_that_is_told_to_stop_ends_its_job_and_leaves_the_rest(
    street: World, jobs: Pool, office: Installation, deed: Deed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = asyncio.Event()

    async def and_stop(db: Db, errand: Errand) -> None:
        await deed(db, errand)
        stop.set()

    monkeypatch.setitem(outbox._HANDLERS, deed.kind, and_stop)
    await put(street, deed, 1, 2, 3)
    assert await Worker(jobs, office.settings, street.clock, stop).once() == 1
    monkeypatch.setitem(outbox._HANDLERS, deed.kind, deed)
    street.clock.set(street.clock() + LEASE + timedelta(seconds=1))
    await Worker(jobs, office.settings, street.clock).once()
    assert sorted(deed.done) == [1, 2, 3]


@pytest.mark.slow
async def test_the_process_stops_when_it_is_asked(office: Installation) -> None:
    process = office.work()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert office.failures() == []
