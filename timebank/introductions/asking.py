"""What the worker does: chooses two, asks each, and ends it."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import contacts, notices, parties
from timebank.introductions import store
from timebank.introductions.answering import answered
from timebank.introductions.model import (
    ASK_DAYS,
    ASKS_WITHIN,
    MISSED_DAYS,
    MOST_ASKS,
    Answer,
    Introduction,
    Outcome,
    State,
    Told,
    Waiting,
)
from timebank.introductions.steps import changed, end, move, note
from timebank.introductions.suggesting import the_one
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, NotFound
from timebank.web import policy
from timebank.web.viewer import Viewer

AHEAD = timedelta(days=7)
MOST = 50


async def introduction_for(
    db: Db, viewer: Viewer, id_: UUID, *, locked: bool = False
) -> tuple[Introduction, parties.Party, parties.Party]:
    """An introduction with both members, for a worker of the neighbourhood of each. Raises NotFound
    for everybody else, and once the first took back the yes, or the two shall not meet."""
    policy.demand(viewer, "introduction.make")
    found = await store.introduction(db, viewer.community_id, id_, locked=locked)
    person = await contacts.person_for(db, viewer, found.party_id)
    other = await contacts.person_for(db, viewer, found.other_id)
    answer = await parties.consent(db, viewer.community_id, person.id, parties.WORKER_CALL)
    if answer != "yes" or not await parties.may_meet(db, viewer.community_id, person.id, other.id):
        raise NotFound
    return found, person, other


async def choose(
    db: Db, viewer: Viewer, person: parties.Party, other: UUID, *, now: datetime
) -> UUID:
    """The worker will ask these two. Raises Conflict when they may not (or no longer) be suggested
    to each other."""
    return await _begin(db, viewer, person, other, state="chosen", outcome=None, now=now)


async def pass_over(
    db: Db, viewer: Viewer, person: parties.Party, other: UUID, *, now: datetime
) -> None:
    """Not these two: not suggested again for a while. Raises as `choose`."""
    await _begin(db, viewer, person, other, state="closed", outcome="passed_over", now=now)


async def _begin(
    db: Db, viewer: Viewer, person: parties.Party, other: UUID, *, state: State,
    outcome: Outcome | None, now: datetime,
) -> UUID:  # fmt: skip
    found = await the_one(db, viewer, person, other, now=now)
    if found is None:
        raise Conflict(_("Deze twee kunt u nu niet voorstellen. Kies iemand anders."))
    id_, today, is_open = new_id(), local_date(now), outcome is None
    await store.insert(
        db, community=viewer.community_id, id_=id_, party=person.id, other=other, state=state,
        owner=viewer.party_id if is_open else None, reasons=found.reasons, outcome=outcome,
        due_on=today + timedelta(ASK_DAYS) if is_open else None, by=viewer.party_id, today=today,
        now=now,
    )  # fmt: skip
    await store.insert_step(
        db, community=viewer.community_id, introduction=id_, actor=viewer.party_id,
        from_state=None, to_state=state, reason=outcome or "chosen", now=now,
    )  # fmt: skip
    if is_open:
        await note(db, viewer, "introduction.chosen", person.id, id_, now)
    return id_


async def ask(db: Db, viewer: Viewer, id_: UUID, told: Told, *, now: datetime) -> None:
    """The worker asked whose turn it is: by a message, or by phone with the answer.

    Raises NotFound, or Conflict: it is over or has both answers, or this member was asked twice
    this month already.
    """
    found, _person, _other = await introduction_for(db, viewer, id_, locked=True)
    side = found.to_ask
    if side is None or (told == "page" and found.state in ("first_asked", "second_asked")):
        raise changed()
    if told == "missed":
        due_on = local_date(now) + timedelta(MISSED_DAYS)
        await move(
            db, viewer.community_id, found, found.state, "missed", by=viewer.party_id,
            due_on=due_on, owner=viewer.party_id, now=now,
        )  # fmt: skip
        return
    await _ask(db, viewer, found, side, told, now)
    if told in ("yes", "no"):
        again = await store.introduction(db, viewer.community_id, id_)
        answer: Answer = "yes" if told == "yes" else "no"
        await answered(db, viewer, again, side, answer, by=viewer.party_id, now=now)


async def _ask(
    db: Db, viewer: Viewer, found: Introduction, side: UUID, told: Told, now: datetime
) -> None:
    community = viewer.community_id
    if found.state in ("chosen", "first_yes"):
        before = await store.asked_since(
            db, community=community, party=side, introduction=found.id, since=now - ASKS_WITHIN
        )
        if before >= MOST_ASKS:
            raise Conflict(_("Deze buur is deze maand al twee keer gevraagd. Wacht even."))
        await store.ask(
            db, community=community, introduction=found.id, party=side,
            way="page" if told == "page" else "phone", by=viewer.party_id, now=now,
        )  # fmt: skip
        await note(db, viewer, "introduction.asked", side, found.id, now)
    state: State = "first_asked" if side == found.party_id else "second_asked"
    await move(
        db, community, found, state, "asked" if told == "page" else "phoned", by=viewer.party_id,
        due_on=local_date(now) + timedelta(ASK_DAYS), owner=viewer.party_id, now=now,
    )  # fmt: skip
    if told == "page":
        await notices.tell(
            db, community=community, to=side, kind="introduction_asked", now=now,
            about=("introduction", found.id), who_id=viewer.party_id,
        )  # fmt: skip


async def close(db: Db, viewer: Viewer, id_: UUID, outcome: Outcome, *, now: datetime) -> None:
    """The worker ends it. Raises NotFound, or Conflict when it is over, or says what cannot be:
    two who were not introduced did not meet."""
    found, _person, _other = await introduction_for(db, viewer, id_, locked=True)
    if outcome not in outcomes(found):
        raise changed()
    await end(db, viewer.community_id, found, outcome, outcome, by=viewer.party_id, now=now)
    await note(db, viewer, "introduction.closed", found.party_id, found.id, now)


def outcomes(found: Introduction) -> tuple[Outcome, ...]:
    """How a worker may end it."""
    if found.state in ("introduced", "followed_up"):
        return ("met_again", "met", "not_met", "no_answer")
    return ("no_answer", "withdrawn") if found.is_open else ()


async def list_for(db: Db, viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """What waits in this worker's neighbourhoods within a week; nothing for anybody else."""
    if not policy.may(viewer, "introduction.make"):
        return []
    return await store.waiting(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        until=local_date(now) + AHEAD, limit=MOST,
    )  # fmt: skip
