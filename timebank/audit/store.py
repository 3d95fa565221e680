"""Queries of the audit."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from timebank.audit.model import Entry, LogLine
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, load, rows
from timebank.kernel.ids import new_id

q = load("audit")
KEPT_FROM = r"^report\."
"""Acts that the member they concern may not read: the line would say who reported."""
NOTHING = "^$"
NAMELESS = r"^(signal|attention|contact|introduction|report|block)\.|\.looked(_|$)"
"""Care data, and every look: the admin reads who did it and never of whom. An admin has no right to
know who stands on a worker's list; and a look at somebody, seen by name, would be that list. The
member concerned reads the look with its name; the admin still sees who looks a great deal."""
NEVER = r"^(session\.opened|report\.made|attention\.(said|asked|worried|objected|objection_ended))$"
"""Its actor is the reporter, and the reported one may be an admin; or a member who says something of
herself to her worker, which is no admin's business. Nor is how often somebody signs in: members are
promised that nobody here sees it, and they read it themselves."""
UNTOLD = r"^(acting|report|helper|helping)\.|^party\.(applied|reach_)|\.looked(_|$)"
"""Acts in a member's name that she hears of in another way, or only reads in her log."""
LOOKS_KEPT = timedelta(days=731)
"""Who looked is kept for 24 months; not a setting, as it is the member's own right to know."""
LOOKS = r"\.looked(_|$)"
"""Acts of somebody who only looked end in "looked" ("party.looked", "signal.looked_at")."""


async def note(
    db: Db, *, community: int, act: str, actor: UUID | None, now: datetime,
    on_behalf_of: UUID | None = None, subject: UUID | None = None,
    about: tuple[str, UUID] | None = None, detail: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write one line: `act` is like 'party.admitted', `subject` the member it concerns, `about`
    (kind, id) of the thing. `detail` holds codes and numbers only. What is done in a member's name by
    another hand is told to that member as well."""
    kind, object_id = about or (None, None)
    await q.note(
        db, community=community, id=new_id(), now=now, act=act, actor=actor,
        on_behalf_of=on_behalf_of, subject=subject, object_kind=kind, object_id=object_id,
        detail=detail or {},
    )  # fmt: skip
    if (
        on_behalf_of is not None
        and actor not in (None, on_behalf_of)
        and not re.search(UNTOLD, act)
    ):
        await outbox.put(
            db, community=community, kind="notice.done_for_you", now=now,
            payload={"party": str(on_behalf_of), "hand": str(actor), "act": act,
                     "on": local_date(now).isoformat()},
        )  # fmt: skip


async def about_party(
    db: Db, *, community: int, subject: UUID, before: UUID | None = None, limit: int = 50
) -> list[Entry]:
    """Lines about one member, newest first; `before` is the id of the last line seen."""
    query = q.about_party(
        db, community=community, subject=subject, kept_from=NOTHING, looks=LOOKS, only_looks=None,
        before=before, limit=limit,
    )  # fmt: skip
    return await rows(Entry, query)


async def shown_to(
    db: Db, *, community: int, subject: UUID, looks: bool | None = None,
    before: UUID | None = None, limit: int = 50,
) -> list[Entry]:  # fmt: skip
    """As about_party, but only what the member it concerns may read: no line says who reported.
    `looks`: only those who looked (True), or only what was done (False)."""
    query = q.about_party(
        db, community=community, subject=subject, kept_from=KEPT_FROM, looks=LOOKS,
        only_looks=looks, before=before, limit=limit,
    )  # fmt: skip
    return await rows(Entry, query)


async def log(
    db: Db, *, community: int, member: UUID | None = None, before: UUID | None = None,
    limit: int = 50,
) -> list[LogLine]:  # fmt: skip
    """What the admin reads, newest first; with `member` what that person did, and what was done
    to them as far as an admin may know."""
    query = q.log(
        db, community=community, member=member, before=before, limit=limit, nameless=NAMELESS,
        never=NEVER,
    )  # fmt: skip
    return await rows(LogLine, query)


async def member_numbered(db: Db, community: int, number: str) -> UUID | None:
    """The party with this member number."""
    found: UUID | None = await q.member_numbered(db, community=community, number=number)
    return found


async def name_of(db: Db, community: int, member: UUID) -> str | None:
    """Full name; None for who is unknown or was erased."""
    found: str | None = await q.name_of(db, community=community, member=member)
    return found


async def forget_old(db: Db, *, community: int, now: datetime) -> int:
    """Who looked longer than two years ago is forgotten; how many lines. `db` is the job's."""
    found: int = await q.forget_looks(db, community=community, before=now - LOOKS_KEPT)
    return found
