"""Which new passwords are refused, in words that say what to do instead."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.passphrase import breached_list, check_password, refuse_line_end
from timebank.kernel.text import BadText

ABOUT = [
    "Ria van der Meer", "Ria", "ria.meer@example.org", "Tijd voor elkaar Zuid", "Lunetten",
]  # fmt: skip


@pytest.mark.parametrize(
    "password",
    [
        "fiets lamp soep raam",
        "  fiets lamp soep  ",  # spaces are kept, also around
        "blauwe🌻fietsen",
        "vK3$pQ8!",
        "welkomstboeket voor twee",
        "De vier katten van de bakker",
        "riavandermeer houdt van soep met ballen",
        "x9kq2mzt",
        "é" * 4 + "qmzw",
        "fiets lamp soep raam " * 6,
        "maandagmiddagvisite",
        "11 appels en 12 peren",
    ],
)
def test_a_password_of_length_passes_whatever_it_is_made_of(password: str) -> None:
    check_password(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "short"),
        ("qmzw81k", "short"),
        ("🌻🌻🌻🌻", "short"),
        ("qm zw" * 26, "long"),
        ("aaaaaaaa", "pattern"),
        ("abababab", "pattern"),
        ("12341234", "pattern"),
        ("12345678", "pattern"),
        ("87654321", "pattern"),
        ("abcdefghij", "pattern"),
        ("qwertyui", "pattern"),
        ("poiuytrewq", "pattern"),
        ("azertyuiop", "pattern"),
        ("12345678901234567890", "pattern"),
        ("password", "common"),
        ("PassWord", "common"),
        ("P@ssw0rd", "common"),
        ("iloveyou", "common"),
        ("sunshine1987", "common"),
        ("welkom01", "common"),
        ("Welkom01!", "common"),
        ("w3lk0m2026", "common"),
        ("Wachtwoord1", "common"),
        ("geheim123", "common"),
        ("Zomer2026!", "common"),
        ("2026Lente", "common"),
        ("feyenoord1", "common"),
        ("Tijd voor elkaar", "common"),
        ("tijdvoorelkaar1", "common"),
        ("riavandermeer", "own"),
        ("Ria van der Meer 1950", "own"),
        ("ria12345x", "own"),
        ("vandermeer", "own"),
        ("ria.meer@example.org", "own"),
        ("Lunetten2026", "own"),
        ("Lun3tt3n!!", "own"),
    ],
)
def test_each_weak_kind_is_refused_in_words(password: str, reason: str) -> None:
    with pytest.raises(BadText) as caught:
        check_password(password, about=ABOUT)
    assert caught.value.reason == reason
    assert password == "" or password not in caught.value.sentence
    if reason != "long":
        assert "vier woorden" in caught.value.sentence


def test_the_lengths_are_eight_and_a_hundred_and_twenty_eight() -> None:
    check_password("q7zk" * 1 + "wm3x")
    check_password("fiets lamp " + "q7zkwm3x" * 14 + "soepb")
    with pytest.raises(BadText, match="niet meer dan 128"):
        check_password("fiets lamp " + "q7zkwm3x" * 14 + "soepbo")


def test_a_line_end_that_was_pasted_along_is_told() -> None:
    for password in ("fiets lamp soep raam\n", "fiets lamp soep raam\r\n"):
        with pytest.raises(BadText, match="op twee regels"):
            check_password(password)
        with pytest.raises(BadText, match="op twee regels"):
            refuse_line_end(password)
    refuse_line_end("fiets lamp soep raam ")


def test_a_leaked_password_is_refused_from_words_and_from_digests() -> None:
    digest = hashlib.sha1(b"soep met ballen", usedforsecurity=False).hexdigest()
    breached = breached_list(["Fiets Lamp Soep\r\n", f"{digest.upper()}:42\n", "kort\n", "\n"])
    assert len(breached) == 2
    for password in ("fiets lamp soep", "soep met ballen"):
        check_password(password)
        with pytest.raises(BadText, match="veel mensen"):
            check_password(password, breached=breached)


@given(st.text(max_size=140))
def test_any_text_is_taken_or_refused_with_a_sentence(password: str) -> None:
    try:
        check_password(password, about=ABOUT)
    except BadText as bad:
        assert bad.sentence
        return
    assert 8 <= len(password) <= 128
