"""Taking somebody out for good, and forgetting what was written to and by them."""

from datetime import datetime
from uuid import UUID

from timebank import exchanges, hours, parties
from timebank.kernel.db import Db
from timebank.membership.standing import gone
from timebank.membership.store import q
from timebank.parties import PartyState

STILL_HERE: tuple[PartyState, ...] = ("active", "paused", "suspended", "leaving")


async def depart(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Somebody leaves at once and for good: what is open ends, posts, tasks and sessions end, and
    what they have in hours goes to the pot (or the pot fills it up). Raises NotFound."""
    found = await parties.party(db, community, party)
    await exchanges.end_all(db, community=community, party=party, now=now)
    if found.state in STILL_HERE:
        await parties.set_state(
            db, community=community, party=party, state="left", from_states=STILL_HERE, by=None,
            now=now,
        )  # fmt: skip
        await gone(db, community=community, party=party, reason="leaving", by=None, now=now)
    if found.number is not None:
        await _to_the_pot(db, community, party, now)


async def _to_the_pot(db: Db, community: int, party: UUID, now: datetime) -> None:
    minutes = (await hours.balance(db, community=community, party=party, now=now)).minutes
    if minutes:
        await hours.book(
            db, community=community, idem=f"erase:{party}", kind=hours.Kind.POT,
            entries=[(party, -minutes), (hours.Fund.POT, minutes)], booked_by=party, now=now,
        )  # fmt: skip


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> list[UUID]:
    """Erasure: reasons, appeals and cards go, also the words of those this party wrote to others at work.
    Ids of the reasons, under which letters may still wait."""
    await q.forget_own_reasons(db, community=community, party=party)
    await q.forget_appeals(db, community=community, party=party)
    await q.forget_cards(db, community=community, party=party)
    found = await q.forget_reasons(db, community=community, party=party)
    return [r["id"] for r in found]
