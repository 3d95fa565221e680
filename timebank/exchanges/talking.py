"""Verbs before and instead of an appointment: begin, speak, say no, call off, close without hours."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import notices
from timebank.exchanges import beside, lists, needs, store
from timebank.exchanges.hands import changed, note, taken, tell_others
from timebank.exchanges.model import AGREED, TALK_DAYS, By, Exchange, Mode, Side, State
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict

BEFORE: tuple[State, ...] = ("suggested", "talking")


async def begin(
    db: Db, by: By, *, other: UUID, title: str, mode: Mode, gives: bool, gets: bool, area: UUID,
    now: datetime, post: UUID | None = None,
) -> UUID:  # fmt: skip
    """Two members start to talk about doing something; `gives` and `gets` are the beginner's part.

    The other has the next word. Raises Conflict when they talk about this post already.
    """
    id_ = new_id()
    together = gives and gets
    sides = [
        Side(by.subject_id, gives, gets),
        Side(other, together or gets, together or gives),
    ]
    await store.insert(
        db, id_=id_, mode=mode, post=post, area=area, by=by, title=title, asked=other,
        due_on=local_date(now) + timedelta(days=TALK_DAYS), sides=sides, now=now,
    )  # fmt: skip
    await note(db, by, id_, "begun", now)
    return id_


async def spoke(db: Db, by: By, exchange: Exchange, now: datetime) -> None:
    """A message was written: while they only talk, the other has the next word."""
    if exchange.state == "talking" and exchange.next_action == "answer":
        other = exchange.other(by.subject_id)
        await store.set_turn(
            db, by.community, exchange.id, next_action="answer", owner=other, asked=other,
            due_on=local_date(now) + timedelta(days=TALK_DAYS),
        )  # fmt: skip


async def refuse(db: Db, by: By, id_: UUID, *, reason: str, now: datetime) -> Exchange:
    """No, kindly. Who had begun takes it back. Raises Conflict when it is agreed or over already."""
    found = await taken(db, by, id_)
    own = found.started_by_id == by.subject_id
    state: State = "cancelled" if own else "declined"
    if not await store.finish(
        db, by.community, id_, state=state, reason="withdrawn" if own else reason,
        by=by.subject_id, from_states=BEFORE, now=now,
    ):  # fmt: skip
        raise changed()
    await beside.drop_proposals(db, by.community, id_, now)
    await notices.withdraw(db, community=by.community, about_id=id_, now=now)
    await note(db, by, id_, "withdrawn" if own else "declined", now)
    if own:
        await tell_others(db, by, found, "talk_withdrawn", now)
    else:
        await _say_no(db, by, found, reason, now)
    return found


async def _say_no(db: Db, by: By, found: Exchange, reason: str, now: datetime) -> None:
    others = 0
    if found.post_id is not None:
        others = await lists.talks_on_post(db, community=by.community, post=found.post_id)
    await tell_others(db, by, found, "declined", now, reason=reason, others=others)


async def cancel(
    db: Db, by: By, id_: UUID, *, reason: str, words: str, now: datetime,
    whole_series: bool = False,
) -> Exchange:  # fmt: skip
    """An appointment does not take place. With `whole_series` neither do the dates after it."""
    seen = await store.for_party(db, by, id_)
    await needs.ended(db, by.community, seen, now, reason=reason, whole_series=whole_series)
    found = await taken(db, by, id_)
    ids = [id_]
    if whole_series and found.series_id is not None:
        ids = sorted({id_, *await lists.rest_of_series(db, by.community, id_)})
    for one in ids:
        if not await store.finish(
            db, by.community, one, state="cancelled", reason=reason, by=by.subject_id,
            from_states=AGREED, now=now,
        ) and one == id_:  # fmt: skip
            raise changed()
        await beside.drop_proposals(db, by.community, one, now)
        await notices.withdraw(db, community=by.community, about_id=one, now=now)
    await beside.insert_words(db, by, id_, kind="cancellation", words=words, now=now)
    await note(db, by, id_, "cancelled", now, reason=reason, dates=len(ids))
    await tell_others(db, by, found, "cancelled", now, reason=reason, dates=len(ids))
    return found


async def no_show(db: Db, by: By, id_: UUID, *, reason: str, words: str, now: datetime) -> Exchange:
    """The day came and it did not happen. Nothing is booked; the other hears it and may answer."""
    await needs.ended(db, by.community, await store.for_party(db, by, id_), now, reason=reason)
    found = await taken(db, by, id_)
    if found.planned_on is not None and found.planned_on > local_date(now):
        raise Conflict(_("Deze dag moet nog komen. U kunt de afspraak wel afzeggen."))
    if not await store.finish(
        db, by.community, id_, state="no_show", reason=reason, by=by.subject_id,
        from_states=AGREED, now=now,
    ):  # fmt: skip
        raise changed()
    await beside.insert_words(db, by, id_, kind="no_show", words=words, now=now)
    await note(db, by, id_, "no_show", now, reason=reason)
    await tell_others(db, by, found, "no_show", now, reason=reason)
    return found


async def close(db: Db, by: By, id_: UUID, *, reason: str, words: str, now: datetime) -> Exchange:
    """An end without hours, as an act of its own with its reason.

    When hours were asked already, only who would get them may let them go.
    """
    await needs.ended(db, by.community, await store.for_party(db, by, id_), now, reason=reason)
    found = await taken(db, by, id_)
    if found.state in ("done", "disputed") and by.subject_id != found.giver():
        raise Conflict(_("Uw buur gaf tijd door. Klopt die niet? Kies dan “Nee, het was anders”."))
    if not await store.finish(
        db, by.community, id_, state="closed", reason=reason, by=by.subject_id,
        from_states=(*BEFORE, *AGREED, "done", "disputed"), now=now,
    ):  # fmt: skip
        raise changed()
    await beside.drop_proposals(db, by.community, id_, now)
    await notices.withdraw(db, community=by.community, about_id=id_, now=now)
    await beside.insert_words(db, by, id_, kind="closing", words=words, now=now)
    await note(db, by, id_, "closed", now, reason=reason)
    await tell_others(db, by, found, "closed", now, reason=reason)
    return found
