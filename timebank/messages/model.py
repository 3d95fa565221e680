"""Messages: facts and pure rules."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says
from timebank.kernel.text import fold

MOST_CHARACTERS = 2000
NEW_DAYS = 14
"""So long somebody is new here; and as long as nothing was confirmed with them."""
NEW_FIRST_CONTACTS = 3
"""First contacts of a newcomer in a day."""
AFTER_REFUSAL = timedelta(days=30)
"""After a no, one may begin anew once in this time."""


class Message(msgspec.Struct, frozen=True):
    """One message, for whoever may read it."""

    id: UUID
    exchange_id: UUID
    from_id: UUID
    words: str
    language: str
    at: datetime
    hidden: bool


def is_newcomer(*, admitted_at: datetime | None, confirmed: bool, now: datetime) -> bool:
    """Fourteen days, or no confirmed exchange yet (security 6, row 13)."""
    if admitted_at is None or not confirmed:
        return True
    return now - admitted_at < timedelta(days=NEW_DAYS)


MANY = 3
"""So many neighbours may get the same text within a day; the next one waits for somebody to look."""
ALIKE = 0.6
"""From this share of common letter triples on two texts are the same but for a name or a word."""


class Held(msgspec.Struct, frozen=True):
    """A text that waits, with its writer's name. It answers a post, or goes into a talk."""

    id: UUID
    from_id: UUID
    to_id: UUID
    post_id: UUID | None
    exchange_id: UUID | None
    words: str
    language: str
    at: datetime
    call_name: str
    full_name: str


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words (abuse, row 14)."""
    first, second = _triples(one), _triples(other)
    return len(first & second) >= ALIKE * len(first | second)


def _triples(text: str) -> set[str]:
    plain = " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
    padded = f"  {plain} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


says(
    "exchange_talk_once",
    lambda: _("U heeft hier al op gereageerd. U vindt het gesprek bij uw afspraken."),
)
says(
    "message_words_length", lambda: _("Maak dit korter. Er passen 2000 letters in."), field="words"
)
