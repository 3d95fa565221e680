"""Audit: who did what, for whom, when; and who looked. Ids, codes and times, no sentences."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One line. `actor_name` is read beside it and stands nowhere in the log itself."""

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
