"""The viewer: the signed-in person with their roles here, and for whom they act.

Always passed as an argument. Rights are read in the request's own transaction, so a role taken
away fails at the next click.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

RoleKind = Literal["worker", "admin"]
Power = Literal["see", "agree", "confirm", "post", "give", "notices"]
"""What a helper may do for a member, chosen one by one; to see what there is belongs to each."""
POWERS: tuple[Power, ...] = ("see", "agree", "confirm", "post", "give", "notices")


class Role(msgspec.Struct, frozen=True):
    """A role in force today. `area_id` is the worker's neighbourhood, None for an admin."""

    kind: RoleKind
    area_id: UUID | None = None


class ActingFor(msgspec.Struct, frozen=True):
    """The member for whom a worker acts, by phone or on paper; or a helper, with `powers`."""

    party_id: UUID
    call_name: str
    number: str
    area_id: UUID
    place_id: UUID | None = None
    mandate_id: UUID | None = None
    powers: frozenset[Power] | None = None
    """What a helper may; None for a worker."""
    most_minutes: int | None = None
    """A helper gives away so much of her time in thirty days at most."""


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks. Never a worker's own doing when `acting_for` is set: see `subject_id`."""

    community_id: int
    party_id: UUID
    session_id: UUID
    number: str
    call_name: str
    full_name: str
    area_id: UUID
    place_id: UUID | None
    language: str
    state: str
    proven_at: datetime
    own_device: bool = False
    roles: tuple[Role, ...] = ()
    acting_for: ActingFor | None = None
    is_helper: bool = False
    """Whether somebody chose them as a helper, now or from tomorrow on."""

    @property
    def helps(self) -> bool:
        """Whether this is a helper who acts for a member now."""
        return self.acting_for is not None and self.acting_for.powers is not None

    @property
    def subject_id(self) -> UUID:
        """The member whose posts, appointments and hours are meant."""
        return self.acting_for.party_id if self.acting_for else self.party_id

    @property
    def on_behalf_of(self) -> UUID | None:
        """The member in whose name it is done, for the log; None in one's own name."""
        return self.acting_for.party_id if self.acting_for else None

    @property
    def subject_area_id(self) -> UUID:
        """Neighbourhood of that member."""
        return self.acting_for.area_id if self.acting_for else self.area_id

    @property
    def subject_place_id(self) -> UUID | None:
        """Place that member chose, if any."""
        return self.acting_for.place_id if self.acting_for else self.place_id

    @property
    def is_admin(self) -> bool:
        return any(role.kind == "admin" for role in self.roles)

    @property
    def is_worker(self) -> bool:
        return any(role.kind == "worker" for role in self.roles)

    @property
    def worker_areas(self) -> tuple[UUID, ...]:
        """Neighbourhoods this worker watches over."""
        return tuple(r.area_id for r in self.roles if r.kind == "worker" and r.area_id)

    def works_in(self, area_id: UUID) -> bool:
        """Whether this is a worker of that neighbourhood."""
        return area_id in self.worker_areas
