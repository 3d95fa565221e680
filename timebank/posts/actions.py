"""Verbs of the posts: what a member (or a worker for them) does, and what an exchange brings about.

Everything here acts on `viewer.subject_id`; the hand is `viewer.party_id`.
"""

from datetime import datetime
from uuid import UUID

from timebank import audit, notices
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.posts import finding, store
from timebank.posts.fit import Reader, reason
from timebank.posts.model import Direction, Fit, Own, Post, State, Wish
from timebank.web.viewer import Viewer

RENEWABLE: tuple[State, ...] = ("open", "expired", "withdrawn")


async def post_for(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> Post:
    """A post as this viewer may see it: open and of somebody they may meet, their own, one they
    have an appointment about, or any where they work. Raises NotFound."""
    found = await store.find_post(db, viewer, id_, today=local_date(now))
    if found is None:
        raise NotFound
    return found


async def mine(db: Db, viewer: Viewer, direction: Direction, *, now: datetime) -> list[Own]:
    """What this member asks or offers and is not over, newest first, with counts of answers."""
    return await store.mine(db, viewer, direction, today=local_date(now))


async def reader(db: Db, viewer: Viewer, *, now: datetime) -> Reader:
    """What this member can truthfully be told about posts of others."""
    return await finding.reader(db, viewer, today=local_date(now))


async def fitting(
    db: Db, viewer: Viewer, *directions: Direction, limit: int, now: datetime
) -> list[Fit]:
    """Open posts of neighbours in these directions that fit this member, the best first, each
    with its true reason."""
    to = await reader(db, viewer, now=now)
    found = await finding.fitting(db, viewer, directions, to, limit=limit, today=local_date(now))
    return [Fit(post, reason(post, to)) for post in found]


async def publish(db: Db, viewer: Viewer, wish: Wish, *, now: datetime) -> UUID:
    """A new open post, for the community's term; its id. Raises Conflict when its owner does not
    take part now."""
    made = await store.insert(
        db, community=viewer.community_id, by=viewer.subject_id, entered_by=viewer.party_id,
        wish=wish, today=local_date(now), now=now,
    )  # fmt: skip
    if made is None:
        raise Conflict(_("U doet nu even niet mee. Daarom kan dit er nu niet bij."))
    await _note(db, viewer, "post.published", made, now)
    return made


async def edit(db: Db, viewer: Viewer, id_: UUID, wish: Wish, *, now: datetime) -> None:
    """Other words in one's own post. Raises NotFound, Conflict."""
    await _own(db, viewer, id_, now)
    changed = await store.update_words(
        db, community=viewer.community_id, id_=id_, by=viewer.subject_id, wish=wish
    )
    await _done(db, viewer, "post.edited", id_, changed, now)


async def pause(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """Out of sight until resumed. Raises NotFound, Conflict."""
    await _own(db, viewer, id_, now)
    changed = await store.pause(
        db, community=viewer.community_id, id_=id_, by=viewer.subject_id, now=now
    )
    await _done(db, viewer, "post.paused", id_, changed, now)


async def resume(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """A paused post is open again, for a whole term. Raises NotFound, Conflict."""
    await _reopened(db, viewer, id_, ("paused",), "post.resumed", now)


async def renew(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """'Ja, nog nodig': open for a whole term again, also when it had ended. Raises NotFound,
    Conflict."""
    await _reopened(db, viewer, id_, RENEWABLE, "post.renewed", now)


async def withdraw(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """Taken away; `renew` undoes it. Raises NotFound, Conflict."""
    await _own(db, viewer, id_, now)
    changed = await store.withdraw(
        db, community=viewer.community_id, id_=id_, by=viewer.subject_id, now=now
    )
    await _done(db, viewer, "post.withdrawn", id_, changed, now)


async def mark_matched(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """An appointment was made about a post: a need is matched from now on, an offer stays open for
    others. False when it was taken already, or is over."""
    return await store.mark_matched(db, community=community, id_=id_, now=now)


async def hold(db: Db, *, community: int, id_: UUID) -> None:
    """Whoever else would match, reopen or close this post waits for this transaction."""
    await store.hold(db, community=community, id_=id_)


async def takes_one(db: Db, *, community: int, id_: UUID) -> bool:
    """Whether one appointment settles this post: so for a need, not for an offer."""
    return await store.direction_of(db, community, id_) == "need"


async def reopen(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """The appointment fell through: matched becomes open, for some days at least. False when it
    was not matched."""
    today = local_date(now)
    return await store.reopen(db, community=community, id_=id_, today=today, now=now)


async def close(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """It was done: matched becomes closed. False when it was not matched (an offer never is)."""
    return await store.close(db, community=community, id_=id_, now=now)


async def hide(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """Moderation takes a post out of sight; why is kept by moderation. Raises NotFound."""
    if not await store.set_hidden(db, community=community, id_=id_, hidden=True, now=now):
        raise NotFound


async def show_again(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """Moderation puts a post back in sight. Raises NotFound."""
    if not await store.set_hidden(db, community=community, id_=id_, hidden=False, now=now):
        raise NotFound


async def _own(db: Db, viewer: Viewer, id_: UUID, now: datetime) -> Post:
    post = await post_for(db, viewer, id_, now=now)
    if post.by.id != viewer.subject_id:
        raise NotFound
    return post


async def _reopened(
    db: Db, viewer: Viewer, id_: UUID, from_states: tuple[State, ...], act: str, now: datetime
) -> None:
    await _own(db, viewer, id_, now)
    changed = await store.renew(
        db, community=viewer.community_id, id_=id_, by=viewer.subject_id,
        from_states=from_states, today=local_date(now), now=now,
    )  # fmt: skip
    await _done(db, viewer, act, id_, changed, now)


async def _done(db: Db, viewer: Viewer, act: str, id_: UUID, changed: bool, now: datetime) -> None:
    if not changed:
        raise Conflict(_("Dit is intussen veranderd. Kijk hoe het er nu voor staat."))
    await notices.mark_about_read(
        db, community=viewer.community_id, party=viewer.subject_id, about_id=id_, now=now
    )
    await _note(db, viewer, act, id_, now)


async def _note(db: Db, viewer: Viewer, act: str, id_: UUID, now: datetime) -> None:
    """What is done for somebody stands in the log that they can read."""
    if viewer.acting_for is None:
        return
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id,
        on_behalf_of=viewer.subject_id, subject=viewer.subject_id, about=("post", id_), now=now,
    )  # fmt: skip
