"""The desks of those who watch over neighbourhoods: whose is what, and when was it last opened."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank import audit
from timebank.contacts import desk_store as store
from timebank.contacts.actions import of, person_for
from timebank.contacts.desk_model import Desks, Shared
from timebank.contacts.model import Contact
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.web import policy
from timebank.web.viewer import Viewer


async def desks(db: Db, viewer: Viewer, *, today: date) -> Desks:
    """The desks of this worker's neighbourhoods; of all of them for an admin."""
    areas = None if policy.admin(viewer) else viewer.worker_areas
    found = await store.watchers(db, community=viewer.community_id, areas=areas, today=today)
    asides = await store.asides_of(db, viewer.community_id, [w.id for w in found])
    return Desks(found, asides)


async def line_owners(
    db: Db, community: int, about: Sequence[UUID]
) -> dict[tuple[Shared, UUID], UUID]:
    """To whom these lines were handed."""
    return await store.line_owners(db, community, about)


async def hand_line(
    db: Db, *, community: int, kind: Shared, about: UUID, to: UUID, now: datetime
) -> None:
    """This line lies with them from now on; whether it may is for the desk to say."""
    await store.put_line_owner(db, community=community, kind=kind, about=about, owner=to, now=now)


async def not_needed(db: Db, viewer: Viewer, party: UUID, *, now: datetime) -> bool:
    """This worker says that nobody needs to get acquainted with a new member: not asked again. False
    when it was said already. Raises NotFound."""
    await person_for(db, viewer, party)
    said = await store.not_needed(
        db, community=viewer.community_id, party=party, by=viewer.party_id, now=now
    )
    if said:
        await audit.note(
            db, community=viewer.community_id, act="welcome.not_needed", actor=viewer.party_id,
            subject=party, now=now,
        )  # fmt: skip
    return said


async def open_desk(db: Db, viewer: Viewer, *, today: date) -> None:
    """A worker looks at the own desk: nobody has to stand in."""
    if policy.worker(viewer):
        await store.desk_opened(
            db, community=viewer.community_id, worker=viewer.party_id, today=today
        )


async def seal(db: Db, viewer: Viewer, parties: Sequence[UUID], *, to: UUID, now: datetime) -> None:
    """Handed over without the notes: what was said so far stays closed to the new one."""
    await store.seal(
        db, community=viewer.community_id, worker=to, parties=sorted(set(parties)), now=now
    )


async def open_notes(db: Db, viewer: Viewer, party: UUID, *, now: datetime) -> None:
    """The member was asked, and says that this worker may read what was said before. Raises
    NotFound, Conflict when nothing was closed."""
    await person_for(db, viewer, party)
    if not await store.unseal(
        db, community=viewer.community_id, worker=viewer.party_id, party=party
    ):
        raise Conflict(_("Dit is intussen al gedaan."))
    await audit.note(
        db, community=viewer.community_id, act="contact.opened", actor=viewer.party_id,
        subject=party, now=now,
    )  # fmt: skip


async def talks_for(db: Db, viewer: Viewer, party: UUID) -> tuple[list[Contact], bool]:
    """The talks with a member that this worker may read, the latest first, and whether there are
    others; for who passed `person_for`."""
    every = await of(db, viewer.community_id, party)
    before = await store.sealed_before(
        db, community=viewer.community_id, worker=viewer.party_id, party=party
    )
    if before is None:
        return every, False
    own = [
        talk
        for talk in every
        if talk.at > before or viewer.party_id in (talk.by_id, talk.entered_by_id)
    ]
    return own, len(own) < len(every)
