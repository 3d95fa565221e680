"""A person brings a member up: she herself, a neighbour, or a worker. It stands on a list at once.

What people say waits for no weekly run and takes no room from what the rule finds. It is kept only under
the member's yes.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.signals import opening, rule, run_store, said_store, store
from timebank.signals.model import Lane, OpenNow
from timebank.signals.rule import Reason, Verdict
from timebank.signals.said_model import working_day

ASKED_DAYS = 7
"""Who would like more contact is called within a week."""
TOLD_WORKING_DAYS = 2
"""A neighbour's worry, or a member who asks for a call or a visit: within two working days."""


async def bring_up(
    db: Db, *, community: int, party: UUID, reason: Reason, lane: Lane, due_on: date,
    now: datetime, actor: UUID | None = None, owner: UUID | None = None,
) -> OpenNow | None:  # fmt: skip
    """A signal for this member with this reason: a new one, or the open one with one reason more.

    `owner`: who looks after a new one; without, the worker with the fewest. `actor` stands in its
    story, which the member reads. None where nothing may be kept of her, or nobody works there.
    The caller holds the run (`run_store.hold_run`).
    """
    today = local_date(now)
    known = await said_store.known(db, community, party, today)
    if not known.may_be_raised:
        return None
    verdict = await _judged(db, community, party, today)
    found = await store.open_of(db, community, party)
    if found is not None:
        await _add(db, community, found, reason, lane, due_on, today)
    else:
        to = owner or await _whose(db, community, known.area_id, party, today)
        if to is None:
            return None
        points = await run_store.points(db, community)
        row = {
            "party_id": party, "lane": lane, "score": verdict.score if verdict else 0,
            "reasons": _with(reason, verdict.reasons if verdict else ()), "owner_id": to,
        }  # fmt: skip
        await run_store.raise_signals(
            db, community, points.version, [row | {"id": new_id()}], due_on=due_on,
            now=now, today=today,
        )  # fmt: skip
    standing = await store.open_of(db, community, party)
    if standing is not None and actor is not None:
        await store.step(
            db, community=community, signal=standing.id, actor=actor,
            from_state=standing.state, to_state=standing.state,
            reason="asked" if actor == party else "told", now=now,
        )  # fmt: skip
    return standing


async def _judged(db: Db, community: int, party: UUID, today: date) -> Verdict | None:
    """What the rule says of her beside it; None of whom it may not look at."""
    facts = await run_store.facts(db, community, today, party)
    points = await run_store.points(db, community)
    return rule.judge(facts[0], today, points) if facts else None


async def _add(
    db: Db, community: int, found: OpenNow, reason: Reason, lane: Lane, due_on: date, today: date
) -> None:
    """What rests comes back when she asks herself, and is not woken by what others say."""
    asks = lane == "asks"
    if found.state == "snoozed":
        due_on = today if asks else found.due_on
    await store.add_told(
        db, community, found.id, reasons=_with(reason, found.reasons),
        lane="asks" if asks else found.lane, due_on=due_on,
    )  # fmt: skip


def _with(reason: Reason, others: "tuple[Reason, ...] | list[Reason]") -> list[dict[str, object]]:
    return opening.plain([reason, *(r for r in others if r.code != reason.code)])


async def _whose(db: Db, community: int, area: UUID, party: UUID, today: date) -> UUID | None:
    """The worker of her neighbourhood with the fewest open signals."""
    desks = await run_store.desks(db, community, today)
    load = {desk.worker_id: desk.load for desk in desks}
    asides = await run_store.asides(db, community)
    return opening.pick(desks, load, asides, area=area, party=party)


def by_asking(today: date) -> date:
    """By when who would like more contact is called."""
    return today + timedelta(days=ASKED_DAYS)


def by_telling(today: date) -> date:
    """By when a worker looks at what somebody told."""
    return working_day(today, TOLD_WORKING_DAYS)
