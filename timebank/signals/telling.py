"""What people tell a worker: a neighbour who worries, a member who asks for a call, a worker's hunch.

It reaches the worker of that neighbourhood and nobody else. Where nobody works it waits, with its date:
an admin is told that something waits there, and never what.
"""

from datetime import datetime
from uuid import UUID

from timebank import audit, contacts, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound, TooMany
from timebank.signals import bringing, run_store, said_store, store
from timebank.signals.rule import Reason
from timebank.signals.said_model import MOST_OPEN, Kind, Known, Told, Unheard
from timebank.web import policy
from timebank.web.viewer import Viewer

DAY_SECONDS = 24 * 3600


async def worry(
    db: Db, viewer: Viewer, *, party: UUID | None, who: str, area: UUID, words: str,
    may_name: bool, now: datetime,
) -> UUID:  # fmt: skip
    """A neighbour worries. With `party` that member is meant, else `who` in `area` says it in words.

    The member herself stands beside it only under her yes; then it is one of her reasons too, unless
    she asked for peace. Raises Conflict for oneself, for who works here and where nobody reads it;
    TooMany beyond five that wait.
    """
    policy.demand(viewer, "worry.tell")
    community, by = viewer.community_id, viewer.subject_id
    await run_store.hold_run(db, community)
    if await said_store.open_told_by(db, community, by, "worry") >= MOST_OPEN:
        raise TooMany(
            _("Wij kijken nog naar wat u eerder schreef. Is er haast? Bel ons dan."),
            retry_after=DAY_SECONDS,
        )
    known = None
    if party is not None:
        known = await _meant(db, viewer, party, now)
        area = known.area_id
    kept = party if known is not None and known.may_be_raised else None
    if party is not None and kept is None:
        who = (await parties.party(db, community, party)).full_name
    told = await _tell(
        db, viewer, kind="worry", area=area, party=kept, who="" if kept else who, words=words,
        may_name=may_name, carried=kept is not None and await _raises(db, viewer, kept, known, now),
        now=now,
    )  # fmt: skip
    await _note(db, viewer, "attention.worried", subject=by, now=now)
    return told


async def _meant(db: Db, viewer: Viewer, party: UUID, now: datetime) -> Known:
    """The member that is meant, as this neighbour may see her. Raises NotFound, Conflict."""
    if party == viewer.subject_id:
        raise Conflict(_("Dit gaat over uzelf. Vraag liever of er iemand belt of langskomt."))
    await parties.neighbour(db, viewer.community_id, party, viewer.subject_id)
    known = await said_store.known(db, viewer.community_id, party, local_date(now))
    if known.works_here:
        raise Conflict(
            _("Dit gaat over iemand die hier werkt. Kies “Meld dit” op de pagina van deze buur.")
        )
    return known


async def _raises(db: Db, viewer: Viewer, party: UUID, known: Known | None, now: datetime) -> bool:
    """Whether a signal says it from now on. Not of who asked for peace, nor of what rests: then the
    words wait by themselves."""
    if known is None or known.muted_until is not None:
        return False
    found = await store.open_of(db, viewer.community_id, party)
    if found is not None and found.state == "snoozed":
        return False
    today = local_date(now)
    raised = await bringing.bring_up(
        db, community=viewer.community_id, party=party, reason=Reason(code="worry", on=today),
        lane="told", due_on=bringing.by_telling(today), now=now,
    )  # fmt: skip
    return raised is not None


async def ask_visit(db: Db, viewer: Viewer, *, words: str, now: datetime) -> UUID:
    """This member would like a worker to call or come by. Without a yes to calls when it gets quiet
    it is one question, kept until it is done, and nothing more. Raises Conflict when it waits
    already, or where nobody works."""
    policy.demand(viewer, "visit.ask")
    community, party, today = viewer.community_id, viewer.subject_id, local_date(now)
    await run_store.hold_run(db, community)
    found = await store.open_of(db, community, party)
    asked = found is not None and any(reason.code == "visit" for reason in found.told)
    if asked or await said_store.open_told_by(db, community, party, "visit"):
        raise Conflict(_("U vroeg dit al. Het staat op de werklijst. Is er haast? Bel dan zelf."))
    known = await said_store.known(db, community, party, today)
    raised = None
    if known.may_be_raised:
        raised = await bringing.bring_up(
            db, community=community, party=party, reason=Reason(code="visit", on=today),
            lane="asks", due_on=bringing.by_telling(today), now=now, actor=party,
        )  # fmt: skip
    told = await _tell(
        db, viewer, kind="visit", area=known.area_id, party=party if raised else None, who="",
        words=words, may_name=True, carried=raised is not None, now=now,
    )  # fmt: skip
    await _note(db, viewer, "attention.asked", subject=party, now=now)
    return told


async def hunch(db: Db, viewer: Viewer, party: UUID, *, words: str, now: datetime) -> None:
    """This worker thinks of a member, and says why; she reads that. Raises NotFound for who is no
    worker of hers, Conflict without her yes, or when she asked for peace."""
    person = await contacts.person_for(db, viewer, party)
    community, today = viewer.community_id, local_date(now)
    await run_store.hold_run(db, community)
    known = await said_store.known(db, community, party, today)
    if not known.may_be_raised:
        raise Conflict(
            _("Dit mag alleen bij een volwassene die ja zei op bellen als het stil wordt.")
        )
    if known.muted_until is not None:
        raise Conflict(
            _(
                "%(name)s wil hier nu niet over gebeld worden. Laat het rusten.",
                name=person.call_name,
            )
        )
    await bringing.bring_up(
        db, community=community, party=party, reason=Reason(code="hunch", on=today), lane="told",
        due_on=bringing.by_asking(today), now=now, actor=viewer.party_id, owner=viewer.party_id,
    )  # fmt: skip
    await _tell(
        db, viewer, kind="hunch", area=known.area_id, party=party, who="", words=words,
        may_name=True, carried=True, now=now,
    )  # fmt: skip
    await _note(db, viewer, "attention.hunch", subject=party, now=now)


async def _tell(
    db: Db, viewer: Viewer, *, kind: Kind, area: UUID, party: UUID | None, who: str,
    words: str, may_name: bool, carried: bool, now: datetime,
) -> UUID:  # fmt: skip
    """Keep the words. What a signal carries, waits for nobody itself."""
    community, today = viewer.community_id, local_date(now)
    own = kind in ("visit", "not_right")
    about = party or (viewer.subject_id if own else None)
    owner = await said_store.owner_of_told(
        db, community=community, area=area, about=about, today=today
    )
    if owner is None:
        raise Conflict(
            _("Hier werkt nu niemand die dit leest. Praat erover met iemand die u vertrouwt.")
        )
    return await said_store.tell(
        db, community=community, kind=kind, by=viewer.subject_id, area=area, party=party,
        owner=owner, due_on=bringing.by_telling(today), who=who, words=words, may_name=may_name,
        now=now, done_at=now if carried else None,
    )  # fmt: skip


async def told_list(db: Db, viewer: Viewer, *, limit: int) -> list[Told]:
    """What waits for this worker; nothing for anybody else."""
    if not policy.may(viewer, "told.read"):
        return []
    return await said_store.told_in_areas(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        limit=limit,
    )  # fmt: skip


async def told_for(db: Db, viewer: Viewer, id_: UUID) -> Told:
    """One thing that was told, for a worker of that neighbourhood. Raises NotFound for others, for
    whom it is about, and for who stepped aside."""
    policy.demand(viewer, "told.read")
    found = await said_store.told(db, viewer.community_id, id_)
    if found.about_id is not None:
        await contacts.person_for(db, viewer, found.about_id)
    elif not viewer.works_in(found.area_id):
        raise NotFound
    return found


async def told_about(db: Db, viewer: Viewer, party: UUID) -> list[Told]:
    """What was told about a member, for who passed `contacts.person_for`."""
    return await said_store.told_of(db, viewer.community_id, party, 20)


async def finish(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """It was looked at, and dealt with. Raises NotFound, or Conflict when a colleague was first."""
    found = await told_for(db, viewer, id_)
    if not await said_store.told_done(db, community=viewer.community_id, id_=id_, now=now):
        raise Conflict(_("Dit is al gedaan."))
    await _note(db, viewer, "attention.done", subject=found.about_id, now=now)


async def hand_told(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """A colleague looks at it. Whether they may is for the desk to say. Raises NotFound, or
    Conflict when it is done already, or lies there."""
    await told_for(db, viewer, id_)
    if not await said_store.give_told(db, community=viewer.community_id, id_=id_, owner=to):
        raise Conflict(_("Dit is al gedaan, of ligt daar al."))


async def unheard(db: Db, viewer: Viewer, *, now: datetime) -> dict[UUID, Unheard]:
    """By neighbourhood without a worker: that something waits there. For an admin."""
    if not policy.may(viewer, "role.manage"):
        return {}
    found = await said_store.unheard(db, viewer.community_id, local_date(now))
    return {one.area_id: one for one in found}


async def look(db: Db, viewer: Viewer, told: Told, *, now: datetime) -> None:
    """Written before the page is made; where the member is known, in her own log."""
    if told.about_id is not None:
        await contacts.look(db, viewer, told.about_id, now=now)
    else:
        await _note(db, viewer, "attention.looked", subject=None, now=now)


async def _note(db: Db, viewer: Viewer, act: str, *, subject: UUID | None, now: datetime) -> None:
    acting = viewer.acting_for is not None
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=subject,
        on_behalf_of=viewer.subject_id if acting else None, now=now,
    )  # fmt: skip
