"""Points and reasons of an introduction, as tables; who is left out."""

from typing import Any
from uuid import UUID

import pytest

from timebank.introductions.model import Reason
from timebank.introductions.score import (
    Candidate,
    Facts,
    Scored,
    Seeker,
    Tag,
    age_band,
    best,
    crosses,
    is_connector,
    score,
)

BEP, ANY = UUID(int=1), UUID(int=2)
YEAR = 2026


def seeker(**more: Any) -> Seeker:
    values: dict[str, Any] = {
        "id": BEP, "area_id": UUID(int=9), "place_id": None, "household_id": None,
        "birth_year": None, "likes": "", "dislikes": "", "by_age": False, "languages": (),
        "may": True,
    }  # fmt: skip
    return Seeker(**(values | more))


def other(**more: Any) -> Candidate:
    values: dict[str, Any] = {
        "id": ANY, "call_name": "Riet", "full_name": "Riet Smit", "number": "1", "likes": "",
        "dislikes": "", "birth_year": None, "place_name": "", "by_age": False, "hosts": False,
        "languages": (), "tags": 0, "together": False, "aa": 0.0, "metres": None,
    }  # fmt: skip
    return Candidate(**(values | more))


def facts(**more: Any) -> Facts:
    values: dict[str, Any] = {
        "id": ANY, "met_lately": 0, "running": 0, "asked_lately": 0, "answers": 1.0,
        "welcoming": False,
    }  # fmt: skip
    return Facts(**(values | more))


def tag(direction: str, category: str = "garden", title: str = "x", together: bool = False) -> Tag:
    return Tag(direction, category, title, together)


def codes(found: Scored) -> list[str]:
    return [reason.code for reason in found.suggestion.reasons]


@pytest.mark.parametrize(
    ("of_seeker", "mine", "of_other", "theirs", "of_facts", "points", "reasons"),
    [
        ({}, [], {}, [], {}, 0, []),
        ({}, [tag("offer")], {}, [tag("need")], {}, 3, ["gives"]),
        ({}, [tag("need")], {}, [tag("offer")], {}, 3, ["gets"]),
        ({}, [tag("need")], {}, [tag("need")], {}, 0, []),
        ({}, [tag("need", "other")], {}, [tag("offer", "other")], {}, 0, []),
        ({}, [tag("need"), tag("offer", "cooking"), tag("offer", "repair")], {},
         [tag("offer"), tag("need", "cooking"), tag("need", "repair")], {}, 6,
         ["gives", "gives"]),
        ({"likes": "Wandelen en breien"}, [], {"likes": "ik brei, en wandel"}, [], {}, 3,
         ["interest", "interest"]),
        ({"likes": "Lezen"}, [], {"likes": "Wandelen"}, [], {}, 0, []),
        ({}, [tag("need", "company", together=True)], {},
         [tag("need", "company", together=True)], {}, 1.5, ["together"]),
        ({}, [], {"metres": 0.0, "place_name": "Maasplein"}, [], {}, 2, ["same_place"]),
        ({}, [], {"metres": 1400.0}, [], {}, 0.1216, []),
        ({"languages": ("nl", "tr")}, [], {"languages": ("nl", "tr")}, [], {}, 1, ["language"]),
        ({"languages": ("nl",)}, [], {"languages": ("nl",)}, [], {}, 0, []),
        ({"birth_year": 1950, "by_age": True}, [], {"birth_year": 1948, "by_age": True}, [], {},
         0.5, ["age"]),
        ({"birth_year": 1950, "by_age": True}, [], {"birth_year": 1948}, [], {}, 0, []),
        ({}, [], {"aa": 5.0}, [], {}, 2, ["friend"]),
        ({}, [], {"hosts": True}, [], {"met_lately": 3}, 1, ["connector"]),
        ({}, [], {}, [], {"welcoming": True}, 0, ["welcoming"]),
        ({}, [tag("offer")], {}, [tag("need")], {"asked_lately": 2}, 2, ["gives"]),
    ],
)  # fmt: skip
def test_points_and_reasons(
    of_seeker: Any, mine: Any, of_other: Any, theirs: Any, of_facts: Any, points: float,
    reasons: list[str],
) -> None:  # fmt: skip
    found = score(seeker(**of_seeker), mine, other(**of_other), theirs, facts(**of_facts), YEAR)
    assert found.points == pytest.approx(points, abs=0.001) and codes(found) == reasons


def test_an_interest_is_said_in_the_members_own_word() -> None:
    found = score(seeker(likes="Wandelen"), [], other(likes="wandeling"), [], facts(), YEAR)
    assert found.suggestion.reasons == (Reason("interest", "wandelen"),)


@pytest.mark.parametrize(
    ("hosts", "met", "running", "answers", "yes"),
    [(True, 2, 0, 1.0, False), (True, 3, 2, 0.7, True), (True, 12, 0, 1.0, True),
     (True, 13, 0, 1.0, False), (True, 5, 3, 1.0, False), (True, 5, 0, 0.69, False),
     (False, 5, 0, 1.0, False)],
)  # fmt: skip
def test_a_connector_has_room_answers_and_is_not_the_hub(
    hosts: bool, met: int, running: int, answers: float, yes: bool
) -> None:
    known = facts(met_lately=met, running=running, answers=answers)
    assert is_connector(other(hosts=hosts), known) is yes


@pytest.mark.parametrize(
    ("of_seeker", "mine", "of_other", "theirs", "yes"),
    [
        ({"dislikes": "Geen honden"}, [], {"likes": "Mijn hond en ik wandelen"}, [], True),
        ({"likes": "honden"}, [], {"dislikes": "liever geen honden"}, [], True),
        ({"dislikes": "Liever niet roken"}, [], {}, [tag("offer", title="Samen roken")], True),
        ({}, [tag("need", title="Hond uitlaten")], {"dislikes": "honden"}, [], True),
        ({"dislikes": "Geen trappen"}, [], {"likes": "Geen idee, graag alles"}, [], False),
    ],
)
def test_a_not_wish_of_either_keeps_two_apart(
    of_seeker: Any, mine: Any, of_other: Any, theirs: Any, yes: bool
) -> None:
    assert crosses(seeker(**of_seeker), mine, other(**of_other), theirs) is yes


def test_the_best_three_have_a_reason_and_at_most_one_connector() -> None:
    found = [
        score(
            seeker(), [tag("offer")], other(id=UUID(int=n), hosts=n < 14), [tag("need")],
            facts(id=UUID(int=n), met_lately=5), YEAR,
        )
        for n in range(10, 20)
    ]  # fmt: skip
    nothing = score(seeker(), [], other(id=UUID(int=99)), [], facts(), YEAR)
    chosen = best([nothing, *found])
    assert [one.id.int for one in chosen] == [10, 14, 15]
    assert best([nothing]) == []


def test_age_bands_begin_at_their_age() -> None:
    assert [age_band(YEAR - age, YEAR) for age in (20, 29, 30, 64, 65, 74, 75, 99)] == [
        0, 0, 1, 2, 3, 3, 4, 4,
    ]  # fmt: skip
