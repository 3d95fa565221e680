"""What people are told, and what stands in their log, in words."""

from timebank import audit, hours
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.moderation.wording import now_sentence, told_hidden, told_message_hidden
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


@worded("booking_corrected")
def booking_corrected(told: Told) -> str:
    """To both sides of a booking that was put right; the reason stands in the statement."""
    made = local_date(told.notice.made_at)
    what = hours.wording.correction(
        booked_on=told.day("booked_on"), was=told.number("was"), right=told.number("right"),
        who=told.name("who_id") or _("iemand die niet meer meedoet"), corrected_on=made,
        reason="", today=made, words=told.words,
    )  # fmt: skip
    where = _("De reden staat bij “Mijn tijd”.")
    return f"{what} {where} {now_sentence(told.number('balance'), told.words)}"


audit.says("post.hidden", lambda _e: _("Haalde een bericht van u van de site."))
audit.says("post.shown", lambda _e: _("Zette een bericht van u weer op de site."))
audit.says("post.look_again_asked", lambda _e: _("Vroeg om nog eens naar een bericht te kijken."))
audit.says("message.hidden", lambda _e: _("Haalde een bericht van u weg uit een gesprek."))
audit.says("hours.corrected", lambda _e: _("Herstelde een boeking van u."))
audit.says("hours.looked", lambda _e: _("Bekeek uw tijd."))
audit.says("hours.exempted", lambda _e: _("Gaf u een ruimere grens."))
audit.says("hours.exemption_ended", lambda _e: _("Liet uw ruimere grens stoppen."))
