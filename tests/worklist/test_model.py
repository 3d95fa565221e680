"""Lines of the work list: late first, on whose list, and dates that people choose."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from timebank.kernel.forms import BadField, Blank
from timebank.worklist.fields import NextDay, next_day
from timebank.worklist.model import Group, Line, counted, group_of, grouped

TODAY = date(2026, 3, 10)
ME, OTHER = UUID(int=1), UUID(int=2)


def line(days: int, owner: UUID | None = ME) -> Line:
    return Line(kind="signal", step="call", due=TODAY + timedelta(days=days), owner_id=owner)


@pytest.mark.parametrize(
    ("days", "group"),
    [(-30, "late"), (-1, "late"), (0, "today"), (1, "week"), (7, "week"), (8, "later")],
)
def test_a_line_stands_under_its_date(days: int, group: Group) -> None:
    assert group_of(line(days), TODAY) == group


def test_what_is_late_heads_the_list_and_empty_groups_are_left_out() -> None:
    found = grouped([line(3), line(-2), line(9), line(-5)], TODAY)
    assert [group for group, _lines in found] == ["late", "week", "later"]
    assert [one.due for one in found[0][1]] == [TODAY - timedelta(5), TODAY - timedelta(2)]
    assert counted([line(3), line(-2)], TODAY).late == 1


@pytest.mark.parametrize(
    ("days", "owner", "mine"),
    [(0, ME, True), (0, None, True), (0, OTHER, False), (-7, OTHER, False), (-8, OTHER, True)],
)
def test_what_a_colleague_left_lying_for_a_week_is_everybodys(
    days: int, owner: UUID | None, mine: bool
) -> None:
    assert line(days, owner).lies_with(ME, TODAY) is mine


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ({"next_choice": ["2"]}, date(2026, 3, 24)),
        ({"next_choice": ["none"]}, None),
        ({"next_choice": ["other"], "next_day": ["1"], "next_month": ["april"],
          "next_year": ["2026"]}, date(2026, 4, 1)),
        ({"next_day": ["1"], "next_month": ["4"], "next_year": ["2026"]}, date(2026, 4, 1)),
    ],
)  # fmt: skip
def test_a_next_date_is_chosen_or_written(sent: dict[str, list[str]], day: date | None) -> None:
    assert next_day(NextDay().read("next", sent), TODAY) == day


def test_a_next_date_that_is_no_date_is_refused_in_words() -> None:
    for sent in ({"next_choice": ["9"]}, {"next_choice": ["today"]}, {"next_choice": ["other"],
                 "next_day": ["31"], "next_month": ["2"], "next_year": ["2026"]}):  # fmt: skip
        with pytest.raises(BadField):
            NextDay().read("next", sent)
    with pytest.raises(Blank):
        NextDay().read("next", {})
