"""Mail, in a real conversation with a mail server that is good, busy, rude, slow or gone.

No transaction waits for it; a mail goes out once, or again under the same number; what will never
arrive is on the admin's list at once.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import aiosmtplib
import asyncpg
import msgspec
import pytest

from tests.drills.conftest import SUPERUSER
from tests.drills.installation import Installation, free_port
from tests.drills.letterbox import Letterbox
from tests.world import Member, World
from timebank import hours, notices, parties
from timebank.kernel import mail, outbox
from timebank.kernel.db import Pool, open_pool
from timebank.kernel.outbox import LEASE
from timebank.kernel.settings import Settings
from timebank.worker import Worker

pytestmark = pytest.mark.anyio


@pytest.fixture
def box() -> Any:
    with Letterbox() as letterbox:
        yield letterbox


@pytest.fixture
def settings_with(office: Installation, box: Letterbox) -> Settings:
    return msgspec.structs.replace(
        office.settings, smtp_url=box.url, mail_from="zuid@example.org",
        public_url="https://buurt.example.org",
    )  # fmt: skip


@pytest.fixture
async def jobs(settings_with: Settings) -> AsyncIterator[Pool]:
    pool = await open_pool(settings_with.database_url_work, size=4)
    yield pool
    pool.terminate()


@pytest.fixture
def worker(jobs: Pool, settings_with: Settings, street: World) -> Worker:
    return Worker(jobs, settings_with, street.clock)


@pytest.fixture
async def anna(street: World) -> Member:
    """Somebody who hears by mail."""
    return await street.member("Anna Post", reachable_by="email", email="anna@example.org")


async def tell(street: World, member: Member, number: int = 1) -> None:
    """So many notices, written down in one transaction."""
    bram = await street.member("Bram Gever")
    async with street.transaction() as db:
        for _ in range(number):
            await notices.tell(
                db, community=street.community, to=member.id, kind="time_given",
                now=street.clock(), about=("hours", member.id), who_id=bram.id, minutes=60,
            )  # fmt: skip


async def failed(street: World) -> list[outbox.Failed]:
    async with street.transaction() as db:
        return await outbox.failed(db, street.community)


async def waiting(street: World) -> int:
    return int(await street.owner.fetchval("select count(*) from outbox where done_at is null"))


async def test_a_mail_goes_out_once_neutral_and_with_the_public_address(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    await tell(street, anna)
    assert await worker.once() == 1
    street.clock.move(days=1)
    assert await worker.once() == 0
    (letter,) = box.letters
    text = letter.get_content()
    assert letter["To"] == "Anna <anna@example.org>"
    assert letter["Subject"] == "Er staat iets voor u klaar"
    assert "Er staat iets voor u klaar." in text
    assert f"https://buurt.example.org/{street.slug}/hours" in text
    assert "Bram" not in letter.as_string()
    assert "1 uur" not in text


async def test_who_said_so_gets_the_whole_sentence(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    async with street.transaction() as db:
        await parties.set_mail_whole(db, community=street.community, id_=anna.id, whole=True)
    await tell(street, anna)
    await worker.once()
    assert "Bram" in box.letters[0].get_content()


async def test_a_busy_server_is_asked_again_under_the_same_number(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    box.answers = ["450 4.2.0 busy"]
    await tell(street, anna)
    await worker.once()
    assert box.letters == []
    assert await failed(street) == []
    street.clock.move(minutes=1)
    assert await worker.once() == 0, "not at once"
    street.clock.move(minutes=2)
    assert await worker.once() == 1
    assert len(set(box.tried)) == 1
    assert box.ids() == box.tried[:1]
    assert await waiting(street) == 0


async def test_a_dropped_line_after_the_letter_gives_at_most_one_more(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    box.answers = ["drop"]
    await tell(street, anna)
    await worker.once()
    street.clock.move(minutes=3)
    await worker.once()
    street.clock.move(days=1)
    assert await worker.once() == 0
    first, second = box.ids()
    assert first == second, "a mail reader shows it once"


@pytest.mark.parametrize("way", ["the box", "the letter"])
async def test_what_will_never_arrive_is_on_the_admins_list_at_once(
    street: World, anna: Member, worker: Worker, box: Letterbox, way: str
) -> None:
    if way == "the box":
        box.refuses = {"anna@example.org"}
    else:
        box.answers = ["550 5.7.1 we do not like it"]
    await tell(street, anna)
    await worker.once()
    (job,) = await failed(street)
    assert job.kind == "notice.mail"
    assert job.tries == 1
    assert job.error.startswith("mail-refused")
    assert "anna" not in job.error
    street.clock.move(days=2)
    assert await worker.once() == 0
    box.refuses, box.answers = set(), []
    async with street.transaction() as db:
        await outbox.retry(db, community=street.community, id_=job.id, now=street.clock())
    assert await worker.once() == 1
    assert len(box.letters) == 1


async def test_one_bad_address_does_not_hold_up_the_others(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    box.refuses = {"anna@example.org"}
    cora = await street.member("Cora Post", reachable_by="email", email="cora@example.org")
    await tell(street, anna, 2)
    await tell(street, cora, 2)
    await worker.once()
    assert [letter["To"] for letter in box.letters] == ["Cora <cora@example.org>"] * 2
    assert len(await failed(street)) == 2


@pytest.mark.parametrize("kind", ["nobody there", "no answer"])
async def test_a_server_that_is_away_is_asked_again_with_growing_pauses(
    street: World, anna: Member, jobs: Pool, settings_with: Settings, box: Letterbox, kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    settings = settings_with
    if kind == "nobody there":
        settings = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    else:
        box.answers = ["hang"] * outbox.MAX_TRIES
    worker = Worker(jobs, settings, street.clock)
    await tell(street, anna)
    began, tried = street.clock(), []
    while not await failed(street):
        if await worker.once():
            tried.append((street.clock() - began).total_seconds() / 60)
        street.clock.move(minutes=1)
        assert street.clock() - began < timedelta(hours=4)
    pauses = [later - sooner for sooner, later in itertools.pairwise(tried)]
    assert len(tried) == outbox.MAX_TRIES
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4 * pauses[0]


async def test_without_a_mail_server_the_mail_waits_and_the_admin_sees_it(
    street: World, anna: Member, jobs: Pool, office: Installation
) -> None:
    worker = Worker(jobs, office.settings, street.clock)
    await tell(street, anna)
    for _ in range(outbox.MAX_TRIES):
        await worker.once()
        street.clock.move(hours=2)
    assert [job.error for job in await failed(street)] == ["no-mail-server"]


async def sitting_in_a_transaction(office: Installation) -> int:
    """How many workers do. Only a superuser sees what others are doing."""
    dsn = office.cluster.dsn(SUPERUSER, urlsplit(office.settings.database_url).path[1:])
    app = await asyncpg.connect(dsn)
    try:
        found = await app.fetchval(
            "select count(*) from pg_stat_activity where usename = 'timebank_work'"
            " and datname = current_database() and state like 'idle in transaction%'"
        )
        return int(found)
    finally:
        await app.close()


async def test_no_transaction_waits_for_a_slow_server(
    street: World, anna: Member, worker: Worker, box: Letterbox, office: Installation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(mail, "SECONDS", 2)
    box.answers = ["hang"]
    await tell(street, anna)
    working = asyncio.create_task(worker.once())
    while not box.tried:  # noqa: ASYNC110 - the mail server runs in a thread of its own
        await asyncio.sleep(0.02)
    busy = await sitting_in_a_transaction(office)
    began = time.monotonic()
    await tell(street, anna)
    assert time.monotonic() - began < 1
    assert busy == 0
    await working


async def test_who_is_slow_leaves_the_rest_to_others(
    street: World, anna: Member, jobs: Pool, settings_with: Settings, box: Letterbox
) -> None:
    """A worker that needs half a minute a mail has claimed more than it can do before its claim
    ends: what is left is done once, by whoever comes then."""

    class SlowClock:
        """Half a minute goes by for every mail that was sent."""

        def __call__(self) -> Any:
            return street.clock() + timedelta(seconds=30) * len(box.letters)

    await tell(street, anna, 15)
    slow = Worker(jobs, settings_with, SlowClock())
    await slow.once()
    assert 0 < len(box.letters) < 15
    street.clock.move(minutes=6)
    await Worker(jobs, settings_with, street.clock).once()
    assert len(box.letters) == len(set(box.ids())) == 15


async def test_two_workers_at_once_send_nothing_twice(
    street: World, anna: Member, jobs: Pool, settings_with: Settings, box: Letterbox
) -> None:
    await tell(street, anna, 30)
    pair = [Worker(jobs, settings_with, street.clock) for _ in range(2)]
    for _ in range(3):
        await asyncio.gather(*(one.once() for one in pair))
    assert len(box.letters) == len(set(box.ids())) == 30


async def test_a_job_whose_worker_was_killed_is_done_after_the_lease(
    street: World, anna: Member, worker: Worker, jobs: Pool, box: Letterbox
) -> None:
    await tell(street, anna)
    async with jobs.acquire() as db, db.transaction():
        await db.execute(f"set local app.community = '{street.community}'")
        assert await outbox.claim(db, community=street.community, now=street.clock())
    street.clock.set(street.clock() + LEASE - timedelta(seconds=1))
    assert await worker.once() == 0
    street.clock.move(seconds=2)
    assert await worker.once() == 1
    assert len(box.letters) == 1


@pytest.mark.parametrize("state", ["suspended", "left", "deceased"])
async def test_who_is_no_longer_here_gets_no_mail(
    street: World, anna: Member, worker: Worker, box: Letterbox, state: str
) -> None:
    """Written down while she took part; the rights are looked at again when it is sent."""
    await tell(street, anna)
    await street.owner.execute(
        "update party set state = $1 where community_id = $2 and id = $3",
        state, street.community, anna.id,
    )  # fmt: skip
    await worker.once()
    assert box.letters == []
    assert await waiting(street) == 0


async def test_a_mail_exists_only_when_its_booking_does(
    street: World, anna: Member, worker: Worker, box: Letterbox
) -> None:
    bram = await street.member("Bram Gever")
    street.clock.move(days=40)
    with pytest.raises(ZeroDivisionError):
        async with street.transaction() as db:
            await hours.give(
                db, community=street.community, idem="once", giver=bram.id, to=anna.id,
                minutes=60, booked_by=bram.id, now=street.clock(),
            )  # fmt: skip
            await notices.tell(
                db, community=street.community, to=anna.id, kind="time_given", minutes=60,
                now=street.clock(), about=("hours", anna.id), who_id=bram.id,
            )  # fmt: skip
            raise ZeroDivisionError
    await worker.once()
    assert box.letters == []


async def test_a_password_is_not_given_over_an_open_line(settings_with: Settings) -> None:
    """Who sits between could leave STARTTLS out of what the mail server says."""
    heard: list[bytes] = []

    async def listens(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            heard.append(line)
            writer.write(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
        writer.close()

    async with await asyncio.start_server(listens, "127.0.0.2", 0) as server:
        port = server.sockets[0].getsockname()[1]
        settings = msgspec.structs.replace(
            settings_with, smtp_url=f"smtp://zuid:geheim@127.0.0.2:{port}"
        )
        message = EmailMessage()
        message["From"], message["To"] = "zuid@example.org", "anna@example.org"
        with pytest.raises(aiosmtplib.SMTPException):
            await mail.send(message, settings)
    assert heard
    assert not any(line.startswith(b"AUTH") for line in heard)
