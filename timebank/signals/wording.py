"""Signals in words: reasons made from the values they were judged on. Never a score, no "eenzaam"."""

from collections.abc import Callable, Iterable
from datetime import date

from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext, pgettext
from timebank.kernel.words import DAYS_WITHOUT_YEAR, month_name
from timebank.signals.model import Outcome, Outlook, Plan, State
from timebank.signals.points import Code
from timebank.signals.rule import Reason

_COUNTS: tuple[Callable[[], str], ...] = (
    lambda: _("geen"), lambda: _("één"), lambda: _("twee"), lambda: _("drie"), lambda: _("vier"),
    lambda: _("vijf"), lambda: _("zes"), lambda: _("zeven"), lambda: _("acht"), lambda: _("negen"),
    lambda: _("tien"),
)  # fmt: skip


def sentences(reasons: Iterable[Reason], today: date) -> list[str]:
    """Every reason as one plain sentence, in the reader's language."""
    return [sentence(reason, today) for reason in reasons]


def in_one_line(reasons: Iterable[Reason], today: date) -> str:
    """ "Geen contact sinds 12 maart. Twee vragen zonder antwoord." """
    return " ".join(sentences(reasons, today))


def sentence(reason: Reason, today: date) -> str:
    """One reason in words."""
    return _SENTENCES[reason.code](reason, today)


def count_word(n: int) -> str:
    """ "twee"; above ten in figures."""
    return _COUNTS[n]() if n < len(_COUNTS) else str(n)


def short_day(on: date, today: date) -> str:
    """ "12 maart"; with the year when it is more than six months away."""
    if abs((today - on).days) > DAYS_WITHOUT_YEAR:
        return _("%(day)d %(month)s %(year)d", day=on.day, month=month_name(on.month), year=on.year)
    return _("%(day)d %(month)s", day=on.day, month=month_name(on.month))


def _capital(sentence_: str) -> str:
    return sentence_[:1].upper() + sentence_[1:]


def _none_lately(reason: Reason, today: date) -> str:
    if reason.on is None:
        return _("Het laatste jaar geen contact met buren via een afspraak.")
    return _("Geen contact sinds %(day)s.", day=short_day(reason.on, today))


def _unanswered(reason: Reason, today: date) -> str:
    if reason.count == reason.of:
        return ngettext(
            "Eén vraag zonder antwoord.", "%(count)s vragen zonder antwoord.", reason.count,
            count=_capital(count_word(reason.count)),
        )  # fmt: skip
    return ngettext(
        "Eén van de %(all)s vragen bleef zonder antwoord.",
        "%(count)s van de %(all)s vragen bleven zonder antwoord.",
        reason.count, count=_capital(count_word(reason.count)), all=count_word(reason.of),
    )  # fmt: skip


def _hardly_ever(reason: Reason, today: date) -> str:
    since = reason.on or today
    values = {"month": month_name(since.month), "year": since.year}
    if reason.count == 0:
        return _(
            "Doet mee sinds %(month)s %(year)d, en had het laatste jaar geen contact.", **values
        )
    return _("Doet mee sinds %(month)s %(year)d, en had het laatste jaar één contact.", **values)


_SENTENCES: dict[Code, Callable[[Reason, date], str]] = {
    "none_lately": _none_lately,
    "one_lately": lambda r, t: _("In drie maanden contact met één buur."),
    "two_lately": lambda r, t: _("In drie maanden contact met twee buren."),
    "hardly_ever": _hardly_ever,
    "unanswered_one": _unanswered,
    "unanswered_two": _unanswered,
    "unanswered_three": _unanswered,
    "one_person": lambda r, t: _("Bijna alle tijd van het laatste half jaar was met één buur."),
    "staff_only": lambda r, t: _("Het laatste half jaar vooral contact met iemand die hier werkt."),
    "gone": lambda r, t: ngettext(
        "De buur met wie er contact was, is vertrokken.",
        "De buren met wie er contact was, zijn vertrokken.",
        r.count,
    ),
    "talked_none": lambda r, t: _(
        "Zei zelf op %(day)s: in twee weken met niemand goed gesproken.", day=_day(r, t)
    ),
    "talked_one": lambda r, t: _(
        "Zei zelf op %(day)s: in twee weken met één persoon goed gesproken.", day=_day(r, t)
    ),
    "wants_more": lambda r, t: _("Zei zelf: ik wil graag meer contact."),
    "was_there": lambda r, t: _("Was er op %(day)s bij: %(group)s.", day=_day(r, t), group=r.words),
    "enough": lambda r, t: _("Zei zelf: ik heb genoeg contact."),
    "hunch": lambda r, t: _("Iemand die hier werkt, dacht aan deze buur."),
    "worry": lambda r, t: _("Een buur maakt zich zorgen."),
    "visit": lambda r, t: _("Vroeg zelf om een bezoek of een belletje."),
}


def _day(reason: Reason, today: date) -> str:
    return short_day(reason.on or today, today)


def state_words(state: State) -> str:
    """How a signal stands."""
    words: dict[State, str] = {
        "raised": pgettext("signal", "Nog niet gebeld"),
        "taken": pgettext("signal", "Iemand gaat bellen"),
        "contact_made": pgettext("signal", "Gesproken"),
        "plan": pgettext("signal", "Iets afgesproken"),
        "snoozed": pgettext("signal", "Rust nu even"),
        "closed": pgettext("signal", "Afgerond"),
        "lapsed": pgettext("signal", "Niet meer nodig"),
        "objected": pgettext("signal", "Wil dit nu niet"),
    }
    return words[state]


def plan_words(plan: Plan) -> str:
    """What was agreed."""
    words: dict[Plan, str] = {
        "introduce": pgettext("plan", "Iemand leren kennen"),
        "group": pgettext("plan", "Ergens aan meedoen"),
        "visit": pgettext("plan", "Nog eens bellen of langsgaan"),
        "other_help": pgettext("plan", "Andere hulp zoeken"),
    }
    return words[plan]


def outcome_words(outcome: Outcome | None) -> str:
    """What came of it; without an outcome it ended with the member's own word."""
    if outcome is None:
        return pgettext("outcome", "Zei zelf: nu niet, of dit klopt niet")
    words: dict[Outcome, str] = {
        "grown": pgettext("outcome", "Er is meer contact"),
        "prefers": pgettext("outcome", "Vindt het zo goed"),
        "moved": pgettext("outcome", "Verhuisd of gestopt"),
        "other_help": pgettext("outcome", "Krijgt andere hulp"),
        "not_right": pgettext("outcome", "Het klopte niet"),
        "not_reached": pgettext("outcome", "Steeds niet bereikt"),
    }
    return words[outcome]


def step_words(reason: str) -> str:
    """What somebody did, for the story of a signal; a code without words says the least."""
    words: dict[str, Callable[[], str]] = {
        "raised": lambda: _("Er was een reden om te praten."),
        "lapsed": lambda: _("De reden is er niet meer."),
        "taken": lambda: _("Nam dit op zich."),
        "went_back": lambda: _("Er kwam geen gesprek. Een ander mag dit doen."),
        "spoke": lambda: _("Sprak erover."),
        "not_reached": lambda: _("Probeerde contact te krijgen."),
        "rest": lambda: _("Liet het rusten, omdat dat de wens was."),
        "snoozed": lambda: _("Zette het even stil."),
        "enough": lambda: _("Zei: ik heb genoeg contact."),
        "asked": lambda: _("Vroeg zelf om contact."),
        "told": lambda: _("Zei dat iemand hier aandacht voor moet hebben."),
        "not_now": lambda: _("Zei: nu niet."),
        "says_not_right": lambda: _("Zei: dit klopt niet."),
        "taken_back": lambda: _("Zei: toch wel."),
        "handed_over": lambda: _("Gaf het aan een collega."),
        "taken_over": lambda: _("Nam het over van een collega."),
    }
    if reason.startswith("plan_"):
        return _("Sprak iets af.")
    found = words.get(reason)
    return found() if found else _("Rondde het af.")


def outlook_words(outlook: Outlook, today: date) -> list[str]:
    """What the story of a signal asks for, in sentences: a reminder, another way, or the end."""
    found = []
    if outlook.has_grown:
        found.append(_("Er zijn twee nieuwe buren, elk meer dan eens gezien. Is het zo goed?"))
    if outlook.unreached:
        found.append(_("Drie keer niet bereikt. Stuur een kaartje, of rond het af."))
    back_on = outlook.goes_back_on(today)
    if back_on is not None:
        found.append(
            _(
                "Er is nog geen gesprek. Vanaf %(day)s mag een ander dit doen.",
                day=short_day(back_on, today),
            )
        )
    return found
