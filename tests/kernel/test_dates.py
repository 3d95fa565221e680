"""Days and clock times as people write them, and as Amsterdam counts them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.dates import (
    at,
    end_of_day,
    exists,
    local,
    local_date,
    parse_clock,
    parse_day,
    parse_year,
    span,
    start_of_day,
)
from timebank.kernel.text import BadText


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_day_lasts_until_midnight_in_amsterdam() -> None:
    assert local_date(utc("2026-03-31T21:30")) == date(2026, 3, 31)
    assert local_date(utc("2026-03-31T22:05")) == date(2026, 4, 1)
    assert end_of_day(date(2026, 3, 31)) == utc("2026-03-31T22:00")
    assert start_of_day(date(2026, 1, 1)) == utc("2025-12-31T23:00")


def test_the_days_the_clock_changes_are_an_hour_shorter_and_longer() -> None:
    lengths = {
        d: (end_of_day(d) - start_of_day(d)) / timedelta(hours=1)
        for d in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25))
    }
    assert list(lengths.values()) == [24, 23, 25]


def test_the_hour_that_is_skipped_moves_on_and_the_double_hour_is_the_first() -> None:
    assert local(at(date(2026, 3, 29), time(2, 30))).time() == time(3, 30)
    assert at(date(2026, 10, 25), time(2, 30)) == utc("2026-10-25T00:30")
    assert not exists(date(2026, 3, 29), time(2, 30))
    assert exists(date(2026, 3, 29), time(3, 30))
    assert exists(date(2026, 10, 25), time(2, 30))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.times())
def test_a_local_time_that_exists_comes_back_as_it_was(day: date, shown: time) -> None:
    if exists(day, shown):
        assert local(at(day, shown)).replace(tzinfo=None, fold=0) == datetime.combine(day, shown)


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("5", "3", "2026"), date(2026, 3, 5)),
        (("05", "03", "2026"), date(2026, 3, 5)),
        ((" 5 ", "Maart", " 2026 "), date(2026, 3, 5)),
        (("5", "mrt.", "2026"), date(2026, 3, 5)),
        (("5", "MARCH", "2026"), date(2026, 3, 5)),
        (("31", "mei", "2026"), date(2026, 5, 31)),
        (("29", "februari", "2028"), date(2028, 2, 29)),
        (("١", "١", "2026"), date(2026, 1, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(parts: tuple[str, str, str], day: date) -> None:
    assert parse_day(*parts) == day


@pytest.mark.parametrize(
    ("parts", "reason", "words"),
    [
        (("31", "februari", "2026"), "day", "31 februari bestaat niet. Die maand heeft 28 dagen."),
        (("29", "2", "2026"), "day", "29 februari bestaat niet. Die maand heeft 28 dagen."),
        (("0", "3", "2026"), "day", "van 1 tot en met 31"),
        (("32", "3", "2026"), "day", "van 1 tot en met 31"),
        (("vijf", "3", "2026"), "day", "van 1 tot en met 31"),
        (("5", "13", "2026"), "month", "zoals 3 of maart"),
        (("5", "maard", "2026"), "month", "zoals 3 of maart"),
        (("5", "", "2026"), "month", "zoals 3 of maart"),
        (("5", "3", "26"), "year", "vier cijfers"),
        (("5", "3", "10000"), "year", "vier cijfers"),
        (("5", "3", "-2026"), "year", "vier cijfers"),
        (("5", "3", "9999"), "year", "van 1900 tot en met 2100"),
        (("5", "3", "0001"), "year", "van 1900 tot en met 2100"),
        (("5", "3", "9" * 5000), "year", "vier cijfers"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(
    parts: tuple[str, str, str], reason: str, words: str
) -> None:
    with pytest.raises(BadText) as caught:
        parse_day(*parts)
    assert caught.value.reason == reason
    assert words in caught.value.sentence


def test_a_day_outside_the_asked_bounds_is_refused_with_the_bound() -> None:
    with pytest.raises(BadText, match="vanaf 5 maart 2026"):
        parse_day("4", "3", "2026", earliest=date(2026, 3, 5))
    with pytest.raises(BadText, match="tot en met 5 maart 2026"):
        parse_day("6", "3", "2026", latest=date(2026, 3, 5))
    with pytest.raises(BadText, match="van 1900 tot en met 2010"):
        parse_year("2011", latest=2010)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.00", time(14)),
        ("14:00", time(14)),
        ("14,30", time(14, 30)),
        ("14u", time(14)),
        ("14 u", time(14)),
        ("14u30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("14 uur 30", time(14, 30)),
        ("1400", time(14)),
        ("0930", time(9, 30)),
        ("9.30 uur", time(9, 30)),
        ("om 9 uur", time(9)),
        ("9", time(9)),
        ("2 uur", time(14)),
        ("2.30", time(14, 30)),
        ("02.30", time(2, 30)),
        ("twee uur", time(14)),
        ("2 uur 's nachts", time(2)),
        ("6 uur ’s ochtends", time(6)),
        ("7 uur", time(7)),
        ("7 uur 's avonds", time(19)),
        ("half drie", time(14, 30)),
        ("half één", time(12, 30)),
        ("half 10 's avonds", time(21, 30)),
        ("kwart over 2", time(14, 15)),
        ("kwart voor één", time(12, 45)),
        ("2 p.m.", time(14)),
        ("9am", time(9)),
        ("12 am", time(0)),
        ("12 uur", time(12)),
        ("12 uur 's middags", time(12)),
        ("12 uur 's nachts", time(0)),
        ("0.15", time(0, 15)),
        ("24.00", time(0)),
    ],
)
def test_a_clock_time_is_read_as_people_write_it(text: str, expected: time) -> None:
    assert parse_clock(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "25.00", "12.60", "24.01", "-1", "14.5", "14.00-16.00", "14.00.00", "straks", "130", "3 4",
     "half", "half 13", "kwart", "x" * 5000, "1" * 5000, "½", "2 uur 's nachts 's middags"],
)  # fmt: skip
def test_what_is_no_clock_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadText, match=r"zoals 14\.00 of 9\.30"):
        parse_clock(text)


@given(st.text(max_size=30))
def test_any_text_is_a_clock_time_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse_clock(text), time)
    except BadText as bad:
        assert bad.sentence


def test_a_span_goes_over_midnight_and_asks_when_that_is_odd() -> None:
    late = span(time(22, 30), time(0, 45))
    assert (late.minutes, late.next_day, late.asks) == (135, True, None)
    odd = span(time(10), time(9))
    assert (odd.minutes, odd.next_day) == (23 * 60, True)
    assert odd.asks is not None and "9.00 uur de volgende dag?" in odd.asks
    assert span(time(9), time(10, 15)).minutes == 75
    with pytest.raises(BadText, match="gelijk"):
        span(time(9), time(9))


def test_a_span_counts_the_minutes_that_pass_when_the_clock_changes() -> None:
    assert span(time(23), time(4), on=date(2026, 3, 28)).minutes == 4 * 60
    assert span(time(23), time(4), on=date(2026, 10, 24)).minutes == 6 * 60
    assert span(time(23), time(4), on=date(2026, 5, 1)).minutes == 5 * 60
    with pytest.raises(BadText, match=r"2\.30 uur is er dan niet"):
        span(time(2, 30), time(3), on=date(2026, 3, 29))
