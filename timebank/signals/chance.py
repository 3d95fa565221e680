"""Each week some members at random among the calls, blind: the only true measure of the rule.

A worker calls whom the rule named and whom chance named without knowing which is which, and says
afterwards whether the call was right. So no reason is shown of either before that. A community turns it
on itself; only members the rule may look at are drawn, and never those who do not want it now.
"""

from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec

from timebank import audit, contacts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, NotFound
from timebank.signals import life_store, opening, run_store, said_store, store
from timebank.signals.said_model import Call, Found, Judgement
from timebank.web import policy
from timebank.web.viewer import Viewer

DRAWN = 5
"""Members a week."""
BLIND_DAYS = 28
"""A call nobody judged in so long is let go, and the reasons of a signal are shown again."""
AGAIN_DAYS = 182
"""Chance names nobody twice in half a year."""
SHOWN_AFTER = timedelta(weeks=12)


async def draw(db: Db, *, community: int, now: datetime, seed: bytes) -> int:
    """Put this week's members among the calls; how many chance named now. It may run every day: a
    week is drawn once, and what the rule opened since is added. `seed`: the chance; the same seed draws
    the same members."""
    await run_store.hold_run(db, community)
    if not await store.with_chance(db, community):
        return 0
    today = local_date(now)
    week_on = today - timedelta(days=today.weekday())
    await said_store.draw_of_rule(db, community, week_on)
    before = await said_store.drawn_since(db, community, today - timedelta(days=AGAIN_DAYS))
    if week_on in before.values():
        return 0
    open_now = {signal.party_id for signal in await run_store.running(db, community)}
    able = [
        (facts.party_id, facts.area_id)
        for facts in await run_store.facts(db, community, today)
        if facts.muted_on is None and facts.party_id not in open_now | set(before)
    ]
    able.sort(key=lambda member: sha256(seed + member[0].bytes).digest())
    desks, asides = (
        await run_store.desks(db, community, today),
        await run_store.asides(db, community),
    )
    load = {desk.worker_id: desk.load for desk in desks}
    drawn: list[dict[str, UUID]] = []
    for party, area in able:
        owner = opening.pick(desks, load, asides, area=area, party=party)
        if owner is not None and len(drawn) < DRAWN:
            load[owner] += 1
            drawn.append({"id": new_id(), "party_id": party, "owner_id": owner})
    await said_store.draw(db, community, drawn, week_on)
    return len(drawn)


async def calls(db: Db, viewer: Viewer, *, today: date, limit: int = 50) -> list[Call]:
    """This week's calls for this worker, whoever named them; nothing for anybody else."""
    return await _calls(db, viewer, None, today, limit)


async def call_of(db: Db, viewer: Viewer, party: UUID, *, today: date) -> Call | None:
    """Whether this member is among the calls nobody judged yet: then nothing is shown of a signal."""
    found = await _calls(db, viewer, party, today, 1)
    return found[0] if found else None


async def _calls(db: Db, viewer: Viewer, party: UUID | None, today: date, limit: int) -> list[Call]:
    if not policy.may(viewer, "signal.see"):
        return []
    return await said_store.calls(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        party=party, since=today - timedelta(days=BLIND_DAYS), today=today, limit=limit,
    )  # fmt: skip


async def shown_in(db: Db, viewer: Viewer, area: UUID, *, today: date) -> set[UUID]:
    """About whom a signal is open in a neighbourhood of this worker, and not blind; nobody for others."""
    if not (policy.may(viewer, "signal.see") and viewer.works_in(area)):
        return set()
    blind = {call.party_id for call in await calls(db, viewer, today=today, limit=1000)}
    return await life_store.shown_in(db, viewer.community_id, area) - blind


async def call_for(db: Db, viewer: Viewer, id_: UUID, today: date) -> Call:
    """One of these calls. Raises NotFound."""
    for found in await _calls(db, viewer, None, today, 1000):
        if found.id == id_:
            return found
    raise NotFound


async def judge(db: Db, viewer: Viewer, id_: UUID, verdict: Judgement, *, now: datetime) -> UUID:
    """Was the call right? The member's id. Raises NotFound for who is no worker of hers or has no
    such call, Conflict when it was answered meanwhile."""
    today = local_date(now)
    found = await call_for(db, viewer, id_, today)
    if not await said_store.judge_call(
        db, community=viewer.community_id, id_=id_, verdict=verdict, today=today
    ):
        raise Conflict(_("Dit is al beantwoord."))
    await audit.note(
        db, community=viewer.community_id, act="attention.judged", actor=viewer.party_id,
        subject=found.party_id, now=now,
    )  # fmt: skip
    return found.party_id


async def hand_call(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """A colleague calls; a signal that lies behind it goes along. Raises NotFound, Conflict."""
    found = await call_for(db, viewer, id_, local_date(now))
    person = await contacts.person_for(db, viewer, found.party_id)
    await contacts.demand_colleague(db, viewer, person, to, now=now)
    await said_store.give_call(db, community=viewer.community_id, id_=id_, owner=to)
    behind = await store.open_of(db, viewer.community_id, found.party_id)
    if behind is not None and await store.hand_over(
        db, community=viewer.community_id, id_=behind.id, from_state=behind.state, to=to
    ):
        await store.step(
            db, community=viewer.community_id, signal=behind.id, actor=viewer.party_id,
            from_state=behind.state, to_state=behind.state, now=now,
            reason="taken_over" if to == viewer.party_id else "handed_over",
        )  # fmt: skip


class Measured(msgspec.Struct, frozen=True):
    """What was found so far. `shown_on`: from which day on it may be read; None before the first
    week."""

    shown_on: date | None
    found: list[Found]

    def many(self, from_rule: bool, verdict: Judgement) -> int:
        """How often this was the answer."""
        return sum(f.many for f in self.found if (f.from_rule, f.verdict) == (from_rule, verdict))


async def measured(db: Db, community: int) -> Measured:
    """Signal against chance, in counts."""
    first = await said_store.first_week(db, community)
    return Measured(
        first + SHOWN_AFTER if first else None, await said_store.verdicts(db, community)
    )


async def turn(db: Db, viewer: Viewer, on: bool, *, now: datetime) -> None:
    """The admin turns it on or off. Raises NotFound for others."""
    policy.demand(viewer, "community.manage")
    await store.set_chance(db, viewer.community_id, on)
    await audit.note(
        db, community=viewer.community_id, act="community.calls_set", actor=viewer.party_id,
        now=now, detail={"on": on},
    )  # fmt: skip
