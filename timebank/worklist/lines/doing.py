"""Lines about what members do: needs without a reply, appointments, bookings, groups."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from timebank import exchanges, gatherings, parties
from timebank.kernel.dates import local_date, start_of_day
from timebank.kernel.db import Db
from timebank.kernel.i18n import ngettext
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import store
from timebank.worklist.lines.known import MOST, name_of, owner_path
from timebank.worklist.model import Line, Who

QUIET_DAYS, REPLY_DAYS = 3, 7
"""A need without a reply stands here after three days, and somebody looks for help within a week."""
KEEP_DAYS = 2
"""Who was there is kept two days after the group met at the latest."""
SORTED_OUT = ("settle", "settle_pair", "ask_both", "take_over")
"""Next actions of an appointment that are a worker's."""


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
            owner_name=name_of(names, one.owner_id), href=said.path, about=one.id,
            area_id=one.area_id,
            hand_over=owner_path("exchange", one.id) if one.next_action in SORTED_OUT else "",
        )
        for one, said in zip(stuck, sentences, strict=True)
    ]  # fmt: skip
    return lines + [
        Line(
            kind="repair", step="settle", due=repair.due_on, since=local_date(repair.asked_at),
            owner_id=repair.owner_id, owner_name=name_of(names, repair.owner_id),
            href=f"/exchanges/{repair.exchange_id}/settlement", about=repair.exchange_id,
            area_id=repair.area_id, hand_over=owner_path("repair", repair.exchange_id),
        )
        for repair in repairs
    ]  # fmt: skip


async def of_needs(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """Needs that nobody answered for some days: one line a member, the oldest need first."""
    if not policy.may(viewer, "exchange.settle"):
        return []
    return await needs_in(db, visit, viewer, viewer.worker_areas, worker=viewer.party_id)


async def needs_in(
    db: Db, visit: Visit, viewer: Viewer, areas: Sequence[UUID], *, worker: UUID | None
) -> list[Line]:
    """Those of members of these neighbourhoods, as far as this worker looks after them."""
    found = await store.needs_without_reply(
        db, community=viewer.community_id, areas=areas, worker=worker,
        before=start_of_day(visit.today - timedelta(days=QUIET_DAYS)), today=visit.today,
        limit=MOST,
    )  # fmt: skip
    by_member: dict[UUID, list[store.Unanswered]] = {}
    for need in found:
        by_member.setdefault(need.party_id, []).append(need)
    return [
        Line(
            kind="need", step="find_helper", due=first.opened_on + timedelta(days=REPLY_DAYS),
            who=Who(member, first.call_name, first.full_name, first.number), what=first.title,
            why=_others(len(needs) - 1), since=first.opened_on, href=f"/posts/{first.id}",
            about=first.id, area_id=first.area_id, hand_over=owner_path("need", first.id),
        )
        for member, needs in by_member.items()
        for first in needs[:1]
    ]  # fmt: skip


def _others(count: int) -> str:
    if count == 0:
        return ""
    return ngettext(
        "En nog %(n)d vraag zonder antwoord.", "En nog %(n)d vragen zonder antwoord.", count
    )


async def of_lists(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """Groups that met, and nobody said who was there."""
    return [
        Line(
            kind="list", step="keep_list", due=day + timedelta(days=KEEP_DAYS), what=group.title,
            since=day, href=f"/gatherings/{group.id}/attendance?on={day.isoformat()}",
            about=group.id, area_id=group.area_id, hand_over=owner_path("list", group.id),
        )
        for group, day in await gatherings.unkept(db, viewer, today=visit.today)
    ]  # fmt: skip
