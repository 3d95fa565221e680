"""Run a trial: load, judge, load, judge, to the week that is asked for."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from timebank import signals
from timebank.kernel import migrate
from timebank.kernel.db import Db, enter, prepare
from timebank.kernel.embedded_files import Say
from timebank.kernel.settings import Settings
from timebank.starting import demand_owner
from timebank.trial import answer
from timebank.trial.answer import Flag
from timebank.trial.loading import Loader, day_of, id_of, t
from timebank.trial.reading import BadWorld, World, read

LETTER: dict[signals.RuleLane, str] = {
    "asks": "A", "seeks": "B", "starting": "C", "silent": "D", "none": "-",
}  # fmt: skip
"""A asks herself, B seeks and does not find, C has not started yet, D is silent (never more than a
count), - none of these."""
After = Callable[[Db, int, int], Awaitable[None]]
QUIET_SECONDS = 2.0
"""What takes longer says how far it is."""
AGAIN_SECONDS = 5.0


class Trial:
    """What the rule says of everybody in a world, after the run of a week. Weeks before `first` are
    loaded and not judged. After each run `after` is called, with the community and the week."""

    def __init__(
        self, world: World, week: int, *, first: int = 0, say: Say = lambda _line: None,
        after: After | None = None,
    ) -> None:  # fmt: skip
        self._world = world
        self._week = week
        self._first = first
        self._say = say
        self._after = after
        self._say_at = time.monotonic() + QUIET_SECONDS

    async def run(self, settings: Settings) -> list[Flag]:
        """Raises BadWorld when somebody lives in this database (an empty one is migrated first), Stopped
        when it is not the owner's."""
        await demand_owner(settings.database_url_owner)
        db = await asyncpg.connect(settings.database_url_owner, timeout=10)
        try:
            await _refuse_full(db)
            await migrate.migrate(settings.database_url_owner, say=lambda _text: None)
            await prepare(db)
            return self._flags(await self._weeks(db))
        finally:
            await db.close()

    async def _weeks(self, db: Db) -> list[signals.Place]:
        loader = Loader(db, self._world)
        async with db.transaction():
            await loader.people()
        await db.execute("analyze")
        before = [week for week in loader.weeks if week < 0]
        for n, week in enumerate([*before, *range(self._week + 1)], 1):
            async with db.transaction():
                await enter(db, loader.community)
                await loader.week(week)
                if week >= self._first:
                    await signals.run(db, community=loader.community, now=day_of(week))
                    if self._after is not None:
                        await self._after(db, loader.community, week)
            if n.bit_count() == 1:  # as the tables grow, the server has to hear of it
                await db.execute("analyze")
            self._tell(week)
        async with db.transaction():
            await enter(db, loader.community)
            now = day_of(self._week)
            return await signals.everybody(db, community=loader.community, now=now)

    def _tell(self, week: int) -> None:
        if time.monotonic() >= self._say_at:
            self._say_at = time.monotonic() + AGAIN_SECONDS
            self._say(f"Week {week} of {self._week} …")

    def _flags(self, places: list[signals.Place]) -> list[Flag]:
        known = {id_of("party", m.member_id): m.member_id for m in self._world.members}
        return [
            Flag(known[p.party_id], p.score, LETTER[p.lane], " ".join(r.code for r in p.reasons))
            for p in places
        ]


async def _refuse_full(db: Db) -> None:
    pending = await migrate.pending(db)
    made = await t.tables(db)
    ours = len(pending) < len(migrate.on_disk())
    if await t.communities(db) if ours and not pending else made and not ours:
        raise BadWorld("This database is not empty: a trial stays out of it.")


async def run(
    settings: Settings, folder: Path, week: int, out: Path, *, say: Say = lambda _line: None
) -> int:
    """Try the rule on the world in a folder; how many members were judged. Raises BadWorld.

    The answer appears whole or not at all.
    """
    world = read(folder, say=say)
    found = await Trial(world, week, say=say).run(settings)
    answer.write(out, found)
    return len(found)
