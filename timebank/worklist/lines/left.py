"""Lines of members for whom every worker of the neighbourhood stepped aside: they lie with an admin."""

import msgspec

from timebank import access, parties
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines import doing, told, vouchers
from timebank.worklist.lines.known import name_of
from timebank.worklist.model import Line


async def of_left(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """What they should hear, needs without a reply, notes to print. No signal and no talk: those stay
    with workers. Whoever is admin longest has them."""
    if not policy.admin(viewer):
        return []
    left = await parties.left_to_admins(db, viewer.community_id, visit.today)
    if not left:
        return []
    areas = sorted(set(left.values()))
    owner = (await access.admins(db, community=viewer.community_id, today=visit.today))[0]
    names = await parties.cards(db, viewer.community_id, [owner])
    found = [
        *[_by_phone(line) for line in await told.lines_in(db, viewer, areas)],
        *await doing.needs_in(db, visit, viewer, areas, worker=None),
        *await vouchers.lines_in(db, visit, viewer, areas),
    ]
    return [
        msgspec.structs.replace(
            line, owner_id=owner, owner_name=name_of(names, owner), hand_over=""
        )
        for line in found
        if line.who is not None and line.who.id in left and line.who.id != viewer.party_id
    ]


def _by_phone(line: Line) -> Line:
    """An admin prints no letters: the member's own page says how to reach them."""
    return msgspec.structs.replace(line, step="pass_on", href=f"/parties/{line.about}/admin")
