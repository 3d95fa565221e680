"""Lines about helpers: facts to ask about; nothing is blocked."""

from datetime import timedelta

from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import store
from timebank.worklist.model import Line, Who

ASK_DAYS = 7
DRAIN_DAYS = timedelta(days=30)


async def of_helpers(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """A third of a member's time went to one helper in thirty days, and nobody spoke with her since."""
    if not policy.may(viewer, "contact.write"):
        return []
    found = await store.drained(
        db, community=viewer.community_id, areas=viewer.worker_areas, now=visit.now,
        since=visit.now - DRAIN_DAYS,
    )  # fmt: skip
    return [
        Line(
            kind="helped", step="call", due=one.last_on + timedelta(days=ASK_DAYS),
            who=Who(one.party_id, one.call_name, one.full_name, one.number),
            why=_("Veel tijd ging naar %(helper)s, die dingen regelt voor %(name)s. Is dat goed zo?",
                  helper=one.helper_call_name, name=one.call_name),
            since=one.last_on, href=f"/worklist/parties/{one.party_id}",
        )
        for one in found
    ]  # fmt: skip
