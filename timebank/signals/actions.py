"""What people do with a signal: take, speak, plan, rest, close, hand over. Each says the old state."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from timebank import contacts, parties
from timebank.contacts import Note
from timebank.kernel.dates import local_date, start_of_day
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid
from timebank.signals import life_store, run_store, running, said_store, store, wording
from timebank.signals.model import (
    MAY_FOLLOW,
    MOST_SHOWN,
    NEXT_DAYS,
    REST_DAYS,
    SNOOZE_MOST_DAYS,
    TAKEN_DAYS,
    Explanation,
    Listed,
    Outcome,
    Plan,
    Signal,
    State,
    Step,
)
from timebank.signals.said_model import Judgement
from timebank.web import policy
from timebank.web.viewer import Viewer

FORGOTTEN_DAYS = 7
"""What lies a week past its date is shown to every worker of the neighbourhood."""


async def list_for(
    db: Db, viewer: Viewer, *, now: datetime, colleagues: Sequence[UUID] = (),
    limit: int = MOST_SHOWN,
) -> list[Listed]:  # fmt: skip
    """Signals that wait in this worker's neighbourhoods, the oldest date first; nothing for anybody
    else. No more than `limit`: what lies with `colleagues` (and not left lying for a week) gives
    way to what is this worker's to do."""
    if not policy.may(viewer, "signal.see"):
        return []
    today = local_date(now)
    return await store.open_in_areas(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        colleagues=colleagues, today=today,
        forgotten=today - timedelta(days=FORGOTTEN_DAYS), limit=limit,
    )  # fmt: skip


async def record_looks(db: Db, viewer: Viewer, members: list[UUID], *, now: datetime) -> None:
    """These members' lines are about to be shown to this worker: once a day each, in their log."""
    seen = await store.looked_today(
        db, community=viewer.community_id, worker=viewer.party_id, parties=members,
        since=start_of_day(local_date(now)),
    )  # fmt: skip
    for member in dict.fromkeys(members):
        if member not in seen:
            await contacts.look(db, viewer, member, now=now)


async def signals_of(db: Db, community: int, party: UUID) -> list[Signal]:
    """A member's signals, the newest first; for who passed `contacts.person_for`."""
    return await store.of_party(db, community, party, 10)


async def signal_for(db: Db, viewer: Viewer, id_: UUID) -> tuple[Signal, parties.Party]:
    """A signal and its member, for a worker of that neighbourhood. Raises NotFound for all others."""
    policy.demand(viewer, "signal.see")
    found = await store.shown(db, viewer.community_id, id_)
    return found, await contacts.person_for(db, viewer, found.party_id)


async def open_for(db: Db, viewer: Viewer, id_: UUID) -> Signal:
    """As signal_for, while it is open. Raises Conflict when it is over."""
    found, _person = await signal_for(db, viewer, id_)
    if not found.is_open:
        raise Conflict(_("Dit is al afgerond."))
    return found


async def take(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """This worker will call, within a week. Raises Conflict when somebody took it already."""
    found = await open_for(db, viewer, id_)
    if found.state != "raised":
        raise _changed()
    await _move(
        db, viewer, found, "taken", "taken", now, due_on=local_date(now) + timedelta(TAKEN_DAYS)
    )


async def note_contact(
    db: Db, viewer: Viewer, party: UUID, note: Note, *, now: datetime, spoke: UUID | None = None
) -> None:
    """A talk with a member, or a try. It moves the open signal along, sets the next date, and obeys
    what the member wants: rest is rest, and 'no more calls' takes everything away at once.

    Raises NotFound, or Invalid (field `next`) when an open signal would be left without a date.
    """
    person = await contacts.person_for(db, viewer, party)
    community, today = viewer.community_id, local_date(now)
    if note.outcome == "held":
        await said_store.told_answered(db, community=community, party=party, now=now)
    if note.wish == "no_calls":
        await answer_worker_call(
            db, community=community, party=party, answer="no", asked_by=viewer.party_id,
            way="visit" if note.way == "visit" else "phone", now=now,
        )  # fmt: skip
        return
    await run_store.share_run(db, community)
    signal = next((s for s in await signals_of(db, community, person.id) if s.is_open), None)
    await contacts.note(
        db, community=community, party=party, by=viewer.party_id, owner=viewer.party_id, now=now,
        spoke=spoke, purpose=await contacts.purpose_of(db, community, party),
        contact=note if signal is None else _without_date(note),
    )  # fmt: skip
    if signal is not None:
        await _carry_on(db, viewer, signal, note, now, today)


def _without_date(note: Note) -> Note:
    """With an open signal the date stands there, so that nothing is called for twice."""
    return msgspec.structs.replace(note, follow_up_on=None)


async def _carry_on(
    db: Db, viewer: Viewer, signal: Signal, note: Note, now: datetime, today: date
) -> None:
    outlook = (await life_store.outlooks(db, viewer.community_id, [signal.id])).get(signal.id)
    usual = outlook.call_back_on(today) if outlook and note.outcome == "held" else None
    next_on = note.follow_up_on or usual or today + timedelta(NEXT_DAYS)
    if note.wish == "rest":
        until = today + timedelta(REST_DAYS)
        await _move(db, viewer, signal, "snoozed", "rest", now, due_on=until, snooze_until=until)
    elif note.outcome == "not_reached":
        state: State = "taken" if signal.state == "raised" else signal.state
        await _move(
            db, viewer, signal, state, "not_reached", now, due_on=next_on,
            snooze_until=next_on if state == "snoozed" else None,
        )  # fmt: skip
    else:
        state = "plan" if signal.state == "plan" else "contact_made"
        await _move(db, viewer, signal, state, "spoke", now, due_on=next_on)


async def make_plan(
    db: Db, viewer: Viewer, id_: UUID, *, plan: Plan, due_on: date, now: datetime
) -> None:
    """What the two agreed to do, and when the worker asks how it went. Only after a talk: a plan is
    the member's own."""
    found = await open_for(db, viewer, id_)
    _within(due_on, now, "next")
    await _move(db, viewer, found, "plan", f"plan_{plan}", now, due_on=due_on, plan=plan)


async def snooze(db: Db, viewer: Viewer, id_: UUID, *, until: date, now: datetime) -> None:
    """Not now: it comes back on that day, to the same worker."""
    found = await open_for(db, viewer, id_)
    _within(until, now, "until")
    await _move(db, viewer, found, "snoozed", "snoozed", now, due_on=until, snooze_until=until)


async def close(
    db: Db, viewer: Viewer, id_: UUID, *, outcome: Outcome, now: datetime,
    verdict: Judgement | None = None,
) -> None:  # fmt: skip
    """Done, with what came of it. 'Prefers it so' is as good an end as any. `verdict`: was it right to
    call, when the worker says so; it is counted, and changes no rule by itself."""
    found = await open_for(db, viewer, id_)
    await _move(db, viewer, found, "closed", outcome, now, outcome=outcome, verdict=verdict)


async def hand_over(
    db: Db, viewer: Viewer, id_: UUID, *, to: UUID, aside: bool, now: datetime
) -> None:
    """A colleague of the same neighbourhood looks after it from now on, or this worker takes it over.
    `aside`: this worker knows the member in private; page and notes close for them. Raises
    NotFound, Invalid (field `to`), or Conflict when it is over or changed in the meantime."""
    found, person = await signal_for(db, viewer, id_)
    if not found.is_open:
        raise Conflict(_("Dit is al afgerond."))
    await contacts.demand_colleague(db, viewer, person, to, now=now)
    if aside and to == viewer.party_id:
        raise Invalid({"to": _("Kies een collega. Zelf wilt u dit niet meer zien.")})
    if not await store.hand_over(
        db, community=viewer.community_id, id_=id_, from_state=found.state, to=to
    ):
        raise _changed()
    reason = "taken_over" if to == viewer.party_id else "handed_over"
    await _step(db, viewer, found, found.state, reason, now)
    if aside:
        await contacts.step_aside(db, viewer, person.id, now=now)


async def answer_worker_call(
    db: Db, *, community: int, party: UUID, answer: parties.Answer, way: parties.ConsentWay,
    asked_by: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """The member's answer to 'may a worker call when it gets quiet?'. Anything but yes takes away
    all that was kept under a yes, in this transaction; only the answer stays."""
    await parties.answer_worker_call(
        db, community=community, party=party, answer=answer, way=way, asked_by=asked_by, now=now
    )
    if answer != "yes":
        await running.withdraw(db, community=community, party=party)


async def explain(db: Db, community: int, party: UUID, *, today: date) -> Explanation | None:
    """What the member may read about their own signal: the newest, open or over; None without one."""
    found = await explain_all(db, community, party, today=today, limit=1)
    return found[0] if found else None


async def explain_all(
    db: Db, community: int, party: UUID, *, today: date, limit: int = 1000
) -> list[Explanation]:
    """What the member may read about all signals there were, the newest first."""
    return [
        Explanation(
            state=found.state, since=found.opened_on, reasons_on=found.reasons_on,
            reasons=wording.sentences(found.reasons, today), owner_name=found.owner_name,
            steps=await store.steps(db, community, found.id),
        )
        for found in await store.of_party(db, community, party, limit)
    ]  # fmt: skip


async def steps_of(db: Db, community: int, signal: UUID) -> list[Step]:
    """What happened to a signal, in order; for who may see it."""
    return await store.steps(db, community, signal)


async def _move(
    db: Db, viewer: Viewer, signal: Signal, state: State, reason: str, now: datetime, *,
    due_on: date | None = None, snooze_until: date | None = None, plan: Plan | None = None,
    outcome: Outcome | None = None, verdict: Judgement | None = None,
) -> None:  # fmt: skip
    """Whoever does something is its owner from then on; when it lay with a colleague, the story says
    so."""
    if signal.state not in (*MAY_FOLLOW[state], state):
        raise Conflict(_("Dat kan nu niet. Schrijf eerst op dat u elkaar sprak."))
    over = state == "closed"
    moved = await store.move(
        db, community=viewer.community_id, id_=signal.id, from_state=signal.state, state=state,
        owner=None if over else viewer.party_id, due_on=due_on, now=now,
        snooze_until=snooze_until, plan=plan, outcome=outcome,
        closed_on=local_date(now) if over else None, verdict=verdict,
    )  # fmt: skip
    if not moved:
        raise _changed()
    if not over and reason != "taken" and signal.owner_id != viewer.party_id:
        await _step(db, viewer, signal, signal.state, "taken_over", now)
    await _step(db, viewer, signal, state, reason, now)


async def _step(
    db: Db, viewer: Viewer, signal: Signal, state: State, reason: str, now: datetime
) -> None:
    await store.step(
        db, community=viewer.community_id, signal=signal.id, actor=viewer.party_id,
        from_state=signal.state, to_state=state, reason=reason, now=now,
    )  # fmt: skip


def _within(day: date, now: datetime, field: str) -> None:
    """Raises Invalid for a day that is over, or more than a year away."""
    today = local_date(now)
    if day <= today:
        raise Invalid({field: _("Kies een dag die nog komt.")})
    if day > today + timedelta(SNOOZE_MOST_DAYS):
        raise Invalid({field: _("Kies een dag binnen een jaar.")})


def _changed() -> Conflict:
    return Conflict(_("Een collega was net voor u. Kijk hoe het nu staat."))
