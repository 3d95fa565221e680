"""Verbs after the help: it is done and took so long; yes, that is right; no, it was different.

Hours move in the transaction of the yes, last of all, under the key of exchange and round.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank import areas, audit, hours
from timebank.exchanges import beside, needs, store
from timebank.exchanges.hands import (
    changed,
    is_third_dispute,
    note,
    taken,
    tell_all,
    tell_others,
    worker_for,
)
from timebank.exchanges.model import CLAIM_BACK_DAYS, WORKER_DAYS, By, Exchange
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import language
from timebank.kernel.minutes import fits_unit, unit_sentence
from timebank.kernel.refusals import Invalid
from timebank.web.community import Rules


async def rules_of(db: Db, community: int) -> Rules:
    """The community's periods, in days."""
    found = await areas.community(db, community, area=None, language=language.get())
    return found.rules


async def say_done(
    db: Db, by: By, id_: UUID, *, minutes: int, done_on: date, thanks: str, now: datetime
) -> Exchange:
    """It happened on `done_on` and took `minutes`; the other is asked whether that is right.

    Either side may say it. Raises Invalid (fields `time`, `done`), or Conflict when it was said.
    """
    found = await taken(db, by, id_)
    today = local_date(now)
    problems = await _minutes_problems(db, by.community, minutes)
    if done_on > today:
        problems["done"] = _("Die dag moet nog komen. Kies vandaag, of een dag daarvoor.")
    elif done_on < today - timedelta(days=CLAIM_BACK_DAYS):
        problems["done"] = _("Dat is langer dan een jaar geleden. Bel ons, dan zoeken we het uit.")
    if problems:
        raise Invalid(problems)
    rules = await rules_of(db, by.community)
    due_on = today + timedelta(days=rules.reminder_days + rules.silence_days)
    other = found.other(by.subject_id)
    if not await store.claim(
        db, by, id_, done_on=done_on, minutes=minutes, asked=other, due_on=due_on, now=now
    ):
        raise changed()
    await beside.drop_proposals(db, by.community, id_, now)
    await beside.insert_words(db, by, id_, kind="thanks", words=thanks, now=now)
    await note(db, by, id_, "done", now, minutes=minutes)
    await tell_others(db, by, found, "done_claimed", now, minutes=minutes, on=done_on)
    return found


async def _minutes_problems(db: Db, community: int, minutes: int) -> dict[str, str]:
    unit = (await hours.rules(db, community=community)).unit_minutes
    return {} if fits_unit(minutes, unit) else {"time": unit_sentence(minutes, unit)}


async def confirm(db: Db, by: By, id_: UUID, *, minutes: int, round_: int, now: datetime) -> bool:
    """Yes to the minutes that were seen: the hours move. False: this very yes was said before.

    Raises Conflict when other minutes are on the table now, when a limit stops the booking
    (nothing changes then), or when a hand would give hours to itself.
    """
    await needs.met(db, by.community, id_, now)
    found = await taken(db, by, id_)
    if found.state == "confirmed" and (found.minutes, found.round) == (minutes, round_):
        return False
    if not await store.confirm(
        db, by.community, id_, round_=round_, asked=by.subject_id, minutes=minutes,
        booked_by="both", now=now,
    ):  # fmt: skip
        raise changed()
    await note(db, by, id_, "confirmed", now, minutes=minutes)
    await tell_others(db, by, found, "confirmed", now, minutes=minutes)
    await book(
        db, by.community, found, minutes=minutes, round_=round_, booked_by=by.hand_id, now=now
    )
    return True


async def book(
    db: Db, community: int, found: Exchange, *, minutes: int, round_: int, booked_by: UUID,
    now: datetime,
) -> None:  # fmt: skip
    """The hours of one exchange, once; nothing in the modes without hours."""
    if found.mode != "hours":
        return
    await hours.book(
        db, community=community, idem=f"exchange:{found.id}:{round_}", kind=hours.Kind.EXCHANGE,
        entries=[(found.getter(), -minutes), (found.giver(), minutes)], booked_by=booked_by,
        now=now, done_on=found.done_on, exchange_id=found.id,
    )  # fmt: skip


async def disagree(
    db: Db, by: By, id_: UUID, *, minutes: int | None, words: str, round_: int, now: datetime
) -> Exchange:
    """No, it was different. Other minutes go back to the other once; after that, and when it did
    not happen at all (`minutes` None), a worker asks both. Until then nothing is booked.

    What is written with it stays sealed for the other until both have written, or it is settled.
    Raises Invalid, or Conflict when other minutes are on the table now.
    """
    found = await taken(db, by, id_)
    if (found.state, found.asked_id, found.round) != ("done", by.subject_id, round_):
        raise changed()
    if minutes is not None:
        if problems := await _minutes_problems(db, by.community, minutes):
            raise Invalid(problems)
        if minutes == found.on_the_table:
            raise Invalid({"time": _("Dat is dezelfde tijd. Kies dan “Ja, dat klopt”.")})
    await beside.insert_words(db, by, id_, kind="dispute", words=words, now=now)
    if minutes is None or found.answered_minutes is not None:
        await _to_dispute(db, by, found, round_, minutes, now)
        return found
    rules = await rules_of(db, by.community)
    due_on = local_date(now) + timedelta(days=rules.reminder_days + rules.silence_days)
    if not await store.answer_other(
        db, by, id_, round_=round_, minutes=minutes, asked=found.other(by.subject_id),
        due_on=due_on, now=now,
    ):  # fmt: skip
        raise changed()
    await note(db, by, id_, "differs", now, minutes=minutes)
    said = found.claimed_minutes or 0
    await tell_others(db, by, found, "minutes_differ", now, minutes=minutes, yours=said)
    return found


async def _to_dispute(
    db: Db, by: By, found: Exchange, round_: int, minutes: int | None, now: datetime
) -> None:
    today = local_date(now)
    worker = await worker_for(db, by.community, found, today)
    pair = await is_third_dispute(db, by.community, found)
    if not await store.dispute(
        db, by, found.id, round_=round_, next_action="settle_pair" if pair else "settle",
        owner=worker or by.subject_id, due_on=today + timedelta(days=WORKER_DAYS), now=now,
    ):  # fmt: skip
        raise changed()
    await note(db, by, found.id, "disputed", now, minutes=minutes or 0)
    worker_id = {"worker_id": worker} if worker else {}
    await tell_all(db, by.community, found, "disputed", now, **worker_id)


async def book_by_silence(db: Db, community: int, id_: UUID, *, round_: int, now: datetime) -> bool:
    """After the reminder nobody said no: the booking that was announced for this round. False when
    somebody answered after all. Raises Conflict when a limit stops it."""
    await needs.hold(db, community, id_)
    found = await store.lock_free(db, community, id_)
    if found is None or found.state != "done" or found.on_the_table is None:
        return False
    if found.round != round_ or found.reminded_at is None or found.asked_id is None:
        return False
    if found.next_action not in ("confirm", "confirm_other"):
        return False
    minutes, said_by = found.on_the_table, found.last_said_by
    assert said_by is not None  # noqa: S101  # who said the minutes on the table
    await store.confirm(
        db, community, id_, round_=found.round, asked=found.asked_id, minutes=minutes,
        booked_by="silence", now=now,
    )  # fmt: skip
    await needs.met(db, community, id_, now)
    await audit.note(
        db, community=community, act="exchange.booked_by_silence", actor=None,
        subject=found.asked_id, about=("exchange", id_), now=now, detail={"minutes": minutes},
    )  # fmt: skip
    await tell_all(db, community, found, "booked_by_silence", now, minutes=minutes)
    await book(
        db, community, found, minutes=minutes, round_=found.round, booked_by=said_by, now=now
    )
    return True
