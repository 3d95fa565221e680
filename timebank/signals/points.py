"""What each reason weighs, in versions. The only place where a number of the rule is kept.

Changing a number is a new version: add it to VERSIONS with who wrote it and why. A community goes over
to a newer version when somebody decides so, after a replay that shows who would come and go; that
decision is kept with the name of who took it.
"""

from typing import Literal

import msgspec

Code = Literal[
    "none_lately", "one_lately", "two_lately", "hardly_ever", "unanswered_one", "unanswered_two",
    "unanswered_three", "one_person", "staff_only", "gone", "talked_none", "talked_one",
    "wants_more", "was_there", "enough", "hunch", "worry", "visit",
]  # fmt: skip
EVIDENCE: frozenset[Code] = frozenset(
    {"unanswered_one", "unanswered_two", "unanswered_three", "one_person", "staff_only", "gone",
     "talked_none", "wants_more"}
)  # fmt: skip
"""Reasons that show somebody looks for contact, or lost it. Silence is not among them."""
TOLD: frozenset[Code] = frozenset({"hunch", "worry", "visit"})
"""Reasons that a person gave. They weigh nothing: a worker reads them whatever the rule says."""


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """What each reason weighs, in one version. Never shown about anybody.

    A reason without a weight is not looked at in that version.
    """

    version: int
    why: str
    weights: dict[Code, int]
    open_at: int
    close_under: int
    most_without_evidence: int


_FIRST: dict[Code, int] = {
    "none_lately": 30,
    "one_lately": 20,
    "two_lately": 5,
    "hardly_ever": 15,
    "unanswered_one": 20,
    "unanswered_two": 35,
    "unanswered_three": 50,
    "one_person": 25,
    "staff_only": 15,
    "gone": 25,
}

VERSIONS: dict[int, Points] = {
    1: Points(
        version=1,
        why="Exchanges and needs only.",
        weights=_FIRST,
        open_at=50,
        close_under=30,
        most_without_evidence=20,
    ),
    2: Points(
        version=2,
        why="With what members say of themselves, and with groups that meet.",
        weights={
            **_FIRST,
            "talked_none": 20,
            "talked_one": 5,
            "wants_more": 20,
            "was_there": -20,
            "enough": -40,
        },
        open_at=50,
        close_under=30,
        most_without_evidence=20,
    ),
}
NOW = VERSIONS[2]
"""What a community starts with."""
