"""Stopping: two weeks to think it over, then the time goes to the pot and the person has left."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import access, hours, parties, posts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.membership import store
from timebank.membership.model import LEAVE_DAYS, Leaving
from timebank.membership.standing import gone, member_for
from timebank.web.policy import demand
from timebank.web.viewer import Viewer


async def leave(
    db: Db,
    *,
    community: int,
    party: UUID,
    by: UUID,
    now: datetime,
    on_behalf_of: UUID | None = None,
) -> None:
    """Somebody stops. Their posts rest at once; what was agreed stays with them until the last day.

    Raises Conflict: the last admin, or stopping already.
    """
    today = local_date(now)
    await access.demand_another_admin(db, community=community, party=party, today=today)
    await parties.set_state(
        db, community=community, party=party, state="leaving", from_states=("active", "paused"),
        by=by, now=now, on_behalf_of=on_behalf_of,
    )  # fmt: skip
    await store.insert_leaving(
        db, community=community, party=party, final_on=today + timedelta(days=LEAVE_DAYS), now=now
    )
    await posts.pause_all_of(db, community=community, party=party, now=now)


async def finish_leaving(db: Db, *, community: int, now: datetime) -> None:
    """Whose days to come back are over has left. For the job runner."""
    for leaving in await store.leaving_is_over(db, community=community, today=local_date(now)):
        await _finish(db, community, leaving, now)


async def _finish(db: Db, community: int, leaving: Leaving, now: datetime) -> None:
    party = leaving.party_id
    await parties.set_state(
        db, community=community, party=party, state="left", from_states=("leaving",), by=None,
        now=now,
    )  # fmt: skip
    await gone(db, community=community, party=party, reason="leaving", by=None, now=now)
    transfer = await _to_the_pot(db, community, leaving, now)
    await store.has_left(db, community=community, id_=leaving.id, transfer=transfer, now=now)


async def _to_the_pot(db: Db, community: int, leaving: Leaving, now: datetime) -> UUID | None:
    """The balance goes to the pot, or the pot fills it up to zero; None when it is zero."""
    party = leaving.party_id
    minutes = (await hours.balance(db, community=community, party=party, now=now)).minutes
    if minutes == 0:
        return None
    booked = await hours.book(
        db, community=community, idem=f"leave:{leaving.id}", kind=hours.Kind.POT,
        entries=[(party, -minutes), (hours.Fund.POT, minutes)], booked_by=party, now=now,
    )  # fmt: skip
    return booked.transfer_id


async def take_back(db: Db, viewer: Viewer, id_: UUID, *, sentence: str, now: datetime) -> bool:
    """Somebody who had left takes part again, their time back from the pot. `sentence` stands with
    that booking. False when a limit that was tightened meanwhile leaves the time in the pot.

    Raises NotFound, Conflict (has not left)."""
    demand(viewer, "member.admit")
    community = viewer.community_id
    await member_for(db, viewer, id_)
    leaving = await store.leaving_of(db, community=community, party=id_)
    await parties.set_state(
        db, community=community, party=id_, state="active", from_states=("left",),
        by=viewer.party_id, now=now,
    )  # fmt: skip
    await store.came_back(db, community=community, party=id_, now=now)
    if leaving is None or leaving.transfer_id is None:
        return True
    gone = await hours.entries(db, community=community, transfer=leaving.transfer_id)
    minutes = -next(entry.minutes for entry in gone if entry.account_id == id_)
    balance = await hours.balance(db, community=community, party=id_, now=now)
    if not hours.room(minutes, balance).fits:
        return False
    await hours.correct(
        db, community=community, transfer=leaving.transfer_id, sentence=sentence,
        booked_by=viewer.party_id, now=now,
    )  # fmt: skip
    return True
