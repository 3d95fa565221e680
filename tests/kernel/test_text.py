"""What people may write, and how we tidy and compare it."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.text import LENGTHS, BadText, capital, clean_line, clean_words, fold, sort_key

MIGRATIONS = Path(__file__).parent.parent.parent / "sql" / "migrations"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Een lamp   ophangen ", "Een lamp ophangen"),
        ("cafe\u0301", "café"),
        ("Öztürk", "Öztürk"),
        ("محمد", "محمد"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs the non-joiner
        ("क्\u200dष", "क्\u200dष"),
        ("मृत्युञ्जय", "मृत्युञ्जय"),
        ("မြို့", "မြို့"),  # three marks on one letter, and an everyday word
        ("Nguyễn Thị Huệ", "Nguyễn Thị Huệ"),
        ("שָׁלוֹם", unicodedata.normalize("NFC", "שָׁלוֹם")),
        ("postcode\u00a01234", "postcode 1234"),
        ("bood\u00adschappen", "boodschappen"),  # a soft hyphen out of a pasted web page
        ("naam\r\n", "naam"),
        ("\t naam \t", "naam"),
        ("Bedankt ❤\ufe0f 🤷\u200d♀\ufe0f 👩🏽\u200d🦳 👨\u200d👩\u200d👧", None),
        ("nieuw \U0001fae8 \U0001fac8", None),  # pictures younger than this Python's tables
        ("1\ufe0f\u20e3 keer", None),
        ("a & b < c > d {{ e }} 100% '; drop table --", None),
        ("", ""),
        (" \u00a0\u3000 ", ""),
    ],
)
def test_ordinary_text_of_every_script_passes_tidied(raw: str, clean: str | None) -> None:
    assert clean_line(raw) == (raw if clean is None else clean)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("a\tb", "control"),
        ("a\nb", "line_end"),
        ("Ria\r\nBcc: x@y.nl", "line_end"),
        ("a\u2028b", "line_end"),
        ("a\u0085b", "line_end"),
        ("a\ud800b", "broken"),
        ("a\ufffdb", "broken"),
        ("a\ue000b", "unknown"),
        ("a\U0010fffeb", "unknown"),
        ("a\ufdd0b", "unknown"),
        ("a\u0378b", "unknown"),
        ("gnp\u202egpj", "direction"),
        ("a\u2067b\u2069", "direction"),
        ("a\u200fb", "direction"),
        ("\u200b" * 15, "invisible"),
        ("Ja\u200bn", "invisible"),
        ("Ja\u200dn", "invisible"),  # a joiner has no work between Latin letters
        ("Ja\u200cn", "invisible"),
        ("محمد\u200c", "invisible"),  # nor at the end of a word
        ("a\u2060b", "invisible"),
        ("a\ufeffb", "invisible"),
        ("\u3164\u3164", "invisible"),
        ("\u2800", "invisible"),
        ("\U000e0041a", "invisible"),
        ("x\u0323\u0324\u0325", "marks"),
        ("Z\u0321\u0322\u0489a", "marks"),
        ("\u0301\u0302a", "marks"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(raw: str, reason: str) -> None:
    with pytest.raises(BadText) as caught:
        clean_line(raw)
    assert caught.value.reason == reason
    assert caught.value.sentence.endswith(".")
    assert all(c.isprintable() for c in caught.value.sentence)
    if reason != "line_end":
        with pytest.raises(BadText) as again:
            clean_words(raw if raw != "a\tb" else "a\x07b")
        assert again.value.reason == reason


def test_the_sentence_says_where_the_fault_is() -> None:
    with pytest.raises(BadText, match="Na “lamp” staat een teken"):
        clean_words("Een lamp\u200b ophangen")


def test_words_keep_their_lines_and_count_each_line_end_once() -> None:
    raw = "Dag buur,\r\n\r\nZaterdag\tkan ook.\rGroet\u2028Ria\r\n"
    assert clean_words(raw) == "Dag buur,\n\nZaterdag kan ook.\nGroet\nRia"


def test_text_at_the_limit_with_line_ends_and_emoji_is_counted_as_the_browser_does() -> None:
    typed = "x\r\n" * 20 + "🌻" * 40 + "cafe\u0301"
    as_browser = typed.replace("\r\n", "\n")
    assert len(clean_words(typed)) == len(unicodedata.normalize("NFC", as_browser)) == 84


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    for clean in (clean_line, clean_words):
        try:
            once = clean(raw)
        except BadText:
            continue
        assert clean(once) == once
        assert "\r" not in once
        assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élise", "elise"),
        ("Strauß", "strauss"),
        ("İstanbul", "istanbul"),
        ("ışık", "isik"),
        ("Łódź", "lodz"),
        ("Søren Ærø", "soren aero"),
        ("Ĳsbrand", "ijsbrand"),
        ("ｆｕｌｌ", "full"),
        ("مُحَمَّد", "محمد"),
        ("हिन्दी", "हिन्दी"),
        ("한국", "한국"),
    ],
)
def test_folding_makes_alike_what_people_search_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_places_sort_by_their_folded_words() -> None:
    places = ["Zuid", "Élisehof", "  De   Brink", "het Anker"]
    assert sorted(places, key=sort_key) == ["  De   Brink", "Élisehof", "het Anker", "Zuid"]


@pytest.mark.parametrize(
    ("text", "capitalised"),
    [
        ("ijsjes halen", "IJsjes halen"),
        ("Ijmuiden", "IJmuiden"),
        ("IJsbrand", "IJsbrand"),
        ("lamp", "Lamp"),
        ("", ""),
        ("i", "I"),
    ],
)
def test_a_capital_keeps_the_dutch_ij_whole(text: str, capitalised: str) -> None:
    assert capital(text) == capitalised


def test_the_table_of_lengths_agrees_with_the_database() -> None:
    sql = "\n".join(path.read_text("utf-8") for path in sorted(MIGRATIONS.glob("*.sql")))
    for column, most in LENGTHS.items():
        table, name = column.split(".")
        made = re.search(rf"create table {table} \((.*?)\n\);", sql, re.DOTALL)
        assert made, f"no table {table}"
        checked = re.search(rf"char_length\({name}\) (?:<=|between \d+ and) (\d+)", made[1])
        assert checked, f"no check on {column}"
        assert int(checked[1]) == most, column
