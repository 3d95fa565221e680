"""Access: who gets in, for how long. Pure facts and rules."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

from timebank.web.viewer import Power, RoleKind

TicketKind = Literal["reset", "invite", "worker_code"]
TICKET_LIFE: dict[str, timedelta] = {
    "reset": timedelta(minutes=60),
    "invite": timedelta(days=14),
    "worker_code": timedelta(days=7),
}
IDLE = timedelta(minutes=30)
OWN_DEVICE_IDLE = timedelta(days=14)
"""How long a session lives on after it was last used."""
LONGEST = timedelta(hours=12)
"""A session on a borrowed device, and every session of a worker or admin."""
LONGEST_ON_OWN_DEVICE = timedelta(days=90)
PROVEN_FOR = timedelta(minutes=10)
"""How long after giving the password somebody may change password, e-mail, phone or roles."""
DRAFT_LIFE = timedelta(hours=24)


WAYS_IN: dict[str, str] = {
    "access.open": "number or e-mail, and a password of 8 characters or more (argon2id)",
    "access.use_code": "number, and a code of a worker who knows the member; once, within 7 days",
    "access.use_ticket": "a link of 256 bits in the member's own mail; once, within the hour (reset) or "
    "14 days (invitation)",
}
"""Every way to a session and how strong it is (OWASP ASVS 6.3.2, 6.3.4); there is no other."""


class SessionRow(msgspec.Struct, frozen=True):
    """A session as the request finds it. `live` is false when it ended or timed out.

    `for_id` is empty when the member that `acting_for_id` names does not take part any more;
    `powers` when the mandate that `mandate_id` names does not hold (any more).
    """

    session_id: UUID
    csrf: bytes
    seen_at: datetime
    made_at: datetime
    proven_at: datetime
    own_device: bool
    live: bool
    party_id: UUID
    number: str
    state: str
    call_name: str
    full_name: str
    area_id: UUID
    place_id: UUID | None
    language: str
    roles: list[dict[str, Any]]
    acting_for_id: UUID | None
    for_id: UUID | None
    for_call_name: str | None
    for_number: str | None
    for_area_id: UUID | None
    for_place_id: UUID | None
    mandate_id: UUID | None
    powers: list[Power] | None
    most_minutes: int | None
    is_helper: bool
    community: dict[str, Any]


class OpenSession(msgspec.Struct, frozen=True):
    """A session that its owner can see and end."""

    id: UUID
    device: str
    own_device: bool
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


class Draft(msgspec.Struct, frozen=True):
    """What somebody typed when the session had ended."""

    id: UUID
    path: str
    fields: dict[str, list[str]]


class Ticket(msgspec.Struct, frozen=True):
    """A one-time code that can still be used."""

    id: UUID
    party_id: UUID
    kind: TicketKind
    expires_at: datetime


class RoleRow(msgspec.Struct, frozen=True):
    """A role of somebody, today or later."""

    id: UUID
    party_id: UUID
    kind: RoleKind
    area_id: UUID | None
    starts_on: date
    ends_on: date | None
    full_name: str
    call_name: str
    area_name: str
    number: str


class DemoPerson(msgspec.Struct, frozen=True):
    """Somebody to try the demo as."""

    number: str
    full_name: str
    story: str


def token_hash(token: str) -> bytes:
    """What is stored of a token: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def device_word(user_agent: str) -> str:
    """One word for a device, so that its owner knows it again: no version, no fingerprint."""
    kinds = [
        ("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"),
        ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
    ]  # fmt: skip
    browsers = [
        ("Firefox", "Firefox"), ("Edg", "Edge"), ("SamsungBrowser", "Samsung"),
        ("Chrome", "Chrome"), ("Safari", "Safari"),
    ]  # fmt: skip
    device = next((word for mark, word in kinds if mark in user_agent), "")
    browser = next((word for mark, word in browsers if mark in user_agent), "")
    return ", ".join(word for word in (device, browser) if word) or "?"
