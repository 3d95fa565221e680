"""Audit: who did what, for whom, when; and who looked. Ids, codes and times, no sentences."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One line. Name and function of the actor are read beside it and stand nowhere in the log
    itself; `actor_role` is what they were on that day."""

    id: UUID
    at: datetime
    act: str
    actor_id: UUID | None
    on_behalf_of_id: UUID | None
    subject_id: UUID | None
    object_kind: str | None
    object_id: UUID | None
    detail: dict[str, Any]
    actor_name: str
    actor_call_name: str = ""
    actor_role: Literal["worker", "admin", "member", ""] = ""


class LogLine(msgspec.Struct, frozen=True):
    """One line as the admin reads it. Without a subject where an admin may not know of whom."""

    id: UUID
    at: datetime
    act: str
    detail: dict[str, Any]
    actor_id: UUID | None
    actor_name: str
    for_somebody: bool
    subject_id: UUID | None
    subject_name: str
