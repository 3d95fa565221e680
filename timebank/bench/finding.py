"""Does the signal find who is isolated? On simulated neighbourhoods, beside plain rivals, in one run.

The list is as long as 3 % of the members and shared out by channel, as the product's own. Rivals rank
everybody the rule may look at by one thing, and know the same: what was written down by then.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from timebank import trial
from timebank.bench.figures import Figure, at_least, at_most
from timebank.bench.lives import live
from timebank.bench.stand import settings_of
from timebank.bench.town import q
from timebank.bench.worlds import LEVELS, OLD, Level, Town
from timebank.kernel.db import Db
from timebank.kernel.embedded import OWNER, Embedded

MEMBERS, WEEKS, JUDGED_WEEKS = 2000, 100, 45
LIST = 0.03
LEAST_PRECISION: dict[Level, float] = {"quiet": 0.45, "middle": 0.53, "busy": 0.62}
LEAST_TIMES_RIVAL = 2.0
LEAST_FAIR = 0.8
MOST_OPENINGS, MOST_REOPENED = 1.10, 0.10
LAST = WEEKS - 1
Ranked = list[int]


class Found(msgspec.Struct, frozen=True):
    """One world after its trial: who may be judged and how everybody ranks them, and how often the
    rule opened. `rankings`: "signal" and the rivals, each with everybody, the first first."""

    level: Level
    town: Town
    rankings: dict[str, Ranked]
    listed: set[int]
    openings: dict[UUID, set[date]]


class Counts(msgspec.Struct):
    """Of some isolated people: how many there are, and how many are on the list."""

    there: int = 0
    listed: int = 0

    @property
    def rate(self) -> float:
        return self.listed / max(1, self.there)


async def figures(
    server: Embedded, seeds: Iterable[int], show: Callable[[str], None]
) -> list[Figure]:
    """Precision, fairness and steadiness; parameters go to `show` as a line of their own."""
    jobs = [(level, seed) for seed in seeds for level in LEVELS]
    worlds = [found for pair in _pairs(jobs) for found in await _both(server, pair)]
    for level in LEVELS:
        mine = [f for f in worlds if f.level == level]
        share = _mean(
            len(_right(f, f.rankings["signal"])) / len(f.rankings["signal"]) for f in mine
        )
        show(
            f"# signal {level}: seeds {','.join(str(s) for lv, s in jobs if lv == level)}, {MEMBERS}"
            f" members, {WEEKS} weeks, {LEVELS[level]} exchanges a member and year,"
            f" {share:.3f} isolated, list {LIST:.0%}"
        )
    found = [figure for level in LEVELS for figure in _level(level, worlds)]
    return [*found, *_fair(worlds), *_steady(worlds)]


def _pairs(jobs: list[tuple[Level, int]]) -> list[list[tuple[Level, int]]]:
    """Two at a time: one lives or judges while the database works for the other."""
    return [jobs[n : n + 2] for n in range(0, len(jobs), 2)]


async def _both(server: Embedded, jobs: list[tuple[Level, int]]) -> list[Found]:
    return list(await asyncio.gather(*(_world(server, level, seed) for level, seed in jobs)))


async def _world(server: Embedded, level: Level, seed: int) -> Found:
    name = f"world_{level}_{seed}"
    town = live(seed, level, members=MEMBERS, weeks=WEEKS)
    await asyncio.to_thread(server.psql, OWNER, "postgres", "-c", f"create database {name}")
    openings: dict[UUID, set[date]] = defaultdict(set)
    lives = trial.Trial(
        world_of(town), LAST, first=WEEKS - JUDGED_WEEKS, after=partial(_note, openings)
    )
    flags = await lives.run(settings_of(server, name))
    await asyncio.to_thread(server.psql, OWNER, "postgres", "-c", f"drop database {name}")
    signal = [flag.member_id for flag in flags]
    rankings = {"signal": signal} | rivals(town, signal)
    return Found(level, town, rankings, shared_out(town, signal), openings)


async def _note(openings: dict[UUID, set[date]], db: Db, community: int, week: int) -> None:
    """From when on each member stands who stands now."""
    async for row in q.standing(db, community=community):
        openings[row["party_id"]].add(row["stands_since"])


def world_of(town: Town) -> trial.World:
    """What the platform saw, as a trial reads it."""
    kinds: list[tuple[Any, Iterable[Any]]] = [
        (trial.Member, [
            (p.id, p.joined, str(p.area), p.x, p.y, str(p.lang), p.channel, p.kind)
            for p in town.people
        ]),
        (trial.Exchange, town.exchanges), (trial.Request, town.requests),
        (trial.Visit, town.groups), (trial.CheckIn, town.checkins), (trial.Pause, town.pauses),
    ]  # fmt: skip
    return trial.World(*([kind(*row) for row in rows] for kind, rows in kinds))


def rivals(town: Town, among: Ranked) -> dict[str, Ranked]:
    """The same members, ranked by one plain thing: longest ago, or least, first. Who draws stands in
    an order that means nothing."""
    seen: dict[int, int] = defaultdict(_never, dict(sorted(town.logins, key=lambda row: row[1])))
    did: dict[int, int] = defaultdict(_never, seen)
    met: dict[int, int] = defaultdict(_never)
    lately: dict[int, int] = defaultdict(int)
    for giver, receiver, week, _hours, written in town.exchanges:
        for member in (giver, receiver):
            if written <= LAST:
                met[member] = max(met[member], week)
                lately[member] += week > LAST - 52
    others = [(m, w) for _id, m, w, _answer in town.requests] + [
        (m, w) for _id, w, m in town.groups
    ]
    for member, week in [*met.items(), *others, *((m, w) for m, w, _t, _w in town.checkins)]:
        did[member] = max(did[member], week)
    orders = {
        "last_sign_in": seen, "exchanges_in_12_months": lately, "last_activity_of_any_kind": did
    }  # fmt: skip
    return {
        name: sorted(among, key=lambda m: (by[m], m * 7919 % 2003)) for name, by in orders.items()
    }


def _never() -> int:
    return -999


def shared_out(town: Town, ranked: Ranked) -> set[int]:
    """The first of each channel, as many as its part of the members."""
    found: set[int] = set()
    for channel in ("app", "phone"):
        mine = [m for m in ranked if town.people[m].channel == channel]
        found.update(mine[: round(LIST * len(mine))])
    return found


def _level(level: Level, worlds: list[Found]) -> list[Figure]:
    mine = [f for f in worlds if f.level == level]
    precise = _mean(len(_right(f, f.listed)) / len(f.listed) for f in mine)
    average = _mean(average_precision(f, "signal") for f in mine)
    found = []
    for rival in [name for name in mine[0].rankings if name != "signal"]:
        theirs = _mean(_precision(f, rival) for f in mine)
        found.append(
            Figure(
                name=f"signal_precision_{level}", value=precise, unit="share",
                reference=(rival, theirs), target=at_least(LEAST_PRECISION[level], "value"),
            )
        )  # fmt: skip
        average_of = _mean(average_precision(f, rival) for f in mine)
        found.append(
            Figure(
                name=f"signal_average_precision_{level}", value=average, unit="share",
                reference=(rival, average_of), target=at_least(LEAST_TIMES_RIVAL),
            )
        )  # fmt: skip
    return found


def _precision(found: Found, name: str) -> float:
    first = found.rankings[name][: len(found.listed)]
    return len(_right(found, first)) / len(first)


def _right(found: Found, members: Iterable[int]) -> frozenset[int]:
    return found.town.isolated.intersection(members)


def average_precision(found: Found, name: str) -> float:
    """The mean, over everybody who is isolated, of how many are right down to there."""
    right, parts = 0, []
    for n, member in enumerate(found.rankings[name], 1):
        if member in found.town.isolated:
            right += 1
            parts.append(right / n)
    return _mean(parts)


def _fair(worlds: list[Found]) -> list[Figure]:
    """How many of the isolated the list has: by phone beside the app, over 75 beside younger."""
    phone, app, old, young = Counts(), Counts(), Counts(), Counts()
    for found in worlds:
        for member in _right(found, found.rankings["signal"]):
            person = found.town.people[member]
            for counts in (
                phone if person.channel == "phone" else app,
                old if person.age_band == OLD else young,
            ):
                counts.there += 1
                counts.listed += member in found.listed
    fair = at_least(LEAST_FAIR)
    return [
        Figure(name="signal_found_by_phone", value=phone.rate, unit="share",
               reference=("by_app", app.rate), target=fair),
        Figure(name="signal_found_over_75", value=old.rate, unit="share",
               reference=("under_75", young.rate), target=fair),
    ]  # fmt: skip


def _steady(worlds: list[Found]) -> list[Figure]:
    flagged = [days for found in worlds for days in found.openings.values()]
    return [
        Figure(name="signal_openings_per_member", value=_mean(len(days) for days in flagged),
               unit="times", target=at_most(MOST_OPENINGS)),
        Figure(name="signal_reopened", value=_mean(len(days) > 1 for days in flagged), unit="share",
               target=at_most(MOST_REOPENED)),
    ]  # fmt: skip


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / max(1, len(found))
