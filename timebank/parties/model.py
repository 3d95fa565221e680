"""Parties: persons, groups and organisations; consent; blocks. Pure facts and rules."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.names import listed_name
from timebank.web.viewer import Power

PartyKind = Literal["person", "group", "organisation"]
PartyState = Literal[
    "applying", "refused", "active", "paused", "suspended", "leaving", "left", "deceased",
    "erased",
]  # fmt: skip
Reach = Literal["app", "email", "phone", "paper", "via_someone"]
Answer = Literal["yes", "no", "later"]
ConsentWay = Literal["page", "phone", "paper", "visit"]

TAKING_PART: tuple[PartyState, ...] = ("active", "paused", "leaving")
WORKER_CALL = "worker_call"
WORKER_CALL_WORDING = 1
"""Version of the question 'Mag een buurtwerker u bellen als het stil om u heen wordt?'."""
MIN_AGE = 16
"""Younger people talk with a worker first; they get no account of their own."""


def too_young(birth_year: int | None, today: date) -> bool:
    """Whether somebody born in this year is surely younger than 16."""
    return birth_year is not None and today.year - birth_year < MIN_AGE


def maybe_too_young(birth_year: int | None, today: date) -> bool:
    """Whether this person turns 16 this year: who admits them asks."""
    return birth_year is not None and today.year - birth_year == MIN_AGE


NOWHERE = UUID(int=0)
"""The neighbourhood of who was erased: nobody works there."""


class Card(msgspec.Struct, frozen=True):
    """A party as others see it in lists: a name and a place, nothing more. Of who was erased the
    name is "iemand die niet meer meedoet" with its lasting number."""

    id: UUID
    number: str
    state: PartyState
    call_name: str
    full_name: str
    area_id: UUID
    place_id: UUID | None
    place_name: str
    language: str


class Party(msgspec.Struct, frozen=True):
    """A party with all that is personal: for the person, its worker and the admin."""

    id: UUID
    number: str | None
    kind: PartyKind
    state: PartyState
    state_at: datetime
    applied_at: datetime
    admitted_at: datetime | None
    paused_until: date | None
    full_name: str
    call_name: str
    sort_name: str
    area_id: UUID
    place_id: UUID | None
    email: str | None
    phone: str | None
    phone_key: str | None
    reachable_by: Reach
    reach_words: str
    language: str
    birth_year: int | None
    likes: str
    dislikes: str
    mail_whole: bool
    hidden: bool
    area_name: str
    place_name: str
    street: str
    postcode: str | None


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What a person (or a worker for them) fills in about themselves. Texts are tidied already."""

    full_name: str
    call_name: str
    area_id: UUID
    place_id: UUID | None = None
    email: str | None = None
    phone: str | None = None
    phone_key: str | None = None
    reachable_by: Reach = "app"
    reach_words: str = ""
    language: str = "nl"
    birth_year: int | None = None
    likes: str = ""
    dislikes: str = ""
    street: str = ""
    postcode: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """A member in the list of people, for those who work here."""

    id: UUID
    number: str
    state: PartyState
    call_name: str
    full_name: str
    sort_name: str
    area_id: UUID
    area_name: str
    place_name: str
    reachable_by: Reach
    phone: str | None

    @property
    def listed(self) -> str:
        """As in an alphabetical list: "Meer, Ria van der"."""
        return listed_name(self.full_name)


class Applicant(msgspec.Struct, frozen=True):
    """Somebody who asked to join and waits for a person's answer."""

    id: UUID
    kind: PartyKind
    applied_at: datetime
    full_name: str
    call_name: str
    area_id: UUID
    area_name: str
    reachable_by: Reach
    phone: str
    email: str


class LookAlike(msgspec.Struct, frozen=True):
    """Another party that reads the same. Never merged by itself: twins exist."""

    id: UUID
    number: str
    state: PartyState
    full_name: str
    area_name: str
    same_name: bool
    same_email: bool
    same_phone: bool
    same_family: bool
    """The same surname and birth year: twins, perhaps."""
    birth_year: int | None


class Unwilling(msgspec.Struct, frozen=True):
    """A member who will not meet somebody that an applicant looks like. For who admits."""

    member_id: UUID
    call_name: str
    full_name: str
    look_alike: str


class Helper(msgspec.Struct, frozen=True):
    """Somebody who may do things for a member, by her own choice, or may tomorrow."""

    id: UUID
    call_name: str
    full_name: str
    powers: list[Power]
    most_minutes: int | None
    starts_at: datetime
    ends_on: date
    kind: Literal["chosen", "guardian"]


class Staff(msgspec.Struct, frozen=True):
    """Somebody who works here, and may see a member's data."""

    id: UUID
    call_name: str
    full_name: str
    kind: Literal["worker", "admin"]


class Neighbour(msgspec.Struct, frozen=True):
    """A member as a neighbour may see them. But for the month since which they take part (`since`)
    no dates, no counts: nothing to read isolation from."""

    id: UUID
    call_name: str
    full_name: str
    area_id: UUID
    area_name: str
    place_name: str
    likes: str
    language: str
    since: date | None


class OpenPost(msgspec.Struct, frozen=True):
    """What a member asks or offers now."""

    id: UUID
    title: str
    direction: Literal["offer", "need"]
    together: bool
    language: str


class Together(msgspec.Struct, frozen=True):
    """What two members did with each other."""

    exchange_id: UUID
    title: str
    done_on: date


class Consent(msgspec.Struct, frozen=True):
    """One answer, as it was given."""

    id: UUID
    kind: str
    answer: Answer
    wording: int
    way: ConsentWay
    asked_by_id: UUID | None
    at: datetime


class Blocked(msgspec.Struct, frozen=True):
    """A member whom somebody does not want to meet."""

    id: UUID
    full_name: str
    call_name: str
    at: datetime


class Found(msgspec.Struct, frozen=True):
    """A party found by number or e-mail."""

    id: UUID
    state: PartyState


class Held(msgspec.Struct, frozen=True):
    """Another way to reach somebody, that holds from `due_at` on."""

    id: UUID
    email: str | None
    phone: str | None
    phone_key: str | None
    reachable_by: Reach
    reach_words: str
    street: str
    postcode: str | None
    by_id: UUID
    at: datetime
    due_at: datetime


def details_of(party: Party) -> Details:
    """What somebody filled in, as it is now."""
    return Details(**{name: getattr(party, name) for name in Details.__struct_fields__})
