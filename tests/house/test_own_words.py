"""A community's own words are placeholders in every sentence, and a deadline is said one way."""

import re
from collections.abc import Iterator

import pytest

from tests.house.catalogue import catalogue, places
from timebank.kernel.i18n import NAMES, SOURCE

WRITTEN_OUT = {
    "nl": re.compile(
        r"\b(buurtwerkers?|sociaal makelaars?|buurt|buurten|wijk|wijken|uren|buurtpot|buurtpotten|"
        r"pot|deelnemers?|urenbon|urenbonnen|roosje|roosjes)\b", re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(workers?|neighbourhoods?|(?<!\d )(?<!x )hours|pots?|members?)\b", re.IGNORECASE,
    ),
}  # fmt: skip
"""What a community may call otherwise. One "uur" is not here: an hour by the clock stays one."""
ONE = r"%\((worker|neighbourhood|hour|pot|member|voucher)\)s"
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]")

USUAL = "timebank/areas/model.py"
"""Here stand the words of a community that chose none."""
ALLOWED = {
    "Uren": 'beside "Minuten", where somebody fills in how long something took',
    "Hours": "the same in English",
    "een oud-deelnemer (nummer %(number)s)": "the one fixed name of who was erased, on paper too",
    "a former member (number %(number)s)": "the same in English",
}
"""Sentences that may write one out, and why."""


def sentences(code: str = SOURCE) -> Iterator[tuple[str, str]]:
    """(place, sentence), everywhere, in a language."""
    known = catalogue(code) if code != SOURCE else None
    for place, message, context in places():
        if place.startswith(USUAL):
            continue
        said = message
        if known is not None:
            found = known.get(message, context=context)
            said = found.string if found is not None else ()
        for text in (said,) if isinstance(said, str) else said:
            yield place, text


@pytest.mark.parametrize("code", WRITTEN_OUT)
def test_no_sentence_writes_out_a_word_the_community_may_choose(code: str) -> None:
    wrong = [
        f"{place}: {text}"
        for place, text in sentences(code)
        if WRITTEN_OUT[code].search(PLACEHOLDER.sub("x", text)) and text not in ALLOWED
    ]
    assert not wrong


def test_no_dutch_sentence_guesses_an_article() -> None:
    guess = re.compile(rf"\b(de|het|dit|deze|elke?|iedere?|welke?|onze?|ons|andere?) {ONE}", re.I)
    assert not [f"{place}: {text}" for place, text in sentences() if guess.search(text)]


def test_no_english_sentence_writes_a_or_an_before_an_own_word() -> None:
    """It may begin with any letter."""
    guess = re.compile(rf"\ban? {ONE}", re.I)
    assert not [f"{place}: {text}" for place, text in sentences("en") if guess.search(text)]


def test_a_deadline_is_said_one_way() -> None:
    """The last day that counts is in it: "tot en met", or "op zijn laatst" for who must do it.
    "Voor dinsdag" leaves in doubt whether Tuesday is too late."""
    doubtful = re.compile(
        r"\buiterlijk\b|\bten laatste\b|\b(voor|tot) %\((day|date|due|until|moment|when)\)s", re.I
    )
    assert not [f"{place}: {text}" for place, text in sentences() if doubtful.search(text)]


def test_every_language_has_its_list_of_usual_words() -> None:
    assert set(WRITTEN_OUT) == set(NAMES)
