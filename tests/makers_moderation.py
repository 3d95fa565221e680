"""Makers of reports: through the pages, as a member with a session would."""

from typing import Any
from uuid import UUID

from tests.pages import Page
from tests.world import Browser, Member, World


async def report(
    world: World, member: Member, about: str, id_: UUID, *, reason: str = "rude",
    words: str = "Dit vond ik naar", status: int | None = None,
) -> Page:  # fmt: skip
    """This member reports something; the page that follows."""
    browser = await member.browser()
    page = await browser.page(f"/reports/new?about={about}&id={id_}")
    return await browser.submit(page, "/reports?", status=status, reason=reason, words=words)


async def reports(world: World) -> list[Any]:
    """All reports of this community, oldest first."""
    found: list[Any] = await world.owner.fetch(
        "select * from report where community_id = $1 order by id", world.community
    )
    return found


async def decide(
    browser: Browser, report_id: UUID, *, outcome: str, status: int | None = None, **fields: Any
) -> Page:
    """Close a report; with `outcome="hidden"` the page that shows what its author will read."""
    page = await browser.page(f"/reports/{report_id}")
    return await browser.submit(page, "/outcome", status=status, outcome=outcome, **fields)
