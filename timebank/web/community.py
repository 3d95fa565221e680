"""The community as pages know it: name, words, colour, rules and the person who helps."""

from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import duration


class Word(msgspec.Struct, frozen=True):
    """One of the community's own words: "buurtpot", "buurtpotten", "de buurtpot".

    No sentence guesses an article: `the` is for Dutch, where it is "het potje" and "de pot"."""

    one: str
    many: str
    the: str


class Words(msgspec.Struct, frozen=True):
    """The words a community may choose; placeholders in every sentence."""

    worker: Word
    neighbourhood: Word
    hour: Word
    pot: Word
    member: Word
    voucher: Word

    def time(self, minutes: int) -> str:
        """An amount on somebody's account, hours by the community's own word for one. How long
        something takes is said by the clock: `kernel.words.duration`. Raises ValueError below 0."""
        usual = self.hour.one == _("uur")
        return duration(minutes, None if usual else (self.hour.one, self.hour.many))


class Helper(msgspec.Struct, frozen=True):
    """The named person behind every screen."""

    party_id: UUID
    call_name: str
    full_name: str
    phone: str
    phone_href: str
    role_word: str
    hours: str
    walk_in: str

    @property
    def id(self) -> UUID:
        return self.party_id


class Rules(msgspec.Struct, frozen=True):
    """Periods, in days, that the community set."""

    reminder_days: int
    silence_days: int
    repair_days: int
    post_days: int
    post_warning_days: int
    away_days: int
    """A desk that was not opened for longer shows to somebody else."""


class Community(msgspec.Struct, frozen=True):
    """One community, seen from the viewer's neighbourhood (`place_name`)."""

    id: int
    slug: str
    name: str
    demo: bool
    hue: int
    welcome: str
    place_name: str
    area_id: UUID
    words: Words
    rules: Rules
    helper: Helper | None = None
