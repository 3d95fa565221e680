"""Reasons to pick from: what the other reads, never an open field for a hard word."""

from collections.abc import Callable

from timebank.kernel.i18n import gettext as _

Choice = tuple[str, str]

REFUSALS: dict[str, Callable[[], str]] = {
    "none": lambda: "",
    "no_time": lambda: _("Ik heb nu geen tijd. Een andere keer graag."),
    "solved": lambda: _("Het is al geregeld. Dank u wel."),
    "too_far": lambda: _("Het is voor mij te ver weg."),
    "not_mine": lambda: _("Dit is niets voor mij. Ik hoop dat u iemand vindt."),
}
CANCELLATIONS: dict[str, Callable[[], str]] = {
    "ill": lambda: _("Ik ben ziek"),
    "no_time": lambda: _("Ik kan toch niet"),
    "not_needed": lambda: _("Het is niet meer nodig"),
    "weather": lambda: _("Het weer zit tegen"),
    "other": lambda: _("Iets anders"),
}
NO_SHOWS: dict[str, Callable[[], str]] = {
    "not_there": lambda: _("Mijn buur was er niet"),
    "could_not": lambda: _("Ik kon zelf niet"),
    "mix_up": lambda: _("We hebben elkaar verkeerd begrepen"),
    "other": lambda: _("Iets anders"),
}
CLOSINGS: dict[str, Callable[[], str]] = {
    "came_to_nothing": lambda: _("Het is er niet van gekomen"),
    "free_help": lambda: _("Het is gedaan, er hoeft niets geboekt"),
    "another_exchange": lambda: _("De tijd staat al bij een andere afspraak"),
    "other": lambda: _("Iets anders"),
}
WORKER_ENDINGS: dict[str, Callable[[], str]] = {
    "no_show": lambda: _("Het ging niet door"),
    "came_to_nothing": lambda: _("Het is er niet van gekomen"),
    "free_help": lambda: _("Het is gedaan, er hoeft niets geboekt"),
    "another_exchange": lambda: _("De tijd staat al bij een andere afspraak"),
    "no_contact": lambda: _("Niemand was te bereiken"),
    "other": lambda: _("Iets anders"),
}


def choices(reasons: dict[str, Callable[[], str]]) -> list[Choice]:
    """Value and words, in the reader's language."""
    return [(code, words()) for code, words in reasons.items()]


def words_of(reason: str | None) -> str:
    """A reason in words; nothing for one that needs none."""
    for table in (CANCELLATIONS, NO_SHOWS, CLOSINGS, WORKER_ENDINGS):
        if reason in table:
            return table[reason]()
    return refusal_sentence(reason)


def refusal_sentence(reason: str | None) -> str:
    """What goes with a kind no; nothing when no sentence was picked."""
    found = REFUSALS.get(reason or "none")
    return found() if found else ""
