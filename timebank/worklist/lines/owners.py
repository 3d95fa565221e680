"""With whom a line lies: its owner, whoever it was handed to, who has worked there longest, or
nobody when that somebody is away or does not work there any more."""

from datetime import date
from typing import cast, get_args
from uuid import UUID

import msgspec

from timebank import contacts
from timebank.contacts import Desks, Shared
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.worklist.model import Line

SHARED = cast(tuple[Shared, ...], get_args(Shared))
BY_NEIGHBOURHOOD = ("signal", "heard", "call", "follow_up", "introduction", "exchange", "repair")
"""Kinds that only a worker of that neighbourhood sees, whatever stands in their own table."""

OF_ADMINS = ("report", "applicant", "told")
"""Kinds that an admin may do as well: theirs, when a worker is away and nobody stands in."""


async def with_owners(
    db: Db, viewer: Viewer, lines: list[Line], desks: Desks, *, today: date, away_days: int
) -> list[Line]:
    """Each line with the one it lies with now."""
    shared = [line.about for line in lines if line.kind in SHARED and line.about is not None]
    given = await contacts.line_owners(db, viewer.community_id, shared)
    away = desks.away(today, away_days)
    found = []
    for line in lines:
        if line.kind in SHARED and line.about is not None:
            line = _shared(line, desks, given.get((line.kind, line.about)))
        found.append(_present(line, viewer, desks, away))
    return found


def _shared(line: Line, desks: Desks, given: object) -> Line:
    able = desks.able(line.area_id, line.who.id if line.who else None)
    owner = next((w for w in able if w.id == given), able[0] if able else None)
    if owner is None:
        return line
    return msgspec.structs.replace(line, owner_id=owner.id, owner_name=owner.full_name)


def _present(line: Line, viewer: Viewer, desks: Desks, away: dict[UUID, str]) -> Line:
    """Without its owner when that owner is away and this viewer stands in, or left."""
    if line.owner_id in (None, viewer.party_id) or line.area_id is None:
        return line
    stands_in = desks.stands_in(viewer.party_id, line.area_id) or (
        line.kind in OF_ADMINS and policy.admin(viewer) and desks.left_alone(line.area_id, away)
    )
    if line.owner_id in away and stands_in:
        name = away[line.owner_id]
        return msgspec.structs.replace(
            line, owner_id=None, owner_name="", stands_in_for=name, away_id=line.owner_id
        )
    if line.kind in BY_NEIGHBOURHOOD and not any(
        w.id == line.owner_id and w.area_id == line.area_id for w in desks.watchers
    ):
        return msgspec.structs.replace(line, owner_id=None, owner_name="")
    return line
