"""Queries of the audit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from timebank.audit.model import Entry
from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id

q = load("audit")


async def note(
    db: Db, *, community: int, act: str, actor: UUID | None, now: datetime,
    on_behalf_of: UUID | None = None, subject: UUID | None = None,
    about: tuple[str, UUID] | None = None, detail: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write one line: `act` is like 'party.admitted', `subject` the member it concerns, `about`
    (kind, id) of the thing. `detail` holds codes and numbers only."""
    kind, object_id = about or (None, None)
    await q.note(
        db, community=community, id=new_id(), now=now, act=act, actor=actor,
        on_behalf_of=on_behalf_of, subject=subject, object_kind=kind, object_id=object_id,
        detail=detail or {},
    )  # fmt: skip


async def about_party(
    db: Db, *, community: int, subject: UUID, before: UUID | None = None, limit: int = 50
) -> list[Entry]:
    """Lines about one member, newest first; `before` is the id of the last line seen."""
    query = q.about_party(db, community=community, subject=subject, before=before, limit=limit)
    return await rows(Entry, query)


async def all_entries(
    db: Db, *, community: int, before: UUID | None = None, limit: int = 50
) -> list[Entry]:
    """All lines, newest first."""
    return await rows(Entry, q.all_entries(db, community=community, before=before, limit=limit))
