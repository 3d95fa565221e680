"""Verbs of the hour notes: make, print, redeem, lose and find."""

from datetime import datetime, timedelta
from uuid import UUID

from timebank import audit, hours, notices, parties
from timebank.kernel import throttle
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.minutes import fits_unit
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.vouchers import store, wording
from timebank.vouchers.model import (
    LOST_DAYS,
    VALUES,
    State,
    Voucher,
    code_hash,
    new_code,
    number_of,
)
from timebank.web import policy
from timebank.web.viewer import Viewer

WRONG_CODES = throttle.Limit(10, throttle.HOUR)
"""Codes and numbers that are none: so many an hour by one person, then waiting."""


async def values(db: Db, community: int) -> list[int]:
    """What one note can be worth here: whole units of the community."""
    unit = (await hours.rules(db, community=community)).unit_minutes
    return [minutes for minutes in VALUES if fits_unit(minutes, unit)]


async def make(
    db: Db, viewer: Viewer, *, count: int, minutes: int, idem: str, now: datetime
) -> list[UUID]:
    """So many notes, out of hours that one may give away. Raises NotFound where the community makes
    none, Invalid (field `minutes`) when there is not so much to give."""
    policy.demand(viewer, "voucher.make")
    community, maker = viewer.community_id, viewer.subject_id
    rule = await store.rule(db, community)
    if not rule.is_on:
        raise NotFound
    if minutes not in await values(db, community):
        raise Invalid({"minutes": _("Kies een tijd uit de lijst.")})
    booked = await hours.book(
        db, community=community, idem=idem, kind=hours.Kind.VOUCHER,
        entries=[(maker, -count * minutes), (hours.Fund.VOUCHERS, count * minutes)],
        booked_by=viewer.party_id, now=now,
    )  # fmt: skip
    valid_until = local_date(now) + timedelta(days=rule.valid_days)
    made = []
    for serial in await store.serials(db, community, count):
        made.append(new_id())
        await store.insert(
            db, community=community, id_=made[-1], number=number_of(serial), minutes=minutes,
            maker=maker, by=viewer.party_id, transfer=booked.transfer_id, valid_until=valid_until,
            now=now,
        )  # fmt: skip
    await _note(db, viewer, "voucher.made", now, maker, count=count, minutes=minutes)
    return made


async def put_on_paper(
    db: Db, viewer: Viewer, maker: UUID, ids: list[UUID], *, now: datetime
) -> list[tuple[Voucher, str]]:
    """Notes of one maker, each with a new code to draw. Raises Conflict when one is not open any
    more."""
    printed = []
    for id_ in ids:
        code = new_code()
        if not await store.print_(
            db, community=viewer.community_id, id_=id_, party=maker, code_hash=code_hash(code),
            now=now,
        ):  # fmt: skip
            raise Conflict(_("Een van deze bonnen is al gebruikt of weg. Kijk nog eens."))
        printed.append((await store.voucher(db, viewer.community_id, id_), code))
    await _note(db, viewer, "voucher.printed", now, maker, count=len(printed))
    return printed


async def print_own(
    db: Db, viewer: Viewer, ids: list[UUID], *, now: datetime
) -> list[tuple[Voucher, str]]:
    """The viewer's own notes, on paper. Raises Invalid when none was chosen, Conflict."""
    policy.demand(viewer, "voucher.make")
    if not ids:
        raise Invalid({"which": _("Kies wat u wilt afdrukken.")})
    return await put_on_paper(db, viewer, viewer.subject_id, ids, now=now)


async def print_for(
    db: Db, viewer: Viewer, maker: UUID, *, now: datetime
) -> list[tuple[Voucher, str]]:
    """What a member asked a worker of her neighbourhood to print. Raises NotFound, Conflict."""
    await asked_by(db, viewer, maker, now=now)
    ids = await store.waiting_for(db, viewer.community_id, maker)
    if not ids:
        raise Conflict(_("Deze bonnen zijn al afgedrukt."))
    return await put_on_paper(db, viewer, maker, ids, now=now)


async def asked_by(db: Db, viewer: Viewer, maker: UUID, *, now: datetime) -> parties.Party:
    """The member, for a worker who looks after her, or an admin where none does. Raises NotFound."""
    policy.demand(viewer, "voucher.print_for")
    member = await parties.party(db, viewer.community_id, maker)
    if not await parties.does_for(db, viewer, maker, member.area_id, today=local_date(now)):
        raise NotFound
    return member


async def ask_print(db: Db, viewer: Viewer, *, now: datetime) -> None:
    """A worker prints and brings what was never printed. Raises Conflict when there is nothing."""
    policy.demand(viewer, "voucher.make")
    today = local_date(now)
    many = await store.ask_print(
        db, community=viewer.community_id, party=viewer.subject_id, today=today
    )
    if not many:
        raise Conflict(_("Dit is al gevraagd, of al gedaan."))
    await _note(db, viewer, "voucher.print_asked", now, viewer.subject_id, count=many)


async def own(db: Db, viewer: Viewer, id_: UUID) -> Voucher:
    """A note of the viewer's own. Raises NotFound."""
    policy.demand(viewer, "voucher.make")
    found = await store.voucher(db, viewer.community_id, id_)
    if found.maker_id != viewer.subject_id:
        raise NotFound
    return found


async def cancel(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """Not on paper yet: its time goes back at once. On paper, and so lost: nobody can scan it any
    more, and its time goes back after `LOST_DAYS`, unless somebody brings it to a worker before.

    Raises NotFound, or Conflict when it was used or lost already.
    """
    found = await own(db, viewer, id_)
    if found.printed_at is None:
        await give_back(
            db, community=viewer.community_id, id_=id_, from_states=("open",), to=found.maker_id,
            minutes=found.minutes, by=viewer.party_id, now=now,
        )  # fmt: skip
        await _note(db, viewer, "voucher.cancelled", now, found.maker_id)
        return
    until = local_date(now) + timedelta(days=LOST_DAYS)
    if not await store.lose(db, community=viewer.community_id, id_=id_, lost_until=until, now=now):
        raise Conflict(wording.why_not(found, local_date(now)))
    await _note(db, viewer, "voucher.lost", now, found.maker_id)


async def turn_up(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> None:
    """It was not lost after all: whoever has it can redeem it again. Raises NotFound, Conflict."""
    found = await own(db, viewer, id_)
    if not await store.find(db, community=viewer.community_id, id_=id_, now=now):
        raise Conflict(wording.why_not(found, local_date(now)))
    await _note(db, viewer, "voucher.found", now, found.maker_id)


async def give_back(
    db: Db, *, community: int, id_: UUID, from_states: tuple[State, ...], to: hours.Account,
    minutes: int, by: UUID, now: datetime,
) -> None:  # fmt: skip
    """The hours of a note that nobody redeems. Raises Conflict when it ended meanwhile."""
    if await store.lock(db, community, id_) not in from_states:
        raise Conflict(_("Deze bon is al gebruikt of weg."))
    booked = await hours.book(
        db, community=community, idem=f"voucher:{id_}", kind=hours.Kind.RETURNED,
        entries=[(hours.Fund.VOUCHERS, -minutes), (to, minutes)], booked_by=by, now=now,
    )  # fmt: skip
    await store.end(
        db, community=community, id_=id_, state="returned", from_states=from_states,
        transfer=booked.transfer_id, by=by, redeemer=None, not_after=None, now=now,
    )  # fmt: skip


async def by_code(db: Db, viewer: Viewer, code: str) -> Voucher:
    """The note with this code on it. Raises NotFound, whatever is wrong with the code."""
    policy.demand(viewer, "voucher.redeem")
    found = await store.by_code(db, viewer.community_id, code_hash(code))
    if found is None:
        raise NotFound
    return found


async def count_wrong(db: Db, viewer: Viewer, *, now: datetime) -> None:
    """One more code or number that was none. Raises TooMany; for a transaction of its own."""
    await throttle.count(
        db, community=viewer.community_id, kind="voucher", key=throttle.key_of(viewer.party_id),
        limit=WRONG_CODES, now=now,
    )  # fmt: skip


async def redeem(
    db: Db, viewer: Viewer, found: Voucher, *, by_number: bool = False, now: datetime
) -> None:
    """The hours go to whoever brings the note, once. A lost one only by a worker who holds the paper.

    Whose hours stand on it takes them back another way: nobody thanks herself. Raises Conflict, saying
    why not, or what became of it.
    """
    community, bearer, today = viewer.community_id, viewer.subject_id, local_date(now)
    usable: tuple[State, ...] = ("open", "lost") if by_number else ("open",)
    if await store.lock(db, community, found.id) not in usable or found.valid_until < today:
        now_is = await store.voucher(db, community, found.id)
        raise Conflict(wording.why_not(now_is, today, bearer))
    if found.maker_id == bearer:
        raise Conflict(_("Een bon die iemand zelf maakte, is voor een ander."))
    booked = await hours.book(
        db, community=community, idem=f"voucher:{found.id}", kind=hours.Kind.REDEEMED,
        entries=[(hours.Fund.VOUCHERS, -found.minutes), (bearer, found.minutes)],
        booked_by=viewer.party_id, now=now,
    )  # fmt: skip
    if not await store.end(
        db, community=community, id_=found.id, state="redeemed", from_states=usable,
        transfer=booked.transfer_id, by=viewer.party_id, redeemer=bearer, not_after=today, now=now,
    ):  # fmt: skip
        raise Conflict(wording.why_not(found, today, bearer))
    await _note(db, viewer, "voucher.redeemed", now, bearer, minutes=found.minutes)
    await notices.tell(
        db, community=community, to=found.maker_id, kind="voucher_redeemed", now=now,
        about=("vouchers", found.id), number=found.number, minutes=found.minutes,
    )  # fmt: skip


async def _note(
    db: Db, viewer: Viewer, act: str, now: datetime, subject: UUID, **detail: int
) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=subject,
        on_behalf_of=viewer.subject_id if viewer.acting_for else None, now=now, detail=detail,
    )  # fmt: skip
