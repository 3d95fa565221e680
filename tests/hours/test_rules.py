"""The pure rules of the ledger, as tables of numbers."""

import pytest

from timebank import hours
from timebank.hours.limits_model import problems_of
from timebank.kernel.minutes import fits_unit

LIMITS = {"soft_low": -480, "soft_high": 2400, "hard_low": -600, "hard_high": 3600}


@pytest.mark.parametrize(
    ("minutes", "level"),
    [
        (-601, "stop_low"),
        (-600, "stop_low"),
        (-599, "low"),
        (-480, "low"),
        (-479, "fine"),
        (0, "fine"),
        (2399, "fine"),
        (2400, "high"),
        (3599, "high"),
        (3600, "stop_high"),
        (9999, "stop_high"),
    ],
)
def test_soft_limits_warn_long_before_hard_ones_stop(minutes: int, level: str) -> None:
    assert hours.Balance(minutes=minutes, **LIMITS).level == level


@pytest.mark.parametrize(
    ("balance", "minutes", "fits", "level"),
    [
        (0, -600, True, "stop_low"),
        (0, -601, False, "stop_low"),
        (0, -480, True, "low"),
        (0, 3600, True, "stop_high"),
        (0, 3601, False, "stop_high"),
        (-900, 15, True, "stop_low"),
        (-900, -15, False, "stop_low"),
        (4000, -15, True, "stop_high"),
        (4000, 15, False, "stop_high"),
        (4000, -4601, False, "stop_low"),
    ],
)
def test_only_the_way_further_out_is_refused(
    balance: int, minutes: int, fits: bool, level: str
) -> None:
    room = hours.room(minutes, hours.Balance(minutes=balance, **LIMITS))
    assert room == hours.Room(fits, hours.Level(level), balance + minutes)


@pytest.mark.parametrize(
    ("minutes", "held", "givable"),
    [(300, 300, 0), (360, 300, 60), (240, 300, 0), (-60, 0, 0), (90, 0, 90)],
)
def test_one_gives_what_one_has_and_may(minutes: int, held: int, givable: int) -> None:
    balance = hours.Balance(minutes=minutes, held_minutes=held, **LIMITS)
    assert balance.givable_minutes == givable


@pytest.mark.parametrize(
    ("minutes", "unit", "fits"),
    [(66, 1, True), (66, 15, False), (105, 15, True), (90, 60, False), (0, 15, True)],
)
def test_amounts_follow_the_communitys_unit(minutes: int, unit: int, fits: bool) -> None:
    """Case L2."""
    assert fits_unit(minutes, unit) is fits


def test_the_first_rules_of_a_community_are_fine() -> None:
    assert problems_of(hours.Rules()) == {}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"hard_low": -479}, {"hard_low"}),
        ({"soft_low": 1, "hard_low": 0}, {"soft_low"}),
        ({"hard_high": 2399}, {"hard_high"}),
        ({"soft_high": -1}, {"soft_high"}),
        ({"starting_minutes": 3601}, {"starting_minutes"}),
        (
            {"unit_minutes": 7, "give_away_after_days": 4000},
            {"unit_minutes", "give_away_after_days"},
        ),
        ({"hard_low": -600_001}, {"hard_low"}),
    ],
)
def test_what_is_wrong_with_rules_is_told_by_field(
    changes: dict[str, int], fields: set[str]
) -> None:
    assert set(problems_of(hours.Rules(**changes))) == fields
