"""What a member reads about the worker's attention: live, made from the values the rule looks at."""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.db import Db
from timebank.signals import actions, rule, run_store, said_store, wording
from timebank.signals.model import OPEN, Explanation
from timebank.signals.said_model import Checkin, Mute, Told

How = Literal["no_yes", "young", "works_here", "away", "new", "muted", "open", "seen"]
"""How it stands with her: no yes; the rule does not look at her (yet, or now); she said 'not now'; a
signal is open; or the rule looks, and there is no signal."""
CHECKINS = 4
ONE_DAY = timedelta(days=1)


class Mirror(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `reasons` hold today; `why` is the newest signal, open or over; `until` the last day
    of what `how` says, where it has one. `told` is what others told of her; who did stands in it only
    where the worker may say so."""

    how: How
    until: date | None
    reasons: list[str]
    version: int
    why: Explanation | None
    checkins: list[Checkin]
    mute: Mute | None
    told: list[Told]

    @property
    def same(self) -> bool:
        """Whether what holds today is what the signal says."""
        return self.why is not None and set(self.reasons) == set(self.why.reasons)


async def look(db: Db, community: int, party: UUID, *, today: date) -> Mirror:
    """What the rule sees of her today, and how it stands. Judged for this page, nothing is kept."""
    known = await said_store.known(db, community, party, today)
    points = await run_store.points(db, community)
    facts = await run_store.facts(db, community, today, party) if known.may_be_raised else []
    verdict = rule.judge(facts[0], today, points) if facts else None
    why = await actions.explain(db, community, party, today=today)
    mute = await said_store.mute(db, community, party, today)
    how: How = "seen"
    until = None
    if not known.said_yes:
        how = "no_yes"
    elif not known.grown:
        how = "young"
    elif known.works_here:
        how = "works_here"
    elif why is not None and why.state in OPEN:
        how = "open"
    elif mute is not None:
        how, until = "muted", mute.until_on - ONE_DAY
    elif verdict is None and known.member_since is not None and known.state == "active":
        newcomer = known.member_since + timedelta(days=rule.GRACE_DAYS)
        how, until = ("new", newcomer - ONE_DAY) if newcomer > today else ("away", None)
    elif verdict is None:
        how = "away"
    return Mirror(
        how=how, until=until, version=points.version, why=why, mute=mute,
        reasons=wording.sentences(verdict.reasons, today) if verdict else [],
        checkins=await said_store.checkins(db, community, party, CHECKINS),
        told=[t for t in await said_store.told_of(db, community, party, 20) if t.kind == "worry"],
    )  # fmt: skip
