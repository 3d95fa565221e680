"""What the acts of sign-in, membership, posts and appointments say in a member's log. Other slices
add their own."""

from timebank.audit.model import Entry
from timebank.audit.saying import says
from timebank.kernel.i18n import gettext as _


def _granted(entry: Entry) -> str:
    if entry.detail.get("kind") == "admin":
        return _("Maakte u beheerder.")
    return _("Gaf u de taak om buren te helpen.")


def _ended(entry: Entry) -> str:
    if entry.detail.get("kind") == "admin":
        return _("Beëindigde uw taak als beheerder.")
    return _("Beëindigde uw taak om buren te helpen.")


def _consent(entry: Entry) -> str:
    answers = {
        "yes": _("Schreef op: bellen als het stil wordt, mag."),
        "no": _("Schreef op: liever niet bellen als het stil wordt."),
        "later": _("Schreef op: vraag later nog eens of bellen mag."),
    }
    return answers.get(str(entry.detail.get("answer")), _("Schreef een antwoord op."))


def _ticket(entry: Entry) -> str:
    if entry.detail.get("kind") == "worker_code":
        return _("Maakte een code waarmee u een wachtwoord kiest.")
    return _("Liet een mail sturen waarmee u een wachtwoord kiest.")


says("party.applied", lambda _e: _("Meldde u aan."))
says("party.admitted", lambda _e: _("Liet u meedoen."))
says("party.refused", lambda _e: _("Zei nee op uw aanmelding."))
says("party.handed_over", lambda _e: _("Liet een collega iets met u bespreken."))
says("party.details", lambda _e: _("Veranderde uw gegevens."))
says("party.reach_asked", lambda _e: _("Vroeg om u op een andere manier te bereiken."))
says("party.reach_changed", lambda _e: _("Bereikt u nu op een andere manier."))
says("party.reach_kept", lambda _e: _("Hield tegen dat u op een andere manier bereikt wordt."))
says("party.settings", lambda _e: _("Veranderde hoe u post krijgt en wie u kan vinden."))
says("party.active", lambda _e: _("Liet u weer meedoen."))
says("party.paused", lambda _e: _("Zette uw rust aan."))
says("party.suspended", lambda _e: _("Liet u nu niet meedoen. De reden stuurden wij u."))
says("party.leaving", lambda _e: _("Gaf door dat u stopt."))
says("party.left", lambda _e: _("U stopte met meedoen."))
says("party.deceased", lambda _e: _("Gaf een overlijden door."))
says("erasure.asked", lambda _e: _("Vroeg om uw gegevens te wissen."))
says("erasure.seconded", lambda _e: _("Vroeg na of u echt alles wilt laten wissen."))
says("erasure.withdrawn", lambda _e: _("Hield tegen dat uw gegevens gewist worden."))
says("party.erased", lambda _e: _("Wiste uw gegevens."))
says("party.appealed", lambda _e: _("Vroeg om er nog eens naar te kijken."))
says("party.upheld", lambda _e: _("Keek er nog eens naar. Het blijft zoals het was."))
says("party.downloaded", lambda _e: _("Haalde al uw gegevens op."))
says("consent.answered", _consent)
says("block.entered", lambda _e: _("Schreef op dat u iemand niet wilt tegenkomen."))
says("block.ended", lambda _e: _("Schreef op dat u iemand weer mag tegenkomen."))
says("acting.begun", lambda _e: _("Ging iets voor u regelen."))
says("session.opened", lambda _e: _("Logde in."))
says("session.ended_for", lambda _e: _("Logde u overal uit."))
says("password.changed", lambda _e: _("Koos een nieuw wachtwoord."))
says("ticket.made", _ticket)
says("role.granted", _granted)
says("role.ended", _ended)

says("post.published", lambda _e: _("Plaatste een bericht voor u."))
says("post.edited", lambda _e: _("Veranderde een bericht van u."))
says("post.paused", lambda _e: _("Liet een bericht van u rusten."))
says("post.resumed", lambda _e: _("Zette een bericht van u weer aan."))
says("post.renewed", lambda _e: _("Liet een bericht van u langer staan."))
says("post.withdrawn", lambda _e: _("Haalde een bericht van u weg."))
says("message.looked", lambda _e: _("Las een bericht van u dat naar veel buren ging."))
says("message.sent_on", lambda _e: _("Vond een bericht van u goed. Het is verstuurd."))
says("message.turned_back", lambda _e: _("Hield een bericht van u tegen."))
says("message.written", lambda _e: _("Schreef een bericht in een gesprek."))
says("hours.given", lambda _e: _("Gaf tijd weg."))

says("exchange.looked_at", lambda _e: _("Bekeek een afspraak van u."))
says("exchange.looked_along", lambda _e: _("Las met u mee in een gesprek."))
says("exchange.begun", lambda _e: _("Begon een gesprek over een vraag of aanbod."))
says("exchange.proposed", lambda _e: _("Stelde een dag voor."))
says("exchange.agreed", lambda _e: _("Zei ja tegen een afspraak."))
says("exchange.done", lambda _e: _("Gaf door dat een afspraak klaar is."))
says("exchange.confirmed", lambda _e: _("Zei dat de tijd klopt. De tijd is geboekt."))
says("exchange.differs", lambda _e: _("Gaf een andere tijd door."))
says("exchange.disputed", lambda _e: _("Was het niet eens over de tijd."))
says("exchange.declined", lambda _e: _("Zei vriendelijk nee."))
says("exchange.withdrawn", lambda _e: _("Nam een vraag om een afspraak terug."))
says("exchange.cancelled", lambda _e: _("Zei een afspraak af."))
says("exchange.closed", lambda _e: _("Rondde een afspraak af. Er is niets geboekt."))
says("exchange.no_show", lambda _e: _("Gaf door dat een afspraak niet doorging."))
says("exchange.repair_asked", lambda _e: _("Vroeg om een boeking te herstellen."))
says("exchange.booked_by_silence", lambda _e: _("De tijd is geboekt, omdat niemand iets zei."))
says("exchange.handed_over", lambda _e: _("Een afspraak ging naar iemand die dit uitzoekt."))
says("exchange.settled", lambda _e: _("Besliste hoe lang het duurde. De tijd is geboekt."))
says("exchange.settled_without", lambda _e: _("Besliste dat er niets geboekt wordt."))
says("exchange.repaired", lambda _e: _("Herstelde een boeking."))
says("exchange.repair_stands", lambda _e: _("Keek naar een boeking. Die klopt."))
