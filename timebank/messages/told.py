"""Notices about messages, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("reply_received", asks=True)
def reply_received(told: Told) -> str:
    """Somebody answered a post."""
    return _("%(name)s reageerde op uw bericht.", name=told.name("who_id"))


@worded("message_received", asks=True)
def message_received(told: Told) -> str:
    """A message in a talk."""
    return _("%(name)s schreef u een bericht.", name=told.name("who_id"))


@worded("message_waits")
def message_waits(told: Told) -> str:
    """To those who work there: the same text to many."""
    return _(
        "%(name)s stuurt vandaag hetzelfde bericht naar veel buren. Kijkt u of dat goed is?",
        name=told.name("who_id"),
    )


@worded("message_turned_back")
def message_turned_back(told: Told) -> str:
    """To the writer."""
    return _(
        "Een bericht van u is niet verstuurd: het ging naar veel buren tegelijk. Schrijf liever "
        "elke buur een eigen bericht. Vragen? Bel ons."
    )
