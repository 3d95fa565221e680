"""What people are told, and what stands in their log, in words."""

from timebank import audit
from timebank.kernel.i18n import gettext as _
from timebank.moderation.model import told_hidden, told_message_hidden
from timebank.notices import Told, worded


@worded("post_hidden")
def post_hidden(told: Told) -> str:
    """To the author of a post that is out of sight."""
    return told_hidden(told.text("reason"))


@worded("post_shown")
def post_shown(told: Told) -> str:
    """To the author of a post that is in sight again."""
    return _("Uw bericht staat weer op de site. U hoeft niets te doen.")


@worded("message_hidden")
def message_hidden(told: Told) -> str:
    """To the sender of a message that was taken away."""
    return told_message_hidden(told.text("reason"))


audit.says("post.hidden", lambda _e: _("Haalde een bericht van u van de site."))
audit.says("post.shown", lambda _e: _("Zette een bericht van u weer op de site."))
audit.says("message.hidden", lambda _e: _("Haalde een bericht van u weg uit een gesprek."))
