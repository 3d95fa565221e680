"""Where the lines of the work list come from: one function for each kind, one file for each subject."""

from datetime import date
from uuid import UUID

from timebank import contacts, parties
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines.care import (
    of_calls_of_week,
    of_follow_ups,
    of_introductions,
    of_signals,
    of_told,
)
from timebank.worklist.lines.doing import of_exchanges, of_lists, of_needs
from timebank.worklist.lines.helping import of_helpers
from timebank.worklist.lines.left import of_left
from timebank.worklist.lines.owners import with_owners
from timebank.worklist.lines.running import of_admin, of_applicants, of_calls, of_reports
from timebank.worklist.lines.starting import of_welcomes, silent
from timebank.worklist.lines.told import of_notices
from timebank.worklist.lines.vouchers import of_vouchers
from timebank.worklist.model import Kind, Line

OF_ADMINS: tuple[Kind, ...] = ("applicant", "told", "appeal")
"""Kinds with a name that an admin sees as an admin, whomever they stepped aside for as a worker."""

__all__ = ["everything", "late_with", "own", "silent"]


async def everything(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """All that waits where this viewer works, also what lies with colleagues; each line with the one
    it lies with."""
    desks = await contacts.desks(db, viewer, today=visit.today)
    found = [
        *await of_signals(db, viewer, visit, desks),
        *await of_told(db, viewer),
        *await of_calls_of_week(db, viewer, visit),
        *await of_follow_ups(db, viewer),
        *await of_introductions(db, viewer, visit),
        *await of_notices(db, viewer),
        *await of_helpers(db, visit, viewer),
        *await of_needs(db, visit, viewer),
        *await of_exchanges(db, visit, viewer),
        *await of_lists(db, visit, viewer),
        *await of_vouchers(db, visit, viewer),
        *await of_applicants(db, viewer),
        *await of_reports(db, viewer),
        *await of_calls(db, viewer),
        *await of_admin(db, visit, viewer),
        *await of_welcomes(db, viewer, today=visit.today),
    ]
    closed = await parties.asides(db, viewer)
    found = [line for line in found if line.who is None or line.who.id not in closed or
             (line.kind in OF_ADMINS and policy.admin(viewer))]  # fmt: skip
    found += await of_left(db, visit, viewer)
    return await with_owners(
        db, viewer, found, desks, today=visit.today, away_days=visit.community.rules.away_days
    )


async def own(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """What waits for this viewer: theirs, nobody's, of who is away, or left lying too long."""
    every = await everything(db, visit, viewer)
    return [line for line in every if line.lies_with(viewer.party_id, visit.today)]


def late_with(lines: list[Line], viewer: Viewer, today: date) -> dict[UUID, str]:
    """Colleagues who are away, or with signals or follow-ups past their date, by id."""
    found = {}
    for line in lines:
        if line.away_id is not None:
            found[line.away_id] = line.stands_in_for
        elif line.has_reason and line.is_late(today) and line.owner_id is not None:
            found[line.owner_id] = line.owner_name
    found.pop(viewer.party_id, None)
    return found
