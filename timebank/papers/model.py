"""What stands on a letter, and where. Pure."""

from collections.abc import Iterable
from textwrap import wrap
from uuid import UUID

import msgspec

from timebank.notices import ForPaper
from timebank.parties import Party

ADDRESS_LINES = 4
ADDRESS_WIDTH = 34
"""Letters of 13 pt that stand side by side in the 85 mm of an envelope's window."""
LINE_WIDTH = 66
FIRST_LINES = 8
"""Lines of news that fit above the strip of the first sheet, below the address."""
FIRST_MOST = 5
"""So many questions have room on the strip."""
MORE_LINES = 24
"""And on the second sheet; what does not fit there either waits for the next letter."""


class Receiver(msgspec.Struct, frozen=True):
    """Whom a letter is for, as far as the envelope and the greeting need it."""

    party_id: UUID
    number: str
    call_name: str
    full_name: str
    street: str
    postcode: str | None
    language: str
    area_id: UUID

    @property
    def id(self) -> UUID:
        """As every other person has one."""
        return self.party_id


def receiver_of(member: Party) -> Receiver:
    """A member as an envelope needs them."""
    return Receiver(
        member.id, member.number or "", member.call_name, member.full_name, member.street,
        member.postcode, member.language, member.area_id,
    )  # fmt: skip


class Letter(msgspec.Struct, frozen=True):
    """One letter: to whom, the lines in the window, and its news on a first and a second sheet."""

    to: Receiver
    address: list[str]
    first: list[ForPaper]
    more: list[ForPaper]

    @property
    def asking(self) -> list[tuple[int, ForPaper]]:
        """What waits for an answer on the first sheet, with its number there."""
        return [(n, told) for n, told in enumerate(self.first, 1) if told.asks]

    @property
    def told(self) -> list[ForPaper]:
        """All that the letter says."""
        return [*self.first, *self.more]


def address(to: Receiver, town: str) -> list[str]:
    """At most four lines for the window: the name, street and number, postcode and town. A name
    that is too long is cut before the street is."""
    place = "  ".join(part for part in (to.postcode, town) if part)
    below = wrap(to.street, ADDRESS_WIDTH)[:2] + wrap(place, ADDRESS_WIDTH)[:1]
    return wrap(to.full_name, ADDRESS_WIDTH)[: ADDRESS_LINES - len(below)] + below


def letter(to: Receiver, told: Iterable[ForPaper], town: str) -> Letter:
    """What waits for an answer stands first, then the rest, the oldest first."""
    ordered = sorted(told, key=lambda one: not one.asks)
    first, rest = _fitting(ordered, FIRST_LINES, FIRST_MOST)
    more, _later = _fitting(rest, MORE_LINES, MORE_LINES)
    return Letter(to, address(to, town), first, more)


def _fitting(told: list[ForPaper], lines: int, most: int) -> tuple[list[ForPaper], list[ForPaper]]:
    """As many as fit in so many lines, and what is left; one always fits."""
    for n, one in enumerate(told):
        lines -= 1 + len(one.sentence) // LINE_WIDTH
        if n and (lines < 0 or n == most):
            return told[:n], told[n:]
    return told, []
