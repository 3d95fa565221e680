"""The stage: a town, what time it is there, and stories that are told scene by scene.

A story is an async generator. Each `yield` says when its next scene is; between two of them the
people act through the same functions as the pages. A story whose next scene would lie in the
future stops there: so today's open questions and appointments come about by themselves.
"""

import heapq
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeAlias
from uuid import UUID

import asyncpg

from timebank.demo.people import Neighbour
from timebank.kernel.dates import at, end_of_day, local_date
from timebank.kernel.db import Db, Pool, transaction
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Refusal, refusal_of
from timebank.web.viewer import ActingFor, Role, Viewer

Story: TypeAlias = AsyncGenerator[datetime, None]
MORNING, EVENING = 8 * 60 + 30, 20 * 60 + 45
"""Nobody writes at night: minutes of the day."""


@dataclass
class Town:
    """A community while it is being lived. `today` is the day of the one who loads the demo."""

    community: int
    root: UUID
    today: date
    rng: Random
    folk: list[Neighbour]
    areas: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    offers: dict[str, UUID] = field(default_factory=dict)
    """Open offers that neighbours may take up, by the full name of who offers."""
    refused: list[str] = field(default_factory=list)
    _db: Db | None = None
    _now: datetime | None = None

    @property
    def db(self) -> Db:
        """The transaction of the day that is being played."""
        if self._db is None:
            raise RuntimeError("no scene is being played")
        return self._db

    @property
    def now(self) -> datetime:
        """The moment of the scene that is being played."""
        if self._now is None:
            raise RuntimeError("no scene is being played")
        return self._now

    def who(self, name: str) -> Neighbour:
        """Somebody by full name."""
        return next(person for person in self.folk if person.full_name == name)

    def worker_of(self, person: Neighbour) -> Neighbour:
        """Who works in this person's neighbourhood."""
        return next(w for w in self.folk if w.role == "worker" and w.area == person.area)

    def viewer(self, person: Neighbour) -> Viewer:
        """This person at the site; for those who are not online their worker, acting for them."""
        if person.online:
            return self._viewer(person, None)
        acting = ActingFor(
            person.id, person.call_name, person.number, self.areas[person.area],
            self.place_of(person),
        )  # fmt: skip
        return self._viewer(self.worker_of(person), acting)

    def self_of(self, person: Neighbour) -> Viewer:
        """This person at the site for themselves, such as a worker at work."""
        return self._viewer(person, None)

    def _viewer(self, person: Neighbour, acting: ActingFor | None) -> Viewer:
        roles: tuple[Role, ...] = ()
        if person.role is not None:
            area = self.areas[person.area] if person.role == "worker" else None
            roles = (Role(person.role, area),)
        return Viewer(
            community_id=self.community, party_id=person.id, session_id=new_id(),
            number=person.number, call_name=person.call_name, full_name=person.full_name,
            area_id=self.areas[person.area], place_id=self.place_of(person),
            language=person.language, state="active", proven_at=self.now, roles=roles,
            acting_for=acting,
        )  # fmt: skip

    def place_of(self, person: Neighbour) -> UUID | None:
        """The place this person chose."""
        return self.places[person.place] if person.place else None

    def day(self, days_ago: int, weekday: int | None = None) -> date:
        """That many days before today; with `weekday` (0: Monday) the last such day up to then."""
        day = self.today - timedelta(days=days_ago)
        return day if weekday is None else day - timedelta(days=(day.weekday() - weekday) % 7)

    def moment(self, days_ago: int, clock: str | None = None) -> datetime:
        """A moment on that day: at `clock` ("10.30"), else some time by day."""
        if clock is None:
            return self.some_time(self.day(days_ago))
        return self.at(self.day(days_ago), clock)

    @staticmethod
    def at(day: date, clock: str) -> datetime:
        """That day at `clock` ("10.30"), in Amsterdam."""
        hour, minute = clock.split(".")
        return at(day, time(int(hour), int(minute)))

    def some_time(self, day: date) -> datetime:
        """Some moment by day on that day."""
        hour, minute = divmod(self.rng.randint(MORNING, EVENING), 60)
        return at(day, time(hour, minute))

    def later(self, least: int, most: int) -> datetime:
        """Some moment by day, so many days from now; on the same day it is an hour or two later."""
        days = self.rng.randint(least, most)
        if days == 0:
            return self.now + timedelta(minutes=self.rng.randint(20, 150))
        return self.some_time(local_date(self.now) + timedelta(days=days))


@asynccontextmanager
async def day_of(pool: Pool, community: int) -> AsyncIterator[Db]:
    """The transaction of a day. It does not wait for the disk: a demo that was not loaded to the
    end is loaded anew anyway."""
    async with transaction(pool, community) as db:
        await db.execute("set local synchronous_commit = off")
        yield db


class Agenda:
    """Stories by the moment of their next scene."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._queue: list[tuple[datetime, int, Story]] = []
        self._told = 0

    def add(self, first: datetime, story: Story) -> None:
        """`story` begins at this moment."""
        self._told += 1
        heapq.heappush(self._queue, (first, self._told, story))

    async def play(
        self, pool: Pool, until: datetime, after_day: Callable[[date], Awaitable[None]]
    ) -> None:
        """Every scene up to `until`, in order of time, one transaction a day."""
        while self._queue and self._queue[0][0] <= until:
            day = local_date(self._queue[0][0])
            end = min(end_of_day(day), until)
            async with day_of(pool, self.town.community) as db:
                self.town._db = db
                while self._queue and self._queue[0][0] <= end:
                    await self._scene(*heapq.heappop(self._queue))
                self.town._db = None
            await after_day(day)
        for _moment, _order, story in self._queue:
            await story.aclose()

    async def _scene(self, moment: datetime, order: int, story: Story) -> None:
        self.town._now = moment
        try:
            async with self.town.db.transaction():
                following = await anext(story, None)
        except (Refusal, asyncpg.IntegrityConstraintViolationError) as trouble:
            # People run into rules: then this story ends here, as it would have.
            refusal = trouble if isinstance(trouble, Refusal) else refusal_of(trouble)
            if refusal is None:
                raise
            self.town.refused.append(f"{moment:%Y-%m-%d %H:%M} {refusal!r}")
            following = None
        if following is not None:
            heapq.heappush(self._queue, (max(following, moment), order, story))
