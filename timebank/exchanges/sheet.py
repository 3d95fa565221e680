"""The page of one exchange: everything it shows, for a party or for those who work here."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank import hours, parties
from timebank.exchanges import beside, lists, reasons, status
from timebank.exchanges.chasing import silence_books
from timebank.exchanges.model import (
    Exchange,
    Proposal,
    Repair,
    Said,
    contact_shown,
    may_write,
    repair_until,
)
from timebank.exchanges.view import (
    Someone,
    facts_for,
    helper_name,
    mentioned,
    sentence_html,
    someone,
)
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import phone_href
from timebank.kernel.refusals import NotFound
from timebank.web.community import Community

SHOWN = 100
"""So many messages stand on one page."""


class Step(msgspec.Struct, frozen=True):
    """One door of the column: done, now or todo."""

    state: str
    title: str
    text: Any = ""


class Message(msgspec.Struct, frozen=True):
    """One message of the talk."""

    id: UUID
    who: Someone
    words: str
    language: str
    at: datetime
    own: bool
    hidden: bool
    care: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page of one exchange shows. `me` is None for those who work here."""

    exchange: Exchange
    me: UUID | None
    other: Someone
    people: list[Someone]
    sentence: str
    moment: str
    turn: bool
    proposal: Proposal | None
    proposed: str
    when: str
    steps: list[Step]
    messages: list[Message]
    older: UUID | None
    """Before this message there are more."""
    may_write: bool
    phone: str | None
    phone_href: str
    meet_at: str
    reason: str
    words: list[Said]
    minutes_after: int | None
    dates: list[lists.SeriesDate]
    repair: Repair | None
    may_repair: bool
    worker: Someone | None
    silence_books: bool


async def sheet(
    db: Db, community: Community, exchange: Exchange, me: UUID | None, *, now: datetime,
    before: UUID | None = None,
) -> Sheet:  # fmt: skip
    """The page of one exchange, for one of its parties or (`me` None) for those who work here: they
    see everything but what members wrote each other. Of a long talk the newest messages, or those
    `before` one."""
    today = local_date(now)
    proposal = await beside.open_proposal(db, community.id, exchange.id)
    found = (
        await beside.thread(db, community.id, exchange.id, before=before, limit=SHOWN + 1)
        if me else []
    )  # fmt: skip
    thread = found[-SHOWN:]
    words = await beside.words(db, community.id, exchange.id)
    people = await someone(
        db, community.id,
        [*mentioned(exchange), *(m.from_id for m in thread), *(w.by_id for w in words)],
    )  # fmt: skip
    facts = facts_for(
        exchange, me, people, helper_name(community), today, proposal, community.words
    )
    other = people[exchange.other(me or exchange.party_ids[0])]
    phone = await _phone(db, community.id, exchange, me, other, today)
    repair = await beside.open_repair(db, community.id, exchange.id)
    until = repair_until(exchange, community.rules.repair_days)
    return Sheet(
        exchange=exchange, me=me, other=other, people=[people[id_] for id_ in exchange.party_ids],
        sentence=sentence_html(facts), moment=status.moment_of(exchange),
        turn=status.is_turn(exchange, me, today), proposal=proposal,
        proposed=status.plan_words(proposal, today) if proposal else "",
        when=status.when(exchange.planned_on, exchange.planned_at, today),
        steps=_steps(exchange, facts), phone=phone, phone_href=phone_href(phone or ""),
        messages=[
            Message(m.id, people[m.from_id], m.words, m.language, m.at, m.from_id == me, m.hidden,
                    tuple(m.care.split()))
            for m in thread
        ],
        older=thread[0].id if len(found) > SHOWN else None,
        may_write=me is not None and other.here and may_write(exchange, now),
        meet_at=exchange.meet_at if contact_shown(exchange, today) else "",
        reason=reasons.words_of(exchange.end_reason) if exchange.end_reason else "",
        words=_open_words(exchange, words, me),
        minutes_after=await _after(db, community.id, exchange, me, now),
        dates=await _dates(db, community.id, exchange), repair=repair,
        may_repair=until is not None and now <= until and repair is None
        and exchange.mode == "hours",
        worker=people.get(exchange.owner_id) if exchange.owner_id else None,
        silence_books=exchange.state == "done"
        and await silence_books(db, community.id, exchange, today=today),
    )  # fmt: skip


async def _phone(
    db: Db, community: int, exchange: Exchange, me: UUID | None, other: Someone, today: date
) -> str | None:
    """The counterpart's number, only once agreed and until a week after it was done. Nobody is led
    to ring who left or died."""
    if me is None or not other.here or not contact_shown(exchange, today):
        return None
    try:
        return (await parties.party(db, community, other.id)).phone
    except NotFound:
        return None


async def _after(
    db: Db, community: int, exchange: Exchange, me: UUID | None, now: datetime
) -> int | None:
    """Minutes the reader has after saying yes; None where no hours move."""
    if exchange.mode != "hours" or exchange.state != "done" or me is None:
        return None
    balance = await hours.balance(db, community=community, party=me, now=now)
    minutes = exchange.on_the_table or 0
    return balance.minutes + (minutes if me == exchange.giver() else -minutes)


async def _dates(db: Db, community: int, exchange: Exchange) -> list[lists.SeriesDate]:
    if exchange.series_id is None:
        return []
    return await lists.series_dates(db, community, exchange.series_id)


def _open_words(exchange: Exchange, words: list[Said], me: UUID | None) -> list[Said]:
    """What may be read. What is written in a disagreement stays sealed until both have written, or
    it is settled (security 6, row 27); those who work here read all of it."""
    if me is None:
        return words
    wrote = {said.by_id for said in words if said.kind == "dispute"}
    unsealed = len(wrote) > 1 or exchange.settled_by_id is not None
    return [
        said for said in words
        if said.kind not in ("dispute", "repair") or said.by_id == me
        or (said.kind == "dispute" and unsealed)
    ]  # fmt: skip


_PLACE = {
    "suggested": 0, "talking": 0, "agreed": 1, "planned": 2, "done": 3, "disputed": 3,
    "confirmed": 5,
}  # fmt: skip


def _steps(exchange: Exchange, facts: status.Facts) -> list[Step]:
    """The five doors: talked, agreed, done, confirmed, ready. None for what ended otherwise."""
    if not exchange.is_open and exchange.state != "confirmed":
        return []
    place = _PLACE[exchange.state]
    texts: list[Any] = [
        "",
        status.when(exchange.planned_on, exchange.planned_at, facts.today)
        if exchange.planned_on else "",
        facts.done_on,
        facts.minutes if exchange.on_the_table else "",
        "",
    ]  # fmt: skip
    titles = [_("Praten"), _("Afspreken"), _("Doen"), _("Zeggen of het klopt"), _("Klaar")]
    return [
        Step(
            "done" if at < place else "now" if at == place else "todo",
            titles[at],
            texts[at] if at <= place else "",
        )
        for at in range(5)
    ]
