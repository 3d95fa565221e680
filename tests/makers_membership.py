"""Makers of membership: through the verbs and pages that people use."""

from typing import Any
from uuid import UUID

from tests import makers_posts
from tests.world import Browser, Member, Page, World
from timebank import parties
from timebank.kernel import outbox as work
from timebank.kernel.db import Pool, transaction
from timebank.kernel.settings import Settings
from timebank.membership import standing
from timebank.web.viewer import Role


async def suspend(world: World, admin: Member, member: Member, words: str = "Rust even.") -> None:
    """The admin suspends the member."""
    viewer = makers_posts.viewer(world, admin, roles=(Role("admin"),))
    async with world.transaction() as db:
        await standing.suspend(db, viewer, member.id, words=words, now=world.clock())


async def state_of(world: World, party: UUID) -> str:
    """How it stands with somebody."""
    async with world.transaction() as db:
        return (await parties.party(db, world.community, party)).state


async def outbox(world: World, job: str) -> list[dict[str, Any]]:
    """What is to be done of one kind: the payloads."""
    async with world.transaction() as db:
        found = await db.fetch("select payload from outbox where kind = $1 order by id", job)
    return [r["payload"] for r in found]


def join_fields(world: World, **more: Any) -> dict[str, Any]:
    """What somebody fills in on the joining form."""
    return {
        "full_name": "Ria van der Meer", "call_name": "Ria", "area": str(world.north),
        "reachable_by": "phone", "phone": "06-12345678", "language": "nl",
    } | more  # fmt: skip


async def send(
    browser: Browser, path: str, action: str, *, status: int | None = None, **fields: Any
) -> Page:
    """Open the page at `path` and send the form on it that posts to `action`."""
    page = await browser.page(path)
    return await browser.submit(page, action, status=status, **fields)


async def act_for(worker: Member, member: Member) -> Browser:
    """A browser of the worker, who acts for the member."""
    browser = await worker.browser()
    await send(browser, f"/parties/{member.id}/admin", "/acting-for")
    return browser


async def press(browser: Browser, path: str, **fields: str) -> int:
    """Send something to `path` with a good token; the status, redirects not followed."""
    home = await browser.page("/parties/me")
    token = home.form("/parties/me/consents").data["_csrf"]
    answer = await browser.post(f"/{browser.slug}{path}", data={"_csrf": token} | fields)
    return answer.status_code


async def a_day_later(world: World, work_pool: Pool, settings: Settings) -> None:
    """A day goes by, and what waits in the outbox is done."""
    world.clock.move(days=1, minutes=1)
    for _round in range(2):
        async with transaction(work_pool, world.community) as db:
            now = world.clock()
            for job in await work.claim(db, community=world.community, now=now):
                await work.do(db, work.Errand(world.community, job, now, settings))
