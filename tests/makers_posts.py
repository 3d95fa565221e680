"""Makers of posts: through the real actions, as a member with a session would."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.world import Member, World
from timebank import posts
from timebank.kernel.ids import new_id
from timebank.web.viewer import ActingFor, Role, Viewer


def viewer(
    world: World, member: Member, *, place: UUID | None = None, roles: tuple[Role, ...] = (),
    acting_for: Member | None = None,
) -> Viewer:  # fmt: skip
    """This member as actions see them; `place` is the one they chose."""
    acting = acting_for and ActingFor(
        acting_for.id, acting_for.call_name, acting_for.number, acting_for.area
    )
    return Viewer(
        community_id=world.community, party_id=member.id, session_id=new_id(),
        number=member.number, call_name=member.call_name, full_name=member.full_name,
        area_id=member.area, place_id=place, language="nl", state="active",
        proven_at=world.clock() - timedelta(minutes=5), roles=roles, acting_for=acting or None,
    )  # fmt: skip


async def offer(world: World, member: Member, title: str, **more: Any) -> UUID:
    """An open offer of this member; its id."""
    return await _publish(world, member, "offer", title, **more)


async def need(world: World, member: Member, title: str, **more: Any) -> UUID:
    """An open need of this member; its id."""
    return await _publish(world, member, "need", title, **more)


async def _publish(
    world: World, member: Member, direction: posts.Direction, title: str, **more: Any
) -> UUID:
    wish = posts.Wish(direction=direction, title=title, **more)
    async with world.transaction() as db:
        return await posts.publish(db, viewer(world, member), wish, now=world.clock())
