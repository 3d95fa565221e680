"""Which signals open in a run: who asks herself at once; who seeks, as far as there is room."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.signals import capacity, rule, run_store
from timebank.signals.model import RAISED_DAYS, Desk, Ended, Judged, Lane, Standing
from timebank.signals.points import Points
from timebank.signals.rule import Reason, Verdict


class Seen(msgspec.Struct, frozen=True):
    """One member in one run: what is known, what the rule says of it, and how she stands."""

    facts: Judged
    verdict: Verdict
    standing: Standing

    def stands(self, points: Points) -> bool:
        """Two runs were high, and it still is."""
        return self.standing.stands_since is not None and self.verdict.is_high(points)


async def open_up(
    db: Db, community: int, points: Points, seen: list[Seen], open_already: set[UUID],
    now: datetime,
) -> int:  # fmt: skip
    """Raise signals where there is a worker to look at them; how many."""
    today = local_date(now)
    wanted = [
        s
        for s in seen
        if s.facts.party_id not in open_already and (s.verdict.asks or s.stands(points))
    ]
    if not wanted:
        return 0
    ended = await run_store.ended(db, community, today - timedelta(days=rule.SAID_DAYS))
    asking = [
        s for s in wanted if s.verdict.asks and may_ask(s.facts, ended.get(s.facts.party_id, []))
    ]
    first = {s.facts.party_id for s in asking}
    seeking = [
        s
        for s in wanted
        if s.facts.party_id not in first
        and s.stands(points)
        and may_reopen(s.verdict, ended.get(s.facts.party_id, []), today)
    ]
    picker = _Picker(
        await run_store.desks(db, community, today), await run_store.asides(db, community)
    )
    raised = [row for s in asking if (row := picker.row(s, "asks", fresh=False))]
    raised += await _in_turn(db, community, seen, seeking, picker, today)
    await run_store.raise_signals(
        db, community, points.version, raised, due_on=today + timedelta(days=RAISED_DAYS), now=now,
        today=today,
    )  # fmt: skip
    return len(raised)


async def _in_turn(
    db: Db, community: int, seen: list[Seen], seeking: list[Seen], picker: "_Picker", today: date
) -> list[dict[str, Any]]:
    """The ones that weigh most, within the room of this week, each channel its part."""
    opened = await run_store.opened_lately(db, community, today - timedelta(days=rule.RUN_DAYS))
    left = capacity.room(members=len(seen), workers=picker.workers, opened=sum(opened.values()))
    queues: dict[bool, list[Seen]] = {True: [], False: []}
    for found in sorted(seeking, key=lambda s: (-s.verdict.total, s.facts.party_id)):
        queues[found.facts.online].append(found)
    members = Counter(s.facts.online for s in seen)
    raised: list[dict[str, Any]] = []
    for found in capacity.in_turn(queues, members=members, opened=opened):
        if len(raised) >= left:
            break
        row = picker.row(found, "seeks", fresh=True)
        if row is not None:
            raised.append(row)
    return raised


def may_ask(facts: Judged, ended: Iterable[Ended]) -> bool:
    """Whether what she said is newer than what was last done about it."""
    return all(facts.said_on is not None and facts.said_on > end.closed_on for end in ended)


def may_reopen(verdict: Verdict, ended: Iterable[Ended], today: date) -> bool:
    """Not within sixty days of the last one, unless it weighs so much more."""
    since = today - timedelta(days=rule.REOPEN_DAYS)
    return all(
        end.closed_on <= since or verdict.score >= end.score + rule.REOPEN_MORE for end in ended
    )


class _Picker:
    """Hands out members to workers: the fewest open signals first."""

    def __init__(self, desks: list[Desk], asides: set[tuple[UUID, UUID]]) -> None:
        self._desks = desks
        self._asides = asides
        self._load = {desk.worker_id: desk.load for desk in desks}
        self._fresh = {desk.worker_id: desk.fresh for desk in desks}
        self.workers = len(self._load)

    def row(self, found: Seen, lane: Lane, *, fresh: bool) -> dict[str, Any] | None:
        """The new signal; None where no worker is, or has had enough this week (`fresh`)."""
        facts, verdict = found.facts, found.verdict
        full = (
            {w for w, n in self._fresh.items() if n >= capacity.A_WORKER_A_WEEK} if fresh else set()
        )
        desks = [desk for desk in self._desks if desk.worker_id not in full]
        owner = pick(desks, self._load, self._asides, area=facts.area_id, party=facts.party_id)
        if owner is None:
            return None
        self._load[owner] += 1
        self._fresh[owner] += fresh
        return {
            "id": new_id(), "party_id": facts.party_id, "lane": lane, "score": verdict.score,
            "reasons": plain(verdict.reasons), "owner_id": owner,
        }  # fmt: skip


def pick(
    desks: Iterable[Desk], load: dict[UUID, int], asides: set[tuple[UUID, UUID]], *, area: UUID,
    party: UUID,
) -> UUID | None:  # fmt: skip
    """The worker of this neighbourhood with the fewest open signals; not the member's own self, nor
    who stepped aside. None without one."""
    able = [
        desk.worker_id
        for desk in desks
        if desk.area_id == area
        and desk.worker_id != party
        and (desk.worker_id, party) not in asides
    ]
    return min(able, key=lambda worker: load[worker], default=None)


def plain(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as they are stored: codes and values."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(reasons))
    return found
