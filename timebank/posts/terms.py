"""What the calendar and the membership of its owner do to a post."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from timebank import notices
from timebank.kernel import search
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.posts import store

BATCH = 500
_FIRST = UUID(int=0)


async def warn_and_expire(db: Db, *, community: int, now: datetime) -> None:
    """Once a day: warn owners before the last day of a post, and ask them 'Nog nodig?' after it.

    Days are days in Amsterdam; how long before stands in the community's rules. Doing it twice
    on a day tells nobody twice.
    """
    today = local_date(now)
    for ended in await store.warn(db, community=community, today=today, now=now):
        assert ended.expires_on is not None  # noqa: S101  # the query gives it
        await notices.tell(
            db, community=community, to=ended.by_id, kind="post_expiring", now=now,
            about=("post", ended.id), on=ended.expires_on, direction=ended.direction,
        )  # fmt: skip
    for ended in await store.expire(db, community=community, today=today, now=now):
        await notices.withdraw(db, community=community, about_id=ended.id, now=now)
        if ended.hidden_at is None:
            await notices.tell(
                db, community=community, to=ended.by_id, kind="post_expired", now=now,
                about=("post", ended.id), direction=ended.direction,
            )  # fmt: skip


async def pause_all_of(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Somebody does not take part for now (rest, suspended): what they have open rests too."""
    for id_ in await store.pause_all_of(db, community=community, by=party, now=now):
        await notices.withdraw(db, community=community, about_id=id_, now=now)


async def resume_all_of(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """They take part again: what rested with them is open, for some days at least."""
    await store.resume_all_of(db, community=community, by=party, today=local_date(now), now=now)


async def close_of(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Somebody left or died: nothing of theirs is asked or offered any more, and nobody is asked
    about it."""
    for id_ in await store.close_all_of(db, community=community, by=party, now=now):
        await notices.withdraw(db, community=community, about_id=id_, now=now)


async def reindex(db: Db, community: int) -> AsyncIterator[tuple[int, int]]:
    """Cut all posts into stems again; yields how many are done, and of how many."""
    total = await store.count(db, community)
    after, done = _FIRST, 0
    while batch := await store.texts(db, community, after, BATCH):
        stems = {id_: search.tsvector_text(title, words) for id_, title, words in batch}
        await store.set_stems(db, community, stems)
        after = batch[-1][0]
        done += len(batch)
        yield done, total
