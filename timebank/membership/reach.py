"""Changing one's details: names and likes at once; how one is reached a day later, told the old way."""

from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from timebank import notices, parties
from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.refusals import Conflict, NotFound
from timebank.parties import Details, Party


async def change(
    db: Db, *, community: int, old: Party, new: Details, by: UUID, now: datetime
) -> bool:
    """The new details hold at once, but for how this member is reached: that waits for a day, and
    is told the way it was until now. True when something waits. Who does not take part yet waits
    for nothing."""
    waits = old.state != "applying" and not parties.same_reach(old, new)
    at_once = parties.as_before(old, new) if waits else new
    if at_once != parties.details_of(old):
        await parties.change_details(
            db, community=community, party=old.id, details=at_once, by=by, now=now
        )
    if waits:
        await _hold(db, community, old, new, by, now)
    else:  # typed as it was: what waited does not come
        await parties.drop(db, community=community, party=old.id, by=by, now=now)
    return waits


async def _hold(db: Db, community: int, old: Party, new: Details, by: UUID, now: datetime) -> None:
    held = await parties.hold(db, community=community, party=old.id, details=new, by=by, now=now)
    await outbox.put(
        db, community=community, kind="membership.reach", now=now, due_at=held.due_at,
        payload={"party": str(old.id), "change": str(held.id)},
    )  # fmt: skip
    await notices.tell_by_mail_too(
        db, community=community, to=old.id, kind="reach_held", now=now, about=("me", old.id)
    )
    if old.email and new.email != old.email:
        await outbox.put(
            db, community=community, kind="mail.moved",
            payload={"party": str(old.id), "to": old.email}, now=now,
        )  # fmt: skip


async def keep(db: Db, *, community: int, party: UUID, by: UUID, now: datetime) -> None:
    """It stays as it was. Raises Conflict when nothing waits any more."""
    if not await parties.drop(db, community=community, party=party, by=by, now=now):
        raise Conflict(_("Er wacht niets meer. Kijk hoe het nu staat."))
    await notices.mark_about_read(db, community=community, party=party, about_id=party, now=now)


@handles("membership.reach")
async def reach_at_last(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party and change. The day is over; the member hears it the new way."""
    party = UUID(errand.job.payload["party"])
    try:
        done = await parties.apply_held(
            db, community=errand.community, party=party,
            change=UUID(errand.job.payload["change"]), now=errand.now,
        )  # fmt: skip
    except NotFound:
        return None
    if done is not None:
        await notices.tell(
            db, community=errand.community, to=party, kind="reach_changed", now=errand.now,
            about=("me", party),
        )  # fmt: skip
    return None
