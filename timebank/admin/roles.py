"""Verbs of the tasks: who works in a neighbourhood, who is admin, until when.

Every change is told to all admins and to that neighbourhood's workers: nobody becomes one in
silence. Who stops keeps no session, and nothing stays with them.
"""

from datetime import date, datetime
from uuid import UUID

from timebank import (
    access,
    exchanges,
    introductions,
    membership,
    moderation,
    notices,
    parties,
    signals,
)
from timebank.access import RoleRow
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.web.viewer import RoleKind, Viewer


async def grant(
    db: Db, viewer: Viewer, *, party: UUID, kind: RoleKind, area: UUID | None,
    ends_on: date | None, now: datetime,
) -> None:  # fmt: skip
    """Somebody gets a task from today on. Raises Conflict when they have it already."""
    community, today = viewer.community_id, local_date(now)
    await parties.lock(db, community=community, ids=[party])  # one change of tasks at a time
    for known in await access.roles_of(db, community=community, party=party, today=today):
        if (known.kind, known.area_id) == (kind, area):
            raise Conflict(_("Deze persoon heeft deze taak al."))
    await access.grant_role(
        db, community=community, party=party, kind=kind, area=area, starts_on=today,
        ends_on=ends_on, by=viewer.party_id, now=now,
    )  # fmt: skip
    but = viewer.session_id if party == viewer.party_id else None
    await access.close_all(db, community=community, party=party, now=now, but=but)
    await _tell(db, viewer, "role_granted", "role_yours", party, kind, area, now)


async def end(db: Db, viewer: Viewer, role: RoleRow, *, now: datetime) -> None:
    """A task ends now. Raises Conflict for the last admin, NotFound when it had ended."""
    community = viewer.community_id
    await access.end_role(
        db, community=community, role=role.id, by=viewer.party_id, today=local_date(now), now=now
    )
    await exchanges.reassign(db, community=community, now=now)
    await moderation.reassign(db, community=community, now=now)
    await signals.reassign(db, community=community, now=now)
    await introductions.reassign(db, community=community, now=now)
    await membership.reassign(db, community=community, now=now)
    await _tell(
        db, viewer, "role_ended", "role_not_yours", role.party_id, role.kind, role.area_id, now
    )


async def _tell(
    db: Db, viewer: Viewer, kind: str, own_kind: str, party: UUID, role: RoleKind,
    area: UUID | None, now: datetime,
) -> None:  # fmt: skip
    community, today = viewer.community_id, local_date(now)
    heard = set(await access.admins(db, community=community, today=today))
    if area is not None:
        heard |= set(await access.workers_of(db, community=community, area=area, today=today))
    about = ("area", area) if area is not None else None
    for to in sorted(heard - {viewer.party_id, party}):
        await notices.tell(
            db, community=community, to=to, kind=kind, now=now, about=about, who_id=party,
            by_id=viewer.party_id, role=role,
        )  # fmt: skip
    if party != viewer.party_id:
        await notices.tell(
            db, community=community, to=party, kind=own_kind, now=now, about=about, role=role
        )
