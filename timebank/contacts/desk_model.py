"""Desks: who watches over which neighbourhood, and who stands in for whom. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.contacts.model import Colleague

Shared = Literal["need", "notice", "applicant", "list", "voucher", "welcome"]
"""Kinds of line whose own table knows no owner."""


class Watcher(msgspec.Struct, frozen=True):
    """A worker of one neighbourhood; `seen_on` is when they last opened the desk, or began.
    `deputy`: stands in there for colleagues who are away."""

    area_id: UUID
    id: UUID
    call_name: str
    full_name: str
    seen_on: date
    deputy: bool


class LineOwner(msgspec.Struct, frozen=True):
    """To whom a line was handed."""

    kind: Shared
    about_id: UUID
    owner_id: UUID


class Desks(msgspec.Struct, frozen=True):
    """All desks of some neighbourhoods. `watchers`: who has worked there longest comes first."""

    watchers: list[Watcher]
    asides: set[tuple[UUID, UUID]]
    """(worker, member): who stepped aside for whom."""

    def able(self, area: UUID | None, party: UUID | None = None) -> list[Watcher]:
        """Who may look after this member (or thing) in this neighbourhood."""
        return [
            w
            for w in self.watchers
            if w.area_id == area and w.id != party and (w.id, party) not in self.asides
        ]

    def colleagues(self, area: UUID | None, party: UUID | None, but: UUID) -> list[Colleague]:
        """Others to whom a line may be handed."""
        return [
            Colleague(w.id, w.call_name, w.full_name) for w in self.able(area, party) if w.id != but
        ]

    def away(self, today: date, days: int) -> dict[UUID, str]:
        """Workers who did not open the desk for so many days, by id."""
        since = today - timedelta(days=days)
        return {w.id: w.full_name for w in self.watchers if w.seen_on < since}

    def stands_in(self, worker: UUID, area: UUID | None) -> bool:
        """Whether this worker does what a colleague in this neighbourhood leaves: its deputy, or
        everybody there as long as nobody was chosen."""
        here = [w for w in self.watchers if w.area_id == area]
        deputies = {w.id for w in here if w.deputy}
        return worker in (deputies or {w.id for w in here})

    def left_alone(self, area: UUID | None, away: Collection[UUID]) -> bool:
        """Whether nobody was chosen to stand in in this neighbourhood, or those are away too."""
        return not any(w.deputy and w.area_id == area and w.id not in away for w in self.watchers)


def named(watchers: Iterable[Watcher]) -> dict[UUID, str]:
    """Full names by id."""
    return {w.id: w.full_name for w in watchers}
