"""Areas: a community, its neighbourhoods and their places."""

from datetime import date
from functools import cache
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import language
from timebank.kernel.refusals import says
from timebank.web.community import Word, Words

AreaKind = Literal["community", "neighbourhood"]
AreaState = Literal["active", "closed"]

NEARBY_METRES = 300
"""'Om de hoek': said only of two places that a member and a post chose, never of an address."""

RESERVED_SLUGS = frozenset(
    {"static", "healthz", "language", "favicon", "robots", "well-known", "api", "admin", "www"}
)
"""Short names that are addresses of the platform itself; a test compares them with the routes."""


class Area(msgspec.Struct, frozen=True):
    """A community as a whole, or one of its neighbourhoods."""

    id: UUID
    kind: AreaKind
    name: str
    state: AreaState
    helper_id: UUID | None = None
    helper_phone: str | None = None
    helper_hours: str | None = None
    walk_in: str | None = None


class Worker(msgspec.Struct, frozen=True):
    """Somebody who watches over a neighbourhood."""

    party_id: UUID
    call_name: str
    full_name: str
    ends_on: date | None


class Sheet(msgspec.Struct, frozen=True):
    """An area with the people around it, for those who work here. `members` counts who takes part;
    pages say counts below five as "minder dan 5"."""

    id: UUID
    kind: AreaKind
    name: str
    state: AreaState
    helper_id: UUID | None
    deputy_id: UUID | None
    """The worker who stands in for colleagues who are away."""
    helper_call_name: str
    helper_full_name: str
    helper_phone: str
    helper_hours: str
    walk_in: str
    members: int
    workers: list[Worker]


class Terms(msgspec.Struct, frozen=True):
    """How long care data is kept, in days. `notes_days`: what was said, after a talk and after the
    signal it belonged to was closed; closed signals as long. `unfollowed_days`: a
    signal that lapsed, or to which the member objected."""

    notes_days: int = 365
    unfollowed_days: int = 90


SHORTEST_TERMS = Terms(30, 14)
LONGEST_TERMS = Terms()
"""A community may keep it shorter than the usual terms, within reason; never longer."""


class Place(msgspec.Struct, frozen=True):
    """A place people know. `x_m`, `y_m` are metres in the community's own grid, or None."""

    id: UUID
    area_id: UUID
    name: str
    area_name: str
    x_m: int | None = None
    y_m: int | None = None


class LetterRule(msgspec.Struct, frozen=True):
    """How letters are addressed: the town on their last line, and on which side the envelopes of
    this community have their window."""

    town: str
    window: Literal["left", "right"]


class CommunityName(msgspec.Struct, frozen=True):
    """A community in the list of them all."""

    id: int
    slug: str
    name: str
    demo: bool


def usual_words() -> Words:
    """The words of a community that chose none, in the reader's language."""
    return _usual_words(language.get())


@cache
def _usual_words(_language: str) -> Words:
    return Words(
        worker=Word(_("buurtwerker"), _("buurtwerkers"), _("de buurtwerker")),
        neighbourhood=Word(_("buurt"), _("buurten"), _("de buurt")),
        hour=Word(_("uur"), _("uren"), _("het uur")),
        pot=Word(_("buurtpot"), _("buurtpotten"), _("de buurtpot")),
        member=Word(_("deelnemer"), _("deelnemers"), _("de deelnemer")),
        voucher=Word(_("urenbon"), _("urenbonnen"), _("de urenbon")),
    )


says("area_name_once", lambda: _("Deze naam is al in gebruik."), field="name")
says("place_name_once", lambda: _("Hier is al een plek met deze naam."), field="name")
says("community_slug_once", lambda: _("Deze korte naam is al in gebruik."), field="slug")
says(
    "community_slug_form",
    lambda: _(
        "Een korte naam heeft kleine letters, cijfers en streepjes, en begint met een letter."
    ),
    field="slug",
)
