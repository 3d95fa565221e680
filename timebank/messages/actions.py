"""Verbs of the messages: answer a post, write in a talk, hide what was reported."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, exchanges, notices, parties
from timebank.exchanges import By
from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid, NotFound, TooMany
from timebank.messages import store
from timebank.messages.model import AFTER_REFUSAL, NEW_FIRST_CONTACTS, is_newcomer
from timebank.posts import Post, worries
from timebank.web.viewer import Viewer

LIMIT = throttle.Limit(60, throttle.HOUR)
"""Messages by one hand in an hour: more than anybody types, few for a machine."""
_DAY = timedelta(days=1)


async def reply(
    db: Db, viewer: Viewer, post: Post, words: str, *, now: datetime, by: By | None = None,
    language: str | None = None,
) -> UUID:  # fmt: skip
    """Answer a post: a talk begins with this first message; the exchange's id. `by` and `language`
    are the writer's, when somebody who works here sends on what was held.

    Raises NotFound (one's own post, or who may not meet), Conflict (taken, answered already),
    TooMany (a newcomer's fourth first contact in a day, or anew too soon after a no) or Invalid.
    """
    by, other = by or By.viewer(viewer), post.by.id
    here = await parties.lock(db, community=by.community, ids=[by.subject_id, other])
    if other == by.subject_id or not await parties.may_meet(
        db, by.community, by.subject_id, other
    ):  # fmt: skip
        raise NotFound
    if by.acting and other == by.hand_id:
        raise exchanges.both_sides()
    if not here or not post.is_open:
        raise Conflict(_("Dit is al geregeld, of het staat er niet meer."))
    await _first_contact_allowed(db, by, other, now)
    helps = post.direction == "need"
    exchange = await exchanges.begin(
        db, by, other=other, title=post.title, mode="gift" if post.together else "hours",
        gives=helps or post.together, gets=not helps or post.together, post=post.id,
        area=post.area_id if helps else await _area_of(db, by, viewer), now=now,
    )  # fmt: skip
    await _put(db, by, language or viewer.language, exchange, words, first=True, now=now)
    await notices.tell(
        db, community=by.community, to=other, kind="reply_received", now=now,
        about=("exchange", exchange), who_id=by.subject_id,
    )  # fmt: skip
    return exchange


async def _first_contact_allowed(db: Db, by: By, other: UUID, now: datetime) -> None:
    """Slow for newcomers and after a no; a worker who writes for somebody is neither."""
    if by.acting:
        return
    if await exchanges.wrote_after_refusal(
        db, community=by.community, party=by.subject_id, other=other, since=now - AFTER_REFUSAL
    ):
        raise TooMany(
            _("U schreef deze buur al, en het paste toen niet. Over een maand kan het weer."),
            retry_after=86400,
        )
    if not await _is_new(db, by, now):
        return
    begun = await exchanges.first_contacts(
        db, community=by.community, party=by.subject_id, but=other, since=now - _DAY
    )
    if begun >= NEW_FIRST_CONTACTS:
        raise TooMany(
            _("In het begin kunt u %(n)d nieuwe buren op een dag schrijven. Morgen kan het weer.",
              n=NEW_FIRST_CONTACTS),
            retry_after=86400,
        )  # fmt: skip


async def _is_new(db: Db, by: By, now: datetime) -> bool:
    admitted = await store.admitted_at(db, community=by.community, party=by.subject_id)
    confirmed = not await exchanges.is_new(db, community=by.community, party=by.subject_id)
    return is_newcomer(admitted_at=admitted, confirmed=confirmed, now=now)


async def write(
    db: Db, viewer: Viewer, exchange: UUID, words: str, *, now: datetime, by: By | None = None,
    language: str | None = None,
) -> UUID:  # fmt: skip
    """One more message in a talk; its id. The others hear it once until they look.

    Raises NotFound, Conflict when the talk is over, TooMany or Invalid.
    """
    by = by or By.viewer(viewer)
    found = await exchanges.for_party(db, by, exchange, lock=True)
    exchanges.demand_other_hand(by, found)
    if not exchanges.may_write(found, now) or not await _are_here(db, by, found.party_ids):
        raise Conflict(_("Dit gesprek is klaar. Hier kunt u niets meer schrijven."))
    message = await _put(db, by, language or viewer.language, exchange, words, first=False, now=now)
    await exchanges.spoke(db, by, found, now)
    await notices.mark_about_read(
        db, community=by.community, party=by.subject_id, about_id=exchange, now=now
    )
    if by.acting:
        await audit.note(
            db, community=by.community, act="message.written", actor=by.hand_id,
            on_behalf_of=by.subject_id, subject=by.subject_id, about=("exchange", exchange),
            now=now,
        )  # fmt: skip
    for party in found.party_ids:
        if party != by.subject_id and not await store.told_lately(
            db, community=by.community, party=party, exchange=exchange
        ):
            await notices.tell(
                db, community=by.community, to=party, kind="message_received", now=now,
                about=("exchange", exchange), who_id=by.subject_id,
            )  # fmt: skip
    return message


async def _are_here(db: Db, by: By, both: Iterable[UUID]) -> bool:
    """Whether all take part: nobody writes to who left, died or is kept out, and nothing that waited
    goes out as theirs."""
    ids = list(both)
    cards = await parties.cards(db, by.community, ids)
    return all(id_ in cards and cards[id_].state in parties.TAKING_PART for id_ in ids)


async def _area_of(db: Db, by: By, viewer: Viewer) -> UUID:
    """Where the one lives who is helped."""
    if by.subject_id == viewer.subject_id:
        return viewer.subject_area_id
    return (await parties.party(db, by.community, by.subject_id)).area_id


async def _put(
    db: Db, by: By, language: str, exchange: UUID, words: str, *, first: bool, now: datetime
) -> UUID:
    await throttle.count(
        db, community=by.community, kind="message", key=throttle.key_of(by.hand_id), limit=LIMIT,
        now=now,
    )  # fmt: skip
    found = worries(words)
    if "link" in found and not by.acting and await _is_new(db, by, now):
        raise Invalid(
            {"words": _("In het begin kan er geen adres van een website in. Haal het weg.")}
        )
    return await store.insert(
        db, community=by.community, exchange=exchange, from_id=by.subject_id,
        entered_by=by.hand_id, words=words, language=language, care=" ".join(found),
        first=first, now=now,
    )  # fmt: skip


async def hide(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> None:
    """Moderation takes a message out of sight; why is kept by moderation. Raises NotFound."""
    if not await store.set_hidden(db, community=community, id_=id_, hidden=True, by=by, now=now):
        raise NotFound


async def show_again(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> None:
    """Moderation puts a message back. Raises NotFound."""
    if not await store.set_hidden(db, community=community, id_=id_, hidden=False, by=by, now=now):
        raise NotFound
