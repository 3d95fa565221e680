"""What the two do who may meet: answer, say what came of it, and whether they want this at all."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, notices
from timebank.introductions import store
from timebank.introductions.model import (
    FOLLOW_UP,
    OTHER_DAYS,
    Answer,
    CameOfIt,
    Introduction,
    Side,
    Wish,
)
from timebank.introductions.steps import changed, end, move, note, tell
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer


async def side_for(db: Db, viewer: Viewer, id_: UUID) -> Side:
    """An introduction for one who was asked. Raises NotFound for everybody else."""
    policy.demand(viewer, "own.see")
    return await store.side(db, community=viewer.community_id, id_=id_, viewer=viewer.subject_id)


async def answer(db: Db, viewer: Viewer, id_: UUID, said: Answer, *, now: datetime) -> None:
    """One who was asked answers. Raises NotFound, or Conflict when there is an answer already."""
    community = viewer.community_id
    found = await store.introduction(db, community, id_, locked=True)
    side = await store.side(db, community=community, id_=id_, viewer=viewer.subject_id)
    if side.answer is not None or found.to_ask != viewer.subject_id:
        raise changed()
    await answered(db, viewer, found, viewer.subject_id, said, by=viewer.party_id, now=now)
    await notices.mark_about_read(
        db, community=community, party=viewer.subject_id, about_id=id_, now=now
    )


async def answered(
    db: Db, viewer: Viewer, found: Introduction, side: UUID, said: Answer, *, by: UUID,
    now: datetime,
) -> None:  # fmt: skip
    """A yes or a no of one of the two, said here or to the worker who writes it down (`by`)."""
    community, today = viewer.community_id, local_date(now)
    await store.answer(
        db, community=community, introduction=found.id, party=side, answer=said, by=by, now=now
    )
    owner = found.owner_id
    if by != side:
        await note(db, viewer, "introduction.answered", side, found.id, now, on_behalf_of=side)
    if said == "no":
        await end(db, community, found, "declined", "declined", by=by, now=now)
        if side == found.other_id:
            await tell(db, community, found.party_id, "introduction_not_now", found, now)
    elif side == found.party_id:
        due_on = today + timedelta(OTHER_DAYS)
        await move(
            db, community, found, "first_yes", "said_yes", by=by, due_on=due_on, owner=owner,
            now=now,
        )  # fmt: skip
    else:
        await move(
            db, community, found, "introduced", "said_yes", by=by, due_on=today + FOLLOW_UP,
            owner=owner, introduced_on=today, now=now,
        )  # fmt: skip
        for one in (found.party_id, found.other_id):
            await tell(db, community, one, "introduction_both_yes", found, now)


async def say_what_came_of_it(
    db: Db, viewer: Viewer, id_: UUID, said: CameOfIt, *, now: datetime
) -> None:
    """One of the two says what came of it. They met: it is over. Not yet: over when both say so;
    else a worker asks. Raises NotFound, Conflict when it is over."""
    community = viewer.community_id
    found = await store.introduction(db, community, id_, locked=True)
    await store.side(db, community=community, id_=id_, viewer=viewer.subject_id)
    if found.state not in ("introduced", "followed_up"):
        raise changed()
    await store.came_of_it(
        db, community=community, introduction=id_, party=viewer.subject_id, came_of_it=said
    )
    if viewer.acting_for is not None:
        await note(
            db, viewer, "introduction.told", viewer.subject_id, id_, now,
            on_behalf_of=viewer.subject_id,
        )  # fmt: skip
    both = {one.came_of_it for one in (await store.asks(db, community, id_)).values()}
    if said != "not_met" or both == {"not_met"}:
        await end(db, community, found, said, "told", by=viewer.party_id, now=now)
    await notices.mark_about_read(
        db, community=community, party=viewer.subject_id, about_id=id_, now=now
    )


async def put_wish(db: Db, viewer: Viewer, wish: Wish, *, now: datetime) -> None:
    """What a member says about meeting new people."""
    await store.put_wish(
        db, community=viewer.community_id, party=viewer.subject_id, wish=wish,
        by=viewer.party_id, now=now,
    )  # fmt: skip
    if viewer.acting_for is not None:
        await audit.note(
            db, community=viewer.community_id, act="introduction.wished", actor=viewer.party_id,
            on_behalf_of=viewer.subject_id, subject=viewer.subject_id, now=now,
        )  # fmt: skip
