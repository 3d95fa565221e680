"""Erasure: takes the person and keeps the books (GDPR, article 17).

Who asks has a week to come back; time that a neighbour still waits for is settled first, within the
month the law gives. Then the person goes, from every room of the house. What stays: hours, days and
codes under "iemand die niet meer meedoet" with one lasting number.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from timebank import (
    access,
    audit,
    contacts,
    exchanges,
    gatherings,
    hours,
    introductions,
    mandates,
    membership,
    messages,
    moderation,
    notices,
    parties,
    posts,
    signals,
)
from timebank.admin import erasure_store as store
from timebank.admin.erasure_store import Erasure
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db

WAIT_DAYS = 7
"""So long somebody who asked can still come back with everything as it was."""
LONGEST_DAYS = 30
"""Time that is not settled is waited for at most so long after it was asked (GDPR, article 12)."""
LEFT_KEPT = timedelta(days=365)
"""Who left can come back for a year; then they are erased by themselves."""
REFUSED_KEPT = timedelta(days=90)
"""Who was refused is known for so long, to answer questions about it."""


async def erase(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Takes the person out of every room; runs as the job role, which alone may delete all this.

    Raises NotFound when they were erased before, Conflict for the last admin.
    """
    await access.demand_another_admin(db, community=community, party=party, today=local_date(now))
    names = await parties.known_as(db, community=community, party=party)
    who: dict[str, Any] = {"community": community, "party": party, "now": now}
    await membership.depart(db, **who)
    await exchanges.reassign(db, community=community, now=now)
    await moderation.reassign(db, community=community, now=now)
    await signals.reassign(db, community=community, now=now)
    await introductions.reassign(db, community=community, now=now)
    await membership.reassign(db, community=community, now=now)
    await signals.forget(db, **who)
    await introductions.forget(db, **who)
    await gatherings.forget(db, **who)
    await contacts.forget(db, **who)
    await moderation.forget(db, names=names, **who)
    await messages.forget(db, names=names, **who)
    await exchanges.forget(db, names=names, **who)
    await posts.forget(db, **who)
    await hours.forget(db, names=names, **who)
    letters = await membership.forget(db, **who)
    await mandates.forget(db, **who)
    told = await notices.forget(db, **who)
    await outbox.forget(db, community=community, ids=[party, *letters, *told])
    await access.forget(db, **who)
    await parties.forget(db, **who)
    await audit.note(
        db, community=community, act="party.erased", actor=None, subject=party, now=now
    )


async def again(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erase who was erased before, and stood in the backup that was restored. Runs as the job role.

    Raises NotFound when there is nobody to erase, Conflict for the last admin.
    """
    await erase(db, community=community, party=party, now=now)
    found = await store.of_party(db, community, party)
    id_ = found.id if found and found.starts_at else None
    if found and id_ is None:  # it waited for a second person, who has spoken since
        await store.withdraw(db, community=community, party=party, now=now)
    id_ = id_ or await store.ask(
        db, community=community, party=party, way="term", by=None, second=None,
        due_on=local_date(now), now=now,
    )  # fmt: skip
    if id_ is not None:
        await store.done(db, community=community, id_=id_, now=now)


async def finish(db: Db, *, community: int, now: datetime) -> int:
    """Erases whose day has come, and who left or was refused long ago. For the job runner; how
    many. What is not settled with a neighbour is looked at again the next day."""
    await store.withdraw_of_those_back(db, community=community, now=now)
    today = local_date(now)
    erased = 0
    for found in await store.due(db, community=community, today=today):
        if await _must_wait(db, community, found, now):
            await store.put_off(
                db, community=community, id_=found.id, due_on=today + timedelta(days=1)
            )
            continue
        await erase(db, community=community, party=found.party_id, now=now)
        await store.done(db, community=community, id_=found.id, now=now)
        erased += 1
    return erased + await _erase_long_gone(db, community, now)


async def _must_wait(db: Db, community: int, found: Erasure, now: datetime) -> bool:
    if local_date(now) >= local_date(found.asked_at) + timedelta(days=LONGEST_DAYS):
        return False
    await exchanges.hold_open(db, community=community, party=found.party_id)
    return await exchanges.unsettled(db, community=community, party=found.party_id)


async def _erase_long_gone(db: Db, community: int, now: datetime) -> int:
    gone = await store.long_gone(
        db, community=community, left_before=now - LEFT_KEPT, refused_before=now - REFUSED_KEPT
    )
    for party in gone:
        id_ = await store.ask(
            db, community=community, party=party, way="term", by=None, second=None,
            due_on=local_date(now), now=now,
        )  # fmt: skip
        await erase(db, community=community, party=party, now=now)
        if id_ is not None:
            await store.done(db, community=community, id_=id_, now=now)
    return len(gone)
