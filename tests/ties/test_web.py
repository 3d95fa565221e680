"""The web of a neighbourhood: rings, nobody over another, names apart, small, and quick."""

import math
import random
import time
import zlib
from collections import Counter
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timebank.kernel.i18n import speaking
from timebank.ties import bars, web
from timebank.ties.lettering import width_of
from timebank.ties.neighbourhood import Neighbourhood
from timebank.web.static_files import Assets
from timebank.web.templates import Templates

NAMES = (*web.FIGURES, "geen")
CALLED = ("Marijke", "محمد أمين", "Wilhelmina-Antoinette", "Bep", "Ömer")


def town(
    people: int, ties: int, seed: int = 1
) -> tuple[dict[UUID, int], list[tuple[UUID, UUID]], dict[UUID, str]]:
    """Some know many, a seventh knows nobody."""
    chance = random.Random(seed)  # noqa: S311  # the same town every time
    ids = [UUID(int=n + 1) for n in range(people)]
    weights = {one: chance.paretovariate(1.2) for one in ids[people // 7 :]}
    pairs: set[tuple[UUID, UUID]] = set()
    while len(pairs) < ties:
        one, other = chance.choices(list(weights), list(weights.values()), k=2)
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    met = Counter(who for pair in pairs for who in pair)
    names = {one: CALLED[one.int % len(CALLED)] for one in ids}
    return {one: met[one] for one in ids}, sorted(pairs), names


def check(found: web.Web, met: dict[UUID, int]) -> None:
    points = [*found.dots, *found.hubs, *found.apart]
    assert len(points) == len(met) == len(set(points)), "everybody has a place of their own"
    for x, y in points:
        assert 0 < x < found.side and 0 < y < found.side
    for one, other in combinations(points, 2):
        assert math.dist(one, other) > 2 * 4, "no point lies over another"
    for layer in (found.phone, found.wide):
        texts = [*layer.ring_names, *layer.names]
        for text in texts:
            assert text.box.lies_in(found.side, found.side), text
        for a, b in combinations(texts, 2):
            assert not a.box.lies_over(b.box), f"{a.text} lies over {b.text}"
    assert found.phone.letters * 264 / found.side >= 14 <= found.wide.letters * 488 / found.side


@settings(max_examples=25, deadline=None)
@given(people=st.integers(0, 120), many=st.integers(0, 160), seed=st.integers(0, 9))
def test_nobody_lies_over_another_and_no_text_over_a_text(
    people: int, many: int, seed: int
) -> None:
    met, pairs, names = town(people, many if people > 40 else 0, seed)
    check(web.draw(met, pairs, names, NAMES), met)


@pytest.mark.parametrize("ties", [369, 1500])
def test_three_hundred_people_are_drawn_quickly_and_small(ties: int) -> None:
    met, pairs, names = town(300, ties)
    before = time.process_time()
    found = web.draw(met, pairs, names, NAMES)
    took = time.process_time() - before
    check(found, met)
    assert web.draw(met, pairs, names, NAMES) == found, "the same every time"
    with speaking("nl"):
        page = Templates(Assets.load()).env.from_string(
            '{% import "ties/_drawing.html" as it %}{{ it.web(web, "Wie kent wie", "Zo") }}'
        )
        size = len(zlib.compress(page.render(web=found).encode(), 6))
    assert size < (6_500 if ties == 369 else 16_000)
    assert took < 1, f"{took:.2f} s; 0.05 s on a quiet machine"


def test_more_neighbours_is_nearer_to_the_middle() -> None:
    met, pairs, names = town(300, 369)
    found = web.draw(met, pairs, names, NAMES)
    centre = (found.middle, found.middle)
    assert list(found.radii) == sorted(found.radii)
    for point in found.apart:
        assert abs(math.dist(centre, point) - found.radii[-1]) < 13
    assert len(found.apart) == sum(many == 0 for many in met.values())
    assert max(math.dist(centre, hub) for hub in found.hubs) < found.radii[1]
    assert [web.ring_of(n) for n in (0, 1, 2, 3, 4, 5, 7, 8, 30)] == [5, 4, 3, 2, 2, 1, 1, 0, 0]


def test_everybody_turns_towards_whom_they_know() -> None:
    ids = [UUID(int=n) for n in range(1, 41)]
    pairs = [(ids[0], one) for one in ids[2:21]] + [(ids[1], one) for one in ids[21:40]]
    met = Counter(who for pair in pairs for who in pair)
    found = web.draw(met, pairs, {}, NAMES)
    near = sum(math.dist(one, other) < found.side / 2 for one, _by, other in found.curves)
    assert near >= 0.8 * len(pairs), "the friends of each stand on one side"


def test_a_ring_that_would_overfill_is_larger() -> None:
    few = web.draw({UUID(int=n): 0 for n in range(20)}, [], {}, NAMES)
    many = web.draw({UUID(int=n): 0 for n in range(480)}, [], {}, NAMES)
    assert many.radii[-1] > few.radii[-1]


def test_a_small_count_shows_neither_in_words_nor_in_the_length_of_its_bar() -> None:
    found = bars.draw(
        [("mei", 4), ("juni", 0), ("juli", 5), ("augustus", 60)], width=288, letters=16
    )
    assert [line.number for line in found.lines] == ["<5", "<5", "5", "60"]
    assert found.lines[0].bar == found.lines[1].bar and found.lines[0].few
    longest = found.lines[3]
    room = found.start + longest.bar + 6 + width_of(longest.number, 16)
    assert room <= 288 and longest.bar > found.lines[2].bar > 0


@pytest.mark.parametrize(
    ("rings", "alone"), [([5, 0, 9, 0, 0, 6], True), ([5, 0, 9, 0, 1, 6], False)]
)
def test_on_paper_nothing_smaller_than_five_can_be_counted(rings: list[int], alone: bool) -> None:
    found = Neighbourhood(rings, None, [], [], [], elsewhere=False)
    assert found.counts_alone == alone
