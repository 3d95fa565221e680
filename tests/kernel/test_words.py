"""Minutes, days, moments and lists in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.words import count_of_people, day, duration, joined, moment, relative

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minuten"),
        (1, "1 minuut"),
        (45, "45 minuten"),
        (60, "1 uur"),
        (61, "1 uur en 1 minuut"),
        (120, "2 uur"),
        (150, "2 uur en 30 minuten"),
        (6000, "100 uur"),
    ],
)
def test_minutes_become_words(minutes: int, words: str) -> None:
    assert duration(minutes) == words


def test_the_communitys_own_word_for_an_hour_is_used() -> None:
    assert duration(60, ("roosje", "roosjes")) == "1 roosje"
    assert duration(150, ("roosje", "roosjes")) == "2 roosjes en 30 minuten"


def test_an_amount_of_time_never_has_a_sign() -> None:
    with pytest.raises(ValueError, match="no sign"):
        duration(-60)


@given(st.integers(min_value=0, max_value=10**6))
def test_no_two_amounts_read_alike(minutes: int) -> None:
    assert duration(minutes) != duration(minutes + 1)
    assert all(sign not in duration(minutes) for sign in "-−:,.")


@pytest.mark.parametrize(
    ("d", "words"),
    [
        (date(2026, 3, 5), "donderdag 5 maart"),
        (date(2026, 9, 4), "vrijdag 4 september"),
        (date(2026, 9, 5), "zaterdag 5 september 2026"),
        (date(2025, 9, 2), "dinsdag 2 september 2025"),
        (date(2025, 9, 3), "woensdag 3 september"),
    ],
)
def test_the_year_is_left_out_within_six_months(d: date, words: str) -> None:
    assert day(d, TODAY) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (0, "vandaag, donderdag 5 maart"),
        (1, "morgen, vrijdag 6 maart"),
        (-1, "gisteren, woensdag 4 maart"),
        (3, "over 3 dagen, zondag 8 maart"),
        (7, "over 7 dagen, donderdag 12 maart"),
        (8, "vrijdag 13 maart"),
        (-7, "7 dagen geleden, donderdag 26 februari"),
        (-8, "woensdag 25 februari"),
    ],
)
def test_a_relative_word_has_its_date_beside_it(away: int, words: str) -> None:
    assert relative(TODAY + timedelta(days=away), TODAY) == words


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        ("2026-03-05T13:00", "donderdag 5 maart, 14.00 uur"),
        ("2026-03-05T23:30", "vrijdag 6 maart, 0.30 uur"),
        ("2026-03-29T00:59", "zondag 29 maart, 1.59 uur"),
        ("2026-03-29T01:00", "zondag 29 maart, 3.00 uur"),
        ("2026-03-31T21:30", "dinsdag 31 maart, 23.30 uur"),
    ],
)
def test_moments_are_told_by_the_clock_in_amsterdam(utc: str, words: str) -> None:
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment(at, datetime(2026, 3, 5, 9, tzinfo=UTC)) == words


def test_lists_end_with_en() -> None:
    assert joined([]) == ""
    assert joined(["A"]) == "A"
    assert joined(["A", "B"]) == "A en B"
    assert joined(["A", "B", "C", "100% D"]) == "A, B, C en 100% D"


def test_few_people_are_not_counted_out() -> None:
    assert {count_of_people(n) for n in range(5)} == {"minder dan 5"}
    assert count_of_people(5) == "5"
