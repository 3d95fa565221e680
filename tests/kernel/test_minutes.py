"""Amounts of time as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.minutes import (
    Bad,
    Minutes,
    Question,
    fits_unit,
    hours_field,
    minutes_field,
    parse_minutes,
    unit_sentence,
)
from timebank.kernel.text import BadText
from timebank.kernel.words import duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1", 60),
        ("8", 480),
        ("1,1", 66),
        ("1.1", 66),
        ("1,5", 90),
        ("1.5 uur", 90),
        ("0,25", 15),
        ("0.75", 45),
        ("1,50", 90),
        ("2.00", 120),
        ("2,65", 159),
        ("0,125 uur", None),
        ("1:45", 105),
        ("0:30", 30),
        ("1:45 uur", 105),
        ("1u45", 105),
        ("1 u 45", 105),
        ("1h30", 90),
        ("1 uur 45", 105),
        ("1 uur en 30 minuten", 90),
        ("1 uur, 30 minuten", 90),
        ("1 uur 30 min.", 90),
        ("een uur en een kwartier", 75),
        ("een uur", 60),
        ("één uur", 60),
        ("uur", 60),
        ("een uurtje", 60),
        ("anderhalf", 90),
        ("anderhalf uur", 90),
        ("Anderhalf Uur", 90),
        ("half uur", 30),
        ("een half uur", 30),
        ("halfuur", 30),
        ("half", 30),
        ("½", 30),
        ("1½", 90),
        ("2 1/2 uur", 150),
        ("twee en een half uur", 150),
        ("tweeënhalf uur", 150),
        ("twee uur", 120),
        ("twaalf uur", 720),
        ("uur en een half", 90),
        ("kwartier", 15),
        ("een kwartier", 15),
        ("drie kwartier", 45),
        ("driekwartier", 45),
        ("vijf kwartier", 75),
        ("45 min", 45),
        ("45min", 45),
        ("45 minuten", 45),
        ("90 minuten", 90),
        ("vijfenveertig minuten", 45),
        ("ongeveer 2 uur", 120),
        ("an hour", 60),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("quarter of an hour", 15),
        ("three quarters of an hour", 45),
        ("2 hours 15 minutes", 135),
        ("forty five minutes", None),
        ("fortyfive minutes", 45),
        ("٢ uur", 120),
        ("24 uur", 1440),
    ],
)
def test_an_amount_is_exact_minutes(text: str, minutes: int | None) -> None:
    found = parse_minutes(text)
    assert found == Minutes(minutes) if minutes is not None else isinstance(found, Bad)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("0,29", (29,)),
        ("1,30", (78, 90)),
        ("1.30", (78, 90)),
        ("1.30 uur", (78, 90)),
        ("2,55", (153, 175)),
        ("1,45", (87, 105)),
        ("23.30", (1398, 1410)),
        ("45", (45,)),
        ("90", (90,)),
        ("10", (10, 600)),
        ("15", (15, 900)),
    ],
)
def test_an_amount_with_two_readings_becomes_a_question(text: str, choices: tuple[int]) -> None:
    found = parse_minutes(text)
    assert isinstance(found, Question)
    assert found.choices == choices
    assert all(duration(minutes) in found.sentence for minutes in choices)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Schrijf de tijd zo"),
        ("veel", "Schrijf de tijd zo"),
        ("twee uur 's middags", "Schrijf de tijd zo"),
        ("1:5", "Schrijf de tijd zo"),
        ("1:75", "Schrijf de tijd zo"),
        ("10:15:00", "Schrijf de tijd zo"),
        ("1 2", "Schrijf de tijd zo"),
        ("1 uur 2 uur", "Schrijf de tijd zo"),
        ("1/0", "Schrijf de tijd zo"),
        ("1e5", "Schrijf de tijd zo"),
        ("NaN", "Schrijf de tijd zo"),
        ("inf", "Schrijf de tijd zo"),
        ("1_000", "Schrijf de tijd zo"),
        ("0x10", "Schrijf de tijd zo"),
        ("9" * 5000, "Schrijf de tijd zo"),
        ("-1", "zonder streepje"),
        ("−2 uur", "zonder streepje"),
        ("0", "meer dan 0"),
        ("0,0", "meer dan 0"),
        ("0 minuten", "meer dan 0"),
        ("0:00", "meer dan 0"),
        ("0,01", "Bedoelt u 1 minuut?"),
        ("0,005", "geen hele minuten"),
        ("0,125", "geen hele minuten"),
        ("30,5 min", "geen hele minuten"),
        ("25 uur", "Meer dan 24 uur kan niet"),
        ("1.000", "te lang"),
        ("99999999999999999999", "te lang"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str, words: str) -> None:
    found = parse_minutes(text, most=1440) if text != "1.000" else parse_minutes(text, most=45)
    assert not isinstance(found, Minutes)
    assert words in found.sentence


@given(st.integers(min_value=1, max_value=1440))
def test_what_a_page_shows_is_read_back_as_the_same_minutes(minutes: int) -> None:
    assert parse_minutes(duration(minutes)) == Minutes(minutes)


@given(st.text(max_size=70), st.integers(min_value=1, max_value=3000))
def test_any_text_is_an_amount_within_bounds_a_question_or_a_refusal(text: str, most: int) -> None:
    found = parse_minutes(text, most=most)
    if isinstance(found, Minutes):
        assert 0 < found.minutes <= most
    elif isinstance(found, Question):
        assert all(0 < minutes <= most for minutes in found.choices)


@given(st.text(alphabet="0123456789.,:/ uenhalfkwrtimj½", max_size=20))
def test_anything_like_an_amount_is_answered(text: str) -> None:
    assert parse_minutes(text) is not None


def test_fields_for_hours_and_minutes_take_what_people_type() -> None:
    assert hours_field("1,5") == 90
    assert hours_field("0") == 0
    assert hours_field("anderhalf") == 90
    assert hours_field("9") == hours_field(" 09 ") == 540
    assert hours_field("24") == 1440 and hours_field("99", most=6000) == 5940
    for long in ("25", "45", "9" * 60):
        with pytest.raises(BadText, match="Meer dan 24 uur kan niet"):
            hours_field(long)
    assert minutes_field("30") == 30
    assert minutes_field("30 min") == 30
    assert minutes_field("0") == 0
    with pytest.raises(BadText, match="Bedoelt u"):
        hours_field("1,30")
    for wrong in ("", "-1", "1,5", "half", "30 uur", "999999", "1 2", "½"):
        with pytest.raises(BadText, match="heel getal"):
            minutes_field(wrong)


def test_an_amount_between_two_steps_hears_both() -> None:
    assert fits_unit(75, 15)
    assert not fits_unit(66, 15)
    assert unit_sentence(66, 15) == (
        "Wij rekenen in stappen van 15 minuten. Kies 1 uur of 1 uur en 15 minuten."
    )
    assert unit_sentence(10, 15) == "Wij rekenen in stappen van 15 minuten. Kies 15 minuten."
