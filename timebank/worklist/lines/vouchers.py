"""Lines about hours on paper: who asked a worker to print them and bring them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from timebank import vouchers
from timebank.kernel.db import Db
from timebank.kernel.i18n import ngettext
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines.known import MOST, owner_path
from timebank.worklist.model import Line, Who

BRING_DAYS = 7
"""Within a week they are there."""


async def of_vouchers(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """One line a member."""
    if not policy.worker(viewer):
        return []
    return await lines_in(db, visit, viewer, viewer.worker_areas)


async def lines_in(db: Db, visit: Visit, viewer: Viewer, areas: Sequence[UUID]) -> list[Line]:
    """Those of members of these neighbourhoods."""
    words = visit.community.words.voucher
    return [
        Line(
            kind="voucher", step="print", due=found.asked_on + timedelta(days=BRING_DAYS),
            who=Who(found.party_id, found.call_name, found.full_name, found.number),
            why=ngettext(
                "Een %(vouchers)s.", "%(count)d %(vouchers)s.", found.many, count=found.many,
                vouchers=words.one if found.many == 1 else words.many,
            ),
            since=found.asked_on, href=f"/vouchers/sheets/{found.party_id}",
            about=found.party_id, area_id=found.area_id,
            hand_over=owner_path("voucher", found.party_id),
        )
        for found in await vouchers.to_print(
            db, community=viewer.community_id, areas=areas, limit=MOST
        )
    ]  # fmt: skip
