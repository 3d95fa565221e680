"""The log in words for the admin: one sentence an act, in which nobody is addressed.

Who did it and whom it concerns stand beside it. The slices write the acts; the words stand here
together, so that one page reads in one voice. A test finds an act without words.
"""

from collections.abc import Callable

from timebank.audit.model import LogLine
from timebank.kernel.i18n import gettext as _
from timebank.web.community import Words

_TO_AREAS: dict[str, Callable[[str], str]] = {
    "area.added": lambda word: _("Zette er een %(neighbourhood)s bij.", neighbourhood=word),
    "area.closed": lambda word: _("Sloot een %(neighbourhood)s.", neighbourhood=word),
    "area.deputy_set": lambda word: _(
        "Koos wie er invalt in een %(neighbourhood)s.", neighbourhood=word
    ),
    "area.helper_set": lambda word: _(
        "Koos wie er helpt in een %(neighbourhood)s.", neighbourhood=word
    ),
    "area.opened": lambda word: _("Opende een %(neighbourhood)s weer.", neighbourhood=word),
    "area.renamed": lambda word: _(
        "Gaf een %(neighbourhood)s een andere naam.", neighbourhood=word
    ),
}
_DONE: dict[str, Callable[[], str]] = {
    "acting.begun": lambda: _("Ging iets regelen voor iemand."),
    "attention.asked": lambda: _("Vroeg of er iemand belt of langskomt."),
    "attention.done": lambda: _("Las wat er verteld was, en handelde het af."),
    "attention.hunch": lambda: _("Dacht aan een buur, en schreef op waarom."),
    "attention.judged": lambda: _("Schreef op of het goed was om te bellen."),
    "attention.looked": lambda: _("Las wat een buur vertelde."),
    "attention.worried": lambda: _("Vertelde een zorg over een buur."),
    "attention.entered": lambda: _("Typte in wat een buur zei over contact."),
    "attention.objected": lambda: _("Zei: nu niet, of dit klopt niet."),
    "attention.objection_ended": lambda: _("Zei: toch wel."),
    "attention.said": lambda: _("Beantwoordde twee vragen over contact."),
    "block.ended": lambda: _("Schreef op dat twee buren elkaar weer mogen tegenkomen."),
    "block.entered": lambda: _("Schreef op dat twee buren elkaar niet willen tegenkomen."),
    "community.calls_set": lambda: _("Zette bellen door het lot aan of uit."),
    "community.colour_set": lambda: _("Koos een andere kleur."),
    "card.made": lambda: _("Maakte een kaart voor iemand."),
    "card.given": lambda: _("Gaf iemand een kaart."),
    "card.printed": lambda: _("Drukte een kaart af."),
    "community.hours_set": lambda: _("Veranderde de regels voor tijd."),
    "community.letters_set": lambda: _("Koos hoe brieven de deur uitgaan."),
    "community.periods_set": lambda: _("Veranderde hoe lang wij wachten."),
    "community.terms_set": lambda: _("Veranderde hoe lang wij bewaren."),
    "community.vouchers_set": lambda: _("Veranderde hoe het gaat met tijd op papier."),
    "community.welcome_set": lambda: _("Veranderde de woorden van welkom."),
    "community.words_set": lambda: _("Veranderde de eigen woorden."),
    "consent.answered": lambda: _("Schreef een antwoord op: mag er gebeld worden?"),
    "contact.noted": lambda: _("Schreef op dat er contact was, of dat het niet lukte."),
    "contact.opened": lambda: _("Mag lezen wat er eerder gezegd is."),
    "contact.printed": lambda: _("Drukte een leeg formulier voor een gesprek af."),
    "contact.stepped_aside": lambda: _("Liet het bellen over aan een collega."),
    "erasure.asked": lambda: _("Vroeg om gegevens te wissen."),
    "erasure.seconded": lambda: _("Vroeg na of iemand echt alles wil laten wissen. Dat klopt."),
    "erasure.withdrawn": lambda: _("Hield tegen dat gegevens gewist worden."),
    "exchange.agreed": lambda: _("Zei ja tegen een afspraak."),
    "exchange.begun": lambda: _("Begon een gesprek over een vraag of aanbod."),
    "exchange.booked_by_silence": lambda: _("Boekte tijd, omdat niemand iets zei."),
    "exchange.cancelled": lambda: _("Zei een afspraak af."),
    "exchange.closed": lambda: _("Rondde een afspraak af. Er is niets geboekt."),
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
    "exchange.settled": lambda: _("Besliste hoe lang het duurde. De tijd is geboekt."),
    "exchange.settled_without": lambda: _("Besliste dat er niets geboekt wordt."),
    "exchange.looked_along": lambda: _("Las voor iemand mee in een gesprek."),
    "exchange.taken": lambda: _("Nam een afspraak over om uit te zoeken."),
    "exchange.withdrawn": lambda: _("Nam een vraag om een afspraak terug."),
    "gathering.attendance_removed": lambda: _("Haalde weg dat iemand bij een groep was."),
    "gathering.changed": lambda: _("Veranderde een groep."),
    "gathering.closed": lambda: _("Liet een groep stoppen."),
    "gathering.expected": lambda: _("Zette iemand op de lijst van een groep, of eraf."),
    "gathering.kept": lambda: _("Vinkte aan wie er bij een groep was."),
    "gathering.opened": lambda: _("Liet een groep weer beginnen."),
    "gathering.printed": lambda: _("Drukte de lijst van een groep af."),
    "gathering.started": lambda: _("Begon een groep."),
    "helper.chosen": lambda: _("Schreef op wie een buur mag helpen."),
    "helper.ended": lambda: _("Liet een helper van een buur stoppen."),
    "helping.begun": lambda: _("Schreef op dat iemand een buur helpt."),
    "helping.ended": lambda: _("Liet een helper van een buur stoppen."),
    "hours.corrected": lambda: _("Herstelde een boeking."),
    "hours.exempted": lambda: _("Gaf iemand een ruimere grens."),
    "hours.exemption_ended": lambda: _("Liet een ruimere grens stoppen."),
    "hours.given": lambda: _("Gaf tijd weg."),
    "hours.looked": lambda: _("Bekeek de tijd van een buur."),
    "introduction.answered": lambda: _("Schreef op wat iemand antwoordde: een buur ontmoeten."),
    "introduction.asked": lambda: _("Vroeg of iemand een buur wil ontmoeten."),
    "introduction.chosen": lambda: _("Wil iemand aan een buur voorstellen."),
    "introduction.closed": lambda: _("Rondde iets af voor iemand: een buur ontmoeten."),
    "introduction.told": lambda: _("Schreef op hoe een ontmoeting ging."),
    "introduction.handed_over": lambda: _(
        "Liet een collega verder regelen dat iemand een buur ontmoet."
    ),
    "introduction.wished": lambda: _("Schreef op of iemand nieuwe buren wil ontmoeten."),
    "job.retried": lambda: _("Liet werk dat misging nog een keer proberen."),
    "leaflet.printed": lambda: _("Drukte af wat buren vragen en bieden."),
    "letter.printed": lambda: _("Drukte een brief af."),
    "message.hidden": lambda: _("Haalde een bericht uit een gesprek weg."),
    "message.looked": lambda: _("Las een bericht dat naar veel buren ging."),
    "message.sent_on": lambda: _("Vond een bericht aan veel buren goed. Het is verstuurd."),
    "message.turned_back": lambda: _("Hield een bericht aan veel buren tegen."),
    "message.written": lambda: _("Schreef een bericht in een gesprek."),
    "notice.passed_on": lambda: _("Gaf een bericht door, aan de telefoon of op papier."),
    "notice.posted": lambda: _("Deed een brief op de post."),
    "paper.printed": lambda: _("Drukte iets af voor een buur."),
    "party.active": lambda: _("Liet iemand weer meedoen."),
    "party.admitted": lambda: _("Liet iemand meedoen."),
    "party.appealed": lambda: _("Vroeg om er nog eens naar te kijken."),
    "party.applied": lambda: _("Meldde zich aan, of meldde iemand aan."),
    "party.deceased": lambda: _("Gaf een overlijden door."),
    "party.details": lambda: _("Veranderde gegevens."),
    "party.downloaded": lambda: _("Haalde alle eigen gegevens op."),
    "party.erased": lambda: _("Wiste de gegevens van iemand."),
    "party.handed_over": lambda: _("Gaf aan een collega door om iets aan iemand te vertellen."),
    "party.leaving": lambda: _("Gaf door te stoppen."),
    "party.left": lambda: _("Stopte met meedoen."),
    "party.looked": lambda: _("Bekeek de gegevens van een buur."),
    "party.many_pages": lambda: _("Bekeek erg veel pagina’s van buren in een uur."),
    "party.paused": lambda: _("Zette de rust aan."),
    "party.reach_asked": lambda: _("Vroeg om iemand op een andere manier te bereiken."),
    "party.reach_changed": lambda: _("Bereikt iemand nu op een andere manier."),
    "party.reach_kept": lambda: _("Hield tegen dat iemand anders bereikt wordt."),
    "party.refused": lambda: _("Zei nee op een aanmelding."),
    "party.settings": lambda: _("Veranderde hoe iemand post krijgt en gevonden wordt."),
    "party.suspended": lambda: _("Liet iemand nu niet meedoen."),
    "party.upheld": lambda: _("Keek er nog eens naar. Het bleef zoals het was."),
    "password.changed": lambda: _("Koos een nieuw wachtwoord."),
    "place.added": lambda: _("Zette er een plek bij."),
    "place.changed": lambda: _("Veranderde een plek."),
    "place.retired": lambda: _("Haalde een plek weg."),
    "post.edited": lambda: _("Veranderde een bericht voor iemand."),
    "post.hidden": lambda: _("Haalde een bericht van de site."),
    "post.look_again_asked": lambda: _("Vroeg om nog eens naar een bericht te kijken."),
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
    "signal.decided": lambda: _("Koos andere punten voor de redenen om te praten."),
    "session.ended_for": lambda: _("Logde iemand overal uit."),
    "signal.looked": lambda: _("Bekeek wie een gesprek kan gebruiken."),
    "worklist.handed_over": lambda: _("Gaf de hele werklijst over aan een collega."),
    "statement.printed": lambda: _("Drukte het overzicht van iemands tijd af."),
    "voucher.cancelled": lambda: _("Haalde een bon weer weg. De tijd ging terug."),
    "voucher.found": lambda: _("Gaf door dat een bon er weer is."),
    "voucher.lost": lambda: _("Gaf op dat een bon kwijt is."),
    "voucher.made": lambda: _("Maakte bonnen van papier."),
    "voucher.print_asked": lambda: _("Vroeg om bonnen af te drukken."),
    "voucher.printed": lambda: _("Drukte bonnen van papier af."),
    "voucher.redeemed": lambda: _("Wisselde een bon in."),
    "welcome.not_needed": lambda: _("Haalde het kennismaken met iemand van de werklijst."),
    "worklist.printed": lambda: _("Drukte een werklijst af."),
}


def _with_kind(line: LogLine, words: Words) -> str | None:
    admin = line.detail.get("kind") == "admin"
    if line.act == "role.granted":
        if admin:
            return _("Maakte iemand beheerder.")
        return _("Gaf iemand een taak: %(worker)s.", worker=words.worker.one)
    if line.act == "role.ended":
        if admin:
            return _("Beëindigde een taak: beheerder.")
        return _("Beëindigde een taak: %(worker)s.", worker=words.worker.one)
    if line.act == "ticket.made":
        if line.detail.get("kind") == "worker_code":
            return _("Maakte een code om een wachtwoord te kiezen.")
        return _("Liet een mail sturen om een wachtwoord te kiezen.")
    return None


def in_words(line: LogLine, words: Words) -> str:
    """What was done. An act without words is said as its code, so that no line is lost."""
    if (done := _DONE.get(line.act)) is not None:
        return done()
    if (to_area := _TO_AREAS.get(line.act)) is not None:
        return to_area(words.neighbourhood.one)
    return _with_kind(line, words) or _("Iets anders (%(act)s).", act=line.act)


def has_words(act: str) -> bool:
    """Whether this act has a sentence."""
    return act in _DONE or act in _TO_AREAS or act in ("role.granted", "role.ended", "ticket.made")
