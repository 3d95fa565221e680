"""Makers of membership: through the verbs that people use."""

from typing import Any

import msgspec

from tests.world import Browser, Member, World
from timebank.membership import standing
from timebank.web.viewer import Role, Viewer


async def viewer_of(world: World, member: Member, *roles: Role) -> Viewer:
    """This member as who looks, with these roles."""
    return Viewer(
        community_id=world.community, party_id=member.id, session_id=member.id,
        number=member.number, call_name=member.call_name, full_name=member.full_name,
        area_id=member.area, place_id=None, language="nl", state="active",
        proven_at=world.clock(), roles=roles,
    )  # fmt: skip


async def suspend(
    world: World, admin: Member, member: Member, words: str = "Rust even uit."
) -> None:
    """The admin suspends the member."""
    viewer = await viewer_of(world, admin, Role("admin"))
    async with world.transaction() as db:
        await standing.suspend(db, viewer, member.id, words=words, now=world.clock())


def join_fields(world: World, **more: Any) -> dict[str, Any]:
    """What somebody fills in on the joining form."""
    return {
        "full_name": "Ria van der Meer", "call_name": "Ria", "area": str(world.north),
        "reachable_by": "phone", "phone": "06-12345678", "language": "nl",
    } | more  # fmt: skip


async def send(
    browser: Browser, path: str, action: str, *, status: int | None = None, **fields: Any
) -> Any:
    """Open the page at `path` and send the form on it that posts to `action`."""
    page = await browser.page(path)
    return await browser.submit(page, action, status=status, **fields)


def mails(rows: list[Any]) -> list[dict[str, Any]]:
    """Kinds and payloads of the outbox."""
    return [{"kind": r["kind"]} | msgspec.json.decode(r["payload"]) for r in rows]
