"""Lines about appointments and bookings."""

from timebank import exchanges, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines.known import MOST, name_of
from timebank.worklist.model import Line


async def of_exchanges(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """Appointments that got stuck, and bookings that somebody wants put right."""
    if not policy.may(viewer, "exchange.settle"):
        return []
    community, mine = viewer.community_id, viewer.worker_areas
    stuck = await exchanges.stuck(
        db, community=community, areas=mine, today=visit.today, limit=MOST
    )
    repairs = await exchanges.repairs(db, community=community, areas=mine, limit=MOST)
    sentences = await exchanges.lines(db, visit.community, None, stuck, now=visit.now)
    owners = [e.owner_id for e in stuck if e.owner_id] + [r.owner_id for r in repairs]
    names = await parties.cards(db, community, owners)
    lines = [
        Line(
            kind="exchange", step="settle", due=one.due_on or visit.today, what=one.title,
            why=said.sentence, since=local_date(one.state_at), owner_id=one.owner_id,
            owner_name=name_of(names, one.owner_id), href=said.path,
        )
        for one, said in zip(stuck, sentences, strict=True)
    ]  # fmt: skip
    return lines + [
        Line(
            kind="repair", step="settle", due=repair.due_on, since=local_date(repair.asked_at),
            owner_id=repair.owner_id, owner_name=name_of(names, repair.owner_id),
            href=f"/exchanges/{repair.exchange_id}/settlement",
        )
        for repair in repairs
    ]  # fmt: skip
