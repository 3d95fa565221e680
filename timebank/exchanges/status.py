"""How an exchange stands: which moment it is, on which side the reader is, whose turn it is.

A moment has two sides. `one` is who has the step, took it, or gives; `other` is the counterpart.
`staff` is for those who work here. Names go in as text, or as markup from the page's own macro.
"""

from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec
from markupsafe import Markup

from timebank.exchanges.model import Exchange, Proposal
from timebank.kernel.i18n import gettext as _
from timebank.kernel.series import Series, rhythm
from timebank.kernel.words import clock, day, duration
from timebank.web.community import Words

Part = Literal["one", "other", "staff"]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence needs to know. `me` is None for those who work here.

    `names` are names by party; `worker` is the name of who helps; `words` are the community's own;
    `html`: names are markup.
    """

    exchange: Exchange
    today: date
    me: UUID | None
    names: dict[UUID, Any]
    worker: Any
    words: Words
    proposal: Proposal | None = None
    html: bool = False

    def say(self, sentence: str, **values: object) -> str:
        """The sentence filled in; as markup each value is escaped, names keep theirs."""
        if not self.html:
            return sentence % values
        return Markup(sentence) % values  # noqa: S704  # the text comes from a catalogue

    def name(self, party: UUID | None) -> Any:
        """A name, also of who left."""
        nobody = _("iemand die niet meer meedoet")
        return nobody if party is None else self.names.get(party, nobody)

    @property
    def other(self) -> Any:
        """Name of the counterpart."""
        return self.name(self.exchange.other(self.me or self.exchange.party_ids[0]))

    @property
    def one(self) -> Any:
        """Name of the first party, for those who work here."""
        return self.name(self.exchange.party_ids[0])

    @property
    def due(self) -> str:
        """The day by which something happens."""
        return day(self.exchange.due_on, self.today) if self.exchange.due_on else ""

    @property
    def done_on(self) -> str:
        return day(self.exchange.done_on, self.today) if self.exchange.done_on else ""

    @property
    def minutes(self) -> str:
        """The amount on the table, or booked."""
        return duration(self.exchange.minutes or self.exchange.on_the_table or 0)

    @property
    def booked(self) -> str:
        """The same as it stands in the books, where an hour has the community's own word."""
        return self.words.time(self.exchange.minutes or self.exchange.on_the_table or 0)

    @property
    def gives(self) -> bool:
        """Whether the reader is the one who helps."""
        return self.me == self.exchange.giver()


def when(on: date | None, at: Any, today: date) -> str:
    """ "donderdag 12 maart om 14.00 uur"."""
    if on is None:
        return _("een dag die u samen nog kiest")
    if at is None:
        return day(on, today)
    return _("%(day)s om %(clock)s", day=day(on, today), clock=clock(at))


def plan_words(proposal: Proposal, today: date) -> str:
    """A proposal: when and how often."""
    if proposal.every and proposal.on_date and proposal.at_time and proposal.until_on:
        series = Series(proposal.on_date, proposal.at_time, proposal.every, proposal.until_on)
        return _(
            "%(rhythm)s, van %(first)s tot en met %(last)s", rhythm=rhythm(series),
            first=day(proposal.on_date, today), last=day(proposal.until_on, today),
        )  # fmt: skip
    return when(proposal.on_date, proposal.at_time, today)


def moment_of(exchange: Exchange) -> str:
    """Which moment this is: the next action while it is open, else how it ended."""
    if exchange.is_open:
        return exchange.next_action or "answer"
    if exchange.state == "confirmed":
        return f"confirmed_{exchange.booked_by}"
    if exchange.end_reason in ("withdrawn", "someone_else", "gone"):
        return exchange.end_reason
    if exchange.settled_by_id is not None:
        return "ended_by_worker"
    return exchange.state


def part_of(exchange: Exchange, me: UUID | None) -> Part:
    """Which side of the moment the reader is on."""
    if me is None:
        return "staff"
    if not exchange.is_open and exchange.state != "confirmed":
        return "one" if me == exchange.ended_by_id else "other"
    if exchange.state == "confirmed" or exchange.next_action in ("plan", "do", "say_done"):
        return "one" if me == exchange.giver() else "other"
    return "one" if me == exchange.asked_id else "other"


def is_turn(exchange: Exchange, me: UUID | None, today: date) -> bool:
    """Whether the lamp is on for this reader: it is their act that is waited for."""
    if me is None or not exchange.is_open:
        return False
    if exchange.next_action == "do":
        return exchange.planned_on is not None and exchange.planned_on <= today
    if exchange.next_action in ("plan", "say_done"):
        return True
    return exchange.next_action != "take_over" and me == exchange.asked_id
