"""Devices somebody signed in on: what was not there before is told to the member (OWASP ASVS 6.3.5).

New is a browser without our cookie of this member; nothing else of a device is looked at or kept. The
first device of all is nobody's surprise. The notice goes through the outbox: notices stand on a higher
floor.
"""

from datetime import datetime
from uuid import UUID

from timebank.access import store
from timebank.access.model import token_hash
from timebank.kernel import outbox
from timebank.kernel.db import Db


async def remember(
    db: Db, *, community: int, party: UUID, token: str, now: datetime, tell: bool = True
) -> None:
    """This device is known from now on. `tell`: a new one beside others is told to the member."""
    hash_ = token_hash(token)
    if await store.knows_device(db, community=community, party=party, token_hash=hash_):
        return
    others = await store.has_device(db, community=community, party=party)
    await store.put_known_device(db, community=community, party=party, token_hash=hash_, now=now)
    if others and tell:
        await tell_party(db, community=community, party=party, kind="new_device", now=now)


async def tell_party(db: Db, *, community: int, party: UUID, kind: str, now: datetime) -> None:
    """Something about the way in that the member should hear, on the site and by mail."""
    await outbox.put(
        db, community=community, kind="notice.way_in",
        payload={"party": str(party), "kind": kind}, now=now,
    )  # fmt: skip
