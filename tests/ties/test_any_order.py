"""Ties are kept as things happen. Whatever happens, in whatever order: recomputed from scratch they are
the same, and so is what the rule is told."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import Member, World
from timebank.kernel.dates import local_date
from timebank.kernel.db import load
from timebank.kernel.ids import new_id
from timebank.signals import run_store

pytestmark = pytest.mark.anyio

PEOPLE, MOST_DAYS = 3, 420
EXCHANGES = 3
NTH = st.integers(0, EXCHANGES - 1)
EVENT = st.one_of(
    st.tuples(st.just("confirm"), NTH, st.integers(15, 240)),
    st.tuples(st.just("take_back"), NTH, st.just(0)),
    st.tuples(st.just("other_minutes"), NTH, st.integers(15, 240)),
    st.tuples(st.just("other_day"), NTH, st.integers(0, MOST_DAYS)),
    st.tuples(st.just("join"), NTH, st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("leave"), NTH, st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("turn"), NTH, st.integers(0, PEOPLE - 1)),
)
EVENTS = st.lists(EVENT, min_size=5, max_size=40)


class Lives:
    """Some exchanges between some people, and what may happen to them."""

    def __init__(self, world: World, people: list[Member]) -> None:
        self.world = world
        self.people = people
        self.ids = [new_id() for _n in range(EXCHANGES)]
        self.today = local_date(world.clock())

    async def begin(self) -> None:
        """Each exchange is said to be done by two of them, and not confirmed."""
        for n, id_ in enumerate(self.ids):
            one, other = self.people[n % PEOPLE], self.people[(n + 1 + n // PEOPLE) % PEOPLE]
            await self._do(
                "insert into exchange (community_id, id, state, mode, area_id, started_by_id,"
                " entered_by_id, title, done_on, claimed_minutes, claimed_by_id, claimed_at,"
                " next_action, owner_id, asked_id, due_on, state_at, created_at) values ($1, $2,"
                " 'done', 'gift', $3, $4, $4, 'Koffie', $5, 60, $6, $7, 'confirm', $4, $4, $5, $7, $7)",
                id_, self.world.north, other.id, self.today - timedelta(days=40 * n), one.id,
                self.world.clock(),
            )  # fmt: skip
            for party, gives in ((one, True), (other, False)):
                await self._do(
                    "insert into exchange_party (community_id, exchange_id, party_id, gives, gets)"
                    " values ($1, $2, $3, $4, not $4)", id_, party.id, gives,
                )  # fmt: skip

    async def happen(self, what: str, nth: int, value: int) -> None:
        """One event; one that cannot be now changes nothing."""
        id_, who = self.ids[nth], self.people[value % PEOPLE].id
        changes: dict[str, tuple[str, Any]] = {
            "confirm": ("update exchange set state = 'confirmed', minutes = $3, confirmed_at = state_at,"
                        " booked_by = 'both', next_action = null, owner_id = null, asked_id = null,"
                        " due_on = null where community_id = $1 and id = $2 and state = 'done'", value),
            "take_back": ("update exchange set state = 'done', minutes = null, confirmed_at = null,"
                          " booked_by = null, next_action = 'confirm', owner_id = started_by_id,"
                          " due_on = done_on where community_id = $1 and id = $2"
                          " and state = 'confirmed' and $3::integer = 0", value),
            "other_minutes": ("update exchange set minutes = $3 where community_id = $1 and id = $2"
                              " and state = 'confirmed'", value),
            "other_day": ("update exchange set done_on = $3 where community_id = $1 and id = $2",
                          self.today - timedelta(days=value)),
            "join": ("insert into exchange_party (community_id, exchange_id, party_id, gives, gets)"
                     " values ($1, $2, $3, true, true) on conflict do nothing", who),
            "leave": ("delete from exchange_party where community_id = $1 and exchange_id = $2"
                      " and party_id = $3", who),
            "turn": ("update exchange_party set gives = gets, gets = gives where community_id = $1"
                     " and exchange_id = $2 and party_id = $3", who),
        }  # fmt: skip
        sql, third = changes[what]
        await self._do(sql, id_, third)

    async def _do(self, sql: str, *values: Any) -> None:
        await self.world.owner.execute(sql, self.world.community, *values)

    async def told(self) -> dict[UUID, tuple[int, int, int, date | None]]:
        """What the rule is told: contacts of 90 days, of half a year, ever; and the last."""
        async with self.world.transaction() as db:
            found = await run_store.facts(db, self.world.community, self.today)
        return {f.party_id: (f.lately, f.long, f.ever, f.last_on) for f in found}

    async def counted(self) -> dict[UUID, tuple[int, int, int, date | None]]:
        """The same, counted from the exchanges themselves."""
        rows = await self.world.owner.fetch(
            "select e.done_on, one.party_id, other.party_id as other_id from exchange e"
            " join exchange_party one on one.community_id = $1 and one.exchange_id = e.id"
            " join exchange_party other on other.community_id = $1 and other.exchange_id = e.id"
            " where e.community_id = $1 and e.state = 'confirmed' and one.party_id <> other.party_id",
            self.world.community,
        )
        last: dict[UUID, dict[UUID, date]] = defaultdict(dict)
        for row in rows:
            mine = last[row["party_id"]]
            mine[row["other_id"]] = max(mine.get(row["other_id"], date.min), row["done_on"])

        def within(member: UUID, days: int) -> list[date]:
            return [d for d in last[member].values() if d > self.today - timedelta(days=days)]

        return {
            member.id: (
                len(within(member.id, 90)), len(within(member.id, 180)), len(within(member.id, 395)),
                max(within(member.id, 395), default=None),
            )
            for member in self.people
        }  # fmt: skip


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(events=EVENTS)
async def test_kept_as_it_happens_is_what_recomputing_gives_in_any_order(
    world: World, events: list[tuple[str, int, int]]
) -> None:
    people = [await world.member(f"Buur {name}", consent="yes") for name in ("Aa", "Bee", "Cee")]
    world.clock.move(days=60)
    lives = Lives(world, people)
    await lives.begin()
    for event in events:
        await lives.happen(*event)
    check = load("checks").ties_are_what_was_confirmed
    assert await check(world.owner, community=world.community) == []
    told = await lives.told()
    assert {p.id: told[p.id] for p in people} == await lives.counted()
