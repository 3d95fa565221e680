"""Verbs of the contacts."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import areas, audit, parties
from timebank.contacts import store
from timebank.contacts.model import (
    Colleague,
    Contact,
    FollowUp,
    Looking,
    LookPurpose,
    Note,
    Purpose,
)
from timebank.kernel import throttle
from timebank.kernel.dates import local_date, start_of_day
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, NotFound
from timebank.web import policy
from timebank.web.viewer import Viewer

MOST_SHOWN = 100
PAGES_AN_HOUR = throttle.Limit(60, throttle.HOUR)
LOOKED_AFTER: tuple[parties.PartyState, ...] = (*parties.TAKING_PART, "suspended")


async def person_for(db: Db, viewer: Viewer, party: UUID | None) -> parties.Party:
    """A member as the worker of their neighbourhood may see them.

    Raises NotFound for anybody else: residents, admins, workers elsewhere, the member's own self,
    who acts for somebody, and who stepped aside. What does not exist answers the same.
    """
    policy.demand(viewer, "contact.write")
    if party is None:  # an address that names nobody
        raise NotFound
    found = await parties.party(db, viewer.community_id, party)
    if (
        party == viewer.party_id
        or found.state not in LOOKED_AFTER
        or not await parties.looks_after(db, viewer, party, found.area_id)
    ):
        raise NotFound
    return found


async def looking(db: Db, viewer: Viewer, party: UUID, *, now: datetime) -> Looking | None:
    """Why this worker looks at this member today; None when it was not asked yet."""
    return await store.looked_for(
        db, community=viewer.community_id, worker=viewer.party_id, party=party,
        since=start_of_day(local_date(now)),
    )  # fmt: skip


async def at_work(db: Db, viewer: Viewer, party: UUID, *, now: datetime) -> None:
    """Whoever notes a talk or moves a signal along says with it why they look."""
    if await looking(db, viewer, party, now=now) is None:
        await look(db, viewer, party, now=now, purpose="call")


async def look(
    db: Db, viewer: Viewer, party: UUID, *, now: datetime, purpose: LookPurpose | None = None
) -> None:
    """Written before the page is made: the member reads who looked. The line is the same for every
    member a worker looks at, so that nobody learns from it who has a signal. `purpose`: why, as the
    worker said; the member reads that too."""
    await audit.note(
        db, community=viewer.community_id, act="party.looked", actor=viewer.party_id,
        subject=party, now=now, detail={"purpose": purpose} if purpose else None,
    )  # fmt: skip


async def count_page(db: Db, viewer: Viewer, *, now: datetime) -> None:
    """A page about a member is asked for by this worker. Raises TooMany past PAGES_AN_HOUR."""
    await throttle.count(
        db, community=viewer.community_id, kind="worker_pages",
        key=throttle.key_of(viewer.party_id), limit=PAGES_AN_HOUR, now=now,
    )  # fmt: skip


async def open_page(db: Db, viewer: Viewer, *members: UUID, now: datetime) -> None:
    """A page about these members is about to be made for this worker: counted, then written in their
    logs. Raises TooMany past PAGES_AN_HOUR."""
    await count_page(db, viewer, now=now)
    for member in members:
        await look(db, viewer, member, now=now)


async def purpose_of(db: Db, community: int, party: UUID) -> Purpose:
    """On what ground a talk with this member is noted: their own yes, or help they asked for."""
    answer = await parties.consent(db, community, party, parties.WORKER_CALL)
    return "attention" if answer == "yes" else "practical"


async def note(
    db: Db, *, community: int, party: UUID, by: UUID, contact: Note, purpose: Purpose,
    owner: UUID | None, now: datetime, spoke: UUID | None = None,
) -> UUID:  # fmt: skip
    """A contact that was made, or tried; older follow-ups are done by it. `owner` looks after the
    next date, when there is one. `by` typed it; `spoke`: somebody else spoke, and wrote it down on
    paper. The contact's id."""
    id_ = new_id()
    await store.followed_up(db, community=community, party=party, now=now)
    await store.insert(
        db, community=community, id_=id_, party=party, by=spoke or by, entered_by=by, purpose=purpose,
        note=contact, owner=owner if contact.follow_up_on else None, now=now,
    )  # fmt: skip
    await audit.note(db, community=community, act="contact.noted", actor=by, subject=party, now=now)
    return id_


async def of(db: Db, community: int, party: UUID, *, limit: int = MOST_SHOWN) -> list[Contact]:
    """The talks with a member, the latest first. For the member, and for who passed `person_for`."""
    return await store.contacts_of(db, community, party, limit)


async def due_for(db: Db, viewer: Viewer, *, limit: int = 50) -> list[FollowUp]:
    """Follow-ups in this worker's neighbourhoods, the oldest date first."""
    if not policy.may(viewer, "contact.write"):
        return []
    return await store.due(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        limit=limit,
    )  # fmt: skip


async def colleagues_for(
    db: Db, viewer: Viewer, person: parties.Party, *, now: datetime
) -> list[Colleague]:
    """Other workers who could look after this member."""
    return await store.colleagues(
        db, community=viewer.community_id, area=person.area_id, party=person.id,
        worker=viewer.party_id, today=local_date(now),
    )  # fmt: skip


async def follow_up_for(db: Db, viewer: Viewer, id_: UUID) -> parties.Party:
    """The member of an open follow-up, for a worker of that neighbourhood. Raises NotFound."""
    waiting = await store.open_follow_up(db, viewer.community_id, id_)
    return await person_for(db, viewer, waiting.party_id)


async def hand_over(
    db: Db, viewer: Viewer, id_: UUID, *, to: UUID, aside: bool, now: datetime
) -> None:
    """A colleague (or this worker) looks after it from now on. `aside`: this worker knows the
    member in private and does not want to see more. Raises NotFound, or Conflict when the
    colleague cannot, or it was done in the meantime."""
    person = await follow_up_for(db, viewer, id_)
    await demand_colleague(db, viewer, person, to, now=now)
    if not await store.hand_over(db, community=viewer.community_id, id_=id_, to=to):
        raise Conflict(_("Dit is intussen al gedaan."))
    if aside:
        await step_aside(db, viewer, person.id, now=now)


async def demand_colleague(
    db: Db, viewer: Viewer, person: parties.Party, to: UUID, *, now: datetime
) -> None:
    """Raises Conflict when `to` cannot look after this member."""
    if to == viewer.party_id:
        return
    if to not in {c.id for c in await colleagues_for(db, viewer, person, now=now)}:
        raise Conflict(_("Deze collega werkt hier niet. Kies iemand anders."))


async def step_aside(db: Db, viewer: Viewer, party: UUID, *, now: datetime) -> None:
    """This worker knows the member in private: page, notes and lines are closed from now on."""
    await store.step_aside(
        db, community=viewer.community_id, worker=viewer.party_id, party=party, now=now
    )
    await audit.note(
        db, community=viewer.community_id, act="contact.stepped_aside", actor=viewer.party_id,
        subject=party, now=now,
    )  # fmt: skip


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """Whatever lies with somebody who no longer works there gets another owner."""
    await store.reassign(db, community=community, today=local_date(now))


async def let_go(db: Db, community: int, party: UUID, *, now: datetime) -> None:
    """The member wants to be left in peace: no next date under her yes waits any more."""
    await store.let_go(db, community=community, party=party, now=now)


async def forget_attention(db: Db, community: int, party: UUID) -> None:
    """A yes was taken back: everything that was noted under it goes, in this transaction."""
    await store.forget_attention(db, community, party)


async def forget_old(db: Db, *, community: int, now: datetime) -> None:
    """Notes past the community's term go."""
    terms = await areas.terms(db, community)
    await store.forget_old(db, community, local_date(now) - timedelta(days=terms.notes_days))
