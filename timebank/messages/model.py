"""Messages: facts and pure rules."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import says

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


says(
    "exchange_talk_once",
    lambda: _("U heeft hier al op gereageerd. U vindt het gesprek bij uw afspraken."),
)
says(
    "message_words_length", lambda: _("Maak dit korter. Er passen 2000 letters in."), field="words"
)
