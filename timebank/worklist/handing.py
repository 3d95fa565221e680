"""Handing a line to a colleague: one action for every kind that lies with somebody."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank import (
    access,
    audit,
    contacts,
    exchanges,
    introductions,
    membership,
    moderation,
    parties,
)
from timebank import signals as signals_
from timebank.contacts import Colleague
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines import everything, late_with
from timebank.worklist.lines.owners import SHARED
from timebank.worklist.model import Kind, Line

Hand = Callable[..., Awaitable[Any]]
_HANDS: dict[Kind, Hand] = {
    "heard": signals_.hand_told,
    "call": signals_.hand_call,
    "introduction": introductions.hand_over,
    "exchange": exchanges.hand_over,
    "repair": exchanges.hand_over,
    "report": moderation.hand_over,
    "told": membership.hand_call,
    "appeal": membership.hand_appeal,
}
OF_A_DESK: tuple[Kind, ...] = (
    "signal", "heard", "call", "follow_up", "introduction", "exchange", "repair", "need", "notice",
    "applicant", "list", "voucher", "welcome",
)  # fmt: skip
"""Kinds that a worker hands over with the whole desk; a report or a no goes one by one."""


def of_desk(lines: list[Line], owner: UUID) -> list[Line]:
    """What goes over with the desk of this worker."""
    return [
        line for line in lines
        if line.hand_over and line.kind in OF_A_DESK and line.is_of(owner)
    ]  # fmt: skip


def to_take_over(lines: list[Line], viewer: Viewer, today: date) -> dict[UUID, str]:
    """Colleagues who are away or late, by id, of whom this viewer may take everything over: a worker,
    and where there is something to take."""
    if not policy.may(viewer, "signal.see"):
        return {}
    found = late_with(lines, viewer, today)
    return {owner: name for owner, name in found.items() if of_desk(lines, owner)}


def chosen(lines: list[Line], kind: str, about: UUID) -> Line:
    """The line that is meant, among those this viewer sees. Raises NotFound."""
    for line in lines:
        if line.hand_over and (line.kind, line.about) == (kind, about):
            return line
    raise NotFound


async def colleagues(
    db: Db, viewer: Viewer, line: Line, *, today: date, now: datetime
) -> list[Colleague]:
    """To whom this line may be handed."""
    if line.kind == "report" and line.about is not None:
        found = await moderation.colleagues_for(db, viewer, line.about, now=now)
        return [Colleague(c.id, c.call_name, c.full_name) for c in found if c.id != line.owner_id]
    desks = await contacts.desks(db, viewer, today=today)
    member = line.who.id if line.who else None
    but = line.owner_id or viewer.party_id
    able = [] if line.kind == "appeal" else desks.colleagues(line.area_id, member, but)
    if line.also_area_id is not None:
        both = {w.id for w in desks.able(line.also_area_id)}
        able = [one for one in able if one.id in both]
    if line.kind in ("appeal", "told"):
        admins = await access.admins(db, community=viewer.community_id, today=today)
        cards = await parties.cards(db, viewer.community_id, admins)
        able += [
            Colleague(c.id, c.call_name, c.full_name)
            for c in cards.values()
            if c.id not in (but, member, *(a.id for a in able))
        ]
    return able


async def hand(db: Db, viewer: Viewer, line: Line, *, to: UUID, aside: bool, now: datetime) -> None:
    """It lies with `to` from now on. `aside`: this worker knows the member in private.
    Raises NotFound for what cannot be handed over, and what the owner of the line raises."""
    if line.about is None:
        raise NotFound
    if line.kind == "signal":
        await signals_.hand_over(db, viewer, line.about, to=to, aside=aside, now=now)
    elif line.kind == "follow_up":
        await contacts.hand_over(db, viewer, line.about, to=to, aside=aside, now=now)
    elif line.kind in SHARED:
        await contacts.hand_line(
            db, community=viewer.community_id, kind=line.kind, about=line.about,
            to=to, now=now,
        )  # fmt: skip
    else:
        await _HANDS[line.kind](db, viewer, line.about, to=to, now=now)


async def whole_desk(db: Db, visit: Visit, viewer: Viewer, *, to: UUID, with_notes: bool) -> int:
    """Everything that lies with this worker and that this colleague may do; how many lines. Without
    the notes, what was said before stays closed to the colleague. The choice is recorded. Raises
    Conflict when there is nothing to hand over to them."""
    handed = [
        line
        for line in await everything(db, visit, viewer)
        if line.owner_id == viewer.party_id and line.hand_over and line.kind in OF_A_DESK
        and to in {
            c.id for c in await colleagues(db, viewer, line, today=visit.today, now=visit.now)
        }
    ]  # fmt: skip
    if not handed:
        raise Conflict(_("Er is nu niets dat deze collega van u kan overnemen."))
    for line in handed:
        await hand(db, viewer, line, to=to, aside=False, now=visit.now)
    if not with_notes:
        members = [line.who.id for line in handed if line.who and line.has_reason]
        await contacts.seal(db, viewer, members, to=to, now=visit.now)
    await audit.note(
        db, community=viewer.community_id, act="worklist.handed_over", actor=viewer.party_id,
        about=("party", to), now=visit.now,
        detail={"notes": "with" if with_notes else "without", "lines": len(handed)},
    )  # fmt: skip
    return len(handed)
