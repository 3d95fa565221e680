"""Handing to a colleague what a person must tell or decide: a no to be told, an appeal."""

from datetime import datetime
from uuid import UUID

from timebank import access, audit
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.membership import store
from timebank.web import policy
from timebank.web.viewer import Viewer


async def hand_call(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """A colleague tells them. Whether that colleague may is for the caller. Raises NotFound,
    Conflict when it was told already."""
    policy.demand(viewer, "member.admit")
    party = await store.set_caller(db, community=viewer.community_id, id_=id_, caller=to)
    await _note(db, viewer, party, now)


async def hand_appeal(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """Another admin looks again. Raises NotFound, Conflict when it was answered already."""
    policy.demand(viewer, "member.suspend")
    party = await store.set_appeal_owner(db, community=viewer.community_id, id_=id_, owner=to)
    await _note(db, viewer, party, now)


async def _note(db: Db, viewer: Viewer, party: UUID | None, now: datetime) -> None:
    if party is None:
        raise Conflict(_("Dit is intussen al gedaan."))
    await audit.note(
        db, community=viewer.community_id, act="party.handed_over", actor=viewer.party_id,
        subject=party, now=now,
    )  # fmt: skip


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """What must be told or decided by somebody who does not work here any more gets another owner:
    a worker of that neighbourhood for a no, else an admin. Call it after a role has ended, and as a
    chore; what nobody can take stays."""
    today = local_date(now)
    admins = await access.admins(db, community=community, today=today)
    for found in await store.orphaned(db, community, today):
        able = list(admins)
        if found.kind == "call":
            able = await access.workers_of(
                db, community=community, area=found.area_id, today=today
            ) + able  # fmt: skip
        to = next((one for one in able if one != found.party_id), None)
        if to is None:
            continue
        if found.kind == "call":
            await store.set_caller(db, community=community, id_=found.id, caller=to)
        else:
            await store.set_appeal_owner(db, community=community, id_=found.id, owner=to)
