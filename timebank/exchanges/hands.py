"""What every verb of an exchange shares: the loaded exchange, the log, who hears it, which worker."""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank import access, audit, notices
from timebank.exchanges import lists, store
from timebank.exchanges.model import PAIR_DISPUTES, WORKER_DAYS, By, Exchange
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict


def changed() -> Conflict:
    """What the person saw is no longer so."""
    return Conflict(_("Dit is intussen veranderd. Kijk hoe het nu staat, en kies dan opnieuw."))


async def taken(db: Db, by: By, exchange: UUID) -> Exchange:
    """The exchange, locked until the transaction ends, for a verb of one of its parties.

    Raises NotFound, or Conflict while a worker sorts it out for them, or when the hand that acts for
    one side is the other side.
    """
    found = await store.for_party(db, by, exchange, lock=True)
    demand_other_hand(by, found)
    if found.next_action == "take_over":
        raise Conflict(_("Wij zoeken dit voor u uit. U hoeft nu niets te doen."))
    return found


def demand_other_hand(by: By, found: Exchange) -> None:
    """Raises Conflict when who acts for one side is the other side (abuse: giving to oneself while
    acting for another). Not only for the hours: who says for both how long it took, gives them too."""
    if by.acting and found.side(by.hand_id) is not None:
        raise both_sides()


def both_sides() -> Conflict:
    """Why one hand cannot do it."""
    return Conflict(_("U hoort hier zelf bij. Vraag iemand anders om dit te doen."))


async def note(
    db: Db, by: By, exchange: UUID, act: str, now: datetime, **detail: int | str
) -> None:
    """A line in the log, and the member has heard what there was to hear about it."""
    await audit.note(
        db, community=by.community, act=f"exchange.{act}", actor=by.hand_id,
        on_behalf_of=by.on_behalf_of, subject=by.subject_id, about=("exchange", exchange), now=now,
        detail=dict(detail) or None,
    )  # fmt: skip
    await notices.mark_about_read(
        db, community=by.community, party=by.subject_id, about_id=exchange, now=now
    )


async def tell_others(
    db: Db, by: By, exchange: Exchange, kind: str, now: datetime, **details: UUID | int | str | date
) -> None:
    """Every other party hears what this one did."""
    for party in exchange.party_ids:
        if party != by.subject_id:
            await notices.tell(
                db, community=by.community, to=party, kind=kind, now=now,
                about=("exchange", exchange.id), who_id=by.subject_id, **details,
            )  # fmt: skip


async def tell_all(
    db: Db, community: int, exchange: Exchange, kind: str, now: datetime,
    **details: UUID | int | str | date,
) -> None:  # fmt: skip
    """Every party hears it, each with the name of the counterpart."""
    for party in exchange.party_ids:
        await notices.tell(
            db, community=community, to=party, kind=kind, now=now, about=("exchange", exchange.id),
            who_id=exchange.other(party), **details,
        )  # fmt: skip


async def worker_for(db: Db, community: int, exchange: Exchange, today: date) -> UUID | None:
    """Who works in its neighbourhood and is no party to it; else an admin; else nobody.

    The worker who had an earlier dispute of the same pair gets the next one too.
    """
    workers = await access.workers_of(db, community=community, area=exchange.area_id, today=today)
    candidates = workers + await access.admins(db, community=community, today=today)
    free = [worker for worker in candidates if worker not in exchange.party_ids]
    for earlier in await disputes(db, community, exchange):
        if earlier in free:
            return earlier
    return free[0] if free else None


async def disputes(db: Db, community: int, exchange: Exchange) -> list[UUID | None]:
    """Who had the earlier disputes of this pair, newest first."""
    one = exchange.party_ids[0]
    return await lists.dispute_workers(
        db, community, one=one, other=exchange.other(one), but=exchange.id
    )


async def to_worker(
    db: Db, community: int, exchange: Exchange, *, next_action: str, reason: str, now: datetime
) -> UUID | None:
    """A worker gets the next step, with a date; None when nobody works here: then it stays with
    whom it was, a week longer."""
    today = local_date(now)
    worker = await worker_for(db, community, exchange, today)
    due_on = today + timedelta(days=WORKER_DAYS)
    if worker is None:
        await store.set_due(db, community, exchange.id, due_on)
        return None
    await store.hand_over(
        db, community, exchange.id, next_action=next_action, owner=worker, reason=reason,
        due_on=due_on,
    )  # fmt: skip
    return worker


async def is_third_dispute(db: Db, community: int, exchange: Exchange) -> bool:
    """Whether this pair disagreed often: then it is one case, with one worker."""
    return len(await disputes(db, community, exchange)) >= PAIR_DISPUTES - 1
