"""Verbs of access: signing in and out, codes, passwords, acting for somebody, roles."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from timebank import audit, parties
from timebank.access import devices, store
from timebank.access.model import (
    LONGEST,
    LONGEST_ON_OWN_DEVICE,
    TICKET_LIFE,
    TicketKind,
    token_hash,
)
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, NotFound
from timebank.web import csrf
from timebank.web.viewer import RoleKind, Viewer

CODE_LETTERS = "23456789"
"""Letters of a code that is read out: digits that cannot be mistaken for each other."""
CODE_LENGTH = 12


class Opened(msgspec.Struct, frozen=True):
    """A session that was opened: `token` goes into the cookie and nowhere else."""

    token: str
    own_device: bool
    seconds: int | None
    """Life of the cookie in seconds; None: it goes with the browser."""


async def find(db: Db, *, community: int, who: str) -> list[parties.Found]:
    """Parties that this number or e-mail address may mean; a couple may share an address."""
    if "@" in who:
        return await parties.by_email(db, community, who)
    found = await parties.by_number(db, community, who)
    return [found] if found else []


async def open_session(
    db: Db, *, community: int, party: UUID, own_device: bool, device: str, now: datetime
) -> Opened:
    """A fresh session with a fresh token. Those who work here get no long sessions."""
    roles = await store.roles_of(db, community=community, party=party, today=local_date(now))
    own_device = own_device and not roles
    token = secrets.token_urlsafe(32)
    await store.insert_session(
        db, community=community, id_=new_id(), token_hash=token_hash(token), party=party,
        csrf=csrf.new_secret(), device=device, own_device=own_device, now=now,
        expires_at=now + (LONGEST_ON_OWN_DEVICE if own_device else LONGEST),
    )  # fmt: skip
    await audit.note(
        db, community=community, act="session.opened", actor=party, subject=party, now=now
    )
    seconds = int(LONGEST_ON_OWN_DEVICE.total_seconds()) if own_device else None
    return Opened(token, own_device, seconds)


async def close_session(db: Db, *, viewer: Viewer, session: UUID, now: datetime) -> None:
    """End one of the viewer's own sessions. Raises NotFound for another's."""
    ended = await store.end_session(
        db, community=viewer.community_id, id_=session, party=viewer.party_id, now=now
    )
    if not ended:
        raise NotFound


async def close_all(
    db: Db, *, community: int, party: UUID, now: datetime, but: UUID | None = None
) -> None:
    """End all sessions of a party, but one: after a new password, or when somebody is suspended."""
    await store.end_sessions(db, community=community, party=party, now=now, but=but)


async def make_ticket(
    db: Db, *, community: int, party: UUID, kind: TicketKind, by: UUID | None, now: datetime
) -> str:
    """A one-time code, told now and stored as a hash. Every older one is worthless."""
    if kind == "worker_code":
        code = "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))
    else:
        code = secrets.token_urlsafe(32)
    await store.put_ticket(
        db, community=community, party=party, kind=kind, code_hash=token_hash(code), now=now,
        expires_at=now + TICKET_LIFE[kind], made_by=by,
    )  # fmt: skip
    await audit.note(
        db, community=community, act="ticket.made", actor=by, subject=party, now=now,
        detail={"kind": kind},
    )  # fmt: skip
    return code


async def set_password(
    db: Db, *, community: int, party: UUID, hash_: str, now: datetime, but: UUID | None = None
) -> None:
    """A new password ends all other sessions in the same transaction. One in place of an older one
    is told to the member (OWASP ASVS 6.3.7)."""
    had_one = await store.password_hash(db, community, party) is not None
    await store.put_password(db, community=community, party=party, hash_=hash_, now=now)
    await close_all(db, community=community, party=party, now=now, but=but)
    await audit.note(
        db, community=community, act="password.changed", actor=party, subject=party, now=now
    )
    if had_one:
        await devices.tell_party(
            db, community=community, party=party, kind="password_changed", now=now
        )


async def renew(
    db: Db, *, viewer: Viewer, acting_for: UUID | None, proven_at: datetime | None,
    mandate: UUID | None = None,
) -> str:  # fmt: skip
    """A new token on the viewer's session; the token. `mandate`: by which they act, as a helper."""
    token = secrets.token_urlsafe(32)
    await store.renew_token(
        db, community=viewer.community_id, id_=viewer.session_id, token_hash=token_hash(token),
        proven_at=proven_at, acting_for=acting_for, mandate=mandate,
    )  # fmt: skip
    return token


async def act_for(db: Db, *, viewer: Viewer, party: UUID, now: datetime) -> str:
    """A worker acts for a member of their neighbourhood, by phone or on paper; the new token.

    Raises NotFound for anybody else, Conflict for oneself. It shows in the member's own log.
    """
    member = await parties.party(db, viewer.community_id, party)
    if member.state not in parties.TAKING_PART or not await parties.looks_after(
        db, viewer, party, member.area_id
    ):
        raise NotFound
    if party == viewer.party_id:
        raise Conflict(_("Dit bent u zelf. Daarvoor hoeft u niets aan te zetten."))
    await audit.note(
        db, community=viewer.community_id, act="acting.begun", actor=viewer.party_id,
        subject=party, on_behalf_of=party, now=now,
    )  # fmt: skip
    return await renew(db, viewer=viewer, acting_for=party, proven_at=None)


async def help_for(db: Db, *, viewer: Viewer, party: UUID, mandate: UUID, now: datetime) -> str:
    """A helper acts for a member from here on, by a mandate that the caller has looked at; the new
    token. It shows in the member's own log."""
    await audit.note(
        db, community=viewer.community_id, act="acting.begun", actor=viewer.party_id,
        subject=party, on_behalf_of=party, about=("mandate", mandate), now=now,
    )  # fmt: skip
    return await renew(db, viewer=viewer, acting_for=party, proven_at=None, mandate=mandate)


async def grant_role(
    db: Db, *, community: int, party: UUID, kind: RoleKind, area: UUID | None,
    starts_on: date, ends_on: date | None, by: UUID | None, now: datetime,
) -> UUID:  # fmt: skip
    """Somebody gets a role. Whoever calls ends their sessions, so that short ones begin."""
    id_ = new_id()
    await store.insert_role(
        db, community=community, id_=id_, party=party, kind=kind, area=area,
        starts_on=starts_on, ends_on=ends_on, by=by, now=now,
    )  # fmt: skip
    await audit.note(
        db, community=community, act="role.granted", actor=by, subject=party,
        about=("role", id_), now=now, detail={"kind": kind},
    )  # fmt: skip
    return id_


async def end_role(
    db: Db, *, community: int, role: UUID, by: UUID | None, today: date, now: datetime
) -> None:
    """The role ends: from now on it is not there. Raises Conflict for the last admin,
    NotFound when there is no such role."""
    admins = await store.lock_admins(db, community=community, today=today)
    mine = next((party for id_, party in admins if id_ == role), None)
    if mine is not None and all(party == mine for _id, party in admins if _id != role):
        raise last_admin()
    ended = await store.end_role(
        db, community=community, id_=role, ends_on=today - timedelta(days=1)
    )
    if ended is None:
        raise NotFound
    await store.end_sessions(db, community=community, party=ended["party_id"], now=now)
    await audit.note(
        db, community=community, act="role.ended", actor=by, subject=ended["party_id"],
        about=("role", role), now=now, detail={"kind": ended["kind"]},
    )  # fmt: skip


async def demand_another_admin(db: Db, *, community: int, party: UUID, today: date) -> None:
    """Raises Conflict when this party is the only admin: somebody must take over first."""
    admins = await store.lock_admins(db, community=community, today=today)
    if admins and all(found == party for _id, found in admins):
        raise last_admin()


def last_admin() -> Conflict:
    """Why the last admin cannot go."""
    return Conflict(
        _("Dit is de enige beheerder. Maak eerst iemand anders beheerder, dan kan dit wel.")
    )
