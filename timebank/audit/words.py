"""What the acts of sign-in and membership say in a member's log. Other slices add their own."""

from timebank.audit.model import Entry
from timebank.audit.saying import says
from timebank.kernel.i18n import gettext as _


def _granted(entry: Entry) -> str:
    if entry.detail.get("kind") == "admin":
        return _("Maakte u beheerder.")
    return _("Gaf u de taak om in een buurt te helpen.")


def _ended(entry: Entry) -> str:
    if entry.detail.get("kind") == "admin":
        return _("Nam de taak van beheerder terug.")
    return _("Nam de taak om in een buurt te helpen terug.")


def _consent(entry: Entry) -> str:
    answers = {
        "yes": _("Legde vast: een bel als het stil wordt, mag."),
        "no": _("Legde vast: liever geen bel als het stil wordt."),
        "later": _("Legde vast: vraag later nog eens of een bel mag."),
    }
    return answers.get(str(entry.detail.get("answer")), _("Legde een antwoord vast."))


def _ticket(entry: Entry) -> str:
    if entry.detail.get("kind") == "worker_code":
        return _("Maakte een code waarmee u een wachtwoord kiest.")
    return _("Liet een mail sturen waarmee u een wachtwoord kiest.")


says("party.applied", lambda _e: _("Meldde u aan."))
says("party.admitted", lambda _e: _("Liet u meedoen."))
says("party.refused", lambda _e: _("Antwoordde nee op de aanmelding."))
says("party.details", lambda _e: _("Veranderde uw gegevens."))
says("party.settings", lambda _e: _("Veranderde hoe u post krijgt en wie u ziet."))
says("party.active", lambda _e: _("Zette meedoen weer aan."))
says("party.paused", lambda _e: _("Zette meedoen even stil."))
says("party.suspended", lambda _e: _("Zette meedoen stil. De reden stuurden wij u."))
says("party.leaving", lambda _e: _("Gaf door dat u stopt."))
says("party.left", lambda _e: _("U stopte met meedoen."))
says("party.deceased", lambda _e: _("Gaf een overlijden door."))
says("party.appealed", lambda _e: _("Vroeg om er nog eens naar te kijken."))
says("party.upheld", lambda _e: _("Keek er nog eens naar. Het blijft zoals het was."))
says("party.looked", lambda _e: _("Bekeek uw gegevens."))
says("party.downloaded", lambda _e: _("Haalde al uw gegevens op."))
says("consent.answered", _consent)
says("block.entered", lambda _e: _("Legde vast dat u iemand niet wilt tegenkomen."))
says("block.ended", lambda _e: _("Legde vast dat u iemand weer mag tegenkomen."))
says("acting.begun", lambda _e: _("Ging iets voor u regelen."))
says("session.opened", lambda _e: _("Logde in."))
says("password.changed", lambda _e: _("Koos een nieuw wachtwoord."))
says("ticket.made", _ticket)
says("role.granted", _granted)
says("role.ended", _ended)
