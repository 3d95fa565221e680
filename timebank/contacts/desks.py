"""The desks of those who watch over neighbourhoods: whose is what, and when was it last opened."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.contacts import desk_store as store
from timebank.contacts.desk_model import Desks, Shared
from timebank.kernel.db import Db
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


async def open_desk(db: Db, viewer: Viewer, *, today: date) -> None:
    """A worker looks at the own desk: nobody has to stand in."""
    if policy.worker(viewer):
        await store.desk_opened(
            db, community=viewer.community_id, worker=viewer.party_id, today=today
        )
