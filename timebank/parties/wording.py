"""Words for what stands in codes: states, ways to be reached, answers."""

from collections.abc import Callable

from timebank.kernel.i18n import gettext as _
from timebank.parties.model import Answer, ConsentWay, Held, Party, PartyState, Reach

_STATES: dict[PartyState, Callable[[], str]] = {
    "applying": lambda: _("wacht op antwoord"),
    "refused": lambda: _("doet niet mee"),
    "active": lambda: _("doet mee"),
    "paused": lambda: _("heeft even rust"),
    "suspended": lambda: _("mag nu niet meedoen"),
    "leaving": lambda: _("stopt binnenkort"),
    "left": lambda: _("is gestopt"),
    "deceased": lambda: _("is overleden"),
    "erased": lambda: _("is weg, de gegevens zijn gewist"),
}
_REACHES: dict[Reach, Callable[[], str]] = {
    "app": lambda: _("Op deze site"),
    "email": lambda: _("Met een mail"),
    "phone": lambda: _("Met een telefoontje"),
    "paper": lambda: _("Met een brief"),
    "via_someone": lambda: _("Via iemand anders"),
}
_ANSWERS: dict[Answer, Callable[[], str]] = {
    "yes": lambda: _("Ja, dat mag"),
    "no": lambda: _("Nee, liever niet"),
    "later": lambda: _("Vraag het me later"),
}
_WAYS: dict[ConsentWay, Callable[[], str]] = {
    "page": lambda: _("op deze site"),
    "phone": lambda: _("door de telefoon"),
    "paper": lambda: _("op papier"),
    "visit": lambda: _("in een gesprek"),
}

_WAY_SENTENCES: dict[ConsentWay, Callable[[], str]] = {
    "page": lambda: _("Dat zei u op deze site."),
    "phone": lambda: _("Dat zei u door de telefoon."),
    "paper": lambda: _("Dat schreef u op papier."),
    "visit": lambda: _("Dat zei u in een gesprek."),
}


def state_word(state: PartyState) -> str:
    """How it stands, after "Anna …"."""
    return _STATES[state]()


def reach_word(reach: Reach) -> str:
    """How somebody wants to be reached."""
    return _REACHES[reach]()


def reach_options() -> list[tuple[str, str]]:
    """The choices on a form."""
    return [(reach, word()) for reach, word in _REACHES.items()]


def answer_word(answer: Answer) -> str:
    """An answer as the button says it."""
    return _ANSWERS[answer]()


def answer_options() -> list[tuple[str, str]]:
    """The choices on a form."""
    return [(answer, word()) for answer, word in _ANSWERS.items()]


def way_word(way: ConsentWay) -> str:
    """How an answer was given."""
    return _WAYS[way]()


def way_sentence(way: ConsentWay) -> str:
    """How an answer was given, as a sentence of its own."""
    return _WAY_SENTENCES[way]()


def way_options() -> list[tuple[str, str]]:
    """The choices of somebody who fills in a form for another."""
    return [
        ("phone", _("Door de telefoon")),
        ("paper", _("Op papier")),
        ("visit", _("In een gesprek")),
    ]


def former_member(number: int | None = None) -> str:
    """Instead of a name that was erased. `number` is the lasting one, the same on every page and on
    paper, for ever: so this is one fixed name, whatever the community calls its members."""
    if number is None:
        return _("iemand die niet meer meedoet")
    return _("een oud-deelnemer (nummer %(number)s)", number=number)


def address_of(party: Party | Held) -> str:
    """Street and postcode on one line, as far as they are known."""
    return ", ".join(part for part in (party.street, party.postcode or "") if part)
