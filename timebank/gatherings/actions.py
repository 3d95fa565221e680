"""Verbs of the gatherings."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank import audit, notices, parties
from timebank.gatherings import store
from timebank.gatherings.model import (
    KEEP_WITHIN,
    KEPT,
    Attended,
    Gathering,
    Keeping,
    Way,
    Wish,
    may_tick,
)
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.web import policy
from timebank.web.viewer import Viewer

MOST_NEW = 30
"""So many names are typed beside a list at most."""


def keeps(viewer: Viewer, found: Gathering) -> bool:
    """Whether this viewer keeps the list: its host, or a worker of that neighbourhood; each in
    their own name."""
    return manages(viewer, found.area_id) or (
        viewer.acting_for is None and found.host_id == viewer.party_id
    )


def manages(viewer: Viewer, area: UUID) -> bool:
    """Whether this viewer makes and changes groups in a neighbourhood."""
    return policy.may(viewer, "gathering.manage") and viewer.works_in(area)


async def gathering_for(db: Db, viewer: Viewer, id_: UUID) -> Gathering:
    """A group as this viewer may see it: residents of that neighbourhood while it is open, its
    host, its workers. Raises NotFound, also when viewer and host shall not meet."""
    policy.demand(viewer, "gathering.see")
    found = await store.gathering(db, viewer.community_id, id_)
    if keeps(viewer, found):
        return found
    if found.state != "open" or found.area_id != viewer.subject_area_id:
        raise NotFound
    if found.host_id is not None and not await parties.may_meet(
        db, viewer.community_id, found.host_id, viewer.subject_id
    ):
        raise NotFound
    return found


async def kept_by(db: Db, viewer: Viewer, id_: UUID) -> Gathering:
    """A group whose list this viewer keeps. Raises NotFound."""
    found = await gathering_for(db, viewer, id_)
    if not keeps(viewer, found):
        raise NotFound
    return found


async def managed_by(db: Db, viewer: Viewer, id_: UUID) -> Gathering:
    """A group that this worker may change. Raises NotFound."""
    found = await gathering_for(db, viewer, id_)
    if not manages(viewer, found.area_id):
        raise NotFound
    return found


async def list_for(db: Db, viewer: Viewer) -> list[Gathering]:
    """Groups of the viewer's neighbourhood; for a worker of theirs, closed ones too."""
    policy.demand(viewer, "gathering.see")
    works = policy.may(viewer, "gathering.manage")
    areas = {viewer.subject_area_id, *(viewer.worker_areas if works else ())}
    return await store.gatherings(
        db, community=viewer.community_id, areas=sorted(areas), viewer=viewer.subject_id,
        closed_too=works,
    )  # fmt: skip


async def start(db: Db, viewer: Viewer, wish: Wish, *, now: datetime) -> UUID:
    """A new group; its host hears it. Raises NotFound for who does not work there."""
    if not manages(viewer, wish.area_id):
        raise NotFound
    id_ = new_id()
    await store.insert(
        db, community=viewer.community_id, id_=id_, wish=wish, by=viewer.party_id, now=now
    )
    await _note(db, viewer, "gathering.started", id_, now=now)
    await _tell_host(db, viewer, id_, wish.host_id, now=now)
    return id_


async def change(db: Db, viewer: Viewer, id_: UUID, wish: Wish, *, now: datetime) -> None:
    """Other words, another day, another host. Raises NotFound, or Conflict when it is closed."""
    before = await managed_by(db, viewer, id_)
    if not await store.update(db, community=viewer.community_id, id_=id_, wish=wish):
        raise Conflict(_("Deze groep is gestopt. Laat de groep eerst weer beginnen."))
    await _note(db, viewer, "gathering.changed", id_, now=now)
    if wish.host_id != before.host_id:
        await _tell_host(db, viewer, id_, wish.host_id, now=now)


async def set_open(db: Db, viewer: Viewer, id_: UUID, is_open: bool, *, now: datetime) -> None:
    """It stops, or begins again. Raises NotFound, or Conflict when it was so already."""
    await managed_by(db, viewer, id_)
    state, before = ("open", "closed") if is_open else ("closed", "open")
    if not await store.set_state(
        db, community=viewer.community_id, id_=id_, state=state, from_state=before, now=now
    ):
        raise Conflict(_("Dit is intussen al gedaan."))
    act = "gathering.opened" if is_open else "gathering.closed"
    await _note(db, viewer, act, id_, now=now)


async def expect(db: Db, viewer: Viewer, id_: UUID, coming: bool, *, now: datetime) -> None:
    """A member puts themselves on the list, or takes themselves off. Raises NotFound."""
    found = await gathering_for(db, viewer, id_)
    who: dict[str, Any] = {"community": viewer.community_id, "gathering": found.id}
    if coming:
        await store.put_on_list(db, parties=[viewer.subject_id], by=viewer.party_id, now=now, **who)
    else:
        await store.take_off_list(db, party=viewer.subject_id, **who)
    await _note_for_another(db, viewer, "gathering.expected", found.id, now=now)


async def keep(
    db: Db, viewer: Viewer, found: Gathering, *, on_date: date, came: Iterable[UUID],
    also: str, others: int, way: Way, now: datetime,
) -> int:  # fmt: skip
    """Who was there on that day, as who keeps the list ticked it; doing it again puts it right.
    `also`: numbers or names of members who were not on the list, one a line. How many were there.

    Raises NotFound for a day on which it did not meet, Invalid when a name is not found.
    """
    if on_date not in may_tick(found, local_date(now)):
        raise NotFound
    community = viewer.community_id
    shown = {
        guest.id
        for guest in await store.guests(
            db, community=community, gathering=found.id, on_date=on_date, viewer=viewer.party_id
        )
    }
    here = (shown & set(came)) | await _typed(db, viewer, found, also)
    who: dict[str, Any] = {"community": community, "gathering": found.id, "on_date": on_date}
    await store.keep_day(db, by=viewer.party_id, way=way, others=others, now=now, **who)
    await store.untick(db, parties=shown - here, **who)
    await store.tick(db, parties=here, by=viewer.party_id, way=way, now=now, **who)
    await store.put_on_list(
        db, community=community, gathering=found.id, parties=here, by=viewer.party_id, now=now
    )
    await _note(db, viewer, "gathering.kept", found.id, now=now)
    return len(here)


async def _typed(db: Db, viewer: Viewer, found: Gathering, also: str) -> set[UUID]:
    lines = [line.strip() for line in also.splitlines() if line.strip()]
    if len(lines) > MOST_NEW:
        raise Invalid({"also": _("Vul er op één keer niet meer dan %(n)d in.", n=MOST_NEW)})
    return {await _member(db, viewer, found, line) for line in lines}


async def _member(db: Db, viewer: Viewer, found: Gathering, line: str) -> UUID:
    who: dict[str, Any] = {
        "community": viewer.community_id, "viewer": viewer.party_id,
        "hidden_too": manages(viewer, found.area_id),
    }  # fmt: skip
    if any(c.isdigit() for c in line):
        number = parse_member_number(line)
        there = await store.by_number(db, number=number, **who) if number else []
    else:
        there = await store.by_name(db, area=found.area_id, name=line, **who)
    if not there:
        raise Invalid({"also": _("Wij vinden niemand bij “%(line)s”. Klopt het?", line=line)})
    if len(there) > 1:
        raise Invalid(
            {"also": _("Meer dan één buur heet “%(line)s”. Vul het nummer in.", line=line)}
        )
    return there[0].id


async def printed(db: Db, viewer: Viewer, found: Gathering, *, now: datetime) -> None:
    """A list with names went to paper: written down."""
    await _note(db, viewer, "gathering.printed", found.id, now=now)


async def take_away(db: Db, viewer: Viewer, id_: UUID, on_date: date, *, now: datetime) -> None:
    """A member does not want it kept that they were there."""
    await store.untick(
        db, community=viewer.community_id, gathering=id_, parties=[viewer.subject_id],
        on_date=on_date,
    )  # fmt: skip
    await _note_for_another(db, viewer, "gathering.attendance_removed", id_, now=now)


async def attended(db: Db, viewer: Viewer) -> list[Attended]:
    """Where this member was, as we keep it."""
    return await store.attended(db, viewer.community_id, viewer.subject_id)


async def open_in(db: Db, *, community: int, area: UUID, viewer: UUID) -> list[Gathering]:
    """Open groups of a neighbourhood, as this member may see them."""
    found = await store.gatherings(
        db, community=community, areas=[area], viewer=viewer, closed_too=False
    )
    return [one for one in found if one.area_id == area]


async def forget_old(db: Db, *, community: int, now: datetime) -> None:
    """Who was where, past its term, goes."""
    await store.forget_before(db, community=community, before=local_date(now) - KEPT)


async def _note(db: Db, viewer: Viewer, act: str, id_: UUID, *, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id,
        about=("gathering", id_), now=now,
    )  # fmt: skip


async def _note_for_another(db: Db, viewer: Viewer, act: str, id_: UUID, *, now: datetime) -> None:
    """What a member does herself here stands in no log; what is done for her does."""
    if viewer.acting_for is not None:
        await audit.note(
            db, community=viewer.community_id, act=act, actor=viewer.party_id,
            on_behalf_of=viewer.subject_id, subject=viewer.subject_id, about=("gathering", id_),
            now=now,
        )  # fmt: skip


async def _tell_host(
    db: Db, viewer: Viewer, id_: UUID, host: UUID | None, *, now: datetime
) -> None:
    if host is None or host == viewer.party_id:
        return
    await notices.tell(
        db, community=viewer.community_id, to=host, kind="gathering_host", now=now,
        about=("gathering", id_), who_id=viewer.party_id,
    )  # fmt: skip


async def unkept(db: Db, viewer: Viewer, *, today: date) -> list[tuple[Keeping, date]]:
    """Groups of this worker's neighbourhoods that met lately and whose list was not kept."""
    if not policy.may(viewer, "gathering.manage"):
        return []
    found = await store.kept_days(
        db, community=viewer.community_id, areas=viewer.worker_areas, since=today - KEEP_WITHIN
    )
    return [(group, day) for group in found if (day := group.missed(today)) is not None]
