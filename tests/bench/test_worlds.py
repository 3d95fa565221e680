"""Simulated neighbourhoods: what must be in them, that they know no rule, and how they are judged."""

import re
from collections import Counter
from pathlib import Path

import pytest

from timebank import bench, trial
from timebank.bench import finding, worlds
from timebank.bench.finding import Found, average_precision, rivals, shared_out, world_of
from timebank.bench.lives import live
from timebank.bench.worlds import Level, Person, Town

HERE = Path(bench.__file__).parent


def test_who_makes_the_lives_knows_nothing_of_the_rule() -> None:
    for name in ("worlds.py", "lives.py"):
        text = (HERE / name).read_text("utf-8")
        imported = re.findall(r"^(?:from|import) (timebank\S*)", text, re.M)
        assert set(imported) <= {"timebank.bench.worlds"}


@pytest.mark.parametrize(("level", "yearly"), worlds.LEVELS.items())
def test_a_neighbourhood_has_whatever_confuses_a_rule(level: Level, yearly: float) -> None:
    town = live(11, level)
    members = [p for p in town.people if p.kind == "member"]
    there = [p for p in members if p.joined < 94]
    kinds = {p.id: p.kind for p in town.people}
    assert 0.07 < len(town.isolated) / len(there) < 0.12
    weeks = [e[2] for e in town.exchanges]
    assert 0.75 * yearly < sum(w > 47 for w in weeks) / len(there) < 1.35 * yearly
    ghosts = {p.id for p in members if p.energy == 0}
    assert 0.25 < len(ghosts) / len(members) < 0.4 and len(ghosts - town.isolated) > 400
    assert sum(p.rich_outside for p in members) > 1000
    assert 250 < sum(p.channel == "phone" for p in members) < 550
    busy = Counter(m for _event, _week, m in town.groups)
    assert sum(n > 10 for n in busy.values()) > 200, "group-goers"
    assert sum(p.partner >= 0 for p in members) > 20, "steady pairs"
    assert any(later > when for _g, _r, when, _h, later in town.exchanges)
    met_staff = {g for g, r, *_ in town.exchanges if kinds[r] != "member"}
    assert len({m for m in met_staff if not town.people[m].since}) > 10
    silent = {m for m in town.isolated if not town.people[m].seeks}
    assert len(silent) > len(town.isolated) / 3
    assert len(town.pauses) > 50 and town.checkins and town.logins
    assert any(answer == -1 for *_rest, answer in town.requests)


def test_the_same_seed_gives_the_same_neighbourhood_also_through_files(tmp_path: Path) -> None:
    one, two, other = (live(seed, "middle", members=300, weeks=30) for seed in (3, 3, 4))
    assert one == two != other
    worlds.write(one, tmp_path)
    read, made = trial.read(tmp_path), world_of(one)
    assert (read.exchanges, read.requests, read.visits) == (
        made.exchanges, made.requests, made.visits
    )  # fmt: skip
    assert (read.checkins, read.pauses) == (made.checkins, made.pauses)
    assert [m.member_id for m in read.members] == [m.member_id for m in made.members]


def town(**more: object) -> Town:
    people = [
        Person(n, 0, 0, 0.0, 0.0, 3, 0, "app" if n < 80 else "phone") for n in range(100)
    ]  # fmt: skip
    made = Town(people)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def found(isolated: set[int], ranked: list[int]) -> Found:
    place = town(isolated=frozenset(isolated))
    return Found("busy", place, {"signal": ranked}, set(), {})


def test_average_precision_is_one_when_they_come_first_and_falls_with_who_comes_before() -> None:
    assert average_precision(found({1, 2}, [1, 2, 3, 4]), "signal") == 1
    assert average_precision(found({1, 2}, [3, 1, 4, 2]), "signal") == (1 / 2 + 2 / 4) / 2


def test_the_list_is_shared_out_by_channel() -> None:
    assert shared_out(town(), list(range(100))) == {0, 1, 80}, "two of 80 and one of 20"


def test_the_rivals_rank_by_one_thing_and_do_not_know_what_was_written_later() -> None:
    last = finding.LAST
    place = town(
        logins=[(0, 5), (0, 9), (1, 7)],
        exchanges=[(0, 2, last - 60, 1, last), (1, 2, last - 2, 1, last), (3, 1, last, 1, last + 1)],
        requests=[(1, 3, 50, -1)], groups=[(1, 70, 0)],
    )  # fmt: skip
    ranked = rivals(place, [0, 1, 2, 3])
    assert ranked["last_sign_in"][2:] == [1, 0]
    assert set(ranked["exchanges_in_12_months"][:2]) == {0, 3}
    assert ranked["last_activity_of_any_kind"][:2] == [3, 0]
