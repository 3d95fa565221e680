"""Queries of the parties."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.ids import new_id
from timebank.kernel.names import skeleton, sort_name
from timebank.kernel.numbers import email_key, parse_member_number
from timebank.kernel.text import sort_key
from timebank.parties.model import (
    NOWHERE,
    TAKING_PART,
    Answer,
    Applicant,
    Blocked,
    Card,
    Consent,
    ConsentWay,
    Details,
    Found,
    Helper,
    Listed,
    LookAlike,
    Neighbour,
    OpenPost,
    Party,
    PartyState,
    Staff,
    Together,
    Unwilling,
)
from timebank.parties.wording import former_member

q = load("parties")


def _columns(details: Details) -> dict[str, object]:
    return {
        "full_name": details.full_name,
        "call_name": details.call_name,
        "sort_name": sort_name(details.full_name),
        "skeleton": skeleton(details.full_name),
        "area": details.area_id,
        "place": details.place_id,
        "email": details.email,
        "email_key": email_key(details.email) if details.email else None,
        "phone": details.phone,
        "phone_key": details.phone_key,
        "reachable_by": details.reachable_by,
        "reach_words": details.reach_words,
        "birth_year": details.birth_year,
        "likes": details.likes,
        "dislikes": details.dislikes,
        "street": details.street,
        "postcode": details.postcode,
    }


async def insert(
    db: Db, *, community: int, id_: UUID, kind: str, state: str, details: Details, now: datetime
) -> None:
    """A new party with its person."""
    await q.insert_party(db, community=community, id=id_, kind=kind, state=state, now=now)
    await q.insert_person(
        db, community=community, party=id_, language=details.language, now=now, **_columns(details)
    )


async def update_person(
    db: Db, *, community: int, id_: UUID, details: Details, now: datetime
) -> None:
    """What is personal, as it is from now on. The language has its own switch."""
    await q.update_person(db, community=community, party=id_, now=now, **_columns(details))


async def set_language(db: Db, *, community: int, id_: UUID, language: str) -> None:
    """The language this person reads."""
    await q.set_language(db, community=community, party=id_, language=language)


async def set_mail_whole(db: Db, *, community: int, id_: UUID, whole: bool) -> None:
    """Whether the whole message may stand in a mail."""
    await q.set_mail_whole(db, community=community, party=id_, whole=whole)


async def set_hidden(db: Db, *, community: int, id_: UUID, hidden: bool) -> None:
    """Hide a member from finding, for their safety."""
    await q.set_hidden(db, community=community, party=id_, hidden=hidden)


async def next_serial(db: Db, community: int) -> int:
    """The next member's serial number; the row is locked until the transaction ends."""
    found: int = await q.next_serial(db, community=community)
    return found


async def admit(
    db: Db, *, community: int, id_: UUID, number: str, by: UUID | None, now: datetime
) -> bool:
    """Applying becomes active, with a number; False when it was no longer applying."""
    return bool(await q.admit(db, community=community, id=id_, number=number, by=by, now=now))


async def set_state(
    db: Db, *, community: int, id_: UUID, state: PartyState, from_states: Sequence[PartyState],
    now: datetime, paused_until: date | None = None,
) -> bool:  # fmt: skip
    """From one of `from_states` to `state`; False when it was in none of them."""
    found = await q.set_state(
        db, community=community, id=id_, state=state, from_states=list(from_states), now=now,
        paused_until=paused_until,
    )  # fmt: skip
    return bool(found)


async def lock(db: Db, *, community: int, ids: Collection[UUID]) -> bool:
    """Holds these parties until the transaction ends: whoever holds one of them as well, or changes how
    they take part, comes after. Whether all take part."""
    found = await q.lock(db, community=community, ids=list(ids))
    return len(found) == len(set(ids)) and all(row["state"] in TAKING_PART for row in found)


async def party(db: Db, community: int, id_: UUID) -> Party:
    """One party with all that is personal. Raises NotFound (also when erased)."""
    return await one(Party, q.party(db, community=community, id=id_))


async def cards(db: Db, community: int, ids: Iterable[UUID]) -> dict[UUID, Card]:
    """Names by id; who was erased is "iemand die niet meer meedoet" with a lasting number."""
    found = await q.cards(db, community=community, ids=list(set(ids)))
    return {row["id"]: _card(dict(row)) for row in found}


def _card(found: dict[str, Any]) -> Card:
    former = found.pop("former_number")
    if found["full_name"] is None:
        name = former_member(former)
        found |= {"call_name": name, "full_name": name, "area_id": NOWHERE, "language": ""}
    return msgspec.convert(found, Card)


async def seen_by(db: Db, community: int, id_: UUID, viewer: UUID) -> Card:
    """A member as `viewer` may see them. Raises NotFound when hidden, blocked or gone."""
    return await one(Card, q.seen_by(db, community=community, id=id_, viewer=viewer))


async def find_seen_by(db: Db, community: int, id_: UUID, viewer: UUID) -> Card | None:
    """As seen_by, or None."""
    return await row(Card, q.seen_by(db, community=community, id=id_, viewer=viewer))


async def by_number(db: Db, community: int, typed: str) -> Found | None:
    """The party with this member number, however it was typed; None when it is no number, or
    nobody's."""
    number = parse_member_number(typed)
    if number is None:
        return None
    return await row(Found, q.by_number(db, community=community, number=number))


async def by_email(db: Db, community: int, email: str) -> list[Found]:
    """Parties that share this e-mail address: couples do."""
    return await rows(Found, q.by_email(db, community=community, email_key=email_key(email)))


async def members(
    db: Db, *, community: int, areas: Sequence[UUID] | None, states: Sequence[PartyState],
    worker: UUID | None = None, name: str | None = None, number: str | None = None,
    after: UUID | None = None, limit: int = 50,
) -> list[Listed]:  # fmt: skip
    """A page of members by name. `after` is the last one seen; `name` is part of a name, as
    somebody typed it. `worker`: without those they stepped aside for."""
    query = q.members(
        db, community=community, areas=None if areas is None else list(areas),
        states=list(states), worker=worker, name=sort_key(name) if name else None,
        skeleton=(skeleton(name) or name) if name else "", number=number, after=after, limit=limit,
    )  # fmt: skip
    return await rows(Listed, query)


async def applicants(db: Db, *, community: int, areas: Sequence[UUID] | None) -> list[Applicant]:
    """Who asked to join, the longest waiting first."""
    query = q.applicants(db, community=community, areas=None if areas is None else list(areas))
    return await rows(Applicant, query)


async def look_alikes(db: Db, community: int, id_: UUID) -> list[LookAlike]:
    """Others who may be the same person as this one."""
    return await rows(LookAlike, q.look_alikes(db, community=community, id=id_))


async def unwilling(db: Db, community: int, id_: UUID) -> list[Unwilling]:
    """Members who will not meet somebody that this applicant looks like."""
    return await rows(Unwilling, q.unwilling(db, community=community, id=id_))


async def staff_names(db: Db, *, community: int, today: date, but: UUID | None = None) -> list[str]:
    """Names of those who work here today, without one of them."""
    found = await q.staff_names(db, community=community, today=today)
    return [r["full_name"] for r in found if r["party_id"] != but]


async def staff_of(db: Db, *, community: int, area: UUID, today: date) -> list[Staff]:
    """Workers of this neighbourhood and admins, as they are today."""
    return await rows(Staff, q.staff_of(db, community=community, area=area, today=today))


async def helpers(db: Db, *, community: int, party: UUID, today: date) -> list[Helper]:
    """Who may do what for this member. The slice of the mandates writes them; here they are read."""
    return await rows(Helper, q.helpers(db, community=community, party=party, today=today))


async def neighbour(db: Db, community: int, id_: UUID, viewer: UUID) -> Neighbour:
    """A member's page as `viewer` may see it. Raises NotFound when hidden, blocked or gone."""
    return await one(Neighbour, q.neighbour(db, community=community, id=id_, viewer=viewer))


async def open_posts_of(db: Db, *, community: int, id_: UUID, today: date) -> list[OpenPost]:
    """What a member asks and offers now."""
    return await rows(OpenPost, q.open_posts_of(db, community=community, id=id_, today=today))


async def done_together(db: Db, *, community: int, one_id: UUID, other_id: UUID) -> list[Together]:
    """What two members did with each other, the latest first; at most five."""
    query = q.done_together(db, community=community, one=one_id, other=other_id)
    return await rows(Together, query)


async def say_not_alike(
    db: Db, *, community: int, one_id: UUID, other_id: UUID, by: UUID, now: datetime
) -> None:
    """'Two different people': not asked again."""
    await q.say_not_alike(db, community=community, one=one_id, other=other_id, by=by, now=now)


async def insert_consent(
    db: Db, *, community: int, party: UUID, kind: str, answer: Answer, wording: int,
    way: ConsentWay, asked_by: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """One more answer; the newest counts."""
    await q.insert_consent(
        db, community=community, id=new_id(), party=party, kind=kind, answer=answer,
        wording=wording, way=way, asked_by=asked_by, now=now,
    )  # fmt: skip


async def consents(db: Db, community: int, party: UUID) -> list[Consent]:
    """All answers, newest first."""
    return await rows(Consent, q.consents(db, community=community, party=party))


async def consent(db: Db, community: int, party: UUID, kind: str) -> str | None:
    """The answer in force, or None when never asked."""
    found: str | None = await q.consent(db, community=community, party=party, kind=kind)
    return found


async def insert_block(
    db: Db, *, community: int, blocker: UUID, blocked: UUID, entered_by: UUID, now: datetime
) -> None:
    """From now on these two do not meet."""
    await q.insert_block(
        db, community=community, blocker=blocker, blocked=blocked, entered_by=entered_by, now=now
    )


async def delete_block(db: Db, *, community: int, blocker: UUID, blocked: UUID) -> None:
    """The blocker takes it back."""
    await q.delete_block(db, community=community, blocker=blocker, blocked=blocked)


async def blocks(db: Db, community: int, party: UUID) -> list[Blocked]:
    """Whom this member does not want to meet."""
    return await rows(Blocked, q.blocks(db, community=community, party=party))


async def has_blocked(db: Db, *, community: int, blocker: UUID, blocked: UUID) -> bool:
    """Whether this member blocked that one already."""
    return bool(await q.has_blocked(db, community=community, blocker=blocker, blocked=blocked))


async def may_meet(db: Db, community: int, one_id: UUID, other_id: UUID) -> bool:
    """Whether neither blocked the other."""
    found: bool = await q.may_meet(db, community=community, one=one_id, other=other_id)
    return found


async def pause_over(db: Db, community: int, today: date) -> list[UUID]:
    """Members whose pause ended."""
    return [r["id"] for r in await q.pause_over(db, community=community, today=today)]
