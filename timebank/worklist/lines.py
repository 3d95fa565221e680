"""Where the lines of the work list come from: one function for each slice that has some."""

from datetime import date, timedelta
from uuid import UUID

from timebank import (
    contacts,
    exchanges,
    introductions,
    membership,
    moderation,
    notices,
    parties,
    signals,
)
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import ngettext
from timebank.signals import State
from timebank.signals import wording as signal_words
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import store
from timebank.worklist.model import Line, Step, Who

MOST = 50
MOST_NOTICES = 500
MOST_SAID = 3
PASS_ON_DAYS = 1
"""What somebody should hear by phone or on paper, is told the next day at the latest."""
_STEPS: dict[State, Step] = {
    "raised": "call",
    "taken": "call",
    "contact_made": "agree",
    "plan": "ask_how",
    "snoozed": "call_again",
}


async def everything(db: Db, visit: Visit, viewer: Viewer, *, mine: bool) -> list[Line]:
    """All that waits for this viewer; without `mine` also what lies with colleagues."""
    found = [
        *await of_signals(db, viewer, visit, mine=mine),
        *await of_follow_ups(db, viewer),
        *await of_introductions(db, viewer, visit),
        *await of_notices(db, viewer),
        *await of_exchanges(db, visit, viewer),
        *await of_applicants(db, viewer),
        *await of_reports(db, viewer),
        *await of_calls(db, viewer),
        *await of_admin(db, visit, viewer),
    ]
    if not mine:
        return found
    return [line for line in found if line.lies_with(viewer.party_id, visit.today)]


async def of_signals(db: Db, viewer: Viewer, visit: Visit, *, mine: bool) -> list[Line]:
    """Reasons to talk, of this worker's neighbourhoods and nobody else's."""
    found = await signals.list_for(db, viewer, mine=mine, now=visit.now)
    return [
        Line(
            kind="signal", step=_STEPS[signal.state], due=signal.due_on or visit.today,
            who=Who(signal.party_id, signal.call_name, signal.full_name, signal.number),
            why=" ".join(
                [signal_words.in_one_line(signal.reasons, visit.today), signal.reach_words]
            ).strip(),
            since=signal.opened_on, owner_id=signal.owner_id, owner_name=signal.owner_name,
            href=f"/worklist/parties/{signal.party_id}", hand_over=f"/signals/{signal.id}/owner",
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
            href=f"/introductions/{found.id}",
        )
        for found in await introductions.list_for(db, viewer, now=visit.now)
    ]  # fmt: skip


async def of_notices(db: Db, viewer: Viewer) -> list[Line]:
    """What members should hear who are called, or get post: one line a member."""
    if not policy.may(viewer, "notice.pass_on"):
        return []
    found = await notices.to_pass_on(
        db, community=viewer.community_id, areas=viewer.worker_areas, limit=MOST_NOTICES
    )
    by_member: dict[UUID, list[notices.Line]] = {}
    for notice in found:
        if notice.party_id != viewer.party_id:
            by_member.setdefault(notice.party_id, []).append(notice)
    people = await parties.cards(db, viewer.community_id, by_member)
    return [
        Line(
            kind="notice", step="send" if told[0].way == "paper" else "pass_on",
            due=local_date(told[0].made_at) + timedelta(days=PASS_ON_DAYS),
            who=_who(people[member]), why=_said(told), since=local_date(told[0].made_at),
            href=f"/worklist/parties/{member}", posts_to=f"/worklist/parties/{member}/delivery",
            seen=told[-1].id,
        )
        for member, told in by_member.items()
        if member in people
    ]  # fmt: skip


def _said(told: list[notices.Line]) -> str:
    """The newest sentences; of what came before only how much."""
    sentences = " ".join(line.sentence for line in told[-MOST_SAID:])
    more = len(told) - MOST_SAID
    if more <= 0:
        return sentences
    rest = ngettext("En nog %(n)d bericht.", "En nog %(n)d berichten.", more)
    return f"{sentences} {rest}"


async def of_exchanges(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """Appointments that got stuck, and bookings that somebody wants put right."""
    if not policy.may(viewer, "exchange.settle"):
        return []
    community, mine = viewer.community_id, viewer.worker_areas
    stuck = await exchanges.stuck(
        db, community=community, areas=mine, today=visit.today, limit=MOST
    )
    repairs = await exchanges.repairs(db, community=community, areas=mine, limit=MOST)
    sentences = await exchanges.lines(db, visit.community, None, stuck, now=visit.now)
    owners = [e.owner_id for e in stuck if e.owner_id] + [r.owner_id for r in repairs]
    names = await parties.cards(db, community, owners)
    lines = [
        Line(
            kind="exchange", step="settle", due=one.due_on or visit.today, what=one.title,
            why=said.sentence, since=local_date(one.state_at), owner_id=one.owner_id,
            owner_name=_name(names, one.owner_id), href=said.path,
        )
        for one, said in zip(stuck, sentences, strict=True)
    ]  # fmt: skip
    return lines + [
        Line(
            kind="repair", step="settle", due=repair.due_on, since=local_date(repair.asked_at),
            owner_id=repair.owner_id, owner_name=_name(names, repair.owner_id),
            href=f"/exchanges/{repair.exchange_id}/settlement",
        )
        for repair in repairs
    ]  # fmt: skip


async def of_applicants(db: Db, viewer: Viewer) -> list[Line]:
    """Who asked to join and waits for a person."""
    if not policy.may(viewer, "member.admit"):
        return []
    found = await parties.applicants(db, community=viewer.community_id, areas=_areas(viewer))
    return [
        Line(
            kind="applicant", step="get_to_know",
            due=local_date(one.applied_at) + timedelta(days=membership.ANSWER_DAYS),
            who=Who(one.id, one.call_name, one.full_name), why=one.area_name,
            since=local_date(one.applied_at), href=f"/applicants/{one.id}",
        )
        for one in found[:MOST]
        if one.id != viewer.party_id
    ]  # fmt: skip


async def of_reports(db: Db, viewer: Viewer) -> list[Line]:
    """What members reported. What it is about is read on its own page, where the look is recorded."""
    if not policy.may(viewer, "report.handle"):
        return []
    return [
        Line(
            kind="report", step="decide", due=report.due_on, why=report.area_name,
            since=local_date(report.made_at), owner_id=report.owner_id,
            owner_name=report.owner_call_name, href=f"/reports/{report.id}",
        )
        for report in (await moderation.desk(db, viewer))[:MOST]
    ]  # fmt: skip


async def of_calls(db: Db, viewer: Viewer) -> list[Line]:
    """Who must still hear a no from a person."""
    if not policy.may(viewer, "member.admit"):
        return []
    found = await membership.calls_to_make(db, community=viewer.community_id, areas=_areas(viewer))
    names = await parties.cards(db, viewer.community_id, [call.caller_id for call in found])
    return [
        Line(
            kind="told", step="tell", due=call.call_by,
            who=Who(call.party_id, call.call_name, call.full_name, call.number),
            owner_id=call.caller_id, owner_name=_name(names, call.caller_id),
            href=f"/parties/{call.party_id}/admin" if call.number else f"/applicants/{call.party_id}",
        )
        for call in found[:MOST]
    ]  # fmt: skip


async def of_admin(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """An admin's own: appeals, jobs that failed, neighbourhoods without a worker. No signal, no name
    of who has one."""
    if not policy.may(viewer, "job.see"):
        return []
    appeals = await membership.open_appeals(db, community=viewer.community_id)
    names = await parties.cards(db, viewer.community_id, [a.owner_id for a in appeals])
    lines = [
        Line(
            kind="appeal", step="look_again", due=appeal.due_on, owner_id=appeal.owner_id,
            who=Who(appeal.party_id, appeal.call_name, appeal.full_name, appeal.number),
            owner_name=_name(names, appeal.owner_id), href=f"/parties/{appeal.party_id}/admin",
        )
        for appeal in appeals[:MOST]
    ]  # fmt: skip
    lines += [
        Line(kind="no_worker", step="find_worker", due=visit.today, what=area.name, href="/areas")
        for area in await store.areas_without_worker(db, viewer.community_id, visit.today)
    ]
    failed = await outbox.failed(db, viewer.community_id)
    if failed:
        first = min(local_date(job.failed_at) for job in failed)
        lines.append(Line(kind="job", step="retry", due=first, since=first, href="/jobs"))
    return lines


def _areas(viewer: Viewer) -> list[UUID] | None:
    """Neighbourhoods to look in; None is everywhere, for an admin."""
    return None if policy.admin(viewer) else list(viewer.worker_areas)


def _who(card: parties.Card) -> Who:
    return Who(card.id, card.call_name, card.full_name, card.number)


def _name(names: dict[UUID, parties.Card], id_: UUID | None) -> str:
    card = names.get(id_) if id_ else None
    return card.full_name if card else ""


def late_with(lines: list[Line], viewer: Viewer, today: date) -> dict[UUID, str]:
    """Colleagues with signals or follow-ups past their date, by id: they may be away."""
    return {
        line.owner_id: line.owner_name
        for line in lines
        if line.hand_over and line.owner_id not in (None, viewer.party_id) and line.is_late(today)
        if line.owner_id is not None
    }
