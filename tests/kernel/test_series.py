"""Standing appointments keep their clock time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.dates import local
from timebank.kernel.series import MOST_DATES, Every, Series, dates, moments, reminder, rhythm

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def test_a_weekly_visit_stays_at_ten_when_the_clock_changes() -> None:
    visits = moments(Series(date(2026, 10, 13), time(10), "week", count=5))
    assert [v.isoformat() for v in visits] == [
        "2026-10-13T08:00:00+00:00",
        "2026-10-20T08:00:00+00:00",
        "2026-10-27T09:00:00+00:00",
        "2026-11-03T09:00:00+00:00",
        "2026-11-10T09:00:00+00:00",
    ]
    assert {local(v).time() for v in visits} == {time(10)}


def test_a_reminder_comes_at_the_same_clock_time_the_day_before() -> None:
    sunday = datetime(2026, 10, 25, 9, tzinfo=UTC)  # ten o'clock, after a night of 25 hours
    assert reminder(sunday) == datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert reminder(sunday, 2) == sunday - timedelta(hours=2)
    assert reminder(sunday, 48) == datetime(2026, 10, 23, 8, tzinfo=UTC)


def test_a_month_without_that_day_takes_its_last() -> None:
    found = dates(Series(date(2026, 1, 31), time(14), "month", count=5))
    assert [d.isoformat()[5:] for d in found] == ["01-31", "02-28", "03-31", "04-30", "05-31"]
    leap = dates(Series(date(2028, 1, 30), time(14), "month", count=2))
    assert leap[1] == date(2028, 2, 29)


def test_every_two_weeks_up_to_and_including_the_last_day() -> None:
    found = dates(Series(date(2026, 3, 5), time(14), "two_weeks", until=date(2026, 4, 2)))
    assert found == [date(2026, 3, 5), date(2026, 3, 19), date(2026, 4, 2)]


def test_a_time_the_spring_night_skips_moves_on_that_day_only() -> None:
    nights = moments(Series(date(2026, 3, 22), time(2, 30), "week", count=3))
    assert [local(n).time() for n in nights] == [time(2, 30), time(3, 30), time(2, 30)]


@given(
    days, st.times(), st.sampled_from(["week", "two_weeks", "month"]), st.integers(1, MOST_DATES)
)
def test_a_series_rises_keeps_its_day_and_is_bounded(
    first: date, clock: time, every: Every, count: int
) -> None:
    found = dates(Series(first, clock, every, count=count))
    assert len(found) == count and found[0] == first
    assert found == sorted(set(found))
    if every == "month":
        assert all(d.day == first.day or (d + timedelta(days=1)).day == 1 for d in found)
        assert len({(d.year, d.month) for d in found}) == count
    else:
        assert {d.weekday() for d in found} == {first.weekday()}


def test_a_series_has_bounds() -> None:
    for count in (0, -1, MOST_DATES + 1, 10**9):
        with pytest.raises(ValueError, match="1 to 53"):
            Series(date(2026, 3, 5), time(14), "week", count=count)
    with pytest.raises(ValueError, match="ends before"):
        Series(date(2026, 3, 5), time(14), "week", until=date(2026, 3, 4))
    assert dates(Series(date(9999, 12, 31), time(14), "month")) == [date(9999, 12, 31)]


def test_the_rhythm_is_said_in_words() -> None:
    assert rhythm(Series(date(2026, 10, 13), time(10), "week")) == "elke dinsdag om 10.00 uur"
    assert rhythm(Series(date(2026, 10, 13), time(10), "two_weeks")) == (
        "om de week op dinsdag om 10.00 uur"
    )
    assert rhythm(Series(date(2026, 10, 13), time(10), "month")) == (
        "elke maand op dag 13 om 10.00 uur"
    )
    assert "of de laatste dag" in rhythm(Series(date(2026, 10, 31), time(10), "month"))
