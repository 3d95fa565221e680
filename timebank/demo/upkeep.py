"""What goes on behind the stories: chores of the calendar, mail, notices that are read and told."""

from datetime import date, datetime, timedelta

import asyncpg

from timebank import exchanges, hours, introductions, membership, notices, posts, signals
from timebank.demo.stage import Town, day_of
from timebank.kernel import outbox
from timebank.kernel.dates import end_of_day
from timebank.kernel.db import Db, Pool
from timebank.kernel.ids import new_id
from timebank.kernel.outbox import Errand
from timebank.kernel.settings import Settings
from timebank.worker import tidy

CLOSELY = 50
"""So many days before today the chores are done each day; further back once a week."""
SIGNALS_DAYS = 84
"""Signals begin so many days before today: one that nobody takes lapses after ninety, and Bep's is
left for who tries the demo."""
READS_EVERY = 28
READ_DAYS = 4
"""Notices of the last days are still new to their readers."""


class Upkeep:
    """The worker of one town, in the past."""

    def __init__(self, town: Town, pool: Pool, settings: Settings, until: datetime) -> None:
        self._town = town
        self._pool = pool
        self._settings = settings
        self._until = until
        self._last: date | None = None
        self._read: date | None = None
        self._judged: date | None = None

    async def after_day(self, day: date) -> None:
        """What is due at the end of a day that was played."""
        closely = (self._town.today - day).days < CLOSELY
        if self._last is not None and not closely and (day - self._last).days < 7:
            return
        self._last = day
        if self._judged is None and (self._town.today - day).days <= SIGNALS_DAYS:
            await self._analyze()
        now = min(end_of_day(day) - timedelta(hours=2), self._until)
        async with day_of(self._pool, self._town.community) as db:
            await exchanges.chase(db, community=self._town.community, now=now)
            await posts.warn_and_expire(db, community=self._town.community, now=now)
            await membership.finish_leaving(db, community=self._town.community, now=now)
            await introductions.run(db, community=self._town.community, now=now)
            if self._judges(day):
                await signals.run(db, community=self._town.community, now=now)
            if self._reads(day):
                await self._people_read(db, now)
            if day < self._town.today:
                await self._workers_tell(db, now)
        await self._jobs(now)

    async def _analyze(self) -> None:
        """So many rows came in so short a time that the planner has not noticed yet."""
        owner = await asyncpg.connect(self._settings.database_url_owner)
        try:
            await owner.execute("analyze")
        finally:
            await owner.close()

    def _reads(self, day: date) -> bool:
        days_ago = (self._town.today - day).days
        often = self._read is not None and (day - self._read).days < READS_EVERY
        if days_ago <= READ_DAYS or (often and days_ago > READ_DAYS + 7):
            return False
        self._read = day
        return True

    def _judges(self, day: date) -> bool:
        """Once a week, and today."""
        days_ago = (self._town.today - day).days
        lately = self._judged is not None and (day - self._judged).days < 7
        if days_ago > SIGNALS_DAYS or (lately and days_ago > 0):
            return False
        self._judged = day
        return True

    async def finish(self) -> None:
        """The books are sealed up to today, the last quarter is counted, and what has had its time is
        thrown away."""
        async with day_of(self._pool, self._town.community) as db:
            await hours.seal(db, community=self._town.community, now=self._until)
            await signals.write_quarter(db, community=self._town.community, now=self._until)
            await tidy(db, community=self._town.community, now=self._until)
        await self._analyze()

    async def _people_read(self, db: Db, now: datetime) -> None:
        community = self._town.community
        for person in self._town.folk:
            if person.number and person.online:
                await notices.mark_read(
                    db, community=community, party=person.id, up_to=new_id(), now=now
                )

    async def _workers_tell(self, db: Db, now: datetime) -> None:
        """By phone or on paper, to those who are not online."""
        community = self._town.community
        for worker in [person for person in self._town.folk if person.role == "worker"]:
            if not worker.number:
                continue
            areas = [self._town.areas[worker.area]]
            for line in await notices.to_pass_on(db, community=community, areas=areas, limit=500):
                await notices.passed_on(db, community=community, id_=line.id, by=worker.id, now=now)

    async def _jobs(self, now: datetime) -> None:
        """Mails of the past were sent then; all other jobs are done as they are."""
        community = self._town.community
        async with day_of(self._pool, community) as db:
            while jobs := await outbox.claim(db, community=community, now=now, limit=200):
                for job in jobs:
                    errand = Errand(community, job, now, self._settings)
                    if "mail" in job.kind or await outbox.do(db, errand) is not None:
                        await outbox.done(db, community=community, job=job, now=now)
