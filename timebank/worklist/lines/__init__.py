"""Where the lines of the work list come from: one function for each kind, one file for each subject."""

from datetime import date
from uuid import UUID

from timebank.kernel.db import Db
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines.care import of_follow_ups, of_introductions, of_signals
from timebank.worklist.lines.doing import of_exchanges
from timebank.worklist.lines.running import of_admin, of_applicants, of_calls, of_reports
from timebank.worklist.lines.told import of_notices
from timebank.worklist.model import Line


async def everything(db: Db, visit: Visit, viewer: Viewer, *, mine: bool) -> list[Line]:
    """All that waits for this viewer; without `mine` also what lies with colleagues."""
    found = [
        *await of_signals(db, viewer, visit, mine=mine),
        *await of_follow_ups(db, viewer),
        *await of_introductions(db, viewer, visit),
        *await of_notices(db, viewer),
        *await of_exchanges(db, visit, viewer),
        *await of_applicants(db, viewer),
        *await of_reports(db, viewer),
        *await of_calls(db, viewer),
        *await of_admin(db, visit, viewer),
    ]
    if not mine:
        return found
    return [line for line in found if line.lies_with(viewer.party_id, visit.today)]


def late_with(lines: list[Line], viewer: Viewer, today: date) -> dict[UUID, str]:
    """Colleagues with signals or follow-ups past their date, by id: they may be away."""
    return {
        line.owner_id: line.owner_name
        for line in lines
        if line.hand_over and line.owner_id not in (None, viewer.party_id) and line.is_late(today)
        if line.owner_id is not None
    }
