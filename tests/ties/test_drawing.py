"""The circle, drawn: no text leaves it or lies over another, nobody jumps, lines say what they must."""

from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timebank.ties import rings
from timebank.ties.drawing import DESKTOP, PHONE, Drawing, Size
from timebank.ties.lettering import shortened, width_of
from timebank.ties.model import Met

DAY = date(2026, 3, 10)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
NAMES = (
    "Bep", "Wilhelmina-Antoinette", "محمد أمين", "عبد الرحمن الصالح", "MWMWMWMWMWMW", "Ömer", "李小龙",
    "Jan Willem", "Zoë", "Ti", "Łukasz", "ሰላም ተስፋዬ",
)  # fmt: skip


def met(place: int, *, ago: int = 10, name: str = "Riet", times: int = 1, **more: int) -> Met:
    return Met(
        id=UUID(int=place), call_name=name, full_name=name, first_on=date(2024, 1, 1),
        last_on=DAY - timedelta(days=ago), times=times, place=place, **more,
    )  # fmt: skip


WORKER = Met(
    id=UUID(int=99), call_name="Samira", full_name="Samira Bouali", first_on=DAY, last_on=DAY,
    times=2, is_worker=True,
)  # fmt: skip


def drawing(people: list[Met], size: Size, more: str = "") -> Drawing:
    shown = rings.drawn(people)
    near = [one.ring(DAY) for one in shown]
    return rings.draw(shown, "Bep", near, ("3 maanden", "1 jaar", "langer geleden"), more, size)


def check(found: Drawing, people: int) -> None:
    """Everybody has a name, every text is whole and free, and no name covers a door."""
    assert len(found.names) == people and len(found.ring_names) == 3
    for text in found.texts:
        assert text.box.lies_in(found.size.width, found.size.height), text
    for one, other in combinations(found.texts, 2):
        assert not one.box.lies_over(other.box), f"{one.text} lies over {other.text}"
    for name in (*found.names, *found.ring_names):
        assert not any(name.box.lies_over(door.box) for door in found.doors)
    for one, other in combinations(found.doors, 2):
        assert not one.box.lies_over(other.box)


@SIZES
@settings(max_examples=60, deadline=None)
@given(
    who=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from([3, 120, 700]), st.integers(0, 40)),
        max_size=12, unique_by=lambda one: one[2],
    ),
    worker=st.booleans(),
)  # fmt: skip
def test_no_text_leaves_the_drawing_or_lies_over_another(
    size: Size, who: list[tuple[str, int, int]], worker: bool
) -> None:
    people = [met(place, name=name, ago=ago, gave=1) for name, ago, place in who]
    check(drawing(people + [WORKER] * worker, size, "en nog 28 buren"), len(people) + worker)


@SIZES
@pytest.mark.parametrize("ago", [3, 120, 700])
def test_twelve_long_names_on_one_ring_fit(size: Size, ago: int) -> None:
    people = [met(place, name="Wilhelmina-Antoinette", ago=ago, got=1) for place in range(12)]
    check(drawing([*people, WORKER], size, "en nog 3 buren"), 13)


def test_nobody_jumps_when_others_come_or_meet_again() -> None:
    before = [met(place, ago=200) for place in range(5)]
    after = [met(9), *(met(place, ago=3, times=7) for place in (4, 2, 0))]
    was = dict(zip([m.place for m in before], rings.angles(before), strict=True))
    now = dict(zip([m.place for m in after], rings.angles(after), strict=True))
    assert all(now[place] == was[place] for place in (0, 2, 4)) and len(set(now.values())) == 4


def test_twelve_are_drawn_those_met_last_and_one_worker() -> None:
    people = [met(place, ago=place + 1) for place in range(40)]
    shown = rings.drawn([*people, WORKER])
    assert {m.place for m in shown if not m.is_worker} == set(range(12)) and WORKER in shown
    assert len(set(rings.angles(shown))) == 13
    late = [met(place, ago=100 - place) for place in range(40)]
    assert len(set(rings.angles(rings.drawn(late)))) == 12, "two may want one angle: they get two"


@pytest.mark.parametrize(
    ("times", "gave", "got", "thick", "heads"),
    [(1, 1, 0, 1.5, 1), (2, 0, 2, 3, 1), (4, 2, 2, 3, 2), (5, 1, 4, 5, 2)],
)
def test_a_line_says_how_often_and_who_was_helped(
    times: int, gave: int, got: int, thick: float, heads: int
) -> None:
    [tie] = drawing([met(0, times=times, gave=gave, got=got, ago=200)], DESKTOP).ties
    assert (tie.thick, len(tie.heads), tie.dashed) == (thick, heads, False)
    tips = {round(x) for (x, _y), *_rest in tie.heads}
    [door] = drawing([met(0, ago=200)], DESKTOP).doors
    at_the_other = any(abs(tip - door.box.x) < 30 for tip in tips)
    assert at_the_other == bool(gave), "the arrow points to who was helped"


def test_a_talk_with_the_worker_is_dashed_and_has_no_arrow() -> None:
    [tie] = drawing([WORKER], PHONE).ties
    assert tie.dashed and not tie.heads


@pytest.mark.parametrize(("ago", "ring"), [(0, 0), (89, 0), (90, 1), (364, 1), (365, 2)])
def test_nearer_is_more_recent(ago: int, ring: int) -> None:
    assert met(0, ago=ago).ring(DAY) == ring


def test_a_cut_name_is_no_wider_than_its_room_and_keeps_its_marks() -> None:
    for name in NAMES:
        assert width_of(shortened(name, 16, 70), 16) <= 70
    assert shortened("Bep", 16, 70) == "Bep"
    assert shortened("Ze\u0301e\u0301n Bos", 16, width_of("Ze\u0301…", 16)) == "Ze\u0301…"
