"""What people are told about introductions, and what their log says. Nothing says why it began."""

from timebank import audit
from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("introduction_asked", in_mail=False)
def introduction_asked(told: Told) -> str:
    """To who is asked."""
    return _(
        "%(name)s kent een buur die u misschien wilt ontmoeten. Wilt u dat?",
        name=told.name("who_id"),
    )


@worded("introduction_both_yes", in_mail=False)
def introduction_both_yes(told: Told) -> str:
    """To both, when both said yes."""
    return _("Een buur wil u graag ontmoeten, en u die buur. Kijk hoe u elkaar bereikt.")


@worded("introduction_not_now", in_mail=False)
def introduction_not_now(told: Told) -> str:
    """To who said yes, when the other does not want to now."""
    return _("De andere buur kan nu even niet. Wij kijken verder.")


@worded("introduction_how", in_mail=False)
def introduction_how(told: Told) -> str:
    """To both, after four weeks."""
    return _("U wilde een buur ontmoeten. Is dat gelukt?")


audit.says("introduction.chosen", lambda _e: _("Wil u aan een buur voorstellen."))
audit.says("introduction.asked", lambda _e: _("Vroeg of u een buur wilt ontmoeten."))
audit.says("introduction.answered", lambda _e: _("Schreef uw antwoord op: een buur ontmoeten."))
audit.says("introduction.told", lambda _e: _("Schreef op hoe een ontmoeting ging."))
audit.says("introduction.closed", lambda _e: _("Rondde iets af: een buur ontmoeten."))
audit.says(
    "introduction.handed_over",
    lambda _e: _("Liet een collega verder regelen dat u een buur ontmoet."),
)
audit.says("introduction.wished", lambda _e: _("Schreef op of u nieuwe buren wilt ontmoeten."))
