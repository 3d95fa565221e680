"""One function per named query of sql/moderation.sql."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.ids import new_id
from timebank.kernel.redact import Known
from timebank.moderation.model import (
    About,
    Colleague,
    Hiding,
    Outcome,
    Reach,
    Repair,
    Report,
    Text,
    Thing,
    Voice,
    Words,
    reach,
)
from timebank.web.viewer import Viewer

q = load("moderation")


class Open(msgspec.Struct, frozen=True):
    """An open report about a thing, its row locked."""

    id: UUID
    owner_id: UUID


class Orphan(msgspec.Struct, frozen=True):
    """An open report of somebody who does not work here any more."""

    id: UUID
    owner_id: UUID
    subject_id: UUID
    area_id: UUID


class Closed(msgspec.Struct, frozen=True):
    """A report that was closed just now."""

    id: UUID
    about_kind: About
    about_id: UUID
    subject_id: UUID


class PostFacts(msgspec.Struct, frozen=True):
    """Whose post it is, and whether it is out of sight."""

    by_id: UUID
    hidden: bool


def _seen(viewer: Viewer) -> dict[str, Any]:
    allowed = reach(viewer)
    return {
        "community": viewer.community_id, "viewer": viewer.party_id,
        "everywhere": allowed.everywhere, "areas": list(allowed.areas),
    }  # fmt: skip


async def open_voices(db: Db, community: int, party: UUID) -> int:
    """How many open reports this member made."""
    found: int = await q.open_voices(db, community=community, party=party)
    return found


async def message_thing(db: Db, viewer: Viewer, id_: UUID) -> Thing | None:
    """A message in a thread of this member."""
    found = await q.message_thing(
        db, community=viewer.community_id, id=id_, reader=viewer.subject_id
    )
    return None if found is None else Thing(kind="message", **dict(found))


async def party_thing(db: Db, viewer: Viewer, id_: UUID) -> Thing | None:
    """A member whom this one may see, or blocked."""
    found = await q.party_thing(db, community=viewer.community_id, id=id_, reader=viewer.subject_id)
    return None if found is None else Thing(kind="party", **dict(found))


async def next_owner(
    db: Db, *, community: int, area: UUID, subject: UUID, last: Sequence[UUID], today: date
) -> UUID | None:
    """Whose turn it is; None when nobody but the one it is about works here."""
    found: UUID | None = await q.next_owner(
        db, community=community, area=area, subject=subject, last=list(last), today=today
    )
    return found


async def insert_report(
    db: Db, *, community: int, thing: Thing, area: UUID, owner: UUID, due_on: date, now: datetime
) -> UUID | None:
    """A new open report; None when there is one about this thing."""
    found: UUID | None = await q.insert_report(
        db, community=community, id=new_id(), about_kind=thing.kind, about_id=thing.id,
        subject=thing.subject_id, area=area, owner=owner, due_on=due_on, now=now,
    )  # fmt: skip
    return found


async def open_report(db: Db, community: int, kind: About, id_: UUID) -> Open | None:
    """The open report about a thing, locked until the transaction ends."""
    query = q.open_report(db, community=community, about_kind=kind, about_id=id_)
    return await row(Open, query)


async def insert_voice(
    db: Db, *, community: int, report: UUID, party: UUID, entered_by: UUID, reason: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Somebody reported it; False when they did already."""
    found = await q.insert_voice(
        db, community=community, report=report, party=party, entered_by=entered_by,
        reason=reason, now=now,
    )  # fmt: skip
    return found is not None


async def insert_words(
    db: Db, *, community: int, report: UUID, by: UUID, kind: str, words: str, now: datetime
) -> None:
    """Words beside a report, where erasure reaches them."""
    await q.insert_words(
        db, community=community, id=new_id(), report=report, by=by, kind=kind, words=words, now=now
    )


async def set_taken_down(db: Db, community: int, report: UUID) -> None:
    """The post it is about is out of sight until somebody has looked."""
    await q.set_taken_down(db, community=community, report=report)


async def judged(db: Db, community: int, post: UUID) -> bool:
    """Whether somebody looked at a report about this post and let it stand."""
    return bool(await q.judged(db, community=community, post=post))


async def desk(db: Db, viewer: Viewer) -> list[Report]:
    """Open reports that this viewer may handle, the most pressing first."""
    return await rows(Report, q.desk(db, **_seen(viewer)))


async def done(db: Db, viewer: Viewer, *, before: UUID | None, limit: int) -> list[Report]:
    """Closed ones, newest first."""
    return await rows(Report, q.done(db, before=before, limit=limit, **_seen(viewer)))


async def report_for(db: Db, viewer: Viewer, id_: UUID) -> Report:
    """A report that this viewer may handle. Raises NotFound, also for the one it is about."""
    return await one(Report, q.report_for(db, id=id_, **_seen(viewer)))


async def waiting_count(db: Db, viewer: Viewer) -> int:
    """How many open reports this viewer may handle."""
    found: int = await q.waiting_count(db, **_seen(viewer))
    return found


async def voices(db: Db, community: int, report: UUID) -> list[Voice]:
    """Who reported it, the first one first."""
    return await rows(Voice, q.voices(db, community=community, report=report))


async def words(db: Db, community: int, report: UUID) -> list[Words]:
    """What was written about it, in order."""
    return await rows(Words, q.words(db, community=community, report=report))


async def text_now(db: Db, community: int, report: UUID) -> Text:
    """What was reported, as it reads now. Raises NotFound."""
    return await one(Text, q.text_now(db, community=community, report=report))


async def close(
    db: Db, *, community: int, id_: UUID, outcome: Outcome, by: UUID, now: datetime
) -> Closed | None:
    """Closed with an outcome; None when it was closed already."""
    query = q.close(db, community=community, id=id_, outcome=outcome, by=by, now=now)
    return await row(Closed, query)


async def close_about(
    db: Db, *, community: int, kind: About, id_: UUID, outcome: Outcome, by: UUID, now: datetime
) -> list[UUID]:
    """Close the open report about a thing, if there is one; its id."""
    found = await q.close_about(
        db, community=community, about_kind=kind, about_id=id_, outcome=outcome, by=by, now=now
    )
    return [r["id"] for r in found]


async def set_owner(db: Db, *, community: int, id_: UUID, owner: UUID) -> bool:
    """With whom it lies from now on; False when it is closed."""
    return await q.set_owner(db, community=community, id=id_, owner=owner) is not None


async def colleagues(db: Db, community: int, report: Report, today: date) -> list[Colleague]:
    """Who may take it over, by name."""
    query = q.colleagues(
        db, community=community, area=report.area_id, subject=report.subject_id, today=today
    )
    return await rows(Colleague, query)


async def orphaned(db: Db, community: int, today: date) -> list[Orphan]:
    """Open reports whose owner does not work here any more, locked."""
    return await rows(Orphan, q.orphaned(db, community=community, today=today))


async def hiding(db: Db, community: int, post: UUID) -> Hiding | None:
    """Why a post is out of sight; None when it is not (or nobody said why)."""
    return await row(Hiding, q.hiding(db, community=community, post=post))


async def insert_hiding(
    db: Db, *, community: int, post: UUID, reason: str, words: str, by: UUID | None, now: datetime
) -> None:
    """A post goes out of sight. Raises Conflict when somebody else did it at the same moment."""
    await q.insert_hiding(
        db, community=community, id=new_id(), post=post, reason=reason, words=words, by=by, now=now
    )


async def end_first_look(db: Db, *, community: int, post: UUID, by: UUID, now: datetime) -> None:
    """Somebody looked at what was only taken down first; what a person hid stays."""
    await q.end_first_look(db, community=community, post=post, by=by, now=now)


async def end_hiding(db: Db, *, community: int, post: UUID, by: UUID, now: datetime) -> bool:
    """It is over; False when it was not out of sight."""
    return await q.end_hiding(db, community=community, post=post, by=by, now=now) is not None


async def ask_again(db: Db, *, community: int, post: UUID, now: datetime) -> bool:
    """Its author asks to look again; False when they did already, or it is in sight."""
    found = await q.ask_again(db, community=community, post=post, now=now)
    return found is not None


async def forget(db: Db, *, community: int, party: UUID, names: Known, now: datetime) -> None:
    """Erasure: what this person wrote in reports, and what was written about them. Codes stay."""
    await q.forget_words(db, community=community, party=party)
    await q.forget_texts(db, community=community, party=party)
    await q.forget_hidings(db, community=community, party=party)
    for said, words in names.named_in(
        await q.notes_beside(db, community=community, party=party), "words"
    ):
        await q.set_words(db, community=community, id=said["id"], words=words)


async def tidy(db: Db, community: int, before: datetime) -> None:
    """Forget the words of reports that were closed before this moment."""
    await q.tidy(db, community=community, before=before)


async def open_repairs(db: Db, community: int, allowed: Reach) -> list[Repair]:
    """Bookings that somebody asked to have put right, the longest waiting first."""
    query = q.open_repairs(
        db, community=community, everywhere=allowed.everywhere, areas=list(allowed.areas)
    )
    return await rows(Repair, query)


async def post_facts(db: Db, community: int, post: UUID) -> PostFacts:
    """Whose post it is, and whether it is out of sight. Raises NotFound."""
    return await one(PostFacts, q.post_facts(db, community=community, post=post))
