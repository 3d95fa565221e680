"""Lines about who comes and goes, and about running the community."""

from datetime import timedelta

from timebank import contacts, membership, moderation, parties, signals
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.words import count_of_people
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import store
from timebank.worklist.lines.known import MOST, areas_of, name_of, owner_path
from timebank.worklist.model import Line, Who


async def of_applicants(db: Db, viewer: Viewer) -> list[Line]:
    """Who asked to join and waits for a person."""
    if not policy.may(viewer, "member.admit"):
        return []
    found = await parties.applicants(db, community=viewer.community_id, areas=areas_of(viewer))
    return [
        Line(
            kind="applicant", step="get_to_know",
            due=local_date(one.applied_at) + timedelta(days=membership.ANSWER_DAYS),
            who=Who(one.id, one.call_name, one.full_name), why=one.area_name,
            since=local_date(one.applied_at), href=f"/applicants/{one.id}", about=one.id,
            area_id=one.area_id, hand_over=owner_path("applicant", one.id),
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
            owner_name=report.owner_call_name, href=f"/reports/{report.id}", about=report.id,
            area_id=report.area_id, hand_over=owner_path("report", report.id),
        )
        for report in (await moderation.desk(db, viewer))[:MOST]
    ]  # fmt: skip


async def of_calls(db: Db, viewer: Viewer) -> list[Line]:
    """Who must still hear a no from a person."""
    if not policy.may(viewer, "member.admit"):
        return []
    found = await membership.calls_to_make(
        db, community=viewer.community_id, areas=areas_of(viewer)
    )
    names = await parties.cards(db, viewer.community_id, [call.caller_id for call in found])
    return [
        Line(
            kind="told", step="tell", due=call.call_by,
            who=Who(call.party_id, call.call_name, call.full_name, call.number),
            owner_id=call.caller_id, owner_name=name_of(names, call.caller_id),
            href=f"/parties/{call.party_id}/admin" if call.number else f"/applicants/{call.party_id}",
            about=call.id, area_id=call.area_id, hand_over=owner_path("told", call.id),
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
            owner_name=name_of(names, appeal.owner_id), href=f"/parties/{appeal.party_id}/admin",
            about=appeal.id, hand_over=owner_path("appeal", appeal.id),
        )
        for appeal in appeals[:MOST]
    ]  # fmt: skip
    unheard = await signals.unheard(db, viewer, now=visit.now)
    lines += [
        Line(
            kind="no_worker", step="find_worker", due=visit.today, what=area.name, href="/areas",
            why=signals.said_wording.unheard_words(unheard.get(area.id), visit.community.words),
        )
        for area in await store.areas_without_worker(db, viewer.community_id, visit.today)
    ]  # fmt: skip
    waiting = await signals.unclaimed(db, viewer, now=visit.now)
    if waiting is not None:
        lines.append(
            Line(kind="unclaimed", step="ask_workers", due=visit.today, since=waiting.since,
                 what=count_of_people(waiting.many), href="/areas")
        )  # fmt: skip
    lines += await _left_alone(db, visit, viewer)
    failed = await outbox.failed(db, viewer.community_id)
    if failed:
        first = min(local_date(job.failed_at) for job in failed)
        lines.append(Line(kind="job", step="retry", due=first, since=first, href="/jobs"))
    return lines


async def _left_alone(db: Db, visit: Visit, viewer: Viewer) -> list[Line]:
    """Work of somebody who is away, where no deputy was chosen or the deputy is away too: that it
    waits, and not what it is."""
    desks = await contacts.desks(db, viewer, today=visit.today)
    days = visit.community.rules.away_days
    away = desks.away(visit.today, days)
    return [
        Line(
            kind="away", step="stand_in", due=worker.seen_on + timedelta(days=days), since=worker.seen_on,
            what=worker.full_name, href=f"/areas/{worker.area_id}/deputy", area_id=worker.area_id,
        )
        for worker in desks.watchers
        if worker.id in away
        and desks.left_alone(worker.area_id, away)
        and await store.waits_with(db, viewer.community_id, worker.id, worker.area_id)
    ]  # fmt: skip
