"""The life of an introduction: chosen, asked twice, both yes, what came of it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from timebank import audit, contacts, notices, parties
from timebank.introductions import store
from timebank.introductions.model import (
    ASK_DAYS,
    ASKS_WITHIN,
    FOLLOW_UP,
    MAY_FOLLOW,
    MISSED_DAYS,
    MOST_ASKS,
    OTHER_DAYS,
    Answer,
    CameOfIt,
    Introduction,
    Outcome,
    Side,
    State,
    Told,
    Waiting,
    Wish,
)
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


def changed() -> Conflict:
    """Somebody else was first."""
    return Conflict(_("Dit is intussen veranderd. Kijk nog eens op de bladzijde."))


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
        await _note(db, viewer, "introduction.chosen", person.id, id_, now)
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
        await _move(db, viewer.party_id, found, found.state, "missed", now, due_on=due_on,
                    owner=viewer.party_id, community=viewer.community_id)  # fmt: skip
        return
    await _ask(db, viewer, found, side, told, now)
    if told in ("yes", "no"):
        again = await store.introduction(db, viewer.community_id, id_)
        answer: Answer = "yes" if told == "yes" else "no"
        await _answered(db, viewer, again, side, answer, by=viewer.party_id, now=now)


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
        await _note(db, viewer, "introduction.asked", side, found.id, now)
    state: State = "first_asked" if side == found.party_id else "second_asked"
    await _move(
        db, viewer.party_id, found, state, "asked" if told == "page" else "phoned", now,
        due_on=local_date(now) + timedelta(ASK_DAYS), owner=viewer.party_id, community=community,
    )  # fmt: skip
    if told == "page":
        await notices.tell(
            db, community=community, to=side, kind="introduction_asked", now=now,
            about=("introduction", found.id), who_id=viewer.party_id,
        )  # fmt: skip


async def answer(db: Db, viewer: Viewer, id_: UUID, said: Answer, *, now: datetime) -> None:
    """One who was asked answers. Raises NotFound, or Conflict when there is an answer already."""
    community = viewer.community_id
    found = await store.introduction(db, community, id_, locked=True)
    side = await store.side(db, community=community, id_=id_, viewer=viewer.subject_id)
    if side.answer is not None or found.to_ask != viewer.subject_id:
        raise changed()
    await _answered(db, viewer, found, viewer.subject_id, said, by=viewer.party_id, now=now)
    await notices.mark_about_read(
        db, community=community, party=viewer.subject_id, about_id=id_, now=now
    )


async def _answered(
    db: Db, viewer: Viewer, found: Introduction, side: UUID, said: Answer, *, by: UUID,
    now: datetime,
) -> None:  # fmt: skip
    community, today = viewer.community_id, local_date(now)
    await store.answer(
        db, community=community, introduction=found.id, party=side, answer=said, by=by, now=now
    )
    owner = found.owner_id
    if by != side:
        await _note_for_another(db, viewer, "introduction.answered", side, found.id, now)
    if said == "no":
        await _end(db, by, found, "declined", "declined", now, community)
        if side == found.other_id:
            await _tell(db, community, found.party_id, "introduction_not_now", found, now)
    elif side == found.party_id:
        due_on = today + timedelta(OTHER_DAYS)
        await _move(db, by, found, "first_yes", "said_yes", now, due_on=due_on, owner=owner,
                    community=community)  # fmt: skip
    else:
        await _move(db, by, found, "introduced", "said_yes", now, due_on=today + FOLLOW_UP,
                    owner=owner, introduced_on=today, community=community)  # fmt: skip
        for one in (found.party_id, found.other_id):
            await _tell(db, community, one, "introduction_both_yes", found, now)


async def say_what_came_of_it(
    db: Db, viewer: Viewer, id_: UUID, said: CameOfIt, *, now: datetime
) -> None:
    """One of the two says what came of it. They met: it is over. Not yet: over when both say so;
    else a worker asks. Raises NotFound, Conflict when it is over."""
    community = viewer.community_id
    found = await store.introduction(db, community, id_, locked=True)
    await store.side(db, community=community, id_=id_, viewer=viewer.subject_id)
    if found.state not in ("introduced", "followed_up"):
        raise changed()
    await store.came_of_it(
        db, community=community, introduction=id_, party=viewer.subject_id, came_of_it=said
    )
    if viewer.acting_for is not None:
        await _note_for_another(db, viewer, "introduction.told", viewer.subject_id, id_, now)
    both = {one.came_of_it for one in (await store.asks(db, community, id_)).values()}
    if said != "not_met" or both == {"not_met"}:
        await _end(db, viewer.party_id, found, said, "told", now, community)
    await notices.mark_about_read(
        db, community=community, party=viewer.subject_id, about_id=id_, now=now
    )


async def close(db: Db, viewer: Viewer, id_: UUID, outcome: Outcome, *, now: datetime) -> None:
    """The worker ends it. Raises NotFound, or Conflict when it is over, or says what cannot be:
    two who were not introduced did not meet."""
    found, _person, _other = await introduction_for(db, viewer, id_, locked=True)
    if outcome not in outcomes(found):
        raise changed()
    await _end(db, viewer.party_id, found, outcome, outcome, now, viewer.community_id)
    await _note(db, viewer, "introduction.closed", found.party_id, found.id, now)


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


async def side_for(db: Db, viewer: Viewer, id_: UUID) -> Side:
    """An introduction for one who was asked. Raises NotFound for everybody else."""
    policy.demand(viewer, "own.see")
    return await store.side(db, community=viewer.community_id, id_=id_, viewer=viewer.subject_id)


async def put_wish(db: Db, viewer: Viewer, wish: Wish, *, now: datetime) -> None:
    """What a member says about meeting new people."""
    await store.put_wish(
        db, community=viewer.community_id, party=viewer.subject_id, wish=wish,
        by=viewer.party_id, now=now,
    )  # fmt: skip
    if viewer.acting_for is not None:
        await audit.note(
            db, community=viewer.community_id, act="introduction.wished", actor=viewer.party_id,
            on_behalf_of=viewer.subject_id, subject=viewer.subject_id, now=now,
        )  # fmt: skip


async def end(
    db: Db, community: int, found: Introduction, outcome: Outcome, reason: str, now: datetime
) -> None:
    """It is over, by the calendar."""
    await _end(db, None, found, outcome, reason, now, community)


async def _end(
    db: Db, by: UUID | None, found: Introduction, outcome: Outcome, reason: str, now: datetime,
    community: int,
) -> None:  # fmt: skip
    await _move(db, by, found, "closed", reason, now, due_on=None, owner=None, outcome=outcome,
                community=community)  # fmt: skip
    await notices.withdraw(db, community=community, about_id=found.id, now=now)


async def follow(db: Db, community: int, found: Introduction, due_on: date, now: datetime) -> None:
    """Four weeks later: both are asked what came of it."""
    await _move(db, None, found, "followed_up", "asked_how", now, due_on=due_on,
                owner=found.owner_id, community=community)  # fmt: skip
    for one in (found.party_id, found.other_id):
        await _tell(db, community, one, "introduction_how", found, now)


async def _move(
    db: Db, by: UUID | None, found: Introduction, state: State, reason: str, now: datetime, *,
    due_on: date | None, owner: UUID | None, community: int, outcome: Outcome | None = None,
    introduced_on: date | None = None,
) -> None:  # fmt: skip
    if state != found.state and state not in MAY_FOLLOW[found.state]:
        raise changed()
    moved = await store.move(
        db, community=community, found=found, state=state, owner=owner, due_on=due_on,
        outcome=outcome, introduced_on=introduced_on, today=local_date(now), now=now,
    )  # fmt: skip
    if not moved:
        raise changed()
    await store.insert_step(
        db, community=community, introduction=found.id, actor=by, from_state=found.state,
        to_state=state, reason=reason, now=now,
    )  # fmt: skip


async def _tell(
    db: Db, community: int, to: UUID, kind: str, found: Introduction, now: datetime
) -> None:
    details: dict[str, Any] = {"who_id": found.owner_id} if found.owner_id else {}
    about = None if kind == "introduction_not_now" else ("introduction", found.id)  # it is over
    await notices.tell(db, community=community, to=to, kind=kind, now=now, about=about, **details)


async def _note(db: Db, viewer: Viewer, act: str, subject: UUID, id_: UUID, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=subject,
        about=("introduction", id_), now=now,
    )  # fmt: skip


async def _note_for_another(
    db: Db, viewer: Viewer, act: str, member: UUID, id_: UUID, now: datetime
) -> None:
    """As `_note`, of what this hand wrote in a member's name."""
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, on_behalf_of=member,
        subject=member, about=("introduction", id_), now=now,
    )  # fmt: skip
