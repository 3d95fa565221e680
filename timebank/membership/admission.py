"""Joining: somebody asks, a person answers, and the new member gets a way in that suits them."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from timebank import access, hours, notices, parties
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.names import looks_like_staff
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.membership import store
from timebank.membership.model import CALL_DAYS, Admitted, too_young_sentence
from timebank.parties import Answer, ConsentWay, Details, Party
from timebank.web.policy import demand
from timebank.web.viewer import Viewer


async def ask_to_join(
    db: Db, *, community: int, details: Details, consent: Answer | None, way: ConsentWay,
    entered_by: UUID | None, now: datetime,
) -> UUID:  # fmt: skip
    """Somebody asks to join; who works in that neighbourhood hears of it. The new party's id.

    No answer to the question about the worker's call is no row, and counts as no. Raises Invalid
    for somebody under 16: a worker talks with them first.
    """
    today = local_date(now)
    if parties.too_young(details.birth_year, today):
        raise Invalid({"birth_year": too_young_sentence()})
    id_ = await parties.apply(
        db, community=community, details=details, now=now, entered_by=entered_by
    )
    if consent is not None:
        await parties.answer_worker_call(
            db, community=community, party=id_, answer=consent, way=way, asked_by=entered_by,
            now=now,
        )  # fmt: skip
    for member in await who_answers(db, community=community, area=details.area_id, now=now):
        if member != entered_by:
            await notices.tell(
                db, community=community, to=member, kind="application_made", now=now,
                about=("applicant", id_),
            )  # fmt: skip
    return id_


async def who_answers(db: Db, *, community: int, area: UUID, now: datetime) -> list[UUID]:
    """Who admits people in this neighbourhood: its workers, else the admins."""
    return await access.staff_of(db, community=community, area=area, today=local_date(now))


async def applicant_for(db: Db, viewer: Viewer, id_: UUID) -> Party:
    """Somebody who asked to join, for an admin or a worker of that neighbourhood, answered or not.
    Raises NotFound."""
    demand(viewer, "member.admit")
    party = await parties.party(db, viewer.community_id, id_)
    if not (viewer.is_admin or await parties.looks_after(db, viewer, id_, party.area_id)):
        raise NotFound
    return party


async def reads_like_staff(db: Db, *, community: int, name: str, party: UUID, now: datetime,
                           words: tuple[str, ...] = ()) -> bool:  # fmt: skip
    """Whether a name speaks of an office or reads like somebody else who works here."""
    today = local_date(now)
    workers = await parties.staff_names(db, community=community, today=today, but=party)
    return looks_like_staff(name, workers, words)


async def admit(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> Admitted:
    """The applicant takes part: a number, the starting hours, and a way in.

    With an e-mail address an invitation goes out; else there is a code to hand over. Raises
    NotFound, Conflict (answered already), Invalid (under 16).
    """
    party = await applicant_for(db, viewer, id_)
    community = viewer.community_id
    if parties.too_young(party.birth_year, local_date(now)):
        raise Invalid({"": too_young_sentence()})
    number = await parties.admit(db, community=community, party=id_, by=viewer.party_id, now=now)
    await notices.tell(
        db, community=community, to=id_, kind="admitted", now=now, about=("me", id_), number=number
    )
    code = await _way_in(db, viewer, party, now)
    await hours.open_account(db, community=community, party=id_, booked_by=viewer.party_id, now=now)
    return Admitted(id_, number, code)


async def _way_in(db: Db, viewer: Viewer, party: Party, now: datetime) -> str | None:
    """An invitation by mail, or a code to read out or print: the code."""
    community = viewer.community_id
    kind: Literal["invite", "worker_code"] = "invite" if party.email else "worker_code"
    code = await access.make_ticket(
        db, community=community, party=party.id, kind=kind, by=viewer.party_id, now=now
    )
    if kind == "worker_code":
        return code
    await outbox.put(
        db, community=community, kind="mail.ticket",
        payload={"party": str(party.id), "kind": kind, "code": code}, now=now,
    )  # fmt: skip
    return None


async def refuse(db: Db, viewer: Viewer, id_: UUID, *, words: str, now: datetime) -> Party:
    """The answer is no, with a reason they read in a mail, or hear from who refused. The applicant.

    Raises NotFound, Conflict (answered already).
    """
    party = await applicant_for(db, viewer, id_)
    community = viewer.community_id
    if party.state != "applying":
        raise Conflict(_("Deze aanmelding is al beantwoord."))
    await parties.set_state(
        db, community=community, party=id_, state="refused", from_states=("applying",),
        by=viewer.party_id, now=now,
    )  # fmt: skip
    by_mail = party.email is not None
    reason = await store.insert_reason(
        db, community=community, party=id_, kind="refused", words=words, by=viewer.party_id,
        now=now, caller=None if by_mail else viewer.party_id,
        call_by=None if by_mail else local_date(now) + timedelta(days=CALL_DAYS),
    )  # fmt: skip
    if by_mail:
        await outbox.put(
            db, community=community, kind="mail.reason", payload={"reason": str(reason)}, now=now
        )
    return party
