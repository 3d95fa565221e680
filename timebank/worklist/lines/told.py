"""Lines about what members should hear by phone or on paper."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from timebank import notices, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import ngettext
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.worklist.lines.known import owner_path, who_of
from timebank.worklist.model import Line

MOST_NOTICES = 500
MOST_SAID = 3
PASS_ON_DAYS = 1
"""What somebody should hear by phone or on paper, is told the next day at the latest."""


async def of_notices(db: Db, viewer: Viewer) -> list[Line]:
    """What members should hear who are called, or get post: one line a member."""
    if not policy.worker(viewer):
        return []
    return await lines_in(db, viewer, viewer.worker_areas)


async def lines_in(db: Db, viewer: Viewer, areas: Sequence[UUID]) -> list[Line]:
    """What members of these neighbourhoods should hear, without this viewer."""
    found = await notices.to_pass_on(
        db, community=viewer.community_id, areas=areas, limit=MOST_NOTICES
    )
    by_member: dict[UUID, list[notices.Line]] = {}
    for notice in found:
        if notice.party_id != viewer.party_id:
            by_member.setdefault(notice.party_id, []).append(notice)
    people = await parties.cards(db, viewer.community_id, by_member)
    return [
        Line(
            kind="notice", step="send" if told[0].way == "paper" else "pass_on",
            due=local_date(told[0].made_at) + timedelta(days=PASS_ON_DAYS),
            who=who_of(people[member]), why=_said(told), since=local_date(told[0].made_at),
            href=_page_of(told[0], member), posts_to=f"/worklist/parties/{member}/delivery",
            seen=told[-1].id, about=member, area_id=people[member].area_id,
            hand_over=owner_path("notice", member),
        )
        for member, told in by_member.items()
        if member in people
    ]  # fmt: skip


def _page_of(first: notices.Line, member: UUID) -> str:
    """The letter to print, or the page with the number to ring."""
    return f"/print/letters/{member}" if first.way == "paper" else f"/worklist/parties/{member}"


def _said(told: list[notices.Line]) -> str:
    """The newest sentences; of what came before only how much."""
    sentences = " ".join(line.sentence for line in told[-MOST_SAID:])
    more = len(told) - MOST_SAID
    if more <= 0:
        return sentences
    rest = ngettext("En nog %(n)d bericht.", "En nog %(n)d berichten.", more)
    return f"{sentences} {rest}"
