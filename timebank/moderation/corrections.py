"""Putting a booking right: a counter-entry, or what was forgotten of an exchange beside it. Both sides
can read it, and it is shown before it is made.

A worker may, for members of their own neighbourhoods and within the community's term; after that an
admin. Nobody puts right a booking of their own. The limits hold here too.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from timebank import audit, hours, notices, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.minutes import fits_unit
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.kernel.text import isolated
from timebank.kernel.words import duration
from timebank.moderation.wording import now_sentence
from timebank.web.community import Words
from timebank.web.viewer import Viewer


class Booking(msgspec.Struct, frozen=True):
    """A booking that may be put right. `minutes` is what was booked; `sides` are the members'
    own minutes by party (the pot and the issue account are no members)."""

    transfer: hours.Transfer
    minutes: int
    sides: dict[UUID, int]
    cards: dict[UUID, parties.Card]
    number_of_sides: int

    def name(self, party: UUID) -> str:
        """Call name of one side."""
        card = self.cards.get(party)
        return isolated(card.call_name) if card else _("iemand die niet meer meedoet")

    def change(self, party: UUID, right: int) -> int:
        """What a side's balance changes by when `right` minutes is what it should have been."""
        more = right - self.minutes
        return more if self.sides[party] > 0 else -more


class Preview(msgspec.Struct, frozen=True):
    """What one side will read, and have."""

    party_id: UUID
    name: str
    sentence: str
    minutes_after: int


def can_be_put_right(
    viewer: Viewer, party: UUID, line: hours.Line, *, repair_days: int, now: datetime
) -> bool:
    """Whether a line of a member whom this viewer looks after leads to a booking they may put right:
    what `booking_for` would not refuse."""
    if line.kind in hours.ON_PAPER:
        return False
    if line.corrected_by is not None or viewer.party_id in (party, *line.others):
        return False
    return viewer.is_admin or now <= line.booked_at + timedelta(days=repair_days)


async def booking_for(
    db: Db, viewer: Viewer, transfer: UUID, *, repair_days: int, now: datetime
) -> Booking:
    """A booking that this viewer may put right. Raises NotFound outside their neighbourhoods;
    Conflict for their own booking, one that was put right, or when the term is over."""
    booked = await hours.transfer(db, community=viewer.community_id, transfer=transfer)
    entries = await hours.entries(db, community=viewer.community_id, transfer=transfer)
    sides = {e.account_id: e.minutes for e in entries if e.kind == "party"}
    cards = await parties.cards(db, viewer.community_id, sides)
    own_area = any(viewer.works_in(card.area_id) for card in cards.values())
    if not (viewer.is_admin or own_area):
        raise NotFound
    if viewer.party_id in sides:
        raise Conflict(_("Dit is een boeking van uzelf. Vraag een collega om dit te doen."))
    if booked.corrected_by is not None:
        raise Conflict(_("Deze boeking is al hersteld."))
    if not viewer.is_admin and now > booked.booked_at + timedelta(days=repair_days):
        raise Conflict(
            _("Deze boeking is van te lang geleden. Alleen een beheerder kan die nog herstellen.")
        )
    minutes = max(abs(e.minutes) for e in entries)
    return Booking(booked, minutes, sides, cards, len(entries))


async def check(db: Db, viewer: Viewer, booking: Booking, right: int) -> None:
    """Whether `right` minutes can be what it should have been. Raises Invalid (field `minutes`),
    or Conflict naming who would pass a limit; the ledger judges again when it books."""
    unit = (await hours.rules(db, community=viewer.community_id)).unit_minutes
    kind, sides = booking.transfer.kind, booking.number_of_sides
    if wrong := hours.wrong_with(right, booking.minutes, kind, sides=sides):
        raise Invalid({"minutes": wrong})
    if not fits_unit(right, unit):
        raise Invalid({"minutes": _("Kies een tijd in stappen van %(time)s.", time=duration(unit))})


async def preview(
    db: Db, viewer: Viewer, booking: Booking, *, right: int, reason: str, words: Words,
    now: datetime,
) -> list[Preview]:  # fmt: skip
    """What each side will read and have. Raises Conflict when one of them passes a limit."""
    shown = []
    for party in booking.sides:
        balance = await hours.balance(db, community=viewer.community_id, party=party, now=now)
        room = hours.room(booking.change(party, right), balance)
        if not room.fits:
            raise Conflict(
                _(
                    "Dit kan nu niet. %(name)s komt dan voorbij de grens die hier is afgesproken. "
                    "Er is niets geboekt. Een beheerder kan een uitzondering maken.",
                    name=booking.name(party),
                )
            )
        after = room.minutes_after
        said = sentence_of(viewer, booking, right, reason, words, now)
        sentence = f"{said} {now_sentence(after, words)}"
        shown.append(Preview(party, booking.name(party), sentence, after))
    return shown


def sentence_of(
    viewer: Viewer, booking: Booking, right: int, reason: str, words: Words, now: datetime
) -> str:
    """The sentence both sides read in their statement."""
    today = local_date(now)
    return hours.wording.correction(
        booked_on=local_date(booking.transfer.booked_at), was=booking.minutes, right=right,
        who=isolated(viewer.call_name), corrected_on=today, reason=reason, today=today,
        words=words,
    )  # fmt: skip


async def correct(
    db: Db, viewer: Viewer, booking: Booking, *, right: int, reason: str, now: datetime
) -> None:
    """Book what puts it right and tell both; a second press books and tells nothing new.

    Raises Invalid or Conflict as hours.correct does.
    """
    booked = await hours.correct(
        db, community=viewer.community_id, transfer=booking.transfer.id,
        right=right, sentence=reason, booked_by=viewer.party_id, now=now,
    )  # fmt: skip
    if booked.again:
        return
    for party in booking.sides:
        await audit.note(
            db, community=viewer.community_id, act="hours.corrected", actor=viewer.party_id,
            subject=party, about=("transfer", booking.transfer.id), now=now,
            detail={"was": booking.minutes, "right": right},
        )  # fmt: skip
        await notices.tell(
            db, community=viewer.community_id, to=party, kind="booking_corrected", now=now,
            about=("hours", booked.transfer_id), who_id=viewer.party_id, was=booking.minutes,
            right=right, booked_on=local_date(booking.transfer.booked_at),
            balance=booked.balance_of(party),
        )  # fmt: skip
