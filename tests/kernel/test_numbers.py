"""Member numbers, postcodes, phone numbers and e-mail addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.numbers import (
    email,
    email_key,
    group_number,
    member_number,
    parse_member_number,
    phone,
    phone_href,
    phone_key,
    postcode,
)
from timebank.kernel.text import BadText

serials = st.integers(min_value=1, max_value=10**8)


def test_member_numbers_are_six_figures_and_never_begin_with_zero() -> None:
    assert member_number(1) == "100014"
    assert len(member_number(89_999)) == 6
    assert len(member_number(90_000)) == 7
    for serial in (0, -1, 10**9):
        with pytest.raises(ValueError, match="bounds"):
            member_number(serial)


def test_the_check_digit_is_damms() -> None:
    assert parse_member_number("5724") == "5724"  # the example of the dissertation
    assert parse_member_number("5742") is None


@given(serials)
def test_a_member_number_is_read_back_however_it_is_written(serial: int) -> None:
    number = member_number(serial)
    assert parse_member_number(number) == number
    assert parse_member_number(group_number(number)) == number
    assert parse_member_number(f" 0{number[:3]} {number[3:]}\n") == number
    assert parse_member_number("-".join(number)) == number
    assert parse_member_number("\u00a0".join(number)) == number


@given(serials, st.data())
def test_every_wrong_figure_and_every_swap_is_noticed(serial: int, data: st.DataObject) -> None:
    number = member_number(serial)
    at = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert parse_member_number(number[:at] + wrong + number[at + 1 :]) is None
    if at and number[at] != number[at - 1]:
        swapped = number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]
        assert parse_member_number(swapped) is None


@pytest.mark.parametrize("text", ["", "0", "ria@example.org", "12", "x100011", "²" * 6, "9" * 5000])
def test_what_is_no_member_number_is_none(text: str) -> None:
    assert parse_member_number(text) is None


def test_numbers_are_grouped_for_reading_aloud() -> None:
    assert group_number("418273") == "4 1 8 – 2 7 3"
    assert group_number("4182735") == "4 1 8 – 2 7 3 5"


@pytest.mark.parametrize(
    "text", ["1234ab", "1234  AB", "1234\u00a0AB", "1234 Ab", " 1234ab ", "１２３４ＡＢ"]
)
def test_a_postcode_is_read_however_it_is_written(text: str) -> None:
    assert postcode(text) == "1234 AB"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0123 AB", "bestaat niet"),
        ("1234 SA", "bestaat niet"),
        ("1234 SD", "bestaat niet"),
        ("1234 SS", "bestaat niet"),
        ("1234", "twee letters"),
        ("12345 AB", "bestaat niet"),
        ("1234 A1", "bestaat niet"),
        ("1234 ÄB", "bestaat niet"),
        ("١٢٣٤ AB", "bestaat niet"),
        ("", "bestaat niet"),
        ("12 34 AB", "bestaat niet"),
    ],
)
def test_what_is_no_postcode_is_refused_kindly(text: str, words: str) -> None:
    with pytest.raises(BadText, match=words):
        postcode(text)


@pytest.mark.parametrize(
    "text",
    ["06-12345678", "+31 6 1234 5678", "0031612345678", "(06)12 34 56 78", "06 12 34 56 78",
     "+31 (0)6 12 34 56 78", "+31 06 12345678", "06.12.34.56.78", "tel: 0612345678",
     "\u202a+31 6 12345678\u202c", "٠٦١٢٣٤٥٦٧٨", "06 12345678 (mobiel)"],
)  # fmt: skip
def test_one_mobile_number_has_one_key_however_it_is_written(text: str) -> None:
    found = phone(text)
    assert found.key == "+31612345678"
    assert found.shown == "06 12 34 56 78"
    assert found.href == "tel:+31612345678"


@pytest.mark.parametrize(
    ("text", "shown", "key"),
    [
        ("030-1234567", "030 123 45 67", "+31301234567"),
        ("0345 123456", "0345 12 34 56", "+31345123456"),
        ("+31 30 123 45 67", "030 123 45 67", "+31301234567"),
        ("088 1234567", "088 123 45 67", "+31881234567"),
        ("0475-123456", "0475 12 34 56", "+31475123456"),
        ("0800 8115", "0800 8115", "+318008115"),
        ("0900-1234567", "0900 123 4567", "+319001234567"),
        ("14 030", "14 030", "+3114030"),
        ("030-1234567 (teksttelefoon)", "030 123 45 67 (tekst)", "+31301234567"),
        ("+32 470 12 34 56", "+32 470 12 34 56", "+32470123456"),
        ("0032 (0)470 12.34.56", "+32 470 12 34 56", "+32470123456"),
        ("+32 0470 12 34 56", "+32 470 12 34 56", "+32470123456"),
        ("+32 3 123 45 67", "+32 312 345 67", "+3231234567"),
        ("+49 1512 3456789", "+49 151 234 567 89", "+4915123456789"),
        ("+90 532 123 45 67", "+90 532 123 4567", "+905321234567"),
        ("+597 1234567", "+597 123 4567", "+5971234567"),
        ("+1 212 555 0123", "+1 212 555 0123", "+12125550123"),
    ],
)
def test_other_numbers_are_read_and_shown_readably(text: str, shown: str, key: str) -> None:
    found = phone(text)
    assert (found.shown, found.key) == (shown, key)
    assert len(found.shown) <= 30
    assert phone(found.shown).key == key
    assert phone_key(text) == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "06 12 34 56 78"),
        ("0612345", "Dit zijn er 7"),
        ("06123456789", "Dit zijn er 11"),
        ("612345678", "Bedoelt u 06 12 34 56 78"),
        ("31612345678", "Bedoelt u 06 12 34 56 78"),
        ("3,16123E+10", "alleen het telefoonnummer"),
        ("0470 12 34 56", r"Belgisch nummer\? Zet er dan \+32 voor"),
        ("112", "06 12 34 56 78"),
        ("bel de buren", "alleen het telefoonnummer"),
        ("06 12345678 of 030 1234567", "alleen het telefoonnummer"),
        ("+31612345678 +31301234567", "één telefoonnummer"),
        ("+12", "te kort of te lang"),
        ("+0123456789", "te kort of te lang"),
        ("+" + "9" * 70, "te kort of te lang"),
        ("9" * 5000, "06 12 34 56 78"),
    ],
)
def test_what_cannot_be_dialled_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadText, match=words):
        phone(text)
    assert phone_href(text) == ""
    assert phone_key(text) is None
    assert phone_href(None) == ""


@given(st.text(alphabet="0123456789 +-().tel", max_size=40))
def test_anything_like_a_phone_number_is_a_number_or_a_refusal(text: str) -> None:
    try:
        found = phone(text)
    except BadText as bad:
        assert bad.sentence
        return
    assert phone(found.shown).key == found.key
    assert found.href.removeprefix("tel:").removeprefix("+").isdigit()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ria@Example.ORG ", "Ria@example.org"),
        ("ria+buurt@xs4all.nl", "ria+buurt@xs4all.nl"),
        ("o'neill@sub.domein.co.uk", "o'neill@sub.domein.co.uk"),
        ("ria@bücher.example", "ria@bücher.example"),
    ],
)
def test_an_address_is_kept_as_written_but_for_its_domain(text: str, address: str) -> None:
    assert email(text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ria.example.org", "hoort een @"),
        ("ria @example.org", "spatie"),
        ("ria@example,org", "punten"),
        ("ria@example.org.", "punten"),
        ("ria@example", "ria@voorbeeld.nl"),
        ("@example.org", "ria@voorbeeld.nl"),
        ("a@b@example.org", "ria@voorbeeld.nl"),
        ("ria..x@example.org", "ria@voorbeeld.nl"),
        (".ria@example.org", "ria@voorbeeld.nl"),
        ("ria@-x.org", "ria@voorbeeld.nl"),
        ("ria@example..org", "ria@voorbeeld.nl"),
        ("ria@127.0.0.1", "ria@voorbeeld.nl"),
        ("<ria@example.org>", "ria@voorbeeld.nl"),
        ("josé@example.org", "zonder accenten"),
        ("x" * 65 + "@example.org", "ria@voorbeeld.nl"),
        ("ria@" + "x" * 64 + ".org", "ria@voorbeeld.nl"),
        ("ria@example.org\r\nBcc: x@y.nl", "één regel"),
        ("ria\u200b@example.org", "niemand kan zien"),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_mend(text: str, words: str) -> None:
    with pytest.raises(BadText, match=words):
        email(text)


def test_an_address_is_found_whatever_its_capitals() -> None:
    assert email_key("Ria@Example.org ") == email_key("ria@example.ORG") == "ria@example.org"


@given(st.text(alphabet="aé@.-_ +\n\u200b,", max_size=40))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    try:
        found = email(text)
    except BadText as bad:
        assert bad.sentence
        return
    assert email(found) == found
    assert email_key(found) == email_key(text)
