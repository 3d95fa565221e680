"""What several kinds of line share: how many at most, where to look, who it is."""

from uuid import UUID

from timebank import parties
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.worklist.model import Who

MOST = 50
"""Lines of one kind."""


def areas_of(viewer: Viewer) -> list[UUID] | None:
    """Neighbourhoods to look in; None is everywhere, for an admin."""
    return None if policy.admin(viewer) else list(viewer.worker_areas)


def who_of(card: parties.Card) -> Who:
    """A member, as a line names them."""
    return Who(card.id, card.call_name, card.full_name, card.number)


def name_of(names: dict[UUID, parties.Card], id_: UUID | None) -> str:
    """The full name of an owner; empty when there is none."""
    card = names.get(id_) if id_ else None
    return card.full_name if card else ""


def owner_path(kind: str, about: UUID) -> str:
    """Where a line is handed to a colleague."""
    return f"/worklist/lines/{kind}/{about}/owner"
