"""What the calendar asks of exchanges: remind, ask whether it happened, book what silence may book,
or let a person ask. Called about once an hour for each community."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import msgspec

from timebank import notices
from timebank.exchanges import beside, due, lists, store
from timebank.exchanges.confirming import book_by_silence, rules_of
from timebank.exchanges.hands import tell_all, to_worker
from timebank.exchanges.model import (
    AGREED,
    TALK_DAYS,
    WITH_WORKER,
    Exchange,
    silent_booking_allowed,
    starts_at,
)
from timebank.kernel import outbox
from timebank.kernel.dates import end_of_day, local_date
from timebank.kernel.db import Db
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.refusals import Refusal
from timebank.kernel.series import reminder
from timebank.web.community import Rules

SILENCE = "exchange.silence"


class Chased(msgspec.Struct):
    """How many exchanges were touched, by what was done."""

    announced: int = 0
    asked: int = 0
    reminded: int = 0
    booked: int = 0
    handed: int = 0


async def chase(db: Db, *, community: int, now: datetime) -> Chased:
    """Everything that is due in one community.

    A booking by silence is written down as a job: each has a transaction of its own.
    """
    rules = await rules_of(db, community)
    done = Chased()
    done.announced = await _announce(db, community, now)
    done.asked = await _ask_if_done(db, community, rules, now)
    done.handed = await _hand_over(db, community, now)
    done.reminded = await _remind(db, community, now)
    await _end_silence(db, community, done, now)
    done.reminded += await _remind_silent(db, community, rules, now)
    return done


async def _locked(
    db: Db, community: int, ids: list[UUID], still: Callable[[Exchange], bool]
) -> list[Exchange]:
    """Those that nobody is busy with and that are, once locked, still what they were found to be."""
    found = [await store.lock_free(db, community, id_) for id_ in ids]
    return [exchange for exchange in found if exchange is not None and still(exchange)]


def _late(exchange: Exchange, today: date) -> bool:
    """Before it is done, a member has the next word, and its date has passed."""
    waits = exchange.state in ("talking", *AGREED) and exchange.next_action not in WITH_WORKER
    return waits and exchange.due_on is not None and exchange.due_on < today


def _unanswered(exchange: Exchange) -> bool:
    """Said to be done, and the other has not said whether it is right."""
    return exchange.state == "done" and exchange.next_action in ("confirm", "confirm_other")


async def _announce(db: Db, community: int, now: datetime) -> int:
    """The day before, at the same time of day."""
    today = local_date(now)
    found = await due.to_announce(db, community, first=today, last=today + timedelta(days=2))
    told = 0
    for exchange in found:
        start = starts_at(exchange)
        if start is None or not reminder(start) <= now < start:
            continue
        if not await store.set_announced(db, community, exchange, now):
            continue
        if exchange.planned_on is not None:
            await tell_all(db, community, exchange, "tomorrow", now, on=exchange.planned_on)
        told += 1
    return told


async def _ask_if_done(db: Db, community: int, rules: Rules, now: datetime) -> int:
    """The day has passed: 'ging het door?', to both."""
    today = local_date(now)
    ids = await due.to_ask_if_done(db, community, today=today)
    found = await _locked(
        db, community, ids,
        lambda e: e.state == "planned" and e.next_action in ("do", "answer_proposal"),
    )  # fmt: skip
    for exchange in found:
        await beside.drop_proposals(db, community, exchange.id, now)
        await store.set_turn(
            db, community, exchange.id, next_action="say_done", owner=exchange.giver(), asked=None,
            due_on=today + timedelta(days=rules.reminder_days),
        )  # fmt: skip
        if exchange.planned_on is not None:
            await tell_all(db, community, exchange, "did_it_happen", now, on=exchange.planned_on)
    return len(found)


async def _remind(db: Db, community: int, now: datetime) -> int:
    """Who had the next word and let its date go by."""
    today = local_date(now)
    ids = await due.to_remind(db, community, today=today)
    found = await _locked(db, community, ids, lambda e: _late(e, today) and e.reminded_at is None)
    for exchange in found:
        if exchange.owner_id is None or exchange.next_action is None:
            continue
        await store.set_reminded(
            db, community, exchange.id, next_action=exchange.next_action,
            due_on=today + timedelta(days=TALK_DAYS), now=now,
        )  # fmt: skip
        await notices.tell(
            db, community=community, to=exchange.owner_id, kind="your_turn", now=now,
            about=("exchange", exchange.id), who_id=exchange.other(exchange.owner_id),
        )  # fmt: skip
    return len(found)


async def _hand_over(db: Db, community: int, now: datetime) -> int:
    """Reminded, and still nothing: a person asks both."""
    today = local_date(now)
    ids = await due.to_hand_over(db, community, today=today)
    found = await _locked(
        db, community, ids, lambda e: _late(e, today) and e.reminded_at is not None
    )
    for exchange in found:
        await to_worker(db, community, exchange, next_action="ask_both", reason="silence", now=now)
    return len(found)


async def _remind_silent(db: Db, community: int, rules: Rules, now: datetime) -> int:
    """No answer to 'klopt dit?': the reminder says what will happen, and when."""
    today = local_date(now)
    before = end_of_day(today - timedelta(days=rules.reminder_days))
    ids = await due.to_remind_silent(db, community, before=before)
    found = await _locked(db, community, ids, lambda e: _unanswered(e) and e.reminded_at is None)
    for exchange in found:
        if exchange.asked_id is None or exchange.next_action is None:
            continue
        due_on = today + timedelta(days=rules.silence_days)
        await store.set_reminded(
            db, community, exchange.id, next_action=exchange.next_action, due_on=due_on, now=now
        )
        books = await silence_books(db, community, exchange, today=local_date(now))
        await notices.tell(
            db, community=community, to=exchange.asked_id,
            kind="reminder" if books else "reminder_person", now=now,
            about=("exchange", exchange.id), who_id=exchange.other(exchange.asked_id),
            minutes=exchange.on_the_table or 0, on=due_on,
        )  # fmt: skip
    return len(found)


async def _end_silence(db: Db, community: int, done: Chased, now: datetime) -> None:
    ids = await due.silent(db, community, today=local_date(now))
    found = await _locked(
        db, community, ids, lambda e: _unanswered(e) and e.reminded_at is not None
    )
    for exchange in found:
        if await silence_books(db, community, exchange, today=local_date(now)):
            await outbox.put(
                db, community=community, kind=SILENCE,
                payload={"exchange": str(exchange.id), "round": exchange.round}, now=now,
            )  # fmt: skip
            # Not again at the next round, should the job have to wait.
            await store.set_due(db, community, exchange.id, local_date(now) + timedelta(days=1))
            done.booked += 1
        else:
            await to_worker(
                db, community, exchange, next_action="ask_both", reason="silence", now=now
            )
            done.handed += 1


async def silence_books(db: Db, community: int, exchange: Exchange, *, today: date) -> bool:
    """Whether silence ends in a booking, or a person asks."""
    one = exchange.party_ids[0]
    return silent_booking_allowed(
        minutes=exchange.on_the_table or 0,
        both_online=await lists.both_online(db, community, exchange.party_ids, today=today),
        by_hand=exchange.by_hand,
        met_before=await lists.met_before(
            db, community=community, one=one, other=exchange.other(one)
        ),
    )


@handles(SILENCE)
async def book_silent(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: exchange, round. When a limit stops the booking, a person asks instead."""
    id_, round_ = UUID(errand.job.payload["exchange"]), int(errand.job.payload["round"])
    try:
        async with db.transaction():
            await book_by_silence(db, errand.community, id_, round_=round_, now=errand.now)
    except Refusal:
        exchange = await store.lock_free(db, errand.community, id_)
        if exchange is not None:
            await to_worker(
                db, errand.community, exchange, next_action="ask_both", reason="limit",
                now=errand.now,
            )  # fmt: skip
    return None
