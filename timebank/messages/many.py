"""The same text to many: from the fourth neighbour in a day on it waits until somebody has looked.

Our own first sentence, sent as it stands, is nobody's advertisement and is not counted; nor is what a
worker writes for members. What waits is no message: the neighbour knows of nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import access, audit, exchanges, notices, parties, posts
from timebank.exchanges import By
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.messages import actions, store
from timebank.messages.model import MANY, Held, alike
from timebank.posts import Post
from timebank.web.policy import demand
from timebank.web.viewer import Viewer

_DAY = timedelta(days=1)


def first_words(found: Post) -> str:
    """A first sentence to change."""
    if found.together:
        return _("Dag %(name)s, ik doe graag mee.", name=found.by.call_name)
    if found.direction == "need":
        return _("Dag %(name)s, ik wil u hier graag mee helpen.", name=found.by.call_name)
    return _("Dag %(name)s, hier wil ik graag hulp bij.", name=found.by.call_name)


async def reply(db: Db, viewer: Viewer, post: Post, words: str, *, now: datetime) -> UUID | None:
    """As `messages.reply`; None when the text waits for somebody to look."""
    ours = words.strip() == first_words(post)
    if ours or not await _to_many(db, viewer, words, post.by.id, now):
        return await actions.reply(db, viewer, post, words, now=now)
    if post.by.id == viewer.subject_id or not post.is_open:
        raise NotFound
    await _hold(db, viewer, post.by.id, words, now, post=post.id)
    return None


async def write(
    db: Db, viewer: Viewer, exchange: UUID, words: str, *, now: datetime
) -> UUID | None:
    """As `messages.write`; None when the text waits for somebody to look."""
    by = By.viewer(viewer)
    other = (await exchanges.for_party(db, by, exchange)).other(by.subject_id)
    if not await _to_many(db, viewer, words, other, now):
        return await actions.write(db, viewer, exchange, words, now=now)
    await _hold(db, viewer, other, words, now, exchange=exchange)
    return None


async def _to_many(db: Db, viewer: Viewer, words: str, to: UUID, now: datetime) -> bool:
    if viewer.acting_for is not None or viewer.roles:
        return False
    lately = await store.written_lately(
        db, community=viewer.community_id, party=viewer.party_id, since=now - _DAY
    )
    return len({other for other, said in lately if other != to and alike(said, words)}) >= MANY


async def _hold(
    db: Db, viewer: Viewer, to: UUID, words: str, now: datetime, *, post: UUID | None = None,
    exchange: UUID | None = None,
) -> None:  # fmt: skip
    community, writer = viewer.community_id, viewer.party_id
    if not await store.hold(
        db, community=community, from_id=writer, to=to, post=post, exchange=exchange,
        words=words, language=viewer.language, now=now,
    ):  # fmt: skip
        raise Conflict(_("Dit bericht wacht al. Iemand kijkt er eerst naar."))
    who = await access.staff_of(db, community=community, area=viewer.area_id, today=local_date(now))
    for member in who:
        await notices.tell(
            db, community=community, to=member, kind="message_waits", now=now,
            about=("held", writer), who_id=writer,
        )  # fmt: skip


def _areas(viewer: Viewer) -> tuple[UUID, ...] | None:
    demand(viewer, "report.handle")
    return None if viewer.is_admin else viewer.worker_areas


async def waiting(db: Db, viewer: Viewer, *, now: datetime) -> list[Held]:
    """What waits, for those who work here; that they read it is written down first."""
    found = await store.held(
        db, community=viewer.community_id, areas=_areas(viewer), viewer=viewer.party_id
    )
    for writer in sorted({held.from_id for held in found}):
        await audit.note(
            db, community=viewer.community_id, act="message.looked", actor=viewer.party_id,
            subject=writer, now=now,
        )  # fmt: skip
    return found


async def send_on(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """It is all right: it goes to the neighbour, as the writer's. Raises NotFound, Conflict."""
    held = await _taken(db, viewer, id_)
    by = By(viewer.community_id, held.from_id, held.from_id)
    try:
        await _send(db, viewer, by, held, now)
    except NotFound:
        raise _cannot_go_on() from None
    await _decided(db, viewer, held, "message.sent_on", now)


async def _send(db: Db, viewer: Viewer, by: By, held: Held, now: datetime) -> None:
    if held.post_id is not None:
        found = await posts.post_for(db, viewer, held.post_id, now=now)
        await actions.reply(db, viewer, found, held.words, now=now, by=by, language=held.language)
    elif held.exchange_id is not None:
        await actions.write(
            db, viewer, held.exchange_id, held.words, now=now, by=by, language=held.language
        )


def _cannot_go_on() -> Conflict:
    """The two shall not meet any more, or what it was about is gone: not a word about why."""
    return Conflict(_("Dit bericht kan niet meer verder. Stuur het terug."))


async def turn_back(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """It does not go; the writer hears that, kindly. Raises NotFound."""
    held = await _taken(db, viewer, id_)
    await notices.tell(
        db, community=viewer.community_id, to=held.from_id, kind="message_turned_back", now=now
    )
    await _decided(db, viewer, held, "message.turned_back", now)


async def _taken(db: Db, viewer: Viewer, id_: UUID) -> Held:
    held = await store.take_held(
        db, community=viewer.community_id, id_=id_, areas=_areas(viewer), viewer=viewer.party_id
    )
    if held is None:
        raise NotFound
    return held


async def _decided(db: Db, viewer: Viewer, held: Held, act: str, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=held.from_id,
        now=now,
    )  # fmt: skip


async def names_of(db: Db, community: int, found: list[Held]) -> dict[UUID, parties.Card]:
    """To whom these would go."""
    return await parties.cards(db, community, {held.to_id for held in found})
