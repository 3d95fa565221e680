"""What erasure does here: what is open ends, words and places go, the bookings keep their exchange."""

from datetime import datetime
from uuid import UUID

from timebank import audit, notices, posts
from timebank.exchanges import beside, lists, needs, store
from timebank.exchanges.model import OPEN, Exchange
from timebank.exchanges.store import q
from timebank.kernel.db import Db
from timebank.kernel.redact import Known


async def unsettled(db: Db, *, community: int, party: UUID) -> bool:
    """Whether a neighbour still waits for time with this party to be confirmed or put right."""
    found: bool = await q.unsettled(db, community=community, party=party)
    return found


async def hold_open(db: Db, *, community: int, party: UUID) -> None:
    """What is open for this party stays as it is until the transaction ends: who says meanwhile that
    it is done, comes after."""
    still_open = await lists.open_of(db, community=community, party=party)
    for post in sorted({one.post_id for one in still_open if one.post_id is not None}):
        await posts.hold(db, community=community, id_=post)  # posts are always locked first
    for one in still_open:
        await store.lock(db, community, one.id)


async def end_all(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """All that is open for this party ends, without hours, and the others hear it. A need of
    somebody else is open again."""
    for found in await lists.open_of(db, community=community, party=party):
        await _end(db, community, found, party, now)


async def _end(db: Db, community: int, found: Exchange, party: UUID, now: datetime) -> None:
    await needs.ended(db, community, found, now, reason="gone")
    await store.lock(db, community, found.id)
    await notices.withdraw(db, community=community, about_id=found.id, now=now)
    await beside.drop_proposals(db, community, found.id, now)
    if not await store.finish(
        db, community, found.id, state="closed", reason="gone", by=None, from_states=OPEN, now=now
    ):
        return
    for other in found.party_ids:
        if other == party:
            continue
        await audit.note(
            db, community=community, act="exchange.closed", actor=None, subject=other,
            about=("exchange", found.id), now=now, detail={"reason": "gone"},
        )  # fmt: skip
        await notices.tell(
            db, community=community, to=other, kind="neighbour_gone", now=now,
            about=("exchange", found.id),
        )  # fmt: skip


async def forget(db: Db, *, community: int, party: UUID, names: Known, now: datetime) -> None:
    """Erasure: what this party wrote, where they met, and what it was called in their words. In
    the words of others its name becomes "…"."""
    place = {"community": community, "party": party}
    await q.forget_words(db, **place)
    await q.forget_places(db, **place)
    await q.forget_meeting(db, **place)
    await q.forget_titles(db, **place)
    for found, title in names.named_in(await q.titles_beside(db, **place), "title"):
        await q.set_title(db, community=community, id=found["id"], title=title)
    for said, words in names.named_in(await q.words_beside(db, **place), "words"):
        await q.set_words(db, community=community, id=said["id"], words=words)
