"""Makers of mandates: through the real actions."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.makers_posts import viewer
from tests.world import Browser, Member, World
from timebank import mandates
from timebank.kernel.dates import local_date
from timebank.mandates import actions
from timebank.mandates.model import WAITS, Wish
from timebank.web.viewer import POWERS


async def helper_of(
    world: World, member: Member, helper: Member, *powers: Any, most: int | None = None,
    ends_on: date | None = None, kind: Any = "chosen", wait: bool = True,
) -> UUID:  # fmt: skip
    """The member chooses this helper (all powers, unless said); with `wait` its day has gone by."""
    given = tuple(p for p in POWERS if p == "see" or p in (powers or POWERS))
    wish = Wish(
        helper.id, kind, given, (most or 120) if "give" in given else None,
        ends_on or local_date(world.clock()) + timedelta(days=182), "page",
    )  # fmt: skip
    async with world.transaction() as db:
        id_ = await actions.choose(db, viewer(world, member), wish, now=world.clock())
    if wait:
        await world.owner.execute(
            "update mandate set made_at = made_at - $3::interval, starts_at = starts_at - $3::interval"
            " where community_id = $1 and id = $2", world.community, id_, WAITS,
        )  # fmt: skip
    return id_


async def helps(helper: Member, mandate: UUID) -> Browser:
    """A browser of the helper, who acts for the member."""
    browser = await helper.browser()
    await browser.submit(await browser.page("/mandates"), f"{mandate}/acting")
    return browser


async def run(world: World) -> None:
    """What the calendar does now."""
    async with world.transaction() as db:
        await mandates.run(db, community=world.community, now=world.clock())


async def told(world: World, member: Member) -> list[str]:
    """Kinds of what this member was told, the oldest first."""
    found = await world.owner.fetch(
        "select kind from notice where community_id = $1 and party_id = $2 and withdrawn_at is null"
        " order by id", world.community, member.id,
    )  # fmt: skip
    return [row["kind"] for row in found]


async def send_as_helper(browser: Browser, path: str, **fields: str) -> int:
    """Send something to `path` with a good token, while acting; the status."""
    token = (await browser.page("/")).forms()[0].data["_csrf"]
    answer = await browser.post(f"/{browser.slug}{path}", data={"_csrf": token} | fields)
    return answer.status_code
