"""Text and search words cut into the same stems."""

import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel import search
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.search import (
    stems,
    trigram_text,
    tsquery_exact,
    tsquery_prefix,
    tsvector_text,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("boodschap", "boodschappen"),
        ("huis", "Huizen"),
        ("lopen", "loopt"),
        ("wandelen", "gewandeld"),
        ("CAFÉ", "cafe"),
        ("tuin", "de tuinen"),
        ("één lamp", "lampen"),
    ],
)
def test_forms_of_a_word_meet_in_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("team:", ["team"]),
        ("'s", []),
        ("a & b", []),
        ("((", []),
        ("\\", []),
        ("<->", []),
        ("   ", []),
        ("", []),
        ("de het een", []),
        ("lamp:* | !tuin <-> 'x'", ["lamp", "tuin"]),
        ("e-mail", ["mail"]),
        ("under_score", ["under", "score"]),
        ("3d printen", ["3d", "print"]),
        ("30 minuten", ["30", "minuut"]),
        ("مُحَمَّد", ["محمد"]),
        ("हिन्दी सीखना", ["हिन्दी", "सीखना"]),
        ("王", ["王"]),
        ("\u0301\u0301", []),
    ],
)
def test_only_words_of_letters_and_figures_are_left(text: str, found: list[str]) -> None:
    assert stems(text) == found


def test_title_and_body_are_weighed() -> None:
    assert tsvector_text("Lamp ophangen", "De lamp in huis") == "'lamp':1A,3B 'ophang':2A 'huis':4B"
    assert tsvector_text("", "") == ""


def test_queries_are_built_from_stems_alone() -> None:
    assert tsquery_exact("Lampen & tuin | !x lamp") == "'lamp' & 'tuin'"
    assert tsquery_prefix("lampen op 5 ui") == "'lamp':* & '5' & 'ui'"
    assert tsquery_exact("((((") == tsquery_prefix("'s & ->") == ""


@given(st.text(max_size=200))
def test_nothing_but_terms_and_operators_reaches_the_database(text: str) -> None:
    exact, prefix, vector = tsquery_exact(text), tsquery_prefix(text), tsvector_text(text, text)
    quoted = r"'[^'\\\s]+'"
    assert re.fullmatch(rf"(?:{quoted}(?: & {quoted})*)?", exact)
    assert re.fullmatch(rf"(?:{quoted}(?::\*)?(?: & {quoted}(?::\*)?)*)?", prefix)
    places = r":\d+[AB](?:,\d+[AB])*"
    assert re.fullmatch(rf"(?:{quoted}{places}(?: {quoted}{places})*)?", vector)
    assert set(re.findall(quoted, exact)) <= set(re.findall(quoted, vector))


@given(st.text(max_size=100))
def test_words_hold_no_sign_that_means_something_to_the_database(text: str) -> None:
    assert not set("'\\:&|!()<>*\x00") & set("".join(words(text)))
    assert trigram_text(text) == " ".join(words(text)[:10])


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "'" * 10_000, "a" * 10_000, "é " * 5_000, "()" * 500_000]
)
def test_long_nonsense_is_answered_at_once(text: str) -> None:
    begun = time.process_time()
    tsquery_prefix(text)
    assert time.process_time() - begun < 0.05


def test_a_query_has_a_bounded_number_of_words() -> None:
    assert len(tsquery_prefix(" ".join(f"woord{n}" for n in range(1000))).split(" & ")) == 10


def test_a_word_has_a_bounded_length() -> None:
    assert stems("x" * 5000) == ["x" * 40]


@pytest.fixture
def threads_switch_all_the_time() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_switch_all_the_time")
def test_stemming_from_many_threads_mixes_nothing_up() -> None:
    plain = snowballstemmer.stemmer("dutch")
    many = [f"{a}{b}{end}" for a in "bdfgk" for b in ("loop", "huiz", "mak") for end in ("en", "t")]
    expected = [plain.stemWord(word) for word in many]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(10):
            search._stem.cache_clear()
            assert list(threads.map(search._stem, many)) == expected


@pytest.mark.anyio
async def test_the_database_takes_and_matches_what_is_built(cluster: Embedded) -> None:
    texts = [
        "Wie haalt mijn boodschappen?",
        "3d-printer & co",
        "मदद चाहिए",
        "x" * 9000,
        "l'œuf à 5:30",
    ]
    db = await asyncpg.connect(cluster.dsn(OWNER))
    try:
        for text in texts:
            found = await db.fetchrow(
                "select $1::text::tsvector @@ $2::text::tsquery as exact,"
                " $1::text::tsvector @@ $3::text::tsquery as prefix",
                tsvector_text("", text), tsquery_exact(text), tsquery_prefix(text),
            )  # fmt: skip
            assert found is not None and found["exact"] and found["prefix"], text
        begins = await db.fetchval(
            "select $1::text::tsvector @@ $2::text::tsquery",
            tsvector_text("Boodschappendienst"), tsquery_prefix("boodschap"),
        )  # fmt: skip
        assert begins
    finally:
        await db.close()
