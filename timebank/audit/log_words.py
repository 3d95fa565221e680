"""The log in words for the admin: one sentence an act, in which nobody is addressed.

Who did it and whom it concerns stand beside it. The slices write the acts; the words stand here
together, so that one page reads in one voice. A test finds an act without words.
"""

from collections.abc import Callable

from timebank.audit.model import LogLine
from timebank.kernel.i18n import gettext as _

_DONE: dict[str, Callable[[], str]] = {
    "acting.begun": lambda: _("Ging iets regelen voor iemand."),
    "area.added": lambda: _("Zette er een buurt bij."),
    "area.closed": lambda: _("Sloot een buurt."),
    "area.helper_set": lambda: _("Koos wie er helpt in een buurt."),
    "area.opened": lambda: _("Opende een buurt weer."),
    "area.renamed": lambda: _("Gaf een buurt een andere naam."),
    "block.ended": lambda: _("Nam een blokkade terug."),
    "block.entered": lambda: _("Legde een blokkade vast."),
    "community.colour_set": lambda: _("Koos een andere kleur."),
    "community.hours_set": lambda: _("Veranderde de regels voor uren."),
    "community.periods_set": lambda: _("Veranderde de termijnen."),
    "community.welcome_set": lambda: _("Veranderde de woorden van welkom."),
    "community.words_set": lambda: _("Veranderde de eigen woorden."),
    "consent.answered": lambda: _("Legde een antwoord vast op de vraag of een bel mag."),
    "contact.noted": lambda: _("Schreef op dat er contact was, of dat het niet lukte."),
    "contact.stepped_aside": lambda: _("Liet het bellen over aan een collega."),
    "exchange.agreed": lambda: _("Zei ja tegen een afspraak."),
    "exchange.begun": lambda: _("Begon een gesprek over een vraag of aanbod."),
    "exchange.booked_by_silence": lambda: _("Boekte uren, omdat niemand iets zei."),
    "exchange.cancelled": lambda: _("Zei een afspraak af."),
    "exchange.closed": lambda: _("Sloot een afspraak af zonder uren."),
    "exchange.confirmed": lambda: _("Zei dat de tijd klopt."),
    "exchange.declined": lambda: _("Zei nee tegen een afspraak."),
    "exchange.differs": lambda: _("Gaf een andere tijd door."),
    "exchange.disputed": lambda: _("Was het niet eens over de tijd."),
    "exchange.done": lambda: _("Gaf door dat een afspraak klaar is."),
    "exchange.handed_over": lambda: _("Een afspraak ging naar iemand die dit uitzoekt."),
    "exchange.looked_at": lambda: _("Bekeek een afspraak van anderen."),
    "exchange.no_show": lambda: _("Gaf door dat een afspraak niet doorging."),
    "exchange.proposed": lambda: _("Stelde een dag voor."),
    "exchange.repair_asked": lambda: _("Vroeg om een boeking te herstellen."),
    "exchange.repair_stands": lambda: _("Keek naar een boeking. Die klopt."),
    "exchange.repaired": lambda: _("Herstelde een boeking."),
    "exchange.settled": lambda: _("Hakte een knoop door. De uren zijn geboekt."),
    "exchange.settled_without": lambda: _("Rondde een afspraak af zonder uren."),
    "exchange.taken": lambda: _("Nam een afspraak over om uit te zoeken."),
    "exchange.withdrawn": lambda: _("Trok een vraag om een afspraak in."),
    "hours.corrected": lambda: _("Herstelde een boeking."),
    "hours.exempted": lambda: _("Gaf een ruimere grens voor uren."),
    "hours.exemption_ended": lambda: _("Beëindigde een ruimere grens voor uren."),
    "hours.given": lambda: _("Gaf tijd weg."),
    "hours.looked": lambda: _("Bekeek de uren van een deelnemer."),
    "job.retried": lambda: _("Liet werk dat misging nog een keer proberen."),
    "message.hidden": lambda: _("Haalde een bericht uit een gesprek weg."),
    "message.written": lambda: _("Schreef een bericht in een gesprek."),
    "notice.passed_on": lambda: _("Gaf een bericht door, met de telefoon of op papier."),
    "party.active": lambda: _("Zette meedoen weer aan."),
    "party.admitted": lambda: _("Liet iemand meedoen."),
    "party.appealed": lambda: _("Vroeg om er nog eens naar te kijken."),
    "party.applied": lambda: _("Meldde zich aan, of meldde iemand aan."),
    "party.deceased": lambda: _("Gaf een overlijden door."),
    "party.details": lambda: _("Veranderde gegevens."),
    "party.downloaded": lambda: _("Haalde alle eigen gegevens op."),
    "party.leaving": lambda: _("Gaf door te stoppen."),
    "party.left": lambda: _("Stopte met meedoen."),
    "party.looked": lambda: _("Bekeek de gegevens van een deelnemer."),
    "party.many_pages": lambda: _("Bekeek erg veel bladzijden van buren in een uur."),
    "party.paused": lambda: _("Zette meedoen even stil."),
    "party.refused": lambda: _("Antwoordde nee op een aanmelding."),
    "party.settings": lambda: _("Veranderde hoe iemand post krijgt en gevonden wordt."),
    "party.suspended": lambda: _("Zette meedoen stil."),
    "party.upheld": lambda: _("Keek er nog eens naar. Het bleef zoals het was."),
    "password.changed": lambda: _("Koos een nieuw wachtwoord."),
    "place.added": lambda: _("Zette er een plek bij."),
    "place.changed": lambda: _("Veranderde een plek."),
    "place.retired": lambda: _("Haalde een plek weg."),
    "post.edited": lambda: _("Veranderde een bericht voor iemand."),
    "post.hidden": lambda: _("Haalde een bericht van de site."),
    "post.paused": lambda: _("Liet een bericht van iemand rusten."),
    "post.published": lambda: _("Plaatste een bericht voor iemand."),
    "post.renewed": lambda: _("Liet een bericht van iemand langer staan."),
    "post.resumed": lambda: _("Zette een bericht van iemand weer aan."),
    "post.shown": lambda: _("Zette een bericht weer op de site."),
    "post.withdrawn": lambda: _("Haalde een bericht weg voor iemand."),
    "report.closed": lambda: _("Sloot een melding af."),
    "report.handed_over": lambda: _("Een melding ging naar een collega."),
    "report.looked": lambda: _("Bekeek een melding."),
    "report.noted": lambda: _("Schreef iets op bij een melding."),
    "session.opened": lambda: _("Logde in."),
    "signal.looked": lambda: _("Bekeek wie een gesprek kan gebruiken."),
    "worklist.printed": lambda: _("Drukte een werklijst af."),
}


def _with_kind(line: LogLine) -> str | None:
    admin = line.detail.get("kind") == "admin"
    if line.act == "role.granted":
        return _("Maakte iemand beheerder.") if admin else _("Gaf iemand de taak in een buurt.")
    if line.act == "role.ended":
        return (
            _("Nam de taak van beheerder terug.") if admin else _("Nam de taak in een buurt terug.")
        )
    if line.act == "ticket.made":
        if line.detail.get("kind") == "worker_code":
            return _("Maakte een code om een wachtwoord te kiezen.")
        return _("Liet een mail sturen om een wachtwoord te kiezen.")
    return None


def in_words(line: LogLine) -> str:
    """What was done. An act without words is said as its code, so that no line is lost."""
    found = _DONE.get(line.act)
    return found() if found else _with_kind(line) or _("Iets anders (%(act)s).", act=line.act)


def has_words(act: str) -> bool:
    """Whether this act has a sentence."""
    return act in _DONE or act in ("role.granted", "role.ended", "ticket.made")
