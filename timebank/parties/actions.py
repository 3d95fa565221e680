"""Verbs of the parties. Who may call them is decided by the slices above."""

from datetime import date, datetime
from uuid import UUID

from timebank import audit
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.numbers import member_number
from timebank.kernel.refusals import Conflict
from timebank.parties import store
from timebank.parties.model import (
    WORKER_CALL,
    WORKER_CALL_WORDING,
    Answer,
    ConsentWay,
    Details,
    PartyKind,
    PartyState,
)


async def apply(
    db: Db, *, community: int, details: Details, now: datetime, kind: PartyKind = "person",
    entered_by: UUID | None = None,
) -> UUID:  # fmt: skip
    """Somebody asks to join; a person answers later. The new party's id."""
    id_ = new_id()
    await store.insert(
        db, community=community, id_=id_, kind=kind, state="applying", details=details, now=now
    )
    await audit.note(
        db, community=community, act="party.applied", actor=entered_by or id_, subject=id_,
        on_behalf_of=id_ if entered_by else None, now=now,
    )  # fmt: skip
    return id_


async def admit(db: Db, *, community: int, party: UUID, by: UUID | None, now: datetime) -> str:
    """Applying becomes active; the member number handed out. Raises Conflict when answered already."""
    number = member_number(await store.next_serial(db, community))
    if not await store.admit(db, community=community, id_=party, number=number, by=by, now=now):
        raise Conflict(_("Deze aanmelding is al beantwoord."))
    await audit.note(
        db, community=community, act="party.admitted", actor=by, subject=party, now=now
    )
    return number


async def set_state(
    db: Db, *, community: int, party: UUID, state: PartyState, from_states: tuple[PartyState, ...],
    by: UUID | None, now: datetime, paused_until: date | None = None,
    on_behalf_of: UUID | None = None,
) -> None:  # fmt: skip
    """One step in a membership; `on_behalf_of` when the member asked somebody to take it. Raises
    Conflict when the party is no longer in `from_states`."""
    moved = await store.set_state(
        db, community=community, id_=party, state=state, from_states=from_states, now=now,
        paused_until=paused_until,
    )  # fmt: skip
    if not moved:
        raise Conflict(_("Dit is intussen veranderd. Kijk nog eens hoe het nu staat."))
    await audit.note(
        db, community=community, act=f"party.{state}", actor=by, subject=party, now=now,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip


async def change_details(
    db: Db, *, community: int, party: UUID, details: Details, by: UUID, now: datetime
) -> None:
    """What is personal, changed by the person or by a worker for them; the log says that, not what."""
    await store.update_person(db, community=community, id_=party, details=details, now=now)
    await audit.note(
        db, community=community, act="party.details", actor=by, subject=party,
        on_behalf_of=party if by != party else None, now=now,
    )  # fmt: skip


async def answer_worker_call(
    db: Db, *, community: int, party: UUID, answer: Answer, way: ConsentWay,
    asked_by: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """The answer to 'may a worker call when it gets quiet around you?'. Only 'yes' is a yes."""
    await store.insert_consent(
        db, community=community, party=party, kind=WORKER_CALL, answer=answer,
        wording=WORKER_CALL_WORDING, way=way, asked_by=asked_by, now=now,
    )  # fmt: skip
    await audit.note(
        db, community=community, act="consent.answered", actor=asked_by or party, subject=party,
        on_behalf_of=party if asked_by not in (None, party) else None, now=now,
        detail={"kind": WORKER_CALL, "answer": answer},
    )  # fmt: skip


async def choose_settings(
    db: Db, *, community: int, party: UUID, language: str, mail_whole: bool, hidden: bool,
    by: UUID, now: datetime,
) -> None:  # fmt: skip
    """The language somebody reads, what may stand in a mail, and whether neighbours find them."""
    await store.set_language(db, community=community, id_=party, language=language)
    await store.set_mail_whole(db, community=community, id_=party, whole=mail_whole)
    await store.set_hidden(db, community=community, id_=party, hidden=hidden)
    await audit.note(
        db, community=community, act="party.settings", actor=by, subject=party,
        on_behalf_of=party if by != party else None, now=now,
    )  # fmt: skip


async def block(
    db: Db, *, community: int, blocker: UUID, blocked: UUID, by: UUID, now: datetime
) -> None:
    """From now on these two do not meet here: mutual, silent, at once. The log names nobody."""
    await store.insert_block(
        db, community=community, blocker=blocker, blocked=blocked, entered_by=by, now=now
    )
    await audit.note(
        db, community=community, act="block.entered", actor=by, subject=blocker,
        on_behalf_of=blocker if by != blocker else None, now=now,
    )  # fmt: skip


async def unblock(
    db: Db, *, community: int, blocker: UUID, blocked: UUID, by: UUID, now: datetime
) -> None:
    """The one who blocked takes it back."""
    await store.delete_block(db, community=community, blocker=blocker, blocked=blocked)
    await audit.note(
        db, community=community, act="block.ended", actor=by, subject=blocker,
        on_behalf_of=blocker if by != blocker else None, now=now,
    )  # fmt: skip
