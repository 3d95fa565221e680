"""Asking to be erased: the member at the screen, or an admin for who asks by letter or phone.

For who asks by letter or phone two people say that the question is real: the admin who got it, and
a colleague who spoke with the member. Until the last day it can be taken back.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from timebank import access, audit, membership, notices, parties
from timebank.admin import erasure_store as store
from timebank.admin.erasure import WAIT_DAYS
from timebank.admin.erasure_store import Erasure, Way
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.parties import Card, Party
from timebank.web.policy import demand
from timebank.web.viewer import Viewer


async def ask(db: Db, viewer: Viewer, *, now: datetime) -> date:
    """The member wants to be forgotten; from now on they are leaving. The day it happens.

    Raises NotFound for who acts for another, Conflict: the last admin, or asked already.
    """
    if viewer.acting_for is not None:
        raise NotFound
    community, party = viewer.community_id, viewer.party_id
    last_day = local_date(now) + timedelta(days=WAIT_DAYS)
    await access.demand_another_admin(db, community=community, party=party, today=local_date(now))
    if not await store.ask(
        db, community=community, party=party, way="page", by=party, second=None, due_on=last_day,
        now=now,
    ):  # fmt: skip
        raise already_asked()
    await _note(db, viewer, "erasure.asked", party, now)
    await _leaving(db, viewer, party, last_day, now)
    return last_day


async def _leaving(db: Db, viewer: Viewer, party: UUID, last_day: date, now: datetime) -> None:
    """Nobody begins anything new with who is going, and they hear until when they can come back."""
    community = viewer.community_id
    found = await parties.party(db, community, party)
    if found.state in ("active", "paused"):
        await membership.leave(db, community=community, party=party, by=viewer.party_id, now=now)
    await notices.tell(
        db, community=community, to=party, kind="erasure_started", now=now,
        about=("own_erasure", party), on=last_day,
    )  # fmt: skip


async def stay(db: Db, viewer: Viewer, *, now: datetime) -> None:
    """The member takes it back, and takes part as before. Raises Conflict when nothing runs,
    NotFound for who acts for another."""
    if viewer.acting_for is not None:
        raise NotFound
    await _withdraw(db, viewer, viewer.party_id, now)


async def member_for(db: Db, viewer: Viewer, party: UUID) -> Party:
    """Somebody for whom an admin may ask: not themselves, nor who was erased. Raises NotFound."""
    demand(viewer, "erasure.ask")
    found = await parties.party(db, viewer.community_id, party)
    if party == viewer.party_id:
        raise NotFound
    return found


async def colleagues(db: Db, viewer: Viewer, member: Party, *, now: datetime) -> list[Card]:
    """Who can be the second: the other admins, and those who work in the member's neighbourhood."""
    community, today = viewer.community_id, local_date(now)
    ids = {
        *await access.admins(db, community=community, today=today),
        *await access.workers_of(db, community=community, area=member.area_id, today=today),
    } - {viewer.party_id, member.id}
    found = await parties.cards(db, community, ids)
    return sorted(found.values(), key=lambda card: (card.full_name, card.id))


async def ask_for(
    db: Db, viewer: Viewer, party: UUID, *, way: Way, second: UUID, now: datetime
) -> None:
    """Somebody asked by letter, phone or in person; a colleague must say that it is real.

    Raises NotFound, Invalid for a second who cannot be, Conflict: the last admin, asked already.
    """
    member = await member_for(db, viewer, party)
    community, today = viewer.community_id, local_date(now)
    if second not in {card.id for card in await colleagues(db, viewer, member, now=now)}:
        raise Invalid({"second": _("Kies iemand uit de lijst.")})
    await access.demand_another_admin(db, community=community, party=party, today=today)
    asked = await store.ask(
        db, community=community, party=party, way=way, by=viewer.party_id, second=second,
        due_on=None, now=now,
    )  # fmt: skip
    if asked is None:
        raise already_asked()
    await _note(db, viewer, "erasure.asked", party, now)
    await notices.tell(
        db, community=community, to=second, kind="erasure_second", now=now,
        about=("erasure", asked), who_id=party, by_id=viewer.party_id,
    )  # fmt: skip
    await notices.tell(
        db, community=community, to=party, kind="erasure_asked_for", now=now,
        about=("own_erasure", party), who_id=viewer.party_id,
    )  # fmt: skip


async def erasure_for(db: Db, viewer: Viewer, id_: UUID) -> Erasure:
    """A question for an admin, or for the colleague who is the second. Raises NotFound."""
    demand(viewer, "erasure.second")
    found = await store.by_id(db, viewer.community_id, id_)
    if found is None or found.party_id == viewer.party_id:
        raise NotFound
    if not (viewer.is_admin or found.second_id == viewer.party_id):
        raise NotFound
    return found


async def agree(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """The second spoke with the member: it is real, and the days begin. Raises NotFound, Conflict."""
    found = await erasure_for(db, viewer, id_)
    if found.second_id != viewer.party_id:
        raise NotFound
    last_day = local_date(now) + timedelta(days=WAIT_DAYS)
    if not await store.start(
        db, community=viewer.community_id, id_=id_, by=viewer.party_id, due_on=last_day, now=now
    ):
        raise Conflict(_("Dit is al beantwoord."))
    await _note(db, viewer, "erasure.seconded", found.party_id, now)
    await _leaving(db, viewer, found.party_id, last_day, now)


async def stop(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """It is not real, or the member changed their mind by phone. Raises NotFound, Conflict."""
    found = await erasure_for(db, viewer, id_)
    await _withdraw(db, viewer, found.party_id, now)


async def _withdraw(db: Db, viewer: Viewer, party: UUID, now: datetime) -> None:
    community = viewer.community_id
    if not await store.withdraw(db, community=community, party=party, now=now):
        raise Conflict(_("Er is niets om te stoppen. Kijk hoe het nu staat."))
    await _note(db, viewer, "erasure.withdrawn", party, now)
    found = await parties.party(db, community, party)
    if found.state == "leaving":
        await membership.take_part_again(
            db, community=community, party=party, by=viewer.party_id, now=now
        )


async def _note(db: Db, viewer: Viewer, act: str, party: UUID, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=party, now=now
    )


def already_asked() -> Conflict:
    """One question at a time."""
    return Conflict(_("Dit is al gevraagd. Kijk op welke dag het gebeurt."))
