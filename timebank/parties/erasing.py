"""Taking the person away and keeping the party: what erasure does here."""

from datetime import datetime
from uuid import UUID

from timebank.kernel.db import Db
from timebank.kernel.redact import Known, known
from timebank.parties import store
from timebank.parties.store import q


async def known_as(db: Db, *, community: int, party: UUID) -> Known:
    """How this person is known in what others wrote. Raises NotFound."""
    found = await store.party(db, community, party)
    return known(
        found.full_name, found.call_name, others=(found.email, found.street, found.number),
        phone_key=found.phone_key,
    )  # fmt: skip


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """The person goes, with all that is personal: answers, blocks either way, who looks like whom,
    the household. The party stays, with a lasting number in place of the member number: the books
    and other people's appointments point at it."""
    place = {"community": community, "party": party}
    await q.drop_change(db, **place)
    await q.delete_consents(db, **place)
    await q.delete_blocks(db, **place)
    await q.delete_not_alike(db, **place)
    person = await q.delete_person(db, **place)
    if person is not None and person["household_id"] is not None:
        household = {"community": community, "household": person["household_id"]}
        await q.leave_household(db, **household)
        await q.delete_household(db, **household)
    former = await q.next_former(db, community=community)
    await q.erase(db, former=former, now=now, **place)
