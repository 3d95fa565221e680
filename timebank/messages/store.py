"""Queries of the messages."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.ids import new_id
from timebank.kernel.redact import Known
from timebank.messages.model import Held, Message
from timebank.web.viewer import Viewer

q = load("messages")


async def insert(
    db: Db, *, community: int, exchange: UUID, from_id: UUID, entered_by: UUID, words: str,
    language: str, care: str, first: bool, now: datetime,
) -> UUID:  # fmt: skip
    """A new message; its id."""
    id_ = new_id()
    await q.insert(
        db, community=community, id=id_, exchange=exchange, from_id=from_id,
        entered_by=entered_by, words=words, language=language, care=care, first=first, now=now,
    )  # fmt: skip
    return id_


async def message_for(db: Db, viewer: Viewer, id_: UUID) -> Message:
    """A message of an exchange the viewer is party to. Raises NotFound."""
    query = q.message_for(db, community=viewer.community_id, id=id_, party=viewer.subject_id)
    return await one(Message, query)


async def message(db: Db, *, community: int, id_: UUID) -> Message:
    """A message as it is, for who handles a report about it. Raises NotFound."""
    return await one(Message, q.message(db, community=community, id=id_))


async def set_hidden(
    db: Db, *, community: int, id_: UUID, hidden: bool, by: UUID, now: datetime
) -> bool:
    """Out of sight, or back; False when there is no such message."""
    found = await q.set_hidden(db, community=community, id=id_, hidden=hidden, by=by, now=now)
    return found is not None


async def told_lately(db: Db, *, community: int, party: UUID, exchange: UUID) -> bool:
    """Whether this party has an unread notice of the talk already."""
    found: bool = await q.told_lately(db, community=community, party=party, exchange=exchange)
    return found


async def admitted_at(db: Db, *, community: int, party: UUID) -> datetime | None:
    """When this member was admitted."""
    found: datetime | None = await q.admitted_at(db, community=community, party=party)
    return found


async def forget(db: Db, *, community: int, party: UUID, names: Known, now: datetime) -> None:
    """Erasure: this party's messages go; in the answers of others its name becomes "…"."""
    await q.forget(db, community=community, party=party)
    await q.forget_held(db, community=community, party=party)
    for said, words in names.named_in(
        await q.written_to(db, community=community, party=party), "words"
    ):
        await q.set_words(db, community=community, id=said["id"], words=words)


async def written_lately(
    db: Db, *, community: int, party: UUID, since: datetime
) -> list[tuple[UUID, str]]:
    """(receiver, words) of what this member wrote since a moment, held or not."""
    found = await q.written_lately(db, community=community, party=party, since=since)
    return [(r["to_id"], r["words"]) for r in found]


async def hold(
    db: Db, *, community: int, from_id: UUID, to: UUID, post: UUID | None, exchange: UUID | None,
    words: str, language: str, now: datetime,
) -> bool:  # fmt: skip
    """A text waits; False when this post was answered so already."""
    found = await q.hold(
        db, community=community, id=new_id(), from_id=from_id, to=to, post=post,
        exchange=exchange, words=words, language=language, now=now,
    )  # fmt: skip
    return found is not None


async def held(db: Db, *, community: int, areas: Sequence[UUID] | None, viewer: UUID) -> list[Held]:
    """What waits, by writer; `areas` None: everywhere. Nobody sees their own."""
    query = q.held(
        db, community=community, areas=None if areas is None else list(areas), viewer=viewer
    )
    return await rows(Held, query)


async def take_held(
    db: Db, *, community: int, id_: UUID, areas: Sequence[UUID] | None, viewer: UUID
) -> Held | None:
    """A text that somebody decides about now, taken out of waiting."""
    query = q.take_held(
        db, community=community, id=id_, areas=None if areas is None else list(areas),
        viewer=viewer,
    )  # fmt: skip
    return await row(Held, query)
