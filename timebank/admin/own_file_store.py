"""Queries of a member's own file: rows of all rooms about one person, to read."""

from typing import Any
from uuid import UUID

from timebank.kernel.db import Db, load

q = load("own_file")
Records = dict[str, list[dict[str, Any]]]


async def records(db: Db, *, community: int, party: UUID) -> Records:
    """What a member did and chose, by name."""
    place: dict[str, Any] = {"community": community, "party": party}
    queries = {
        "posts": q.posts, "hidden_posts": q.hidden_posts, "exchanges": q.exchanges,
        "proposals": q.proposals, "repairs": q.repairs, "written": q.written, "drafts": q.drafts,
        "sessions": q.sessions, "devices": q.devices, "tickets": q.tickets,
        "password": q.password, "roles": q.roles, "helps_in": q.helps_in,
        "helpers": q.helpers, "leavings": q.leavings, "erasures": q.erasures, "household": q.household,
        "reach_waiting": q.reach_waiting,
        "held_messages": q.held_messages,
        "gatherings": q.gatherings, "attended": q.attended, "cards": q.cards,
        "vouchers": q.vouchers,
    }  # fmt: skip
    return {name: [dict(r) for r in await query(db, **place)] for name, query in queries.items()}


async def care_records(db: Db, *, community: int, party: UUID) -> Records:
    """What is read by the member alone, never through a worker who acts for them."""
    place: dict[str, Any] = {"community": community, "party": party}
    queries = {
        "reports_made": q.reports_made, "reports_about": q.reports_about, "checkins": q.checkins,
        "mutes": q.mutes, "worries": q.worries,
        "introductions": q.introductions, "meeting_wish": q.meeting_wish,
    }  # fmt: skip
    return {name: [dict(r) for r in await query(db, **place)] for name, query in queries.items()}
