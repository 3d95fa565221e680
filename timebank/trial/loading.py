"""A simulated neighbourhood into the real tables: everybody at the start, what happened week by week.

What was written down later than the week that is looked at does not exist yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import aiosql

from timebank import access, areas, hours, membership, parties, posts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, enter
from timebank.kernel.words import AMSTERDAM
from timebank.trial.reading import FOREVER, NEVER, CheckIn, Exchange, Member, Request, Visit, World

t: Any = aiosql.from_path(
    Path(__file__).parent / "trial.sql", "asyncpg", mandatory_parameters=False
)
T = TypeVar("T")
WEEK_0 = datetime(2020, 1, 6, 10, tzinfo=AMSTERDAM)
GRID_M = 100
"""Places are squares of so many metres."""
FAR_M = 90_000
ANSWERS = 2**40 + 1
"""Who answers requests and keeps the lists of groups: the files do not say who, so somebody does who is
nobody's contact."""
DAY_MINUTES = 1440
Cell = tuple[str, int, int]
_KINDS = {"party": 1, "place": 3, "exchange": 4, "post": 5, "reply": 6, "gathering": 7,
          "consent": 8}  # fmt: skip


def day_of(week: int) -> datetime:
    """The moment at which everything of a week happens."""
    return WEEK_0 + timedelta(weeks=week)


def id_of(kind: str, number: int) -> UUID:
    """The same world gives the same ids."""
    return UUID(int=(_KINDS[kind] << 112) | (7 << 76) | (2 << 62) | number)


def _grid(metres: float) -> int:
    return round(max(-FAR_M, min(FAR_M, metres)) / GRID_M) * GRID_M


class Loader:
    """Puts a world into an empty database, one week after the other. `community`: where it went."""

    def __init__(self, db: Db, world: World) -> None:
        self._db = db
        self._world = world
        self.community = 0
        self._areas: dict[str, UUID] = {}
        self._home: dict[int, UUID] = {}
        self._exchanges = _by_week(_real(world.exchanges), lambda e: e[1].recorded_week)
        self._requests = _by_week(world.requests, lambda r: r.week)
        answered = (r for r in world.requests if r.answered_week != NEVER)
        self._answers = _by_week(answered, lambda r: r.answered_week)
        people = {m.member_id for m in world.members if m.kind != "org"}
        self._visits = _by_week(
            (v for v in world.visits if v.member_id in people), lambda v: v.week
        )
        self._checkins = _by_week(world.checkins, lambda c: c.week)
        self._away, self._back = _absences(world)
        self.weeks = sorted(
            {*self._exchanges, *self._requests, *self._answers, *self._visits, *self._checkins,
             *self._away, *self._back}
        )  # fmt: skip

    async def people(self) -> None:
        """The community, its neighbourhoods and places, and everybody. All members said yes."""
        members = self._world.members
        start = day_of(min(0, *(m.joined_week for m in members), *self.weeks))
        db = self._db
        self.community, root = await areas.found_community(
            db, slug="proef", name="Proef", hue=168, welcome="", demo=False, now=start
        )
        await enter(db, self.community)
        await hours.open_books(db, community=self.community, now=start)
        for n, area in enumerate(sorted({m.area for m in members}), 1):
            self._areas[area] = await areas.add_neighbourhood(
                db, community=self.community, parent=root, name=f"Buurt {n}", now=start
            )
        self._home = {m.member_id: self._areas[m.area] for m in members}
        place = await self._places()
        somebody = Member(ANSWERS, -1500, members[0].area, 0, 0, "nl", "app", "org")
        rows = [self._person(n, m, place[_cell(m)]) for n, m in enumerate(members)]
        rows.append(self._person(len(rows), somebody, None) | {"kind": "person", "joined": start})
        for query in (t.parties, t.persons, t.consents):
            await query(db, community=self.community, people=rows)
        for member in members:
            if member.kind == "staff":
                await access.grant_role(
                    db, community=self.community, party=id_of("party", member.member_id),
                    kind="worker", area=self._home[member.member_id], starts_on=local_date(start),
                    ends_on=None, by=None, now=start,
                )  # fmt: skip

    async def _places(self) -> dict[Cell, UUID]:
        cells = sorted({_cell(m) for m in self._world.members})
        found = {cell: id_of("place", n) for n, cell in enumerate(cells)}
        places = [
            {"id": id_, "area_id": self._areas[area], "name": f"{x}, {y}", "x": x, "y": y}
            for (area, x, y), id_ in found.items()
        ]
        await t.places(self._db, community=self.community, places=places)
        return found

    def _person(self, n: int, member: Member, place: UUID | None) -> dict[str, Any]:
        lang = member.lang.lower()
        return {
            "id": id_of("party", member.member_id), "consent_id": id_of("consent", n),
            "number": str(10_000_000 + n), "name": f"Buur {member.member_id}",
            "sort_name": f"buur {n:08}", "area_id": self._areas[member.area], "place_id": place,
            "kind": "organisation" if member.kind == "org" else "person",
            "yes": member.kind == "member", "joined": day_of(member.joined_week),
            "reach": "app" if member.channel == "app" else "phone",
            "language": lang if len(lang) == 2 and lang.isascii() and lang.isalpha() else "nl",
        }  # fmt: skip

    async def week(self, week: int) -> None:
        """What was written down in a week."""
        db, now = self._db, day_of(week)
        whole = {"community": self.community, "now": now, "today": local_date(now)}
        if rows := [self._exchange(n, e) for n, e in self._exchanges[week]]:
            for query in (t.done, t.sides, t.confirm):
                await query(db, **whole, exchanges=rows)
        if rows := [self._post(r) for r in self._requests[week]]:
            await t.posts(db, **whole, posts=rows)
        if rows := [self._post(r) for r in self._answers[week]]:
            await t.replies(db, **whole, posts=rows)
            await t.reply_sides(db, **whole, posts=rows)
        if rows := [self._visit(v) for v in self._visits[week]]:
            for query in (t.gatherings, t.days, t.attendances):
                await query(db, **whole, visits=rows, keeper=id_of("party", ANSWERS))
        if rows := [_checkin(n, c) for n, c in enumerate(self._checkins[week])]:
            await t.checkins(db, **whole, checkins=rows)
        for member in self._back[week]:
            await membership.take_part_again(
                db, community=self.community, party=id_of("party", member), by=None, now=now
            )
        for member in self._away[week]:
            await self._rest(id_of("party", member), now)

    async def _rest(self, party: UUID, now: datetime) -> None:
        """Until she says otherwise: the files know pauses longer than members may ask for."""
        await parties.set_state(
            self._db, community=self.community, party=party, state="paused",
            from_states=("active",), by=None, now=now,
        )  # fmt: skip
        await posts.pause_all_of(self._db, community=self.community, party=party, now=now)

    def _exchange(self, n: int, exchange: Exchange) -> dict[str, Any]:
        return {
            "id": id_of("exchange", n), "giver": id_of("party", exchange.giver),
            "receiver": id_of("party", exchange.receiver), "area_id": self._home[exchange.receiver],
            "done_on": local_date(day_of(exchange.week)),
            "minutes": max(1, min(DAY_MINUTES, round(exchange.hours * 60))),
        }  # fmt: skip

    def _post(self, request: Request) -> dict[str, Any]:
        return {
            "id": id_of("post", request.request_id), "reply_id": id_of("reply", request.request_id),
            "by_id": id_of("party", request.member_id), "area_id": self._home[request.member_id],
            "other_id": id_of("party", ANSWERS),
        }  # fmt: skip

    def _visit(self, visit: Visit) -> dict[str, Any]:
        return {
            "id": id_of("gathering", visit.event_id), "title": f"Groep {visit.event_id}",
            "party_id": id_of("party", visit.member_id), "area_id": self._home[visit.member_id],
        }  # fmt: skip


def _cell(member: Member) -> Cell:
    return member.area, _grid(member.x), _grid(member.y)


def _checkin(n: int, said: CheckIn) -> dict[str, Any]:
    wants = {1: "yes", 0: "no", -1: "unsure"}
    return {
        "n": n, "party_id": id_of("party", said.member_id), "wants": wants[said.wants_more],
        "talks": None if said.talks == NEVER else said.talks,
    }  # fmt: skip


def _real(exchanges: list[Exchange]) -> Iterable[tuple[int, Exchange]]:
    """What was written down, and is between two people."""
    for n, exchange in enumerate(exchanges):
        written = exchange.recorded_week >= exchange.week
        if written and exchange.giver != exchange.receiver:
            yield n, exchange


def _absences(world: World) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Who goes away and who is back, by week; pauses that touch are one."""
    away, back = defaultdict(list), defaultdict(list)
    until: dict[int, int] = {}
    for pause in sorted(world.pauses, key=lambda p: (p.member_id, p.from_week)):
        member = pause.member_id
        end = FOREVER if pause.to_week == NEVER < pause.from_week else pause.to_week + 1
        if member not in until or pause.from_week > until[member]:
            away[pause.from_week].append(member)
            if member in until:
                back[until[member]].append(member)
            until[member] = end
        else:
            until[member] = max(until[member], end)
    for member, end in until.items():
        if end < FOREVER:
            back[end].append(member)
    return away, back


def _by_week(rows: Iterable[T], week: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[week(row)].append(row)
    return found
