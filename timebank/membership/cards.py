"""Member cards: made for who has none, handed out, and ended by a new one."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from timebank import audit
from timebank.kernel.db import Db, rows
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import says
from timebank.membership.store import q

MOST = 50
"""Cards made at once: five sheets."""
CODE_BYTES = 16


class Cardless(msgspec.Struct, frozen=True):
    """A member who has no card."""

    party_id: UUID
    call_name: str
    full_name: str


class MemberCard(msgspec.Struct, frozen=True):
    """A card in use. `code` stands in its QR and says nothing about anybody; `given_at`: handed
    out."""

    id: UUID
    party_id: UUID
    code: str
    made_at: datetime
    given_at: datetime | None
    number: str
    call_name: str
    full_name: str
    area_id: UUID
    language: str


async def make(
    db: Db, *, community: int, party: UUID, by: UUID, now: datetime, new: bool = False
) -> None:
    """A card for this member; a `new` one ends the code of the old. Raises Conflict for who has one
    and does not get a new one."""
    if new:
        await q.end_cards(db, community=community, party=party, now=now)
    await q.insert_card(
        db, community=community, id=new_id(), party=party, by=by, now=now,
        code=secrets.token_urlsafe(CODE_BYTES),
    )  # fmt: skip
    await audit.note(db, community=community, act="card.made", actor=by, subject=party, now=now)


async def without(db: Db, *, community: int, areas: Sequence[UUID]) -> list[Cardless]:
    """Members of these neighbourhoods who have no card, by name; no more than can be made at once,
    and one to show that there are more."""
    query = q.without_card(db, community=community, areas=list(areas), limit=MOST + 1)
    return await rows(Cardless, query)


async def waiting(db: Db, *, community: int, areas: Sequence[UUID]) -> list[MemberCard]:
    """Cards that still have to be handed out, by name."""
    query = q.cards(db, community=community, areas=list(areas), party=None, limit=2 * MOST)
    return await rows(MemberCard, query)


async def card_of(
    db: Db, *, community: int, areas: Sequence[UUID], party: UUID
) -> MemberCard | None:
    """The card of a member of one of these neighbourhoods."""
    query = q.cards(db, community=community, areas=list(areas), party=party, limit=1)
    return next(iter(await rows(MemberCard, query)), None)


async def given(db: Db, *, community: int, cards: Collection[UUID], by: UUID, now: datetime) -> int:
    """These were handed out; how many of them still waited."""
    done = 0
    for id_ in cards:
        found = await q.card_given(db, community=community, id=id_, now=now)
        if found is not None:
            done += 1
            await audit.note(
                db, community=community, act="card.given", actor=by, subject=found["party_id"],
                now=now,
            )  # fmt: skip
    return done


async def owner(db: Db, *, community: int, code: str) -> UUID | None:
    """Whose card this is; None for a code that is not, or no longer, in use."""
    found: UUID | None = await q.card_owner(db, community=community, code=code)
    return found


says("member_card_one", lambda: _("Er is net al een kaart gemaakt. Kijk nog eens naar de kaarten."))
audit.says("card.made", lambda _e: _("Maakte een kaart voor u."))
audit.says("card.given", lambda _e: _("Gaf u een kaart."))
audit.says("card.printed", lambda _e: _("Drukte uw kaart af."))
