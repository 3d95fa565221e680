"""Queries of the work list."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.db import Db, load, rows

q = load("worklist")


class Unwatched(msgspec.Struct, frozen=True):
    """A neighbourhood without a worker."""

    id: UUID
    name: str


class OpenPost(msgspec.Struct, frozen=True):
    """What a member asks or offers now. `replies`: how many neighbours answered."""

    id: UUID
    title: str
    direction: Literal["offer", "need"]
    together: bool
    language: str
    created_at: datetime
    replies: int


async def areas_without_worker(db: Db, community: int, today: date) -> list[Unwatched]:
    """Neighbourhoods with members and nobody who watches over them today."""
    return await rows(Unwatched, q.areas_without_worker(db, community=community, today=today))


async def posts_of(db: Db, community: int, party: UUID) -> list[OpenPost]:
    """What a member asks and offers now."""
    return await rows(OpenPost, q.posts_of(db, community=community, party=party))
