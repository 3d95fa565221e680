"""Whose request this is: the session behind the cookie, and the viewer it makes."""

from datetime import datetime
from uuid import UUID

import msgspec

from timebank.access import store
from timebank.access.model import SessionRow, token_hash
from timebank.access.transaction import Asked, site_of
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.web import cookies
from timebank.web.viewer import ActingFor, Role, Viewer
from timebank.web.visit import Visit


async def session_of(request: Asked, db: Db, community: int, now: datetime) -> SessionRow | None:
    """The session of the cookie, ended or not, of whoever it was."""
    site = site_of(request)
    name = cookies.name_of("session", request.path_params["community"], https=site.settings.https)
    token = cookies.read(request.scope, name)
    if not token:
        return None
    return await store.session(
        db, community=community, token_hash=token_hash(token), now=now, today=local_date(now)
    )


async def shut_out(request: Asked, db: Db, visit: Visit) -> UUID | None:
    """Who signed in with the right password and is suspended: they are no viewer, and see the page
    with the reason, the appeal and their own data, nothing else (OWASP ASVS 6.3.8)."""
    found = await session_of(request, db, visit.community.id, visit.now)
    if found is None or not found.live or found.state != "suspended":
        return None
    return found.party_id


def viewer_of(found: SessionRow, community: int) -> Viewer | None:
    """Nobody, when they do not take part, or act for somebody they no longer look after or may help:
    what was typed for a member is never done in the hand's own name."""
    if found.state not in ("active", "paused", "leaving"):
        return None
    roles = tuple(msgspec.convert(found.roles, list[Role]))
    if found.acting_for_id is not None and not _may_act(found, roles):
        return None
    acting = None
    if found.for_id and found.for_call_name and found.for_area_id:
        acting = ActingFor(
            found.for_id, found.for_call_name, found.for_number or "", found.for_area_id,
            found.for_place_id, found.mandate_id,
            frozenset(found.powers) if found.powers is not None else None, found.most_minutes,
        )  # fmt: skip
    return Viewer(
        community_id=community,
        party_id=found.party_id,
        session_id=found.session_id,
        number=found.number,
        call_name=found.call_name,
        full_name=found.full_name,
        area_id=found.area_id,
        place_id=found.place_id,
        language=found.language,
        state=found.state,
        proven_at=found.proven_at,
        own_device=found.own_device,
        roles=roles,
        acting_for=acting,
        is_helper=found.is_helper,
    )


def _may_act(found: SessionRow, roles: tuple[Role, ...]) -> bool:
    """As a helper by a mandate that holds, and nothing else; without one as a worker of her
    neighbourhood. Which of the two somebody chose stands in the session."""
    if found.mandate_id is not None:
        return found.powers is not None and found.for_id is not None
    return any(role.kind == "worker" and role.area_id == found.for_area_id for role in roles)
