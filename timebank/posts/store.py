"""Queries of the posts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel import search
from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id
from timebank.posts.model import (
    Author,
    Direction,
    Gone,
    Own,
    Post,
    State,
    Wish,
)
from timebank.web.viewer import Viewer

q = load("posts")


class Ended(msgspec.Struct, frozen=True):
    """A post whose last day is near, or over."""

    id: UUID
    by_id: UUID
    direction: Direction
    expires_on: date | None = None
    hidden_at: datetime | None = None


def as_post(row: Any) -> Post:
    """A row of post_shown."""
    values = dict(row)
    author = Author(
        values.pop("by_id"), values.pop("call_name") or "–", values.pop("full_name") or "–"
    )
    known = {name: values[name] for name in Post.__struct_fields__ if name != "by"}
    return msgspec.convert({**known, "by": author}, Post)


async def insert(
    db: Db, *, community: int, by: UUID, entered_by: UUID, wish: Wish, today: date, now: datetime
) -> UUID | None:
    """A new open post of `by`; its id, or None when `by` does not take part."""
    found: UUID | None = await q.insert(
        db, community=community, id=new_id(), direction=wish.direction,
        beneficiary=wish.beneficiary_id, by=by, entered_by=entered_by, today=today, now=now,
        **_columns(wish),
    )  # fmt: skip
    return found


async def update_words(db: Db, *, community: int, id_: UUID, by: UUID, wish: Wish) -> bool:
    """Other words in a post of one's own; False when it is past changing."""
    return bool(
        await q.update_words(db, community=community, id=id_, by=by, **_columns(wish)) is not None
    )


def _columns(wish: Wish) -> dict[str, Any]:
    return {
        "title": wish.title,
        "words": wish.words,
        "category": wish.category,
        "together": wish.together,
        "minutes": wish.minutes,
        "when_text": wish.when_text,
        "place": wish.place_id,
        "stems": search.tsvector_text(wish.title, wish.words),
    }


async def pause(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> bool:
    """Open becomes paused; False when it was not open."""
    return await q.pause(db, community=community, id=id_, by=by, now=now) is not None


async def renew(
    db: Db, *, community: int, id_: UUID, by: UUID, from_states: Sequence[State], today: date,
    now: datetime,
) -> bool:  # fmt: skip
    """Open for a whole term again; False when it was in none of `from_states`."""
    found = await q.renew(
        db, community=community, id=id_, by=by, from_states=list(from_states), today=today, now=now
    )
    return found is not None


async def withdraw(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> bool:
    """Taken away by its owner; False when there is an appointment about it, or it is over."""
    return await q.withdraw(db, community=community, id=id_, by=by, now=now) is not None


async def mark_matched(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """A need becomes matched, an offer stays as it is; False when it was taken or is over."""
    return await q.mark_matched(db, community=community, id=id_, now=now) is not None


async def hold(db: Db, *, community: int, id_: UUID) -> None:
    """Locked until the transaction ends."""
    await q.hold(db, community=community, id=id_)


async def direction_of(db: Db, community: int, id_: UUID) -> Direction | None:
    """Whether it is an offer or a need; None when there is no such post."""
    found: Direction | None = await q.direction_of(db, community=community, id=id_)
    return found


async def reopen(db: Db, *, community: int, id_: UUID, today: date, now: datetime) -> bool:
    """Matched becomes open; False when it was not matched."""
    return await q.reopen(db, community=community, id=id_, today=today, now=now) is not None


async def close(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """Matched becomes closed; False when it was not matched."""
    return await q.close(db, community=community, id=id_, now=now) is not None


async def pause_all_of(db: Db, *, community: int, by: UUID, now: datetime) -> list[UUID]:
    """All open posts of a party rest; their ids."""
    return [r["id"] for r in await q.pause_all_of(db, community=community, by=by, now=now)]


async def resume_all_of(
    db: Db, *, community: int, by: UUID, today: date, now: datetime
) -> list[UUID]:
    """What rested with its owner is open again; the ids."""
    found = await q.resume_all_of(db, community=community, by=by, today=today, now=now)
    return [r["id"] for r in found]


async def close_all_of(db: Db, *, community: int, by: UUID, now: datetime) -> list[UUID]:
    """Everything of a party that was not over is withdrawn; the ids."""
    return [r["id"] for r in await q.close_all_of(db, community=community, by=by, now=now)]


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erasure: the texts of this party's posts go. What they were about stays as a code."""
    await q.forget(db, community=community, party=party)


async def set_hidden(db: Db, *, community: int, id_: UUID, hidden: bool, now: datetime) -> bool:
    """Out of sight, or in sight again; False when there is no such post."""
    found = await q.set_hidden(db, community=community, id=id_, hidden=hidden, now=now)
    return found is not None


async def warn(db: Db, *, community: int, today: date, now: datetime) -> list[Ended]:
    """Posts whose last day is near and whose owners were not told yet; they are now marked so."""
    return await rows(Ended, q.warn(db, community=community, today=today, now=now))


async def expire(db: Db, *, community: int, today: date, now: datetime) -> list[Ended]:
    """Posts whose last day is over, now expired."""
    return await rows(Ended, q.expire(db, community=community, today=today, now=now))


async def find_post(db: Db, viewer: Viewer, id_: UUID, *, today: date) -> Post | None:
    """A post as this viewer may see it, or None. Those who work here see all of their area."""
    own_name = viewer.acting_for is None
    found = await q.post_for(
        db, community=viewer.community_id, id=id_, subject=viewer.subject_id, today=today,
        areas=list(viewer.worker_areas) if own_name else [],
        everywhere=own_name and viewer.is_admin,
    )  # fmt: skip
    return None if found is None else as_post(found)


async def find_gone(db: Db, viewer: Viewer, id_: UUID) -> Gone | None:
    """That a post is over, for who could have seen it; or None."""
    found = await q.gone_for(db, community=viewer.community_id, id=id_, subject=viewer.subject_id)
    return None if found is None else msgspec.convert(dict(found), Gone)


async def mine(db: Db, viewer: Viewer, direction: Direction, *, today: date) -> list[Own]:
    """What this member asks or offers and is not over, newest first."""
    found = await q.mine(
        db, community=viewer.community_id, subject=viewer.subject_id, direction=direction,
        today=today,
    )  # fmt: skip
    return [Own(as_post(row), row["replies"]) for row in found]


async def replies(db: Db, community: int, post: Post) -> int:
    """How many neighbours answered and are still there to talk to."""
    found: int = await q.replies(db, community=community, id=post.id, by=post.by.id)
    return found


async def leaflet(
    db: Db, *, community: int, area: UUID, direction: Direction, reader: UUID | None, today: date,
    limit: int = 40,
) -> list[Post]:  # fmt: skip
    """What stands open in a neighbourhood, newest first, for a sheet of paper that one member reads,
    or (without `reader`) anybody."""
    found = await q.leaflet(
        db, community=community, area=area, direction=direction, reader=reader, today=today,
        limit=limit,
    )  # fmt: skip
    return [as_post(row) for row in found]


async def all_in_areas(
    db: Db, community: int, areas: Sequence[UUID], *, direction: Direction | None,
    state: State | None, hidden: bool, before: UUID | None, limit: int, today: date,
) -> list[Post]:  # fmt: skip
    """For those who work here: posts in every state, newest first."""
    found = await q.all_in_areas(
        db, community=community, areas=list(areas), direction=direction, state=state,
        hidden=hidden, before=before, limit=limit, today=today,
    )  # fmt: skip
    return [as_post(row) for row in found]


async def count(db: Db, community: int) -> int:
    """How many posts a community has, in any state."""
    found: int = await q.count(db, community=community)
    return found


async def texts(db: Db, community: int, after: UUID, limit: int) -> list[tuple[UUID, str, str]]:
    """Id, title and words of the next posts by id."""
    found = await q.texts(db, community=community, after=after, limit=limit)
    return [(r["id"], r["title"], r["words"]) for r in found]


async def set_stems(db: Db, community: int, stems: dict[UUID, str]) -> None:
    """What search looks at, for each of these posts."""
    await q.set_stems(db, community=community, ids=list(stems), stems=list(stems.values()))
