"""One sentence per moment and side, for page, list, notice and paper alike: the one table."""

from collections.abc import Callable

from timebank.exchanges.status import Facts, Part, moment_of, part_of, plan_words, when
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import duration


def sentence(facts: Facts) -> str:
    """The one sentence for this reader at this moment."""
    moment = moment_of(facts.exchange)
    part = part_of(facts.exchange, facts.me)
    return SENTENCES[moment, part](facts)


def _planned(f: Facts) -> str:
    return when(f.exchange.planned_on, f.exchange.planned_at, f.today)


def _proposed(f: Facts) -> str:
    return plan_words(f.proposal, f.today) if f.proposal else ""


def _confirm_one(f: Facts) -> str:
    values = {"other": f.other, "day": f.done_on, "time": f.minutes}
    if f.exchange.together:
        return f.say(_("U en %(other)s deden dit samen op %(day)s: %(time)s. Klopt dit?"), **values)
    if f.gives:
        return f.say(_("U hielp %(other)s op %(day)s: %(time)s. Klopt dit?"), **values)
    return f.say(_("%(other)s hielp u op %(day)s: %(time)s. Klopt dit?"), **values)


def _differ(f: Facts) -> dict[str, object]:
    said, answered = f.exchange.claimed_minutes or 0, f.exchange.answered_minutes or 0
    mine = said if f.me == f.exchange.claimed_by_id else answered
    theirs = answered if f.me == f.exchange.claimed_by_id else said
    return {
        "other": f.other, "mine": duration(mine), "theirs": duration(theirs), "worker": f.worker
    }  # fmt: skip


def _confirmed(f: Facts) -> str:
    values = {"other": f.other, "day": f.done_on, "time": f.minutes}
    if f.exchange.together:
        return f.say(_("Klaar. U en %(other)s deden dit samen op %(day)s: %(time)s."), **values)
    if f.exchange.mode != "hours":
        if f.gives:
            return f.say(_("Klaar. U deed dit voor %(other)s op %(day)s: %(time)s."), **values)
        return f.say(_("Klaar. %(other)s deed dit voor u op %(day)s: %(time)s."), **values)
    values["time"] = f.booked
    if f.gives:
        return f.say(_("Klaar. U hielp %(other)s op %(day)s. U kreeg %(time)s."), **values)
    return f.say(_("Klaar. %(other)s hielp u op %(day)s. U gaf %(time)s."), **values)


def _by_silence(f: Facts) -> str:
    return f.say(
        _(
            "Wij hoorden niets, daarom is %(time)s geboekt. Klopt het niet? Bel %(worker)s, dan "
            "zetten we het goed."
        ),
        time=f.booked, worker=f.worker,
    )  # fmt: skip


def _with_worker(f: Facts) -> str:
    return f.say(
        _(
            "U en %(other)s zeggen niet hetzelfde. Dat kan gebeuren. Op zijn laatst %(due)s belt "
            "%(worker)s u allebei. Tot dan wordt er niets geboekt."
        ),
        other=f.other, worker=f.worker, due=f.due,
    )  # fmt: skip


def _taken_over(f: Facts) -> str:
    """A worker finishes it. After a death the counterpart reads that first (ux.md, delicate
    moments); what was done already is not called off."""
    if f.exchange.handed_reason != "deceased":
        return f.say(_("Dit zoekt %(worker)s uit. U hoeft nu niets te doen."), worker=f.worker)
    values = {"other": f.other, "worker": f.worker}
    if f.exchange.state in ("done", "disputed"):
        return f.say(
            _(
                "Wij hebben het verdrietige bericht gekregen dat %(other)s is overleden. U hoeft nu "
                "niets te doen. Wilt u erover praten? Bel %(worker)s."
            ),
            **values,
        )
    return f.say(
        _(
            "Wij hebben het verdrietige bericht gekregen dat %(other)s is overleden. Uw afspraak "
            "gaat niet door. Wilt u erover praten? Bel %(worker)s."
        ),
        **values,
    )


def _worker_asks(f: Facts) -> str:
    return f.say(
        _("Op zijn laatst %(due)s vraagt %(worker)s u allebei hoe het staat."),
        worker=f.worker,
        due=f.due,
    )


def _ended_by_worker(f: Facts) -> str:
    return f.say(
        _("%(worker)s rondde dit af. Er is niets geboekt."),
        worker=f.name(f.exchange.settled_by_id),
    )


def _staff(sentence: Callable[[], str]) -> Callable[[Facts], str]:
    """A sentence for those who work here; it may name both, who settled it, the amount, the
    day and the date."""

    def say(f: Facts) -> str:
        asked = f.name(f.exchange.asked_id) if f.exchange.asked_id else f.worker
        return f.say(
            sentence(), one=f.one, two=f.other, asked=asked, due=f.due, time=f.minutes,
            day=f.done_on, planned=_planned(f), settler=f.name(f.exchange.settled_by_id),
        )  # fmt: skip

    return say


SENTENCES: dict[tuple[str, Part], Callable[[Facts], str]] = {
    ("answer", "one"): lambda f: f.say(
        _("%(other)s schreef u een bericht. Wat wilt u antwoorden?"), other=f.other
    ),
    ("answer", "other"): lambda f: f.say(
        _("U schreef aan %(other)s. Antwoorden kan tot en met %(due)s."),
        other=f.other, due=f.due,
    ),
    ("answer", "staff"): _staff(
        lambda: _("%(one)s en %(two)s praten nog. %(asked)s is aan de beurt, tot en met %(due)s.")
    ),
    ("answer_proposal", "one"): lambda f: f.say(
        _("%(other)s stelt voor: %(when)s. Is dat goed?"), other=f.other, when=_proposed(f)
    ),
    ("answer_proposal", "other"): lambda f: f.say(
        _("U stelde voor: %(when)s. %(other)s zegt of dat goed is."),
        other=f.other, when=_proposed(f),
    ),
    ("answer_proposal", "staff"): _staff(
        lambda: _("Er is een dag voorgesteld. %(asked)s antwoordt, tot en met %(due)s.")
    ),
    ("plan", "one"): lambda f: f.say(
        _("U en %(other)s hebben dit afgesproken. Kies samen nog een dag."), other=f.other
    ),
    ("plan", "other"): lambda f: f.say(
        _("U en %(other)s hebben dit afgesproken. Kies samen nog een dag."), other=f.other
    ),
    ("plan", "staff"): _staff(
        lambda: _("%(one)s en %(two)s kiezen nog een dag, tot en met %(due)s.")
    ),
    ("do", "one"): lambda f: f.say(
        _("U en %(other)s hebben afgesproken: %(when)s."), other=f.other, when=_planned(f)
    ),
    ("do", "other"): lambda f: f.say(
        _("U en %(other)s hebben afgesproken: %(when)s."), other=f.other, when=_planned(f)
    ),
    ("do", "staff"): _staff(
        lambda: _("%(one)s en %(two)s hebben afgesproken: %(planned)s.")
    ),
    ("say_done", "one"): lambda f: f.say(
        _("U en %(other)s hadden afgesproken: %(when)s. Ging het door?"),
        other=f.other, when=_planned(f),
    ),
    ("say_done", "other"): lambda f: f.say(
        _("U en %(other)s hadden afgesproken: %(when)s. Ging het door?"),
        other=f.other, when=_planned(f),
    ),
    ("say_done", "staff"): _staff(
        lambda: _("De dag is voorbij: %(planned)s. Nog niemand zei of het doorging.")
    ),
    ("confirm", "one"): _confirm_one,
    ("confirm", "other"): lambda f: f.say(
        _("U gaf door: %(time)s op %(day)s. %(other)s kijkt of dat klopt."),
        time=f.minutes, day=f.done_on, other=f.other,
    ),
    ("confirm", "staff"): _staff(
        lambda: _("Doorgegeven: %(time)s op %(day)s. %(asked)s kijkt of dat klopt.")
    ),
    ("confirm_other", "one"): lambda f: f.say(
        _(
            "U zegt %(mine)s, %(other)s zegt %(theirs)s. Dat kan gebeuren. Kijk er nog één keer "
            "naar. Komt u er samen niet uit? Dan belt %(worker)s u allebei. Tot dan wordt er niets "
            "geboekt."
        ),
        **_differ(f),
    ),
    ("confirm_other", "other"): lambda f: f.say(
        _(
            "U zegt %(mine)s, %(other)s zegt %(theirs)s. Dat kan gebeuren. %(other)s kijkt er nog "
            "één keer naar. Komt u er samen niet uit? Dan belt %(worker)s u allebei. Tot dan wordt "
            "er niets geboekt."
        ),
        **_differ(f),
    ),
    ("confirm_other", "staff"): _staff(
        lambda: _("De tijden verschillen. %(asked)s kijkt er nog één keer naar.")
    ),
    ("settle", "one"): _with_worker,
    ("settle", "other"): _with_worker,
    ("settle", "staff"): _staff(
        lambda: _("%(one)s en %(two)s zijn het niet eens. Bel ze allebei, op zijn laatst %(due)s.")
    ),
    ("settle_pair", "one"): _with_worker,
    ("settle_pair", "other"): _with_worker,
    ("settle_pair", "staff"): _staff(
        lambda: _(
            "%(one)s en %(two)s zijn het voor de derde keer niet eens. Kijk naar alles samen, op "
            "zijn laatst %(due)s."
        )
    ),
    ("ask_both", "one"): _worker_asks,
    ("ask_both", "other"): _worker_asks,
    ("ask_both", "staff"): _staff(
        lambda: _(
            "Hier bleef het stil. Vraag %(one)s en %(two)s hoe het staat, op zijn laatst %(due)s."
        )
    ),
    ("take_over", "one"): _taken_over,
    ("take_over", "other"): _taken_over,
    ("take_over", "staff"): _staff(
        lambda: _(
            "%(one)s en %(two)s kunnen dit niet zelf afmaken. Rond het af, op zijn laatst %(due)s."
        )
    ),
    ("confirmed_both", "one"): _confirmed,
    ("confirmed_both", "other"): _confirmed,
    ("confirmed_both", "staff"): _staff(
        lambda: _("Klaar: %(time)s op %(day)s. Beiden zeiden ja.")
    ),
    ("confirmed_silence", "one"): _by_silence,
    ("confirmed_silence", "other"): _by_silence,
    ("confirmed_silence", "staff"): _staff(
        lambda: _("Klaar: %(time)s op %(day)s. Er kwam geen antwoord, daarom is het geboekt.")
    ),
    ("confirmed_worker", "one"): _confirmed,
    ("confirmed_worker", "other"): _confirmed,
    ("confirmed_worker", "staff"): _staff(
        lambda: _("Klaar: %(time)s op %(day)s. %(settler)s rondde het af.")
    ),
    ("declined", "one"): lambda f: f.say(
        _("U zei dat het nu niet gaat. %(other)s heeft dat gehoord."), other=f.other
    ),
    ("declined", "other"): lambda f: f.say(
        _("%(other)s kan dit keer niet. Dat ligt niet aan u."), other=f.other
    ),
    ("declined", "staff"): _staff(lambda: _("Dit ging niet door: een van beiden kon niet.")),
    ("withdrawn", "one"): lambda f: f.say(
        _("U stopte met dit gesprek. %(other)s heeft dat gehoord."), other=f.other
    ),
    ("withdrawn", "other"): lambda f: f.say(
        _("%(other)s stopte met dit gesprek. Dat ligt niet aan u."), other=f.other
    ),
    ("withdrawn", "staff"): _staff(lambda: _("Dit gesprek is gestopt door wie het begon.")),
    ("someone_else", "one"): lambda f: _("Dit is al geregeld met een andere buur."),
    ("someone_else", "other"): lambda f: _(
        "Dit is al geregeld met een andere buur. Fijn dat u iets wilde doen."
    ),
    ("someone_else", "staff"): _staff(lambda: _("Dit is geregeld met een andere buur.")),
    ("gone", "one"): lambda f: _("Dit is gestopt. Er is niets geboekt."),
    ("gone", "other"): lambda f: _(
        "Dit gaat niet door: uw buur doet niet meer mee. Er is niets geboekt."
    ),
    ("gone", "staff"): _staff(
        lambda: _("Dit gaat niet door: een van beiden doet niet meer mee. Er is niets geboekt.")
    ),
    ("cancelled", "one"): lambda f: f.say(
        _("U zei de afspraak af. %(other)s heeft dat gehoord. Er is niets geboekt."), other=f.other
    ),
    ("cancelled", "other"): lambda f: f.say(
        _("%(other)s zei de afspraak af. Er is niets geboekt."), other=f.other
    ),
    ("cancelled", "staff"): _staff(lambda: _("De afspraak is afgezegd. Er is niets geboekt.")),
    ("no_show", "one"): lambda f: _("U schreef dat de afspraak niet doorging. Er is niets geboekt."),
    ("no_show", "other"): lambda f: f.say(
        _("%(other)s schrijft dat de afspraak niet doorging. Er is niets geboekt."), other=f.other
    ),
    ("no_show", "staff"): _staff(lambda: _("De afspraak ging niet door. Er is niets geboekt.")),
    ("no_contact", "one"): lambda f: _("Dit is gestopt. Er is niets geboekt."),
    ("no_contact", "other"): lambda f: _("Dit is gestopt. Er is niets geboekt."),
    ("no_contact", "staff"): _staff(lambda: _("Er kwam geen contact. Er is niets geboekt.")),
    ("not_feasible", "one"): lambda f: _("Dit kon niet doorgaan. Er is niets geboekt."),
    ("not_feasible", "other"): lambda f: _("Dit kon niet doorgaan. Er is niets geboekt."),
    ("not_feasible", "staff"): _staff(lambda: _("Dit kon niet doorgaan. Er is niets geboekt.")),
    ("closed", "one"): lambda f: _("U rondde dit af. Er is niets geboekt."),
    ("closed", "other"): lambda f: f.say(
        _("%(other)s rondde dit af. Er is niets geboekt."), other=f.other
    ),
    ("closed", "staff"): _staff(lambda: _("Afgerond. Er is niets geboekt.")),
    ("ended_by_worker", "one"): _ended_by_worker,
    ("ended_by_worker", "other"): _ended_by_worker,
    ("ended_by_worker", "staff"): _staff(
        lambda: _("%(settler)s rondde dit af. Er is niets geboekt.")
    ),
}  # fmt: skip
