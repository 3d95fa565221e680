"""Two members who shall not meet: at once, silently, both ways; what they had open gets a worker."""

from datetime import datetime
from uuid import UUID

from timebank import exchanges, mandates, parties
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.parties import Card
from timebank.web.viewer import Viewer


async def somebody_i_know_of(db: Db, viewer: Viewer, id_: UUID) -> Card:
    """A member this viewer can see, blocked already, or has or had something to do with: a hidden
    neighbour one talks with can be blocked too. Raises NotFound, Conflict for oneself."""
    community, subject = viewer.community_id, viewer.subject_id
    if id_ == subject:
        raise Conflict(_("Dit bent u zelf."))
    found = await parties.find_seen_by(db, community, id_, subject)
    if found is not None:
        return found
    cards = await parties.cards(db, community, [id_])
    if id_ not in cards or cards[id_].state == "erased":
        raise NotFound
    known = (
        await parties.has_blocked(db, community=community, blocker=subject, blocked=id_)
        or await exchanges.met_before(db, community=community, one=subject, other=id_)
        or any(
            found.side(id_) is not None
            for found in await exchanges.open_of(db, community=community, party=subject)
        )
    )
    if not known:
        raise NotFound
    return cards[id_]


async def block(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """From now on these two do not meet. Raises NotFound, Conflict."""
    await parties.lock(db, community=viewer.community_id, ids=[viewer.subject_id, id_])
    await somebody_i_know_of(db, viewer, id_)
    await parties.block(
        db, community=viewer.community_id, blocker=viewer.subject_id, blocked=id_,
        by=viewer.party_id, now=now,
    )  # fmt: skip
    await mandates.end_between(
        db, community=viewer.community_id, one=viewer.subject_id, other=id_, by=viewer.party_id,
        now=now,
    )  # fmt: skip
    await exchanges.hand_to_worker(
        db, community=viewer.community_id, party=viewer.subject_id, other=id_, reason="blocked",
        now=now,
    )  # fmt: skip
