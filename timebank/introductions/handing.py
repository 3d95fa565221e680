"""Handing an introduction to a colleague, and to who comes after somebody who stopped."""

from datetime import datetime
from uuid import UUID

from timebank import audit
from timebank.introductions import store
from timebank.introductions.asking import introduction_for
from timebank.introductions.steps import changed
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.web.viewer import Viewer


async def hand_over(
    db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime, aside: bool = False
) -> None:
    """A colleague goes on with it; whether that colleague may is for the caller. Raises NotFound,
    Conflict when it is over."""
    found, person, other = await introduction_for(db, viewer, id_, locked=True)
    if to in (person.id, other.id):
        raise NotFound
    if not await store.set_owner(db, community=viewer.community_id, id_=id_, owner=to):
        raise changed()
    await store.insert_step(
        db, community=viewer.community_id, introduction=id_, actor=viewer.party_id,
        from_state=found.state, to_state=found.state, now=now,
        reason="taken_over" if to == viewer.party_id else "handed_over",
    )  # fmt: skip
    await audit.note(
        db, community=viewer.community_id, act="introduction.handed_over", actor=viewer.party_id,
        subject=person.id, about=("introduction", id_), now=now,
    )  # fmt: skip


async def reassign(db: Db, *, community: int, now: datetime) -> None:
    """What lies with somebody who does not work there any more gets another owner."""
    await store.reassign(db, community=community, today=local_date(now))
