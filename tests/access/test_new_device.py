"""A sign-in on a new device and a changed password are told: on the site, and by mail."""

import pytest

from tests.makers_exchanges import told
from tests.makers_membership import outbox, send
from tests.world import PASSWORD, Browser, Member, World
from timebank import access, notices
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand, claim, do
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio
OTHER = "paarse olifant fietst langzaam"


async def sign_in(browser: Browser, member: Member, password: str = PASSWORD) -> None:
    page = await browser.page("/session")
    await browser.submit(page, who=member.number, password=password)


async def sign_out(browser: Browser) -> None:
    page = await browser.page("/")
    form = next(f for f in page.forms() if f.action.endswith("/session/end"))
    await browser.post(form.action, data=form.data)


async def work(world: World, work_pool: Pool, settings: Settings) -> list[str]:
    """What waits in the outbox is done; the mails that go out, as text."""
    mails = []
    for _round in range(2):  # a notice puts down its own mail
        async with transaction(work_pool, world.community) as db:
            now = world.clock()
            for job in await claim(db, community=world.community, now=now):
                mail = await do(db, Errand(world.community, job, now, settings))
                if mail is not None:
                    mails.append(f"{mail['To']}\n{mail.get_content()}")
    return mails


async def test_the_first_device_is_no_news_and_a_second_is_told_once(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    anna = await world.member("Anna de Vries", password=True, email="anna@example.org")
    home, library = world.browser(), world.browser()
    await sign_in(home, anna)
    assert await work(world, work_pool, settings) == [] and await told(world, anna) == []
    await sign_in(library, anna)
    [mail] = await work(world, work_pool, settings)
    assert "anna@example.org" in mail and "Er staat iets voor u klaar" in mail
    assert "toestel" not in mail, "who reads along in her mail learns nothing"
    assert await told(world, anna) == ["new_device"]
    page = await home.page("/")
    assert "een toestel dat wij nog niet kenden" in page.text
    assert any(link.endswith("/sessions") for link in page.links())
    for browser in (home, library):
        await sign_out(browser)
        await sign_in(browser, anna)
    assert await work(world, work_pool, settings) == []
    assert await told(world, anna) == ["new_device"]


async def test_more_new_devices_before_she_reads_it_are_one_line_with_a_count(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    anna = await world.member("Anna de Vries", password=True, email="anna@example.org")
    home = world.browser()
    await sign_in(home, anna)
    for _device in range(5):
        await sign_in(world.browser(), anna)
        mails = await work(world, work_pool, settings)
        assert len(mails) == 1, "each is mailed"
    assert await told(world, anna) == ["new_device"]
    async with world.transaction() as db:
        [line] = await notices.unread(db, community=world.community, party=anna.id)
    assert line.sentence.startswith("Er is 5 keer ingelogd op een toestel")
    page = await home.page("/")
    assert line.sentence in page.text
    opened = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'session.opened'"
        " and subject_id = $2", world.community, anna.id,
    )  # fmt: skip
    assert opened == 6, "each time stands in her log"
    await home.submit(page, "/notices/reading")
    await sign_in(world.browser(), anna)
    await work(world, work_pool, settings)
    page = await home.page("/")
    assert "keer ingelogd" not in page.text and "U logde in op een toestel" in page.text


async def test_who_shares_a_device_is_told_when_somebody_elses_account_opens_there(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    anna = await world.member("Anna de Vries", password=True)
    bram = await world.member("Bram Bakker", password=True)
    shared, annas = world.browser(), world.browser()
    await sign_in(annas, anna)
    await sign_in(shared, bram)
    await sign_out(shared)
    await sign_in(shared, anna)
    await work(world, work_pool, settings)
    assert await told(world, anna) == ["new_device"] and await told(world, bram) == []


async def test_a_wrong_password_on_a_new_device_tells_nothing(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    await sign_in(world.browser(), anna)
    stranger = world.browser()
    page = await stranger.page("/session")
    await stranger.submit(page, status=422, who=anna.number, password="fout wachtwoord")
    assert await outbox(world, "notice.way_in") == []


async def test_no_more_of_a_device_is_kept_than_a_hash_and_a_moment(world: World) -> None:
    columns = await world.owner.fetch(
        "select column_name from information_schema.columns where table_name = 'known_device'"
    )
    assert {row["column_name"] for row in columns} == {
        "community_id", "party_id", "token_hash", "made_at",
    }  # fmt: skip


async def test_a_changed_password_is_told_and_a_first_one_is_not(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    anna = await world.member("Anna de Vries", email="anna@example.org", reachable_by="phone")
    await world.give_password(anna)
    assert await outbox(world, "notice.way_in") == []
    browser = world.browser()
    await sign_in(browser, anna)
    await send(browser, "/password", "/password", current=PASSWORD, password=OTHER)
    [mail] = await work(world, work_pool, settings)
    assert "anna@example.org" in mail
    assert await told(world, anna) == ["password_changed"]
    async with world.transaction() as db:
        [line] = await notices.unread(db, community=world.community, party=anna.id)
    assert line.way == "phone" and "Uw wachtwoord is veranderd" in line.sentence


async def test_a_code_from_a_worker_makes_this_device_known_and_says_it_once(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    anna = await world.member("Anna de Vries", password=True)
    await sign_in(world.browser(), anna)
    async with world.transaction() as db:
        code = await access.make_ticket(
            db, community=world.community, party=anna.id, kind="worker_code", by=None,
            now=world.clock(),
        )  # fmt: skip
    browser = world.browser()
    page = await browser.page("/code")
    await browser.submit(page, number=anna.number, code=code, password=OTHER)
    await sign_out(browser)
    await sign_in(browser, anna, OTHER)
    await work(world, work_pool, settings)
    assert await told(world, anna) == ["password_changed"]
