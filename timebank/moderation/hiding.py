"""Verbs of what is out of sight: hide a post with a reason its author reads, show it again.

Only a person hides for good. "Dit gaat over mij" takes a post down first, until somebody has
looked; then the author hears of it in the next whole hour, so that no time gives the reporter away.
"""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, messages, notices, posts
from timebank.kernel import outbox
from timebank.kernel.dates import local_date, start_of_day
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.refusals import Conflict, NotFound
from timebank.moderation import store
from timebank.moderation.model import Outcome
from timebank.web.viewer import Viewer


async def post_of(db: Db, viewer: Viewer, post: UUID, *, now: datetime) -> posts.Post:
    """A post that this viewer may hide or show: of their neighbourhoods, and not their own.
    Raises NotFound."""
    found = await posts.post_for(db, viewer, post, now=now)
    if viewer.party_id in (found.by.id, found.beneficiary_id):
        raise NotFound
    if not (viewer.is_admin or viewer.works_in(found.area_id)):
        raise NotFound
    return found


async def hide_post(
    db: Db, viewer: Viewer, post: UUID, *, reason: str, words: str, now: datetime
) -> None:
    """Out of sight, with a reason the author reads; every open report about it is settled by that.
    Whether this viewer may is for the caller to say (`post_of`, or a report they handle).

    Raises NotFound, or Conflict when a colleague hid it a moment ago.
    """
    author = (await store.post_facts(db, viewer.community_id, post)).by_id
    await store.end_first_look(
        db, community=viewer.community_id, post=post, by=viewer.party_id, now=now
    )
    await store.insert_hiding(
        db, community=viewer.community_id, post=post, reason=reason, words=words,
        by=viewer.party_id, now=now,
    )  # fmt: skip
    await posts.hide(db, community=viewer.community_id, id_=post, now=now)
    await _settle(db, viewer, post, author, "hidden", now)
    await notices.withdraw(
        db, community=viewer.community_id, about_id=post, kind="post_hidden", now=now
    )
    await notices.tell(
        db, community=viewer.community_id, to=author, kind="post_hidden", now=now,
        about=("hiding", post), reason=reason,
    )  # fmt: skip


async def show_post(db: Db, viewer: Viewer, post: UUID, *, now: datetime) -> None:
    """In sight again; rights as in hide_post. Raises NotFound, or Conflict when it is already."""
    found = await store.post_facts(db, viewer.community_id, post)
    if not found.hidden:
        raise Conflict(_("Dit bericht staat al weer op de site."))
    await store.end_hiding(
        db, community=viewer.community_id, post=post, by=viewer.party_id, now=now
    )
    await posts.show_again(db, community=viewer.community_id, id_=post, now=now)
    await _settle(db, viewer, post, found.by_id, "left", now)
    await notices.withdraw(
        db, community=viewer.community_id, about_id=post, kind="post_hidden", now=now
    )
    await notices.tell(
        db, community=viewer.community_id, to=found.by_id, kind="post_shown", now=now,
        about=("post", post),
    )  # fmt: skip


async def _settle(
    db: Db, viewer: Viewer, post: UUID, author: UUID, outcome: Outcome, now: datetime
) -> None:
    await audit.note(
        db, community=viewer.community_id, act="post.hidden" if outcome == "hidden" else "post.shown",
        actor=viewer.party_id, subject=author, about=("post", post), now=now,
    )  # fmt: skip
    for report in await store.close_about(
        db, community=viewer.community_id, kind="post", id_=post, outcome=outcome,
        by=viewer.party_id, now=now,
    ):  # fmt: skip
        await audit.note(
            db, community=viewer.community_id, act="report.closed", actor=viewer.party_id,
            about=("report", report), now=now, detail={"outcome": outcome},
        )  # fmt: skip


async def take_down_first(
    db: Db, community: int, post: UUID, report: UUID, *, now: datetime
) -> None:
    """ "Dit gaat over mij": out of sight until somebody has looked, unless somebody looked before
    and let it stand. The row and the log say no time and no name that lead to the reporter."""
    if await store.judged(db, community, post) or await store.hiding(db, community, post):
        return
    day = start_of_day(local_date(now))
    await store.insert_hiding(
        db, community=community, post=post, reason="first_look", words="", by=None, now=day
    )
    await store.set_taken_down(db, community, report)
    await posts.hide(db, community=community, id_=post, now=day)
    await outbox.put(
        db, community=community, kind="moderation.taken_down", payload={"post": str(post)},
        now=now, due_at=next_hour(now),
    )  # fmt: skip


def next_hour(now: datetime) -> datetime:
    """The next whole hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@handles("moderation.taken_down")
async def tell_taken_down(db: Db, errand: Errand) -> None:
    """Payload: post. Tells its author, unless it is in sight again or was hidden for good."""
    post = UUID(errand.job.payload["post"])
    found = await store.hiding(db, errand.community, post)
    if found is None or found.reason != "first_look":
        return
    author = (await store.post_facts(db, errand.community, post)).by_id
    await notices.tell(
        db, community=errand.community, to=author, kind="post_hidden", now=errand.now,
        about=("hiding", post), reason="first_look",
    )  # fmt: skip


async def hide_message(
    db: Db, viewer: Viewer, message: messages.Message, *, reason: str, now: datetime
) -> None:
    """A message keeps its place in the talk and loses its words; its sender is told why."""
    await messages.hide(
        db, community=viewer.community_id, id_=message.id, by=viewer.party_id, now=now
    )
    await audit.note(
        db, community=viewer.community_id, act="message.hidden", actor=viewer.party_id,
        subject=message.from_id, about=("exchange", message.exchange_id), now=now,
    )  # fmt: skip
    await notices.tell(
        db, community=viewer.community_id, to=message.from_id, kind="message_hidden", now=now,
        about=("exchange", message.exchange_id), reason=reason,
    )  # fmt: skip
