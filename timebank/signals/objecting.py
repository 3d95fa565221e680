"""'Not now', 'this is not right', and taking that back: the member's own word about her own signal."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, contacts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.signals import bringing, opening, rule, run_store, said_store, store
from timebank.signals.model import RAISED_DAYS
from timebank.signals.said_model import BACK_DAYS, Known, Objection
from timebank.web.viewer import Viewer


async def object_to(
    db: Db, viewer: Viewer, *, reason: Objection, words: str, now: datetime
) -> None:
    """For half a year nobody thinks of her because of the rule or of what others say; what was open
    ends. `words` go to her worker, who reads them within two working days. Raises Conflict for who
    gave no yes: nothing is kept then."""
    community, party, today = viewer.community_id, viewer.subject_id, local_date(now)
    await run_store.hold_run(db, community)
    known = await said_store.known(db, community, party, today)
    if not known.said_yes:
        raise Conflict(_("U zei geen ja. Wij kijken dus niet naar u, en er is niets bewaard."))
    until = today + timedelta(days=rule.OBJECTED_DAYS)
    await said_store.put_mute(
        db, community=community, party=party, reason=reason, today=today, until=until
    )
    owner = await _end(db, community, party, reason, now)
    await contacts.let_go(db, community, party, now=now)
    if words:
        await _tell(db, viewer, known, owner, words, now)
    await _note(db, viewer, "attention.objected", now)


async def _end(
    db: Db, community: int, party: UUID, reason: Objection, now: datetime
) -> UUID | None:
    """What is open ends, whoever took it. Who looked after it."""
    found = await store.open_of(db, community, party)
    if found is None:
        return None
    await store.move(
        db, community=community, id_=found.id, from_state=found.state, state="objected",
        owner=None, due_on=None, now=now, closed_on=local_date(now),
    )  # fmt: skip
    await store.step(
        db, community=community, signal=found.id, actor=party, from_state=found.state,
        to_state="objected", reason="not_now" if reason == "not_now" else "says_not_right", now=now,
    )  # fmt: skip
    return found.owner_id


async def _tell(
    db: Db, viewer: Viewer, known: Known, owner: UUID | None, words: str, now: datetime
) -> None:
    community, party, today = viewer.community_id, viewer.subject_id, local_date(now)
    to = owner or await said_store.owner_of_told(
        db, community=community, area=known.area_id, about=party, today=today
    )
    if to is None:
        raise Conflict(_("Er is nu niemand die dit leest. Laat de tekst leeg, of bel ons."))
    await said_store.tell(
        db, community=community, kind="not_right", by=party, area=known.area_id, party=party,
        owner=to, due_on=bringing.by_telling(today), who="", words=words, may_name=True, now=now,
        done_at=None,
    )  # fmt: skip


async def take_back(db: Db, viewer: Viewer, *, now: datetime) -> None:
    """She may be thought of again. What ended with her word in the last four weeks stands on the list
    again. Raises Conflict when there is nothing to take back."""
    community, party, today = viewer.community_id, viewer.subject_id, local_date(now)
    await run_store.hold_run(db, community)
    mute = await said_store.mute(db, community, party, today)
    if mute is None:
        raise Conflict(_("Dat hoeft niet: er stond geen “nu niet” meer."))
    await said_store.end_mute(db, community, party)
    ended = await store.objected_of(db, community, party, mute.said_on)
    if ended is not None and (today - mute.said_on).days <= BACK_DAYS:
        await _stand_again(db, community, party, ended, now)
    await _note(db, viewer, "attention.objection_ended", now)


async def _stand_again(db: Db, community: int, party: UUID, signal: UUID, now: datetime) -> None:
    today = local_date(now)
    known = await said_store.known(db, community, party, today)
    desks = await run_store.desks(db, community, today)
    owner = opening.pick(
        desks, {desk.worker_id: desk.load for desk in desks}, await run_store.asides(db, community),
        area=known.area_id, party=party,
    )  # fmt: skip
    if owner is None or not known.may_be_raised:
        return
    await store.move(
        db, community=community, id_=signal, from_state="objected", state="raised", owner=owner,
        due_on=today + timedelta(days=RAISED_DAYS), now=now,
    )  # fmt: skip
    await store.step(
        db, community=community, signal=signal, actor=party, from_state="objected",
        to_state="raised", reason="taken_back", now=now,
    )  # fmt: skip


async def _note(db: Db, viewer: Viewer, act: str, now: datetime) -> None:
    acting = viewer.acting_for is not None
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id,
        subject=viewer.subject_id, on_behalf_of=viewer.subject_id if acting else None, now=now,
    )  # fmt: skip
