"""The rule: from what a member did with neighbours to reasons to talk. Pure.

Few contacts alone say nothing (most members have no exchange in a quarter): a signal needs evidence
that somebody looks for contact, or lost it. What each reason weighs stands in points.py.
"""

from datetime import date, timedelta
from typing import Literal

import msgspec

from timebank.signals.points import EVIDENCE, NOW, TOLD, Code, Points

Lane = Literal["asks", "seeks", "starting", "silent", "none"]
Wants = Literal["yes", "no", "unsure"]

LATELY_DAYS = 90
LONG_DAYS = 180
"""Half a year: what is one person's share, who went, which needs count."""
KEPT_DAYS = 395
"""Thirteen months: how far back the rule looks at all."""
ASKED_DAYS = 21
"""A need that stands three weeks without a reply is unanswered."""
HARDLY_EVER_DAYS = 182
SAID_DAYS = 182
"""What a member said in a check-in holds for half a year."""
GROUP_DAYS = 63
"""Who was at a group in the last nine weeks has company."""
TALKED_WELL = 2
"""Good talks with two or three people in two weeks, or more."""
GRACE_DAYS = 42
"""Newcomers have six weeks."""
START_DAYS = 182
"""Who did nothing together yet in the first half year is welcomed; that is no concern."""
BACK_DAYS = 28
"""After a pause, too, people get four weeks."""
RUN_DAYS = 7
"""Two runs at least a week apart, and none between that says otherwise."""
LAPSE_DAYS = 28
UNFOLLOWED_DAYS = 90
"""What nobody took in all that time lapses: an old mark may harm, and helps no one."""
REOPEN_DAYS = 60
REOPEN_MORE = 20
"""A closed signal opens again within sixty days only when it weighs so much more."""
OBJECTED_DAYS = 182
"""'Not now' and 'this is not right' are respected for half a year."""


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
    said_on: date | None = None
    """Day of the newest check-in of the last half year."""
    talks: int | None = None
    """With how many people she talked well in two weeks: 0 nobody, 1 one, 2 two or three, 3 more."""
    wants: Wants | None = None
    """Whether she would like more contact."""
    group_on: date | None = None
    group_title: str = ""


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reason: a code with the values it was judged on. The sentence is made from these."""

    code: Code
    on: date | None = None
    count: int = 0
    of: int = 0
    words: str = ""

    @property
    def is_told(self) -> bool:
        return self.code in TOLD


class Verdict(msgspec.Struct, frozen=True):
    """What the rule says of one member on one day. `total` is the sum of the points before it is
    kept between 0 and 100: it only puts those at 100 in order. `asks`: she says herself that she would
    like more contact. `has_enough`: she said that it is fine so, and nothing opens."""

    score: int
    reasons: tuple[Reason, ...]
    total: int = 0
    has_evidence: bool = False
    asks: bool = False
    has_enough: bool = False

    def is_high(self, points: Points = NOW) -> bool:
        """High enough to open a signal, when it stays so."""
        return self.has_evidence and not self.has_enough and self.score >= points.open_at

    def is_low(self, points: Points = NOW) -> bool:
        """Low enough to let a signal that nobody took lapse, when it stays so."""
        return self.score < points.close_under


def judge(facts: Facts, today: date, points: Points = NOW) -> Verdict:
    """The reasons that hold today, and what they weigh together (0 to 100).

    Without evidence no more than the cap: silence alone opens nothing.
    """
    found = (
        _few(facts), _hardly_ever(facts, today), _unanswered(facts), *_circle(facts),
        *_said(facts, today), _group(facts, today),
    )  # fmt: skip
    weights = points.weights
    reasons = tuple(r for r in found if r is not None and r.code in weights)
    codes = [reason.code for reason in reasons]
    total = sum([weights[code] for code in codes])
    evidence = not EVIDENCE.isdisjoint(codes)
    most = 100 if evidence else points.most_without_evidence
    return Verdict(
        max(0, min(total, most)), reasons, total, evidence, "wants_more" in codes, "enough" in codes
    )


_FEW: dict[int, Code] = {0: "none_lately", 1: "one_lately", 2: "two_lately"}


def _few(facts: Facts) -> Reason | None:
    code = _FEW.get(facts.lately)
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


def _said(facts: Facts, today: date) -> tuple[Reason | None, ...]:
    """What she said in her newest check-in, as long as that holds."""
    on, talks = facts.said_on, facts.talks
    if on is None or (today - on).days > SAID_DAYS:
        return ()
    codes: dict[int, Code] = {0: "talked_none", 1: "talked_one"}
    few = codes.get(talks) if talks is not None else None
    enough = facts.wants == "no" and talks is not None and talks >= TALKED_WELL
    return (
        Reason(code=few, on=on) if few else None,
        Reason(code="wants_more", on=on) if facts.wants == "yes" else None,
        Reason(code="enough", on=on) if enough else None,
    )


def _group(facts: Facts, today: date) -> Reason | None:
    if facts.group_on is None or (today - facts.group_on).days > GROUP_DAYS:
        return None
    return Reason(code="was_there", on=facts.group_on, words=facts.group_title)


def lane(facts: Facts, verdict: Verdict, stands: bool, today: date) -> Lane:
    """In which of the lanes a member is: asks herself; seeks and does not find; has not started yet;
    silent (never more than a count). `stands`: two runs were high, and it is not over."""
    if verdict.asks:
        return "asks"
    if stands:
        return "seeks"
    if facts.ever == 0 and today - facts.member_since < timedelta(days=START_DAYS):
        return "starting"
    if facts.lately == 0 and not verdict.has_evidence:
        return "silent"
    return "none"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a member stands from run to run. `high_since`, `low_since`: the first of the unbroken runs
    that were high or low, the newest included. `stands_since`: the run from which on this is a reason
    to open a signal, when there is room for it."""

    high_since: date | None = None
    low_since: date | None = None
    stands_since: date | None = None


def follow(before: Standing, verdict: Verdict, today: date, points: Points = NOW) -> Standing:
    """How a member stands after one more run: up after two high ones a week apart, down after four
    weeks of low ones, so that one event moves nothing."""
    high = (before.high_since or today) if verdict.is_high(points) else None
    low = low_since(before.low_since, verdict, today, points)
    stands = before.stands_since
    if stands is None and stayed(high, RUN_DAYS, today):
        stands = today
    if stayed(low, LAPSE_DAYS, today) or verdict.has_enough:
        stands = None
    return Standing(high_since=high, low_since=low if stands else None, stands_since=stands)


def low_since(
    before: date | None, verdict: Verdict, today: date, points: Points = NOW
) -> date | None:
    """The first of the unbroken runs that were low, this one included."""
    return (before or today) if verdict.is_low(points) else None


def stayed(since: date | None, days: int, today: date) -> bool:
    """Whether it was so in runs at least `days` apart."""
    return since is not None and (today - since).days >= days
