"""On which days a group meets, as tables of days."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from timebank.gatherings.model import Gathering, may_tick, meets, next_on, rhythm

TUESDAY = date(2026, 3, 10)


def group(**more: Any) -> Gathering:
    return Gathering(
        **{
            "id": UUID(int=1), "area_id": UUID(int=2), "area_name": "Noord", "title": "Koffie",
            "words": "", "place_id": None, "place_name": "", "meet_at": "", "every": "week",
            "first_on": TUESDAY, "starts_at": time(10), "state": "open", "host_id": None,
            "host_call_name": "", "host_number": "",
        } | more
    )  # fmt: skip


@pytest.mark.parametrize(
    ("every", "first_on", "expected"),
    [
        ("once", date(2026, 3, 10), [date(2026, 3, 10)]),
        ("once", date(2026, 1, 10), []),
        ("week", date(2026, 1, 6), [date(2026, 3, d) for d in (3, 10, 17, 24, 31)]),
        ("week", date(2026, 3, 17), [date(2026, 3, d) for d in (17, 24, 31)]),
        ("two_weeks", date(2026, 2, 24), [date(2026, 3, d) for d in (10, 24)]),
        ("month", date(2026, 1, 13), [date(2026, 3, 10)]),
        ("month", date(2026, 1, 29), [date(2026, 3, 26)]),
        ("month", date(2025, 12, 31), [date(2026, 3, 25)]),
    ],
)
def test_a_group_meets_in_march(every: Any, first_on: date, expected: list[date]) -> None:
    assert meets(every, first_on, date(2026, 3, 1), date(2026, 3, 31)) == expected


@pytest.mark.parametrize("every", ["week", "two_weeks", "month"])
def test_every_day_it_meets_is_the_same_day_of_the_week(every: Any) -> None:
    for ahead in range(40):
        first = TUESDAY + timedelta(days=ahead)
        days = meets(every, first, first, first + timedelta(days=400))
        assert days[0] == first and {d.weekday() for d in days} == {first.weekday()}
        assert len(days) == len(set(days)) and days == sorted(days)


def test_the_next_day_is_today_or_later_and_none_when_it_stopped() -> None:
    assert next_on(group(), TUESDAY) == TUESDAY
    assert next_on(group(), TUESDAY + timedelta(days=1)) == TUESDAY + timedelta(days=7)
    assert next_on(group(every="once"), TUESDAY + timedelta(days=1)) is None
    assert next_on(group(state="closed"), TUESDAY) is None
    far = date(2026, 9, 1)
    assert next_on(group(first_on=far), TUESDAY) == far


def test_the_list_is_kept_of_days_it_met_lately_and_of_today() -> None:
    wednesday = TUESDAY + timedelta(days=8)
    assert may_tick(group(), wednesday) == [
        wednesday, TUESDAY + timedelta(days=7), TUESDAY,
    ]  # fmt: skip
    assert TUESDAY not in may_tick(group(), TUESDAY + timedelta(days=61))


@pytest.mark.parametrize(
    ("first_on", "every", "said"),
    [
        (TUESDAY, "week", "elke dinsdag om 10.00 uur"),
        (TUESDAY, "month", "elke tweede dinsdag van de maand om 10.00 uur"),
        (date(2026, 3, 31), "month", "elke laatste dinsdag van de maand om 10.00 uur"),
        (TUESDAY, "once", "dinsdag 10 maart om 10.00 uur"),
    ],
)
def test_it_says_when_in_words(first_on: date, every: Any, said: str) -> None:
    assert rhythm(group(first_on=first_on, every=every), TUESDAY) == said
