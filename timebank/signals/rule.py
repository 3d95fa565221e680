"""The rule: from what a member did with neighbours to reasons to talk. Pure, and only this table.

Source: isolation.md, section 4, without the check-in and the groups. Few contacts alone say nothing
(most members have no exchange in a quarter): a signal needs evidence that somebody looks for contact.
"""

from datetime import date
from typing import Literal

import msgspec

Code = Literal[
    "none_lately", "one_lately", "two_lately", "hardly_ever", "unanswered_one", "unanswered_two",
    "unanswered_three", "one_person", "staff_only", "gone",
]  # fmt: skip
EVIDENCE: frozenset[Code] = frozenset(
    {"unanswered_one", "unanswered_two", "unanswered_three", "one_person", "staff_only", "gone"}
)
"""Reasons that show somebody looks for contact, or lost it. Silence is not among them."""

LATELY_DAYS = 90
LONG_DAYS = 180
"""Half a year: what is one person's share, who went, which needs count."""
KEPT_DAYS = 395
"""Thirteen months: how far back the rule looks at all."""
ASKED_DAYS = 21
"""A need that stands three weeks without a reply is unanswered."""
HARDLY_EVER_DAYS = 182
GRACE_DAYS = 42
"""Newcomers have six weeks."""
BACK_DAYS = 28
"""After a pause, too, people get four weeks."""
RUN_DAYS = 7
"""Two runs at least a week apart, and none between that says otherwise."""
LAPSE_DAYS = 28
REOPEN_DAYS = 60
REOPEN_MORE = 20
"""A closed signal opens again within sixty days only when it weighs so much more."""


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """What each reason weighs, in one version. Never shown to anybody.

    Changing a number is a new version: add it to VERSIONS, and say in the commit who decided.
    """

    version: int
    weights: dict[Code, int]
    open_at: int
    close_at: int
    most_without_evidence: int


VERSIONS: dict[int, Points] = {
    1: Points(
        version=1,
        weights={
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
        },
        open_at=50,
        close_at=30,
        most_without_evidence=20,
    ),
}
NOW = VERSIONS[1]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the rule knows of a member. Contacts are other households' members met in confirmed
    exchanges; `lately` is 90 days, `long` half a year, `ever` thirteen months. Minutes are whole.

    No sign-ins, no messages, no age, language, origin, health, income or address.
    """

    member_since: date
    lately: int = 0
    ever: int = 0
    last_on: date | None = None
    long: int = 0
    long_gone: int = 0
    long_minutes: int = 0
    top_minutes: int = 0
    """Minutes with the one contact met three times or more who has most of them; 0 without one."""
    staff_meetings: int = 0
    asked: int = 0
    unanswered: int = 0


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reason: a code with the values it was judged on. The sentence is made from these."""

    code: Code
    on: date | None = None
    count: int = 0
    of: int = 0

    @property
    def is_evidence(self) -> bool:
        return self.code in EVIDENCE


class Verdict(msgspec.Struct, frozen=True):
    """What the rule says of one member on one day."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def has_evidence(self) -> bool:
        return any(reason.is_evidence for reason in self.reasons)

    def is_high(self, points: Points = NOW) -> bool:
        """High enough to open a signal, when it stays so."""
        return self.has_evidence and self.score >= points.open_at

    def is_low(self, points: Points = NOW) -> bool:
        """Low enough to let a signal that nobody took lapse, when it stays so."""
        return self.score <= points.close_at


def judge(facts: Facts, today: date, points: Points = NOW) -> Verdict:
    """The reasons that hold today, and what they weigh together (0 to 100).

    Without evidence no more than the cap: silence alone opens nothing.
    """
    found = (_few(facts), _hardly_ever(facts, today), _unanswered(facts), *_circle(facts))
    reasons = tuple(reason for reason in found if reason is not None)
    total = sum(points.weights[reason.code] for reason in reasons)
    evidence = any(reason.is_evidence for reason in reasons)
    most = 100 if evidence else points.most_without_evidence
    return Verdict(min(total, most), reasons)


def _few(facts: Facts) -> Reason | None:
    codes: dict[int, Code] = {0: "none_lately", 1: "one_lately", 2: "two_lately"}
    code = codes.get(facts.lately)
    return None if code is None else Reason(code=code, on=facts.last_on)


def _hardly_ever(facts: Facts, today: date) -> Reason | None:
    if (today - facts.member_since).days < HARDLY_EVER_DAYS or facts.ever > 1:
        return None
    return Reason(code="hardly_ever", on=facts.member_since, count=facts.ever)


def _unanswered(facts: Facts) -> Reason | None:
    """Needs without a reply, less half of those with one; only with two contacts lately or fewer."""
    if facts.lately > 2 or facts.unanswered < 1:
        return None
    halves = 2 * facts.unanswered - (facts.asked - facts.unanswered)
    if halves <= 0:
        return None
    code: Code = "unanswered_three"
    if halves < 3:
        code = "unanswered_one"
    elif halves < 5:
        code = "unanswered_two"
    return Reason(code=code, count=facts.unanswered, of=facts.asked)


def _circle(facts: Facts) -> tuple[Reason | None, ...]:
    one = facts.top_minutes > 0 and facts.top_minutes * 100 >= facts.long_minutes * 80
    staff = facts.staff_meetings >= 2 and facts.long <= 1
    gone = facts.long_gone > 0 and facts.long == 0
    return (
        Reason(code="one_person") if one else None,
        Reason(code="staff_only") if staff else None,
        Reason(code="gone", count=facts.long_gone) if gone else None,
    )


def high_since(before: date | None, verdict: Verdict, today: date) -> date | None:
    """The first of the unbroken runs that were high, this one included."""
    return (before or today) if verdict.is_high() else None


def low_since(before: date | None, verdict: Verdict, today: date) -> date | None:
    """The first of the unbroken runs that were low, this one included."""
    return (before or today) if verdict.is_low() else None


def stayed(since: date | None, days: int, today: date) -> bool:
    """Whether it was so in runs at least `days` apart."""
    return since is not None and (today - since).days >= days
