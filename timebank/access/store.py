"""Queries of access."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank.access.model import (
    DRAFT_LIFE,
    IDLE,
    OWN_DEVICE_IDLE,
    DemoPerson,
    Draft,
    OpenSession,
    RoleRow,
    SessionRow,
    Ticket,
)
from timebank.kernel.db import Db, load, row, rows
from timebank.kernel.ids import new_id
from timebank.web.viewer import Role, RoleKind

q = load("access")

_IDLE = {"idle": IDLE, "own_device_idle": OWN_DEVICE_IDLE}
"""Every query that asks whether a session is live takes the same two."""


async def session(
    db: Db, *, community: int, token_hash: bytes, now: datetime, today: date
) -> SessionRow | None:
    """The session behind a cookie, live or not."""
    query = q.viewer(db, community=community, token_hash=token_hash, now=now, today=today, **_IDLE)
    return await row(SessionRow, query)


async def seen(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """This session was used just now."""
    await q.seen(db, community=community, id=id_, now=now)


async def insert_session(
    db: Db, *, community: int, id_: UUID, token_hash: bytes, party: UUID, csrf: bytes,
    device: str, own_device: bool, now: datetime, expires_at: datetime,
) -> None:  # fmt: skip
    """A new session."""
    await q.insert_session(
        db, community=community, id=id_, token_hash=token_hash, party=party, csrf=csrf,
        device=device, own_device=own_device, now=now, expires_at=expires_at,
    )  # fmt: skip


async def renew_token(
    db: Db, *, community: int, id_: UUID, token_hash: bytes, proven_at: datetime | None,
    acting_for: UUID | None, mandate: UUID | None,
) -> None:  # fmt: skip
    """A new token for the same session."""
    await q.renew_token(
        db, community=community, id=id_, token_hash=token_hash, proven_at=proven_at,
        acting_for=acting_for, mandate=mandate,
    )  # fmt: skip


async def end_session(db: Db, *, community: int, id_: UUID, party: UUID, now: datetime) -> bool:
    """End one session of a party; False when this party has no such session."""
    return await q.end_session(db, community=community, id=id_, party=party, now=now) is not None


async def time_out(db: Db, *, community: int, id_: UUID, now: datetime) -> None:
    """A session whose time has run out is over for good, whatever the clock says later."""
    await q.time_out(db, community=community, id=id_, now=now)


async def time_out_all(db: Db, *, community: int, now: datetime) -> None:
    """All sessions whose time has run out; for the worker."""
    await q.time_out_all(db, community=community, now=now, **_IDLE)


async def end_sessions(
    db: Db, *, community: int, party: UUID, now: datetime, but: UUID | None = None
) -> None:
    """End all sessions of a party, but one."""
    await q.end_sessions(db, community=community, party=party, now=now, but=but)


async def sessions(db: Db, *, community: int, party: UUID, now: datetime) -> list[OpenSession]:
    """Sessions that can still be used."""
    return await rows(
        OpenSession, q.sessions(db, community=community, party=party, now=now, **_IDLE)
    )


async def password_hash(db: Db, community: int, party: UUID) -> str | None:
    """The stored hash, or None when no password was ever set."""
    found = await q.credential(db, community=community, party=party)
    return None if found is None else str(found["password_hash"])


async def put_password(db: Db, *, community: int, party: UUID, hash_: str, now: datetime) -> None:
    """Set or replace the password."""
    await q.put_credential(db, community=community, party=party, hash=hash_, now=now)


async def put_ticket(
    db: Db, *, community: int, party: UUID, kind: str, code_hash: bytes, now: datetime,
    expires_at: datetime, made_by: UUID | None,
) -> None:  # fmt: skip
    """A one-time code; every older one of this party is spent."""
    await q.spend_older_tickets(db, community=community, party=party, now=now)
    await q.put_ticket(
        db, community=community, id=new_id(), party=party, kind=kind, code_hash=code_hash,
        now=now, expires_at=expires_at, made_by=made_by,
    )  # fmt: skip


async def ticket(db: Db, *, community: int, code_hash: bytes, now: datetime) -> Ticket | None:
    """A code that can still be used; looking does not use it."""
    return await row(Ticket, q.ticket(db, community=community, code_hash=code_hash, now=now))


async def use_ticket(db: Db, *, community: int, code_hash: bytes, now: datetime) -> Ticket | None:
    """Use a code: once."""
    return await row(Ticket, q.use_ticket(db, community=community, code_hash=code_hash, now=now))


async def knows_device(db: Db, *, community: int, party: UUID, token_hash: bytes) -> bool:
    """Whether this party signed in on this device before."""
    query = q.known_device(db, community=community, party=party, token_hash=token_hash)
    return bool(await query)


async def has_device(db: Db, *, community: int, party: UUID) -> bool:
    """Whether this party signed in on any device before."""
    found: bool = await q.has_device(db, community=community, party=party)
    return found


async def put_known_device(
    db: Db, *, community: int, party: UUID, token_hash: bytes, now: datetime
) -> None:
    """Remember that this party signed in here."""
    await q.put_known_device(db, community=community, party=party, token_hash=token_hash, now=now)


async def put_draft(
    db: Db, *, community: int, id_: UUID, party: UUID, path: str,
    fields: Mapping[str, list[str]], now: datetime,
) -> None:  # fmt: skip
    """Keep what was typed, for this party, for a day."""
    await q.put_draft(
        db, community=community, id=id_, party=party, path=path, fields=dict(fields), now=now
    )


async def draft(db: Db, *, community: int, id_: UUID, party: UUID, now: datetime) -> Draft | None:
    """A draft of this party."""
    query = q.draft(db, community=community, id=id_, party=party, after=now - DRAFT_LIFE)
    return await row(Draft, query)


async def newest_draft(db: Db, *, community: int, party: UUID, now: datetime) -> Draft | None:
    """What this party typed last when their session had ended."""
    query = q.newest_draft(db, community=community, party=party, after=now - DRAFT_LIFE)
    return await row(Draft, query)


async def delete_drafts(db: Db, *, community: int, party: UUID) -> None:
    """Forget what this party typed."""
    await q.delete_drafts(db, community=community, party=party)


async def insert_role(
    db: Db, *, community: int, id_: UUID, party: UUID, kind: RoleKind, area: UUID | None,
    starts_on: date, ends_on: date | None, by: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """Somebody gets a role."""
    await q.insert_role(
        db, community=community, id=id_, party=party, kind=kind, area=area, starts_on=starts_on,
        ends_on=ends_on, by=by, now=now,
    )  # fmt: skip


async def end_role(db: Db, *, community: int, id_: UUID, ends_on: date) -> Any:
    """The role ends; None when it had ended already."""
    return await q.end_role(db, community=community, id=id_, ends_on=ends_on)


async def roles(db: Db, *, community: int, today: date) -> list[RoleRow]:
    """Roles in force, or later."""
    return await rows(RoleRow, q.roles(db, community=community, today=today))


async def roles_of(db: Db, *, community: int, party: UUID, today: date) -> list[Role]:
    """Roles one party has today."""
    return await rows(Role, q.roles_of(db, community=community, party=party, today=today))


async def lock_admins(db: Db, *, community: int, today: date) -> list[tuple[UUID, UUID]]:
    """(role, party) of the admins who stay on after today; the rows stay locked."""
    found = await q.lock_admins(db, community=community, today=today)
    return [(r["id"], r["party_id"]) for r in found]


async def workers_of(db: Db, *, community: int, area: UUID, today: date) -> list[UUID]:
    """Who watches over this neighbourhood today."""
    found = await q.workers_of(db, community=community, area=area, today=today)
    return [r["party_id"] for r in found]


async def admins(db: Db, *, community: int, today: date) -> list[UUID]:
    """Who is admin today."""
    return [r["party_id"] for r in await q.admins(db, community=community, today=today)]


async def staff_of(db: Db, *, community: int, area: UUID, today: date) -> list[UUID]:
    """Who looks after what happens in this neighbourhood today: its workers, else the admins."""
    workers = await workers_of(db, community=community, area=area, today=today)
    return workers or await admins(db, community=community, today=today)


async def language_of(db: Db, community: int, party: UUID) -> str:
    """The language this person reads."""
    found: str | None = await q.language_of(db, community=community, party=party)
    return found or "nl"


async def demo_people(db: Db, community: int) -> list[DemoPerson]:
    """People to try the demo as: those whose role or story is worth seeing."""
    return await rows(DemoPerson, q.demo_people(db, community=community))


async def tidy(db: Db, *, community: int, now: datetime, before: datetime) -> None:
    """Forget drafts of more than a day, and sessions, codes and form keys from before `before`."""
    await q.clear_old_drafts(db, community=community, before=now - DRAFT_LIFE)
    await q.clear_old_sessions(db, community=community, before=before)
    await q.clear_old_tickets(db, community=community, before=before)
    await load("form_key").clear_old(db, community=community, before=before)
