"""Text and search words cut into the same stems; what was typed never reaches the server's parser.

Words are letters and figures only, folded, without stop words, stemmed in Python (Kraaij and
Pohlmann's Dutch stemmer): the server's own stemmer changes between versions. Store
`tsvector_text(…)` and ask `tsquery_exact(…)` or `tsquery_prefix(…)`, each cast as it is
(`$1::text::tsvector`, `$1::text::tsquery`), not through to_tsvector or to_tsquery.
"""

import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

from timebank.kernel.text import fold

LONGEST_TEXT = 10_000
LONGEST_WORD = 40
MOST_QUERY_WORDS = 10
SHORTEST_PREFIX = 3
"""A shorter beginning matches nearly every word, and costs as much."""

_SMALL_WORDS = """
aan af al als alle altijd and andere bij ben bent binnen dan dat de den der des deze die dit doe
doen door dus een eens elk elke en er for had heb hebben heeft het hem hen her hier hij hoe hun
iemand iets ik in is ja je jij jou jouw kan kun kunnen kunt maar me mee meer met mij mijn moet
moeten mogen na naar nee niet niets nog nu of om omdat on onder ons onze ook op over te tegen the
them they this to toch toen tot uit uw u van veel voor waar waarom want waren was wat we wel werd
wie wij wil willen word worden wordt with you your ze zich zij zijn zo zonder zou graag even
"""
_STOP_WORDS = frozenset(_SMALL_WORDS.split())
_stemmer = snowballstemmer.stemmer("dutch")
_one_at_a_time = Lock()  # a stemmer keeps its word in itself


def words(text: str) -> list[str]:
    """The words of a text in order, folded: letters, their marks, and figures."""
    folded = fold(text[:LONGEST_TEXT])
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return [word[:LONGEST_WORD] for word in kept.split() if any(c.isalnum() for c in word)]


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order, without stop words and single letters."""
    return [
        stem
        for word in words(text)
        if word not in _STOP_WORDS and not (len(word) == 1 and "a" <= word <= "z")
        if (stem := _stem(word))
    ]


def tsvector_text(title: str, body: str = "") -> str:
    """A document for `::tsvector`: the title weighs A, the body B."""
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in ((title, "A"), (body, "B")):
        for stem in stems(text):
            position += 1
            if len(found := places.setdefault(stem, [])) < 255:
                found.append(f"{position}{weight}")
    return " ".join(f"'{stem}':{','.join(found)}" for stem, found in places.items())


def tsquery_exact(text: str) -> str:
    """All stems of the search words, for `::tsquery`; empty when nothing can be searched for."""
    return " & ".join(f"'{stem}'" for stem in _query_stems(text))


def tsquery_prefix(text: str) -> str:
    """As tsquery_exact, each stem also as the beginning of a longer word."""
    return " & ".join(
        f"'{stem}':*" if len(stem) >= SHORTEST_PREFIX else f"'{stem}'"
        for stem in _query_stems(text)
    )


def trigram_text(text: str) -> str:
    """Folded words for comparing letter by letter (typing errors); empty when there are none."""
    return " ".join(words(text)[:MOST_QUERY_WORDS])


def _query_stems(text: str) -> list[str]:
    return list(dict.fromkeys(stems(text)))[:MOST_QUERY_WORDS]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    with _one_at_a_time:
        stem: str = _stemmer.stemWord(word)
    return stem or word
