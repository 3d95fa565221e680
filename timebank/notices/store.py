"""Queries of the notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import parties
from timebank.kernel.db import Db, load, rows
from timebank.notices.model import Line, Mailable, Notice, Told, href, sentence

q = load("notices")


async def insert(
    db: Db, *, community: int, id_: UUID, party: UUID, kind: str, details: dict[str, Any],
    about: tuple[str, UUID] | None, now: datetime,
) -> str | None:  # fmt: skip
    """A new notice; the way it goes, or None when its receiver is not told anything any more."""
    about_kind, about_id = about or (None, None)
    await q.tell(
        db, community=community, id=id_, party=party, kind=kind, details=details,
        about_kind=about_kind, about_id=about_id, now=now,
    )  # fmt: skip
    way: str | None = await q.way(db, community=community, id=id_)
    return way


async def withdraw(
    db: Db, *, community: int, about_id: UUID, kind: str | None, now: datetime
) -> None:
    """Take back what nobody heard yet."""
    await q.withdraw(db, community=community, about_id=about_id, kind=kind, now=now)


async def _lines(db: Db, community: int, found: list[Notice]) -> list[Line]:
    wanted = {
        UUID(value)
        for notice in found
        for key, value in notice.details.items()
        if key.endswith("_id")
    }
    names = await parties.cards(db, community, wanted) if wanted else {}
    return [
        Line(
            notice.id,
            notice.party_id,
            sentence(Told(notice, names)),
            href(notice),
            notice.made_at,
            notice.way,
            notice.read_at is not None,
        )
        for notice in found
    ]


async def unread(db: Db, *, community: int, party: UUID, limit: int = 20) -> list[Line]:
    """What this party has not read yet, newest first, in words."""
    found = await rows(Notice, q.unread(db, community=community, party=party, limit=limit))
    return await _lines(db, community, found)


async def recent(
    db: Db, *, community: int, party: UUID, before: UUID | None = None, limit: int = 20
) -> list[Line]:
    """All notices of this party, newest first."""
    query = q.recent(db, community=community, party=party, before=before, limit=limit)
    return await _lines(db, community, await rows(Notice, query))


async def mark_read(db: Db, *, community: int, party: UUID, up_to: UUID, now: datetime) -> None:
    """This party read everything up to a notice."""
    await q.mark_read(db, community=community, party=party, up_to=up_to, now=now)


async def mark_about_read(
    db: Db, *, community: int, party: UUID, about_id: UUID, now: datetime
) -> None:
    """This party did what the notices about something were for."""
    await q.mark_about_read(db, community=community, party=party, about_id=about_id, now=now)


async def to_pass_on(
    db: Db, *, community: int, areas: Sequence[UUID], limit: int = 50
) -> list[Line]:
    """What workers still have to tell by phone or on paper."""
    query = q.to_pass_on(db, community=community, areas=list(areas), limit=limit)
    return await _lines(db, community, await rows(Notice, query))


async def passed_on(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> UUID | None:
    """A worker told it; the receiver's id, or None when somebody else did already."""
    found = await q.passed_on(db, community=community, id=id_, by=by, now=now)
    return found["party_id"] if found else None


async def line(db: Db, community: int, notice: Notice) -> Line:
    """One notice in words, in the language that is being spoken."""
    return (await _lines(db, community, [notice]))[0]


async def for_mail(db: Db, *, community: int, id_: UUID) -> Mailable | None:
    """A notice that is still worth a mail, with where it goes; the rights are checked again."""
    found = await q.for_mail(db, community=community, id=id_)
    if found is None:
        return None
    values = dict(found)
    return Mailable(
        notice=Notice(**{name: values[name] for name in Notice.__struct_fields__}),
        email=values["email"],
        call_name=values["call_name"],
        language=values["language"],
        mail_whole=values["mail_whole"],
    )


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> list[UUID]:
    """Erasure: all that was told to this party goes; the ids, under which mails may still wait."""
    return [r["id"] for r in await q.forget(db, community=community, party=party)]
