"""Membership: from asking to join until leaving. Terms and facts; days are days in Amsterdam."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says
from timebank.parties import PartyState

ANSWER_DAYS = 7
"""Somebody who asks to join hears from a person within a week."""
CALL_DAYS = 3
"""Who got a no is called within three days: nobody is left alone with it."""
APPEAL_DAYS = 7
LEAVE_DAYS = 14
"""So long somebody who stops can still come back with everything as it was."""
LONGEST_PAUSE_DAYS = 366

MEMBERS: tuple[PartyState, ...] = ("active", "paused", "leaving")

ReasonKind = Literal["refused", "suspended", "restored", "upheld"]


class Reason(msgspec.Struct, frozen=True):
    """Why, in the words that the member reads; who speaks to them, by when, and whether that was
    done."""

    id: UUID
    party_id: UUID
    kind: ReasonKind
    words: str
    by_id: UUID
    caller_id: UUID | None
    call_by: date | None
    told_at: datetime | None
    at: datetime


class Appeal(msgspec.Struct, frozen=True):
    """Somebody does not agree with a suspension."""

    id: UUID
    party_id: UUID
    words: str
    at: datetime
    owner_id: UUID
    due_on: date
    answered_at: datetime | None
    outcome: Literal["restored", "upheld"] | None


class Call(msgspec.Struct, frozen=True):
    """Somebody who still has to be told a no by a person."""

    id: UUID
    party_id: UUID
    kind: ReasonKind
    caller_id: UUID
    call_by: date
    call_name: str
    full_name: str
    area_id: UUID
    number: str


class Orphan(msgspec.Struct, frozen=True):
    """A no to be told, or an appeal, of somebody who does not work here any more."""

    kind: Literal["call", "appeal"]
    id: UUID
    party_id: UUID
    area_id: UUID
    owner_id: UUID


class OpenAppeal(msgspec.Struct, frozen=True):
    """An appeal that waits for an answer. What it says stands on the member's page only."""

    id: UUID
    party_id: UUID
    owner_id: UUID
    due_on: date
    call_name: str
    full_name: str
    area_id: UUID
    number: str


class Leaving(msgspec.Struct, frozen=True):
    """Somebody stops: until `final_on` they may come back; `transfer_id` took their time to the pot."""

    id: UUID
    party_id: UUID
    at: datetime
    final_on: date
    transfer_id: UUID | None


class Admitted(msgspec.Struct, frozen=True):
    """An applicant takes part: their number, and the code to hand over when no mail went out."""

    party_id: UUID
    number: str
    code: str | None


REST_WEEKS = (1, 2, 4, 13)
"""Common rests; another day may be chosen too."""


def rests(today: date) -> list[tuple[int, date]]:
    """Each of these in weeks, and its last day."""
    return [(weeks, today + timedelta(weeks=weeks)) for weeks in REST_WEEKS]


def waits_already() -> str:
    """One appeal at a time."""
    return _("Dit is al doorgegeven. U hoort nog van ons.")


says("membership_appeal_one_open", waits_already)


def too_young_sentence() -> str:
    """Kindly to the worker."""
    return _(
        "Wie nog geen 16 is, meldt zich aan met een ouder of verzorger. Bel ons: dan kijken we "
        "samen wat kan."
    )
