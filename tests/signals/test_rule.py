"""The rule, as a table of numbers and as properties that hold for everybody."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.signals.model import Facts, judge
from timebank.signals.points import EVIDENCE, NOW, TOLD, VERSIONS
from timebank.signals.rule import Standing, Verdict, follow, lane, low_since, stayed

TODAY = date(2026, 3, 10)
LONG_AGO = date(2024, 1, 1)


def facts(**given_: Any) -> Facts:
    """A member who joined long ago, with three contacts lately and nothing to remark."""
    values: dict[str, Any] = {
        "member_since": LONG_AGO, "lately": 3, "ever": 5, "long": 3, "long_minutes": 600,
        "last_on": TODAY,
    }  # fmt: skip
    return Facts(**(values | given_))


def alone(**given_: Any) -> Facts:
    """A member who met nobody."""
    values: dict[str, Any] = {"lately": 0, "long": 0, "long_minutes": 0}
    return facts(**(values | given_))


TABLE: list[tuple[str, Facts, int, list[str]]] = [
    ("connected", facts(), 0, []),
    ("two lately", facts(lately=2), 5, ["two_lately"]),
    ("one lately", facts(lately=1), 20, ["one_lately"]),
    ("silence is capped", alone(), 20, ["none_lately"]),
    ("silence for ever is capped", alone(ever=0, last_on=None), 20, ["none_lately", "hardly_ever"]),
    ("one contact ever", facts(lately=1, ever=1), 20, ["one_lately", "hardly_ever"]),
    ("a day short of half a year", facts(
        lately=1, ever=1, member_since=TODAY - timedelta(181)), 20, ["one_lately"]),
    ("one need unanswered", alone(asked=1, unanswered=1), 50, ["none_lately", "unanswered_one"]),
    ("one of two", alone(asked=2, unanswered=1), 50, ["none_lately", "unanswered_one"]),
    ("one of three is no evidence", alone(asked=3, unanswered=1), 20, ["none_lately"]),
    ("two needs", alone(asked=2, unanswered=2), 65, ["none_lately", "unanswered_two"]),
    ("two of three", alone(asked=3, unanswered=2), 65, ["none_lately", "unanswered_two"]),
    ("two of four", alone(asked=4, unanswered=2), 50, ["none_lately", "unanswered_one"]),
    ("three needs", alone(asked=3, unanswered=3), 80, ["none_lately", "unanswered_three"]),
    ("three needs and two contacts", facts(lately=2, asked=3, unanswered=3), 55,
     ["two_lately", "unanswered_three"]),
    ("three contacts: needs do not count", facts(asked=3, unanswered=3), 0, []),
    ("all hours with one", facts(lately=1, long=1, long_minutes=300, top_minutes=300), 45,
     ["one_lately", "one_person"]),
    ("four fifths with one", facts(long_minutes=500, top_minutes=400), 25, ["one_person"]),
    ("just under four fifths", facts(long_minutes=500, top_minutes=399), 0, []),
    ("only staff", alone(staff_meetings=2), 45, ["none_lately", "staff_only"]),
    ("staff once", alone(staff_meetings=1), 20, ["none_lately"]),
    ("staff and two others", facts(long=2, staff_meetings=4), 0, []),
    ("all gone", alone(long_gone=2), 55, ["none_lately", "gone"]),
    ("one gone, one left", facts(lately=1, long=1, long_gone=1), 20, ["one_lately"]),
    ("never above a hundred", alone(
        ever=0, asked=9, unanswered=9, long_gone=1, staff_meetings=3), 100,
     ["none_lately", "hardly_ever", "unanswered_three", "staff_only", "gone"]),
    ("talked with nobody", alone(said_on=TODAY, talks=0), 50, ["none_lately", "talked_none"]),
    ("talked with one is no evidence", alone(said_on=TODAY, talks=1), 20,
     ["none_lately", "talked_one"]),
    ("talked with two", alone(said_on=TODAY, talks=2), 20, ["none_lately"]),
    ("wants more, and has three contacts", facts(said_on=TODAY, wants="yes"), 20, ["wants_more"]),
    ("said it 182 days ago", alone(said_on=TODAY - timedelta(182), talks=0, wants="yes"), 70,
     ["none_lately", "talked_none", "wants_more"]),
    ("said it longer ago", alone(said_on=TODAY - timedelta(183), talks=0, wants="yes"), 20,
     ["none_lately"]),
    ("has enough", alone(said_on=TODAY, talks=2, wants="no", asked=3, unanswered=3), 40,
     ["none_lately", "unanswered_three", "enough"]),
    ("does not want more but talked with one", alone(said_on=TODAY, talks=1, wants="no"), 20,
     ["none_lately", "talked_one"]),
    ("does not know", alone(said_on=TODAY, talks=3, wants="unsure"), 20, ["none_lately"]),
    ("rather not say", alone(said_on=TODAY, talks=None, wants="no"), 20, ["none_lately"]),
    ("was at a group", alone(asked=2, unanswered=2, group_on=TODAY - timedelta(63)), 45,
     ["none_lately", "unanswered_two", "was_there"]),
    ("was at a group too long ago", alone(asked=2, unanswered=2, group_on=TODAY - timedelta(64)),
     65, ["none_lately", "unanswered_two"]),
    ("never below nothing", facts(group_on=TODAY, said_on=TODAY, talks=3, wants="no"), 0,
     ["enough", "was_there"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given_", "score", "codes"), TABLE, ids=lambda v: str(v)[:40])
def test_the_table_of_numbers(name: str, given_: Facts, score: int, codes: list[str]) -> None:
    verdict = judge(given_, TODAY)
    assert (verdict.score, [r.code for r in verdict.reasons]) == (score, codes)


DAYS = st.none() | st.integers(0, 300).map(lambda days: TODAY - timedelta(days=days))


@st.composite
def anybody(draw: st.DrawFn) -> Facts:
    """Facts that can be true together."""
    ever = draw(st.integers(0, 12))
    long = draw(st.integers(0, ever))
    lately = draw(st.integers(0, long))
    minutes = draw(st.integers(long, 3000)) if long else 0
    asked = draw(st.integers(0, 8))
    return Facts(
        member_since=TODAY - timedelta(days=draw(st.integers(42, 2000))),
        lately=lately, ever=ever, long=long, long_minutes=minutes,
        top_minutes=draw(st.integers(0, minutes)), long_gone=draw(st.integers(0, 4)),
        last_on=TODAY - timedelta(days=draw(st.integers(0, 390))) if ever else None,
        staff_meetings=draw(st.integers(0, 6)), asked=asked, unanswered=draw(st.integers(0, asked)),
        said_on=draw(DAYS), talks=draw(st.sampled_from([None, 0, 1, 2, 3])),
        wants=draw(st.sampled_from([None, "yes", "no", "unsure"])), group_on=draw(DAYS),
    )  # fmt: skip


@given(anybody())
def test_the_reasons_sum_to_the_score(someone: Facts) -> None:
    verdict = judge(someone, TODAY)
    total = sum(NOW.weights[reason.code] for reason in verdict.reasons)
    assert verdict.total == total
    assert verdict.score == max(0, min(total, 100 if verdict.has_evidence else 20))
    assert len({r.code for r in verdict.reasons}) == len(verdict.reasons)


@given(anybody(), st.integers(1, 600))
def test_one_contact_more_never_raises_it(someone: Facts, minutes: int) -> None:
    before = judge(someone, TODAY)
    more = msgspec.structs.replace(
        someone, lately=someone.lately + 1, ever=someone.ever + 1, last_on=TODAY,
        long=someone.long + 1, long_minutes=someone.long_minutes + minutes,
    )  # fmt: skip
    assert judge(more, TODAY).score <= before.score


@given(anybody())
def test_one_answer_more_never_raises_it(someone: Facts) -> None:
    if someone.unanswered == 0:
        return
    answered = msgspec.structs.replace(someone, unanswered=someone.unanswered - 1)
    assert judge(answered, TODAY).score <= judge(someone, TODAY).score


@given(anybody())
def test_silence_alone_never_opens(someone: Facts) -> None:
    verdict = judge(someone, TODAY)
    if not {r.code for r in verdict.reasons} & EVIDENCE:
        assert not verdict.is_high() and verdict.score <= NOW.most_without_evidence


@given(anybody())
def test_the_same_facts_give_the_same_verdict(someone: Facts) -> None:
    assert judge(someone, TODAY) == judge(someone, TODAY)


def test_r10_the_rule_knows_these_facts_and_no_others() -> None:
    """No sign-ins, messages, age, language, origin, health, income, address."""
    assert set(Facts.__struct_fields__) == {
        "member_since", "lately", "ever", "last_on", "long", "long_gone", "long_minutes",
        "top_minutes", "staff_meetings", "asked", "unanswered", "said_on", "talks", "wants",
        "group_on", "group_title",
    }  # fmt: skip


@given(anybody(), st.text(max_size=20))
def test_what_a_group_is_called_weighs_nothing(someone: Facts, title: str) -> None:
    other = msgspec.structs.replace(someone, group_title=title)
    assert judge(other, TODAY).score == judge(someone, TODAY).score


@given(anybody())
def test_who_has_enough_or_was_at_a_group_never_weighs_more_by_it(someone: Facts) -> None:
    bare = msgspec.structs.replace(someone, group_on=None)
    assert judge(someone, TODAY).score <= judge(bare, TODAY).score
    content = msgspec.structs.replace(someone, said_on=TODAY, talks=3, wants="no")
    assert not judge(content, TODAY).is_high()


def test_every_reason_has_a_weight_and_the_version_its_number() -> None:
    for number, points in VERSIONS.items():
        assert points.version == number and points.why
        assert not set(points.weights) & TOLD
    assert set(NOW.weights) >= EVIDENCE
    assert all(NOW.weights[code] > 0 for code in EVIDENCE)


def test_an_older_version_leaves_out_what_it_did_not_know() -> None:
    someone = alone(said_on=TODAY, talks=0, wants="yes", group_on=TODAY, asked=1, unanswered=1)
    assert judge(someone, TODAY, VERSIONS[1]).score == 50
    assert judge(someone, TODAY, VERSIONS[2]).score == 70


HIGH, MIDDLE, LOW = (
    judge(alone(asked=2, unanswered=2), TODAY),
    judge(facts(lately=1, long=1, long_minutes=300, top_minutes=300), TODAY),
    judge(facts(), TODAY),
)


@pytest.mark.parametrize(
    ("verdict", "high", "low"), [(HIGH, True, False), (MIDDLE, False, False), (LOW, False, True)]
)
def test_between_the_two_thresholds_nothing_moves(verdict: Verdict, high: bool, low: bool) -> None:
    day = TODAY - timedelta(days=3)
    stood = Standing(high_since=day, low_since=day, stands_since=day)
    assert follow(stood, verdict, TODAY) == Standing(
        high_since=day if high else None, low_since=day if low else None, stands_since=day
    )
    assert low_since(day, verdict, TODAY) == (day if low else None)


def weeks(*verdicts: Verdict) -> list[bool]:
    """Whether a member stands, after each of these weekly runs."""
    stood, found = Standing(), []
    for week, verdict in enumerate(verdicts):
        stood = follow(stood, verdict, TODAY + timedelta(weeks=week))
        found.append(stood.stands_since is not None)
    return found


def test_it_takes_two_high_weeks_to_stand_and_four_low_ones_to_fall() -> None:
    assert weeks(HIGH, HIGH) == [False, True]
    assert weeks(HIGH, MIDDLE, HIGH, MIDDLE) == [False] * 4
    assert weeks(HIGH, HIGH, LOW, LOW, LOW, LOW, LOW) == [False, *[True] * 5, False]
    assert weeks(HIGH, HIGH, LOW, LOW, LOW, MIDDLE, LOW, LOW) == [False, *[True] * 7]


def test_who_says_it_is_enough_stands_no_longer() -> None:
    enough = judge(alone(asked=3, unanswered=3, said_on=TODAY, talks=3, wants="no"), TODAY)
    assert weeks(HIGH, HIGH, enough) == [False, True, False]


@pytest.mark.parametrize(
    ("who", "stands", "found"),
    [
        (facts(said_on=TODAY, wants="yes"), False, "asks"),
        (alone(asked=3, unanswered=3), True, "seeks"),
        (alone(asked=3, unanswered=3), False, "none"),
        (alone(ever=0, member_since=TODAY - timedelta(60)), False, "starting"),
        (alone(ever=0, member_since=TODAY - timedelta(182)), False, "silent"),
        (alone(), False, "silent"),
        (facts(), False, "none"),
    ],
)
def test_the_four_lanes(who: Facts, stands: bool, found: str) -> None:
    assert lane(who, judge(who, TODAY), stands, TODAY) == found


@pytest.mark.parametrize(("days", "so"), [(0, False), (6, False), (7, True), (30, True)])
def test_it_stayed_so_when_two_runs_lie_a_week_apart(days: int, so: bool) -> None:
    assert stayed(TODAY - timedelta(days=days), 7, TODAY) is so
    assert not stayed(None, 7, TODAY)
