"""How somebody takes part: rest, suspension and back, death. Each step is one transaction, in which
posts rest, open exchanges get an owner, and sessions end."""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank import access, areas, audit, exchanges, mandates, notices, parties, posts
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.membership import store
from timebank.membership.model import APPEAL_DAYS, CALL_DAYS, LONGEST_PAUSE_DAYS, waits_already
from timebank.parties import Party
from timebank.web.policy import demand
from timebank.web.viewer import Viewer


async def member_for(db: Db, viewer: Viewer, id_: UUID) -> Party:
    """Somebody with a member number, for an admin or a worker of that neighbourhood. Raises
    NotFound."""
    demand(viewer, "member.list")
    party = await parties.party(db, viewer.community_id, id_)
    if party.number is None:
        raise NotFound
    if not (viewer.is_admin or await parties.looks_after(db, viewer, id_, party.area_id)):
        raise NotFound
    return party


async def pause(
    db: Db, *, community: int, party: UUID, until: date, by: UUID, now: datetime,
    on_behalf_of: UUID | None = None,
) -> None:  # fmt: skip
    """Rest until a date, that day included; it ends by itself. Raises Invalid, Conflict."""
    today = local_date(now)
    if not today < until <= today + timedelta(days=LONGEST_PAUSE_DAYS):
        raise Invalid({"until": _("Kies een dag na vandaag, en niet later dan over een jaar.")})
    await access.demand_another_admin(db, community=community, party=party, today=today)
    await parties.set_state(
        db, community=community, party=party, state="paused", from_states=("active",), by=by,
        now=now, paused_until=until, on_behalf_of=on_behalf_of,
    )  # fmt: skip
    await posts.pause_all_of(db, community=community, party=party, now=now)


async def take_part_again(
    db: Db, *, community: int, party: UUID, by: UUID | None, now: datetime,
    on_behalf_of: UUID | None = None,
) -> None:  # fmt: skip
    """From rest, or from stopping, back: everything as it was. Raises Conflict."""
    await parties.set_state(
        db, community=community, party=party, state="active", from_states=("paused", "leaving"),
        by=by, now=now, on_behalf_of=on_behalf_of,
    )  # fmt: skip
    await store.came_back(db, community=community, party=party, now=now)
    await posts.resume_all_of(db, community=community, party=party, now=now)


async def end_pauses(db: Db, *, community: int, now: datetime) -> None:
    """Whose rest is over takes part again, and hears it. For the job runner."""
    for party in await parties.pause_over(db, community, local_date(now)):
        await take_part_again(db, community=community, party=party, by=None, now=now)
        await notices.tell(
            db, community=community, to=party, kind="pause_over", now=now, about=("me", party)
        )


async def suspend(db: Db, viewer: Viewer, id_: UUID, *, words: str, now: datetime) -> None:
    """Somebody may not take part for now, with a reason they read. Their sessions end, their posts
    rest, what is open gets a worker. Raises NotFound, Conflict (oneself, the last admin)."""
    demand(viewer, "member.suspend")
    community = viewer.community_id
    party = await member_for(db, viewer, id_)
    if id_ == viewer.party_id:
        raise Conflict(_("Dit bent u zelf. Vraag een andere beheerder."))
    today = local_date(now)
    await access.demand_another_admin(db, community=community, party=id_, today=today)
    await parties.set_state(
        db, community=community, party=id_, state="suspended",
        from_states=("active", "paused", "leaving"), by=viewer.party_id, now=now,
    )  # fmt: skip
    reason = await store.insert_reason(
        db, community=community, party=id_, kind="suspended", words=words, by=viewer.party_id,
        now=now, caller=await _caller(db, viewer, party, today),
        call_by=today + timedelta(days=CALL_DAYS),
    )  # fmt: skip
    await _out_of_sight(db, community=community, party=id_, reason="suspended", now=now)
    if party.email:
        await outbox.put(
            db, community=community, kind="mail.reason", payload={"reason": str(reason)}, now=now
        )


async def _caller(db: Db, viewer: Viewer, party: Party, today: date) -> UUID:
    """Who speaks with somebody who was suspended: the neighbourhood's worker, else who did it."""
    workers = await access.workers_of(
        db, community=viewer.community_id, area=party.area_id, today=today
    )
    return next((worker for worker in workers if worker != party.id), viewer.party_id)


async def _out_of_sight(db: Db, *, community: int, party: UUID, reason: str, now: datetime) -> None:
    """What every way out of the community shares."""
    await access.close_all(db, community=community, party=party, now=now)
    if reason == "suspended":
        await posts.pause_all_of(db, community=community, party=party, now=now)
    else:
        await posts.close_of(db, community=community, party=party, now=now)
    await exchanges.hand_to_worker(db, community=community, party=party, reason=reason, now=now)
    await mandates.end_all_of(db, community=community, party=party, by=None, now=now)
    await _no_longer_helper(db, community=community, party=party)


async def _no_longer_helper(db: Db, *, community: int, party: UUID) -> None:
    """No page tells people to call somebody who is not there, and nobody counts on them."""
    for area in await areas.areas(db, community):
        if area.helper_id == party:
            await areas.set_helper(
                db, community=community, area=area.id, helper=None, phone=None,
                hours=area.helper_hours, walk_in=area.walk_in,
            )  # fmt: skip
    await areas.no_longer_deputy(db, community, party)


async def gone(
    db: Db, *, community: int, party: UUID, reason: str, by: UUID | None, now: datetime
) -> None:
    """Somebody left or died: out of sight, and their tasks end."""
    await _out_of_sight(db, community=community, party=party, reason=reason, now=now)
    today = local_date(now)
    for role in await access.roles(db, community=community, today=today):
        if role.party_id == party:
            await access.end_role(
                db, community=community, role=role.id, by=by, today=today, now=now
            )


async def restore(db: Db, viewer: Viewer, id_: UUID, *, words: str | None, now: datetime) -> None:
    """Somebody who was suspended takes part again, hours and history as they were. Raises NotFound,
    Conflict."""
    demand(viewer, "member.suspend")
    community = viewer.community_id
    await member_for(db, viewer, id_)
    await parties.set_state(
        db, community=community, party=id_, state="active", from_states=("suspended",),
        by=viewer.party_id, now=now,
    )  # fmt: skip
    await store.answer_appeal(
        db, community=community, party=id_, outcome="restored", by=viewer.party_id, now=now
    )
    if words:
        await store.insert_reason(
            db, community=community, party=id_, kind="restored", words=words, by=viewer.party_id,
            now=now,
        )  # fmt: skip
    await store.came_back(db, community=community, party=id_, now=now)
    await posts.resume_all_of(db, community=community, party=id_, now=now)
    await notices.tell(db, community=community, to=id_, kind="restored", now=now, about=("me", id_))


async def record_death(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """Somebody died: from this minute no mail or reminder goes out, and what was open gets a worker,
    who decides who is called first. Raises NotFound, Conflict (the last admin)."""
    community = viewer.community_id
    await member_for(db, viewer, id_)
    today = local_date(now)
    if id_ == viewer.party_id:
        raise Conflict(_("Dit bent u zelf."))
    await access.demand_another_admin(db, community=community, party=id_, today=today)
    await parties.set_state(
        db, community=community, party=id_, state="deceased",
        from_states=("active", "paused", "suspended", "leaving", "left"), by=viewer.party_id,
        now=now,
    )  # fmt: skip
    await gone(db, community=community, party=id_, reason="deceased", by=viewer.party_id, now=now)


async def appeal(db: Db, *, community: int, party: UUID, words: str, now: datetime) -> None:
    """Somebody who was suspended asks to look again: another admin than who decided, when there is
    one. Raises Conflict when one waits already."""
    today = local_date(now)
    if any(
        a.answered_at is None for a in await store.appeals(db, community=community, party=party)
    ):
        raise Conflict(waits_already())
    reason = await store.newest_reason(db, community=community, party=party, kind="suspended")
    admins = await access.admins(db, community=community, today=today)
    candidates = [admin for admin in admins if admin != party]
    if not candidates:
        raise Conflict(_("Bel ons. Er is nu niemand die dit op de site kan bekijken."))
    decided_by = reason.by_id if reason else None
    owner = next((admin for admin in candidates if admin != decided_by), candidates[0])
    await store.insert_appeal(
        db, community=community, party=party, words=words, owner=owner,
        due_on=today + timedelta(days=APPEAL_DAYS), now=now,
    )  # fmt: skip
    await audit.note(
        db, community=community, act="party.appealed", actor=party, subject=party, now=now
    )
    await notices.tell(
        db, community=community, to=owner, kind="appeal_made", now=now, about=("party", party),
        who_id=party,
    )  # fmt: skip


async def uphold(db: Db, viewer: Viewer, id_: UUID, *, words: str, now: datetime) -> None:
    """The appeal was looked at, and it stays as it was; the member reads why. Raises NotFound,
    Conflict when nothing waits."""
    demand(viewer, "member.suspend")
    community = viewer.community_id
    party = await member_for(db, viewer, id_)
    if party.state != "suspended" or not await store.answer_appeal(
        db, community=community, party=id_, outcome="upheld", by=viewer.party_id, now=now
    ):
        raise Conflict(_("Hier wacht niets op antwoord."))
    today = local_date(now)
    await store.insert_reason(
        db, community=community, party=id_, kind="upheld", words=words, by=viewer.party_id,
        now=now, caller=await _caller(db, viewer, party, today),
        call_by=today + timedelta(days=CALL_DAYS),
    )  # fmt: skip
    await audit.note(
        db, community=community, act="party.upheld", actor=viewer.party_id, subject=id_, now=now
    )
