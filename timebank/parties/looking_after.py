"""Whom somebody who works here looks after: the members of their neighbourhoods, without those they
know in private and stepped aside for. The asides themselves are rows of the contacts."""

from datetime import date
from uuid import UUID

from timebank.kernel.db import Db
from timebank.parties.store import q
from timebank.web import policy
from timebank.web.viewer import Viewer


async def asides(db: Db, viewer: Viewer) -> set[UUID]:
    """For whom this worker stepped aside: what is theirs is closed."""
    found = await q.asides(db, community=viewer.community_id, worker=viewer.party_id)
    return {row["party_id"] for row in found}


async def looks_after(db: Db, viewer: Viewer, party: UUID, area: UUID) -> bool:
    """Whether this is a worker of this member's neighbourhood who did not step aside for them."""
    return viewer.works_in(area) and party not in await asides(db, viewer)


async def left_to_admins(db: Db, community: int, today: date) -> dict[UUID, UUID]:
    """Members for whom every worker of their neighbourhood stepped aside, with that neighbourhood:
    what must be done for them is an admin's."""
    found = await q.left_to_admins(db, community=community, today=today)
    return {row["party_id"]: row["area_id"] for row in found}


async def does_for(db: Db, viewer: Viewer, party: UUID, area: UUID, *, today: date) -> bool:
    """Whether this viewer does the small work for a member: a worker who looks after them, or an
    admin where no worker does."""
    if policy.worker(viewer) and await looks_after(db, viewer, party, area):
        return True
    return policy.admin(viewer) and party in await left_to_admins(db, viewer.community_id, today)
