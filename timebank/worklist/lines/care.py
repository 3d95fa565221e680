"""Lines about people: reasons to talk, next dates that were agreed, neighbours to introduce."""

from datetime import date, timedelta

from timebank import contacts, introductions, parties, signals
from timebank.contacts import Desks
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.signals import State
from timebank.signals import wording as signal_words
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.lines.known import MOST, owner_path, who_of
from timebank.worklist.model import Line, Step, Who

_STEPS: dict[State, Step] = {
    "raised": "call",
    "taken": "call",
    "contact_made": "agree",
    "plan": "ask_how",
    "snoozed": "call_again",
}


async def of_signals(db: Db, viewer: Viewer, visit: Visit, desks: Desks) -> list[Line]:
    """Reasons to talk, of this worker's neighbourhoods and nobody else's; twenty at most."""
    away = desks.away(visit.today, visit.community.rules.away_days)
    colleagues = {w.id for w in desks.watchers} - set(away) - {viewer.party_id}
    found = await signals.list_for(db, viewer, colleagues=sorted(colleagues), now=visit.now)
    blind = {call.party_id for call in await signals.calls(db, viewer, today=visit.today)}
    found = [signal for signal in found if signal.party_id not in blind]
    outlooks = await signals.outlooks(db, viewer.community_id, found)
    return [
        Line(
            kind="signal", step=_step(signal.state, outlooks.get(signal.id)),
            due=signal.due_on or visit.today,
            who=Who(signal.party_id, signal.call_name, signal.full_name, signal.number),
            why=_why(signal, outlooks.get(signal.id), visit.today),
            since=signal.opened_on, owner_id=signal.owner_id, owner_name=signal.owner_name,
            href=f"/worklist/parties/{signal.party_id}", hand_over=f"/signals/{signal.id}/owner",
            about=signal.id, area_id=signal.area_id,
        )
        for signal in found
    ]  # fmt: skip


async def of_follow_ups(db: Db, viewer: Viewer) -> list[Line]:
    """Next dates that were agreed."""
    return [
        Line(
            kind="follow_up", step="call_again", due=found.follow_up_on,
            who=Who(found.party_id, found.call_name, found.full_name, found.number),
            why=contacts.wording.heard_words(found.heard), since=found.held_on,
            owner_id=found.owner_id, owner_name=found.owner_name,
            href=f"/worklist/parties/{found.party_id}", hand_over=f"/contacts/{found.id}/owner",
            about=found.id, area_id=found.area_id,
        )
        for found in await contacts.due_for(db, viewer, limit=MOST)
    ]  # fmt: skip


async def of_introductions(db: Db, viewer: Viewer, visit: Visit) -> list[Line]:
    """Who is to be asked, whose answer is awaited, and who was introduced and is silent."""
    return [
        Line(
            kind="introduction",
            step="ask_met" if found.state in ("introduced", "followed_up") else "introduce",
            due=found.due_on,
            who=Who(found.party_id, found.call_name, found.full_name, found.number),
            why=introductions.wording.state_words(found.state, found.call_name),
            since=found.made_on, owner_id=found.owner_id, owner_name=found.owner_name,
            href=f"/introductions/{found.id}", about=found.id, area_id=found.area_id,
            also_area_id=found.other_area_id,
            hand_over=owner_path("introduction", found.id),
        )
        for found in await introductions.list_for(db, viewer, now=visit.now)
    ]  # fmt: skip


async def of_calls_of_week(db: Db, viewer: Viewer, visit: Visit) -> list[Line]:
    """Whom the rule or chance named for this week; without a reason, until the call was judged."""
    return [
        Line(
            kind="call", step="call", due=call.week_on + timedelta(days=6),
            who=Who(call.party_id, call.call_name, call.full_name, call.number),
            why=call.reach_words, since=call.week_on, owner_id=call.owner_id,
            owner_name=call.owner_name, href=f"/worklist/parties/{call.party_id}", about=call.id,
            area_id=call.area_id, hand_over=owner_path("call", call.id),
        )
        for call in await signals.calls(db, viewer, today=visit.today)
    ]  # fmt: skip


async def of_told(db: Db, viewer: Viewer) -> list[Line]:
    """What neighbours and members told a worker. What it is about is read on its own page."""
    found = await signals.told_list(db, viewer, limit=MOST)
    about = [told.about_id for told in found if told.about_id is not None]
    people = await parties.cards(db, viewer.community_id, about)
    steps: dict[str, Step] = {"worry": "read_worry", "visit": "answer_call"}
    return [
        Line(
            kind="heard", step=steps.get(told.kind, "read_words"), due=told.due_on,
            who=who_of(people[told.about_id]) if told.about_id in people else None,
            since=local_date(told.at), owner_id=told.owner_id, owner_name=told.owner_name,
            href=f"/signals/told/{told.id}", about=told.id, area_id=told.area_id,
            hand_over=owner_path("heard", told.id),
        )
        for told in found
    ]  # fmt: skip


def _step(state: State, outlook: signals.Outlook | None) -> Step:
    if outlook is not None and outlook.has_grown:
        return "round_off"
    if outlook is not None and outlook.unreached:
        return "other_way"
    return _STEPS[state]


def _why(signal: signals.Listed, outlook: signals.Outlook | None, today: date) -> str:
    said = signal_words.outlook_words(outlook, today) if outlook is not None else []
    reasons = signal_words.in_one_line(signal.reasons, today)
    return " ".join([*said, reasons, signal.reach_words]).strip()
