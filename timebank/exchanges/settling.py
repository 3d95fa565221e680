"""What a worker does: settle after hearing both, take over, end what is stuck, put a booking right."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, hours, notices
from timebank.exchanges import beside, lists, needs, store
from timebank.exchanges.confirming import book, rules_of
from timebank.exchanges.hands import changed, note, taken, tell_all, to_worker, worker_for
from timebank.exchanges.model import (
    OPEN,
    WORKER_DAYS,
    By,
    Exchange,
    State,
    repair_until,
)
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.minutes import fits_unit, unit_sentence
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.web.viewer import Viewer

SETTLED_WITHOUT: dict[str, State] = {
    "no_show": "no_show", "came_to_nothing": "closed", "free_help": "closed",
    "another_exchange": "closed", "no_contact": "no_contact", "other": "closed",
}  # fmt: skip
"""How a worker may end an exchange without hours, and the state it then has."""


def staff_areas(viewer: Viewer) -> tuple[UUID, ...] | None:
    """Neighbourhoods whose exchanges this worker or admin sees; None: all. Raises NotFound."""
    if viewer.acting_for is not None:
        raise NotFound
    if viewer.is_admin:
        return None
    if not viewer.is_worker:
        raise NotFound
    return viewer.worker_areas


async def for_worker(db: Db, viewer: Viewer, id_: UUID, *, lock: bool = False) -> Exchange:
    """An exchange in a neighbourhood of this worker, who is no party to it. Raises NotFound."""
    if not viewer.is_worker or viewer.acting_for is not None:
        raise NotFound
    found = await store.for_staff(db, viewer.community_id, id_, viewer.worker_areas, lock=lock)
    if found.side(viewer.party_id) is not None:
        raise NotFound
    return found


async def settle(
    db: Db, viewer: Viewer, id_: UUID, *, minutes: int, words: str, round_: int, now: datetime
) -> Exchange:
    """Both were heard: these minutes it is, and they are booked. Both read who settled it and why."""
    await for_worker(db, viewer, id_)
    await needs.met(db, viewer.community_id, id_, now)
    found = await for_worker(db, viewer, id_, lock=True)
    unit = (await hours.rules(db, community=viewer.community_id)).unit_minutes
    if not fits_unit(minutes, unit):
        raise Invalid({"time": unit_sentence(minutes, unit)})
    if not await store.settle(
        db, viewer.community_id, id_, minutes=minutes, round_=round_, by=viewer.party_id,
        from_states=("done", "disputed"), now=now,
    ):  # fmt: skip
        raise changed()
    await _close_file(db, viewer, found, words, "settled", now, minutes=minutes)
    await book(
        db, viewer.community_id, found, minutes=minutes, round_=round_,
        booked_by=viewer.party_id, now=now,
    )  # fmt: skip
    return found


async def settle_without(
    db: Db, viewer: Viewer, id_: UUID, *, reason: str, words: str, now: datetime
) -> Exchange:
    """A worker ends what is stuck, without hours. Both read why."""
    seen = await for_worker(db, viewer, id_)
    await needs.ended(db, viewer.community_id, seen, now, reason=reason)
    found = await for_worker(db, viewer, id_, lock=True)
    if not await store.finish(
        db, viewer.community_id, id_, state=SETTLED_WITHOUT[reason], reason=reason,
        by=viewer.party_id, settled_by=viewer.party_id, from_states=OPEN, now=now,
    ):  # fmt: skip
        raise changed()
    await beside.drop_proposals(db, viewer.community_id, id_, now)
    await _close_file(db, viewer, found, words, "settled_without", now)
    return found


async def _close_file(
    db: Db, viewer: Viewer, found: Exchange, words: str, kind: str, now: datetime, **detail: int
) -> None:
    await notices.withdraw(db, community=viewer.community_id, about_id=found.id, now=now)
    await beside.insert_words(
        db, By(viewer.community_id, viewer.party_id, viewer.party_id), found.id, kind="settlement",
        words=words, now=now,
    )  # fmt: skip
    for party in found.party_ids:
        await audit.note(
            db, community=viewer.community_id, act=f"exchange.{kind}", actor=viewer.party_id,
            subject=party, about=("exchange", found.id), now=now, detail=dict(detail) or None,
        )  # fmt: skip
    await tell_all(db, viewer.community_id, found, kind, now, worker_id=viewer.party_id, **detail)


async def take(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """This worker takes what lies with a colleague or with nobody, with a week for the first call."""
    await hand_over(db, viewer, id_, to=viewer.party_id, now=now)


async def hand_over(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """It lies with this worker or a colleague from now on, and a request to put its booking right
    with it; with a week for the first call. Whether the colleague may is for the caller. Raises
    NotFound, Conflict when no worker is needed any more."""
    found = await for_worker(db, viewer, id_, lock=True)
    if found.side(to) is not None:
        raise NotFound
    repair_too = await beside.set_repair_owner(db, viewer.community_id, id_, owner=to)
    due_on = local_date(now) + timedelta(days=WORKER_DAYS)
    if not repair_too and not await store.set_owner(
        db, viewer.community_id, found.id, owner=to, due_on=due_on
    ):
        raise changed()
    act = "exchange.taken" if to == viewer.party_id else "exchange.handed_over"
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id,
        about=("exchange", id_), now=now,
    )  # fmt: skip


async def hand_to_worker(
    db: Db, *, community: int, party: UUID, reason: str, now: datetime, other: UUID | None = None
) -> list[UUID]:
    """All that is open for `party` (with `other`: between these two) gets a worker as owner.

    `reason` is a code: blocked, suspended, leaving, deceased. Waiting notices are withdrawn, and no
    reminder goes out any more. Returns the ids of the exchanges.
    """
    handed: list[UUID] = []
    done: set[UUID] = set()
    while waiting := await _still_open(db, community, party, other, done):
        # Whoever agreed meanwhile may have made more dates: those are looked for again.
        for id_ in waiting:
            done.add(id_)
            await store.lock(db, community, id_)
            found = await store.sheet(db, community, id_)
            if found.state in OPEN:
                await _take_over(db, community, found, party, reason, now)
                handed.append(id_)
    return handed


async def _still_open(
    db: Db, community: int, party: UUID, other: UUID | None, done: set[UUID]
) -> list[UUID]:
    return [
        found.id
        for found in await lists.open_of(db, community=community, party=party)
        if found.id not in done and (other is None or found.side(other) is not None)
    ]


async def _take_over(
    db: Db, community: int, found: Exchange, party: UUID, reason: str, now: datetime
) -> None:
    await notices.withdraw(db, community=community, about_id=found.id, now=now)
    await to_worker(db, community, found, next_action="take_over", reason=reason, now=now)
    await audit.note(
        db, community=community, act="exchange.handed_over", actor=None, subject=party,
        about=("exchange", found.id), now=now, detail={"reason": reason},
    )  # fmt: skip


async def reassign(db: Db, *, community: int, now: datetime) -> int:
    """What lies with somebody who does not work here any more gets another worker. Call it after a
    role has ended, and as a chore. Returns how many moved; what nobody can take stays."""
    today = local_date(now)
    moved = 0
    for id_ in await lists.orphaned(db, community=community, today=today):
        await store.lock(db, community, id_)
        found = await store.sheet(db, community, id_)
        owner = await worker_for(db, community, found, today)
        if owner is None or not await store.set_owner(
            db, community, id_, owner=owner, due_on=today + timedelta(days=WORKER_DAYS)
        ):
            continue
        await audit.note(
            db, community=community, act="exchange.handed_over", actor=None,
            about=("exchange", id_), now=now, detail={"reason": "role_ended"},
        )  # fmt: skip
        moved += 1
    for id_ in await lists.orphaned_repairs(db, community=community, today=today):
        found = await store.sheet(db, community, id_)
        owner = await worker_for(db, community, found, today)
        if owner is not None:
            moved += await beside.set_repair_owner(db, community, id_, owner=owner)
    return moved


async def ask_repair(db: Db, by: By, id_: UUID, *, words: str, now: datetime) -> None:
    """Either side asks, within the community's term, to have a booking put right: a worker looks.

    Raises Conflict when the term is over, or when it was asked already.
    """
    found = await taken(db, by, id_)
    until = repair_until(found, (await rules_of(db, by.community)).repair_days)
    if until is None or found.mode != "hours":
        raise changed()
    if now > until:
        raise Conflict(
            _("Dit is te lang geleden om hier te veranderen. Bel ons, dan kijken wij ernaar.")
        )
    if await beside.open_repair(db, by.community, id_) is not None:
        raise Conflict(_("Dit is al gevraagd. Wij kijken ernaar."))
    await beside.insert_words(db, by, id_, kind="repair", words=words, now=now)
    owner = await worker_for(db, by.community, found, local_date(now))
    await beside.insert_repair(
        db, by, id_, owner=owner or by.subject_id,
        due_on=local_date(now) + timedelta(days=WORKER_DAYS), now=now,
    )  # fmt: skip
    await note(db, by, id_, "repair_asked", now)
    await tell_all(db, by.community, found, "repair_asked", now, asker_id=by.subject_id)


async def repair(
    db: Db, viewer: Viewer, id_: UUID, *, minutes: int, words: str, now: datetime
) -> Exchange:
    """The worker's answer: `minutes` is what it should have been, less or more than was booked. The
    same amount lets the booking stand. Both sides read the sentence in their statement.

    Raises Invalid (fields `time`, `words`) or Conflict, also when one of both would pass a limit.
    """
    found = await for_worker(db, viewer, id_, lock=True)
    booked = found.minutes or 0
    stands = minutes == booked
    unit = (await hours.rules(db, community=viewer.community_id)).unit_minutes
    if not stands and not fits_unit(minutes, unit):
        raise Invalid({"time": unit_sentence(minutes, unit)})
    asker = await beside.settle_repair(
        db, community=viewer.community_id, exchange=id_, by=viewer.party_id,
        outcome="stands" if stands else "corrected", now=now,
    )  # fmt: skip
    if asker is None:
        raise changed()
    kind = "repair_stands" if stands else "repaired"
    await _close_file(db, viewer, found, words, kind, now, minutes=minutes)
    transfer = await hours.transfer_of_exchange(db, community=viewer.community_id, exchange=id_)
    if not stands and transfer is not None:
        await hours.correct(
            db, community=viewer.community_id, transfer=transfer, right=minutes, sentence=words,
            booked_by=viewer.party_id, now=now,
        )  # fmt: skip
    return found
