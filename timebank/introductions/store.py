"""Queries of the introductions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank import parties
from timebank.introductions.model import (
    ADULT,
    ASKS_WITHIN,
    MOST_ASKS,
    NOT_AGAIN,
    Answer,
    Ask,
    CameOfIt,
    Introduction,
    Outcome,
    Past,
    Reason,
    Side,
    State,
    Step,
    Waiting,
    Way,
    Wish,
)
from timebank.introductions.score import FARTHEST_METRES, Candidate, Facts, Seeker, Tag
from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.ids import new_id

q = load("introductions")
SHORT_LIST = 60
LATELY = timedelta(days=90)


async def seeker(db: Db, community: int, party: UUID) -> Seeker:
    """The member somebody is looked for. Raises NotFound."""
    return await one(Seeker, q.seeker(db, community=community, party=party))


async def open_posts(db: Db, *, community: int, party: UUID, today: date) -> list[Tag]:
    """What this member asks and offers now."""
    return await rows(Tag, q.open_posts(db, community=community, party=party, today=today))


async def candidates(
    db: Db, *, community: int, seeker: Seeker, worker: UUID, areas: Sequence[UUID], likes: str,
    today: date, now: datetime, only: UUID | None = None,
) -> list[Candidate]:  # fmt: skip
    """Who passes every filter of the database, the likeliest first. `likes` is a pattern of words;
    `only` looks at one member alone."""
    query = q.candidates(
        db, community=community, party=seeker.id, worker=worker, areas=list(areas), today=today,
        languages=[code for code in seeker.languages if code != "nl"], likes=likes, only=only,
        adult_since=today.year - ADULT, not_again=today - NOT_AGAIN,
        asked_since=now - ASKS_WITHIN, most_asks=MOST_ASKS, farthest=float(FARTHEST_METRES),
        limit=SHORT_LIST,
    )  # fmt: skip
    return await rows(Candidate, query)


async def facts(
    db: Db, *, community: int, ids: Sequence[UUID], today: date, now: datetime
) -> dict[UUID, Facts]:
    """What is known of these few."""
    query = q.facts(
        db, community=community, ids=list(ids), since=today - LATELY, today=today,
        asked_since=now - LATELY,
    )  # fmt: skip
    return {found.id: found for found in await rows(Facts, query)}


async def posts_of_many(
    db: Db, *, community: int, ids: Sequence[UUID], today: date
) -> defaultdict[UUID, list[Tag]]:
    """What each of these asks and offers now."""
    found: defaultdict[UUID, list[Tag]] = defaultdict(list)
    for line in await q.posts_of_many(db, community=community, ids=list(ids), today=today):
        found[line["by_id"]].append(
            Tag(line["direction"], line["category"], line["title"], line["together"])
        )
    return found


async def insert(
    db: Db, *, community: int, id_: UUID, party: UUID, other: UUID, state: State,
    owner: UUID | None, due_on: date | None, reasons: Sequence[Reason],
    outcome: Outcome | None, by: UUID, today: date, now: datetime,
) -> None:  # fmt: skip
    """A new introduction, open or over at once."""
    await q.insert(
        db, community=community, id=id_, party=party, other=other, state=state, owner=owner,
        due_on=due_on, reasons=msgspec.to_builtins(list(reasons)), outcome=outcome,
        closed_on=today if outcome else None, by=by, today=today, now=now,
    )  # fmt: skip


async def insert_step(
    db: Db, *, community: int, introduction: UUID, actor: UUID | None, from_state: State | None,
    to_state: State, reason: str, now: datetime,
) -> None:  # fmt: skip
    """What happened, who did it, and why."""
    await q.insert_step(
        db, community=community, id=new_id(), introduction=introduction, actor=actor,
        from_state=from_state, to_state=to_state, reason=reason, now=now,
    )  # fmt: skip


async def introduction(db: Db, community: int, id_: UUID, *, locked: bool = False) -> Introduction:
    """One introduction; `locked` until this transaction ends. Raises NotFound."""
    query = q.lock if locked else q.introduction
    return await one(Introduction, query(db, community=community, id=id_))


async def move(
    db: Db, *, community: int, found: Introduction, state: State, owner: UUID | None,
    due_on: date | None, outcome: Outcome | None, introduced_on: date | None, today: date,
    now: datetime,
) -> bool:  # fmt: skip
    """From the state it was in to another; False when it moved in the meantime."""
    moved = await q.move(
        db, community=community, id=found.id, from_state=found.state, state=state, owner=owner,
        due_on=due_on, outcome=outcome, introduced_on=introduced_on,
        closed_on=today if outcome else None, now=now,
    )  # fmt: skip
    return moved is not None


async def of_party(db: Db, community: int, party: UUID, limit: int = 20) -> list[Past]:
    """What there was for a member, the newest first."""
    return await rows(Past, q.of_party(db, community=community, party=party, limit=limit))


async def asked_since(
    db: Db, *, community: int, party: UUID, introduction: UUID, since: datetime
) -> int:
    """How often this member was asked for other introductions; they are locked from here on."""
    await parties.lock(db, community=community, ids=[party])
    found: int = await q.asked_since(
        db, community=community, party=party, introduction=introduction, since=since
    )
    return found


async def ask(
    db: Db, *, community: int, introduction: UUID, party: UUID, way: Way, by: UUID, now: datetime
) -> None:
    """This side was asked."""
    await q.ask(
        db, community=community, introduction=introduction, party=party, way=way, by=by, now=now
    )


async def answer(
    db: Db, *, community: int, introduction: UUID, party: UUID, answer: Answer, by: UUID,
    now: datetime,
) -> None:  # fmt: skip
    """What this side said; the first answer stands."""
    await q.answer(
        db, community=community, introduction=introduction, party=party, answer=answer, by=by,
        now=now,
    )  # fmt: skip


async def came_of_it(
    db: Db, *, community: int, introduction: UUID, party: UUID, came_of_it: CameOfIt
) -> None:
    """What came of it, as this side says."""
    await q.came_of_it(
        db, community=community, introduction=introduction, party=party, came_of_it=came_of_it
    )


async def asks(db: Db, community: int, introduction: UUID) -> dict[UUID, Ask]:
    """Both sides, as far as they were asked."""
    found = await rows(Ask, q.asks(db, community=community, introduction=introduction))
    return {side.party_id: side for side in found}


async def side(db: Db, *, community: int, id_: UUID, viewer: UUID) -> Side:
    """An introduction as one who was asked may see it. Raises NotFound."""
    return await one(Side, q.side(db, community=community, id=id_, viewer=viewer))


async def steps(db: Db, community: int, introduction: UUID) -> list[Step]:
    """What happened, in order."""
    return await rows(Step, q.steps(db, community=community, introduction=introduction))


async def waiting(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, until: date, limit: int
) -> list[Waiting]:
    """What waits for a worker of these neighbourhoods."""
    query = q.waiting(
        db, community=community, areas=list(areas), worker=worker, until=until, limit=limit
    )
    return await rows(Waiting, query)


async def to_follow_up(db: Db, community: int, today: date) -> list[Introduction]:
    """Of which it is time to ask what came of it; locked."""
    return await rows(Introduction, q.to_follow_up(db, community=community, today=today))


async def impossible(db: Db, community: int, today: date) -> list[Introduction]:
    """What can go on no longer; locked."""
    return await rows(Introduction, q.impossible(db, community=community, today=today))


async def reassign(db: Db, *, community: int, today: date) -> None:
    """What lies with somebody who no longer works there gets another owner."""
    await q.reassign(db, community=community, today=today)


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erasure: every introduction of this member, on either side, and what they wished."""
    found = await q.of_person(db, community=community, party=party)
    await _delete(db, community, [line["id"] for line in found])
    await q.forget_wish(db, community=community, party=party)


async def forget_unwanted(db: Db, *, community: int, before: date) -> None:
    """What began with a yes that was taken back, and what is past its term."""
    found = await q.unwanted(db, community=community, before=before)
    await _delete(db, community, [line["id"] for line in found])


async def _delete(db: Db, community: int, ids: list[UUID]) -> None:
    who: dict[str, Any] = {"community": community, "ids": ids}
    await q.forget_asks(db, **who)
    await q.forget_steps(db, **who)
    await q.forget_introductions(db, **who)


async def wish(db: Db, community: int, party: UUID) -> Wish | None:
    """What this member says about meeting new people; None when never asked."""
    return await row(Wish, q.wish(db, community=community, party=party))


async def put_wish(
    db: Db, *, community: int, party: UUID, wish: Wish, by: UUID, now: datetime
) -> None:
    """What they say from now on."""
    await q.put_wish(
        db, community=community, party=party, answer=wish.answer, hosts=wish.hosts,
        by_age=wish.by_age, languages=list(wish.languages), by=by, now=now,
    )  # fmt: skip


async def set_owner(db: Db, *, community: int, id_: UUID, owner: UUID) -> bool:
    """Another owner; False when it is over."""
    return await q.set_owner(db, community=community, id=id_, owner=owner) is not None
