"""Members of a drill's community, made by the real actions, signed in at the real server."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from tests.clock import TestClock
from tests.pages import Page
from tests.world import Member, World, make_world
from timebank.access import actions as access_actions
from timebank.kernel.db import open_pool, transaction
from timebank.kernel.settings import Settings

SETTLED = timedelta(days=90)
"""Long enough ago that starting hours may be given away."""


async def settle(
    settings: Settings, names: list[str], **details: Any
) -> tuple[World, list[Member]]:
    """A community in which these people have taken part for a while. Nothing stays connected."""
    pool = await open_pool(settings.database_url, size=2)
    owner = await asyncpg.connect(settings.database_url_owner)
    clock = TestClock()
    clock.set(datetime.now(UTC) - SETTLED)
    try:
        world = await make_world(None, pool, owner, clock)
        return world, [await world.member(name, **details) for name in names]
    finally:
        await owner.close()
        pool.terminate()


async def session_of(settings: Settings, member: Member) -> str:
    """A fresh session of this member, as its cookie holds it."""
    pool = await open_pool(settings.database_url, size=1)
    try:
        async with transaction(pool, member.world.community) as db:
            opened = await access_actions.open_session(
                db, community=member.world.community, party=member.id, own_device=True,
                device="Android, Chrome", now=datetime.now(UTC),
            )  # fmt: skip
        return opened.token
    finally:
        pool.terminate()


@dataclass
class Intent:
    """One gift, written down before it is tried. `answer` is what the giver was told at last."""

    key: str
    giver: UUID
    to: UUID
    minutes: int
    answer: str = ""
    tries: int = 0


@dataclass
class Giver:
    """A member with a browser, who writes down what they do."""

    member: Member
    client: httpx.AsyncClient
    notes: list[Intent] = field(default_factory=list)
    token: str = ""

    @property
    def form_address(self) -> str:
        return f"/{self.member.world.slug}/hours/transfers"

    async def open_page(self) -> httpx.Response:
        """The page with the form; its token is kept when there is one."""
        answer = await self.client.get(f"{self.form_address}/new")
        if answer.status_code == 200:
            self.token = Page(answer).form("/hours/transfers").data["_csrf"]
        return answer

    def fields(self, intent: Intent) -> dict[str, str]:
        """The form of the second page, where the giver says yes."""
        return {
            "_csrf": self.token, "_key": intent.key, "to": str(intent.to), "sure": "1",
            "minutes_choice": str(intent.minutes),
        }  # fmt: skip


async def giver(settings: Settings, member: Member, **more: Any) -> Giver:
    """This member, signed in at the server that `settings` names."""
    client = httpx.AsyncClient(
        base_url=settings.public_url, timeout=httpx.Timeout(10.0),
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120"}, **more,
    )  # fmt: skip
    token = await session_of(settings, member)
    client.cookies.set(f"session-{member.world.slug}", token, domain="127.0.0.1", path="/")
    return Giver(member, client)
