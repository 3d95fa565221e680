"""How somebody is reached, changed: it waits for a day (abuse: "I am Mrs Jansen" on the phone)."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from timebank import audit
from timebank.kernel.db import Db, row
from timebank.kernel.ids import new_id
from timebank.parties import store
from timebank.parties.model import Details, Held, Party, details_of
from timebank.parties.store import q

WAITS = timedelta(hours=24)
REACH = (
    "email", "phone", "phone_key", "reachable_by", "reach_words", "street", "postcode",
)  # fmt: skip
"""What waits, as a whole: a phone call must not be turned elsewhere a field at a time."""


def same_reach(old: Party | Details, new: Details) -> bool:
    """Whether nothing of how somebody is reached differs. A number written otherwise is the same."""
    return all(getattr(old, name) == getattr(new, name) for name in REACH if name != "phone")


def as_before(old: Party, new: Details) -> Details:
    """The new details with the old way to reach them."""
    return msgspec.structs.replace(new, **{name: getattr(old, name) for name in REACH})


async def held(db: Db, community: int, party: UUID) -> Held | None:
    """What waits for this party."""
    return await row(Held, q.held_change(db, community=community, party=party))


async def hold(
    db: Db, *, community: int, party: UUID, details: Details, by: UUID, now: datetime
) -> Held:
    """From tomorrow this is how they are reached. An earlier change that waits is gone."""
    reach = {name: getattr(details, name) for name in REACH}
    due_at, id_ = now + WAITS, new_id()
    await q.hold_change(
        db, community=community, party=party, id=id_, by=by, now=now, due_at=due_at, **reach
    )
    await audit.note(
        db, community=community, act="party.reach_asked", actor=by, subject=party, now=now,
        on_behalf_of=party if by != party else None,
    )  # fmt: skip
    return Held(id_, by_id=by, at=now, due_at=due_at, **reach)


async def drop(db: Db, *, community: int, party: UUID, by: UUID, now: datetime) -> bool:
    """It stays as it was; False when nothing waits."""
    if await q.drop_change(db, community=community, party=party) is None:
        return False
    await audit.note(
        db, community=community, act="party.reach_kept", actor=by, subject=party, now=now,
        on_behalf_of=party if by != party else None,
    )  # fmt: skip
    return True


async def apply_held(
    db: Db, *, community: int, party: UUID, change: UUID, now: datetime
) -> Held | None:
    """The day is over: from now on they are reached that way. None when it was taken back, or
    another took its place. Raises NotFound for who was erased."""
    query = q.take_change(db, community=community, party=party, id=change, now=now)
    found = await row(Held, query)
    if found is None:
        return None
    old = await store.party(db, community, party)
    details = msgspec.structs.replace(
        details_of(old), **{name: getattr(found, name) for name in REACH}
    )
    await store.update_person(db, community=community, id_=party, details=details, now=now)
    await audit.note(
        db, community=community, act="party.reach_changed", actor=None, subject=party, now=now
    )
    return found
