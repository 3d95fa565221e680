"""Notices about messages, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("reply_received")
def reply_received(told: Told) -> str:
    """Somebody answered a post."""
    return _("%(name)s reageerde op uw bericht.", name=told.name("who_id"))


@worded("message_received")
def message_received(told: Told) -> str:
    """A message in a talk."""
    return _("%(name)s schreef u een bericht.", name=told.name("who_id"))
