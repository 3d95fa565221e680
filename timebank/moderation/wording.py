"""Reports, posts out of sight and bookings put right, in words: whole sentences, one a case."""

from collections.abc import Callable

from timebank import hours
from timebank.kernel.i18n import gettext as _
from timebank.moderation.model import Outcome
from timebank.web.community import Words

_REASONS: dict[str, Callable[[], str]] = {
    "money": lambda: _("Er wordt om geld of bankgegevens gevraagd"),
    "rude": lambda: _("De woorden zijn kwetsend"),
    "private": lambda: _("Er staan gegevens van iemand anders in"),
    "about_me": lambda: _("Dit gaat over mij, en dat wil ik niet"),
    "unsafe": lambda: _("Ik voel mij hier niet veilig bij"),
    "not_true": lambda: _("Dit lijkt niet te kloppen"),
    "advert": lambda: _("Dit is reclame"),
    "other": lambda: _("Iets anders"),
    "look_again": lambda: _("De schrijver vraagt om nog eens te kijken"),
}
_HIDDEN: dict[str, Callable[[], str]] = {
    "private": lambda: _("Uw bericht staat nu niet meer op de site, omdat er gegevens van iemand "
                         "anders in staan."),
    "money": lambda: _("Uw bericht staat nu niet meer op de site, omdat er om geld of "
                       "bankgegevens gevraagd wordt."),
    "rude": lambda: _("Uw bericht staat nu niet meer op de site, omdat de woorden kwetsend zijn."),
    "unsafe": lambda: _("Uw bericht staat nu niet meer op de site, omdat het niet veilig is."),
    "not_true": lambda: _("Uw bericht staat nu niet meer op de site, omdat het niet lijkt te "
                          "kloppen."),
    "advert": lambda: _("Uw bericht staat nu niet meer op de site, omdat het reclame is."),
    "first_look": lambda: _("Uw bericht staat nu niet meer op de site, omdat wij er eerst naar "
                            "willen kijken."),
    "other": lambda: _("Uw bericht staat nu niet meer op de site."),
}  # fmt: skip
_TAKEN_AWAY: dict[str, Callable[[], str]] = {
    "private": lambda: _("Een bericht van u is weggehaald, omdat er gegevens van iemand anders in "
                         "staan."),
    "money": lambda: _("Een bericht van u is weggehaald, omdat er om geld of bankgegevens "
                       "gevraagd wordt."),
    "rude": lambda: _("Een bericht van u is weggehaald, omdat de woorden kwetsend zijn."),
    "unsafe": lambda: _("Een bericht van u is weggehaald, omdat het niet veilig is."),
    "not_true": lambda: _("Een bericht van u is weggehaald, omdat het niet lijkt te kloppen."),
    "advert": lambda: _("Een bericht van u is weggehaald, omdat het reclame is."),
    "first_look": lambda: _("Een bericht van u is weggehaald, omdat wij er eerst naar willen "
                            "kijken."),
    "other": lambda: _("Een bericht van u is weggehaald. Bel ons als u wilt weten waarom."),
}  # fmt: skip
_OUTCOMES: dict[Outcome, Callable[[], str]] = {
    "hidden": lambda: _("Van de site gehaald"),
    "left": lambda: _("Het mag blijven staan"),
    "talked": lambda: _("Erover gepraat"),
    "suspended": lambda: _("Deze buur doet even niet mee"),
}


def reason_name(reason: str) -> str:
    """A reason to report, in words."""
    return _REASONS[reason]()


def outcome_name(outcome: Outcome) -> str:
    """How a report ended."""
    return _OUTCOMES[outcome]()


def hide_reason_name(reason: str) -> str:
    """A reason to take something out of sight, to choose from."""
    if reason == "unsafe":
        return _("Het is niet veilig")
    return _REASONS[reason]()


def hidden_sentence(reason: str, words: str = "") -> str:
    """What the author reads (ux.md, delicate moments: post hidden)."""
    parts = [_HIDDEN[reason]()]
    if reason == "other":
        parts.append(_("Dit is de reden: %(reason)s", reason=_ended(words)))
    parts.append(_("U kunt het aanpassen. Bent u het er niet mee eens? Dan kijkt iemand anders "
                   "ernaar."))  # fmt: skip
    if reason != "other" and words:
        parts.append(words)
    return " ".join(parts)


def told_hidden(reason: str) -> str:
    """The same in a notice, which holds codes and no sentences of anybody."""
    if reason == "other":
        return _("Uw bericht staat nu niet meer op de site. Hier leest u de reden.")
    return hidden_sentence(reason)


def told_message_hidden(reason: str) -> str:
    """What the sender of a message that was taken away is told."""
    return _TAKEN_AWAY[reason]()


def now_sentence(minutes: int, words: Words) -> str:
    """What somebody has now that a booking was put right."""
    if minutes > 0:
        return _("U heeft nu %(time)s.", time=words.time(minutes))
    if minutes < 0:
        return _("U kreeg tot nu toe %(time)s meer dan u gaf.", time=words.time(-minutes))
    return hours.balance_title(0, words)


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else words + "."
