"""Letters: what waits, that it was printed, and that it went to the post."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from timebank import areas, audit, membership, notices, parties
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.papers import store
from timebank.papers.model import Letter, Receiver, letter
from timebank.web import policy
from timebank.web.viewer import Viewer

MOST = 20
"""Letters in one print."""


async def waiting(
    db: Db, viewer: Viewer, party: UUID | None = None
) -> dict[UUID, list[notices.ForPaper]]:
    """News for paper by member this worker looks after, without their own."""
    policy.demand(viewer, "paper.make")
    closed = {viewer.party_id, *await parties.asides(db, viewer)}
    told = await notices.to_post(
        db, community=viewer.community_id, areas=viewer.worker_areas, party=party
    )
    found: dict[UUID, list[notices.ForPaper]] = {}
    for one in told:
        if one.party_id not in closed:
            found.setdefault(one.party_id, []).append(one)
    return found


async def receivers(db: Db, viewer: Viewer, ids: Collection[UUID]) -> list[Receiver]:
    """Who they are, by name, as far as this worker watches over them."""
    return await store.receivers(
        db, community=viewer.community_id, areas=viewer.worker_areas, ids=ids
    )


async def letters(db: Db, viewer: Viewer, party: UUID | None = None) -> list[Letter]:
    """The letters that wait, or that of one member."""
    told = await waiting(db, viewer, party)
    rule = await areas.letter_rule(db, viewer.community_id)
    people = await receivers(db, viewer, told)
    return [letter(to, told[to.party_id], rule.town) for to in people[:MOST]]


async def of_mine(db: Db, viewer: Viewer, party: UUID) -> parties.Party:
    """A member that this worker makes papers for. Raises NotFound."""
    policy.demand(viewer, "paper.make")
    member = await parties.party(db, viewer.community_id, party)
    if member.number is None or not await parties.looks_after(db, viewer, party, member.area_id):
        raise NotFound
    return member


async def printed(
    db: Db, viewer: Viewer, act: str, people: Collection[UUID], *, now: datetime
) -> None:
    """Something personal goes to paper: a line in the log of each."""
    for party in people:
        await audit.note(
            db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=party,
            on_behalf_of=viewer.subject_id if viewer.acting_for else None, now=now,
        )  # fmt: skip


async def posted(db: Db, viewer: Viewer, ids: Collection[UUID], *, now: datetime) -> int:
    """These pieces of news went to the post; how many of them still waited."""
    found = await waiting(db, viewer)
    done: dict[UUID, int] = {}
    for told in found.values():
        for one in told:
            if one.id in ids and await notices.passed_on(
                db, community=viewer.community_id, id_=one.id, by=viewer.party_id, now=now
            ):
                done[one.party_id] = done.get(one.party_id, 0) + 1
    for party, count in done.items():
        await audit.note(
            db, community=viewer.community_id, act="notice.posted", actor=viewer.party_id,
            subject=party, now=now, detail={"notices": count},
        )  # fmt: skip
    return sum(done.values())


async def cards_waiting(db: Db, viewer: Viewer) -> list[membership.cards.MemberCard]:
    """Cards that this worker still has to hand out."""
    policy.demand(viewer, "paper.make")
    closed = await parties.asides(db, viewer)
    waits = await membership.cards.waiting(
        db, community=viewer.community_id, areas=viewer.worker_areas
    )
    return [card for card in waits if card.party_id not in closed]


async def cards_given(db: Db, viewer: Viewer, ids: Collection[UUID], *, now: datetime) -> int:
    """These cards were handed out; how many of them waited, in this worker's neighbourhoods."""
    community = viewer.community_id
    mine = [card.id for card in await cards_waiting(db, viewer) if card.id in ids]
    return await membership.cards.given(
        db, community=community, cards=mine, by=viewer.party_id, now=now
    )


async def card_of_mine(db: Db, viewer: Viewer, code: str) -> UUID | None:
    """Whose card this is, for a worker of that neighbourhood; else None."""
    owner = await membership.cards.owner(db, community=viewer.community_id, code=code)
    if owner is None or owner in await parties.asides(db, viewer):
        return None
    found = await membership.cards.card_of(
        db, community=viewer.community_id, areas=viewer.worker_areas, party=owner
    )
    return found.party_id if found else None


audit.says("letter.printed", lambda _e: _("Drukte een brief aan u af."))
audit.says("paper.printed", lambda _e: _("Drukte iets van u af, voor u."))
audit.says("statement.printed", lambda _e: _("Drukte het overzicht van uw tijd af."))
audit.says("notice.posted", lambda _e: _("Deed een brief aan u op de post."))
