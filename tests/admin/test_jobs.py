"""Work that failed for good is visible and can be tried again; nobody can make it go away."""

import pytest

from tests.world import World
from timebank.kernel import outbox
from timebank.kernel.db import Pool, transaction
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


async def test_failed_work_stands_on_the_desk_until_it_is_tried_again(
    world: World, work_pool: Pool
) -> None:
    admin = await world.admin("Ada Beheer")
    now = world.clock()
    async with transaction(work_pool, world.community) as db:
        await outbox.put(db, community=world.community, kind="mail.ticket", payload={}, now=now)
        [job] = await outbox.claim(db, community=world.community, now=now)
        await outbox.put_off(
            db, community=world.community, job=job, error="mail-refused-550", now=now, for_good=True
        )
    browser = await admin.browser()
    assert "1 wacht" in (await browser.page("/admin")).text
    page = await browser.page("/jobs")
    assert "Een mail om een wachtwoord te kiezen" in page.text and "weigerde" in page.text
    done = await browser.submit(page, "/retry")
    assert "nog een keer geprobeerd" in done.text and "Al het werk lukte" in done.text
    again = await browser.submit(page, "/retry")
    assert "al gedaan" in again.text
    async with transaction(work_pool, world.community) as db:
        [again_job] = await outbox.claim(db, community=world.community, now=world.clock())
    assert again_job.id == job.id and again_job.tries == 1
    start = await browser.page("/community/welcome")
    data = {"_csrf": start.form("/welcome").data["_csrf"], "_key": "x" * 20}
    answer = await browser.post(f"/{world.slug}/jobs/{new_id()}/retry", data=data)
    assert answer.status_code == 404
