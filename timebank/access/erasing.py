"""Nothing is left to sign in with: what erasure does here. Roles stay as rows without a name."""

from datetime import datetime
from uuid import UUID

from timebank.access import store
from timebank.access.store import q
from timebank.kernel.db import Db, load


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Password, sessions, codes, devices, what was half typed, and the demo's word about them."""
    place = {"community": community, "party": party}
    await q.forget_credential(db, **place)
    await q.forget_sessions(db, **place)
    await q.stop_acting_for(db, **place)
    await q.forget_tickets(db, **place)
    await q.forget_devices(db, **place)
    await q.forget_story(db, **place)
    await store.delete_drafts(db, community=community, party=party)
    await load("form_key").forget(db, community=community, owner=party.bytes)
