"""Make the million: communities, members, posts and exchanges in bulk, with a progress bar."""

from datetime import datetime
from pathlib import Path
from typing import Any

import aiosql
import msgspec
from rich.console import Console
from rich.progress import Progress

from timebank import access
from timebank.demo import PASSWORD
from timebank.demo.texts import texts
from timebank.kernel.db import Db
from timebank.kernel.search import tsvector_text

m: Any = aiosql.from_path(
    Path(__file__).parent / "million.sql", "asyncpg", mandatory_parameters=False
)
FILLED = [
    "party", "person", "consent", "post", "exchange", "exchange_party", "tie_meeting", "attendance",
    "checkin",
]  # fmt: skip
MEMBERS = 2000
EXCHANGES_EACH = 10
POSTS = 2000
"""Of each community on average; posts are spread unevenly, as communities differ in size."""
RESIDENT, WORKER = 10, 1


class Size(msgspec.Struct, frozen=True):
    """How much to make: 500 communities of two thousand are the million; or some of other sizes, with
    as many posts as members."""

    communities: int
    crowds: tuple[int, ...] = ()

    @property
    def posts(self) -> list[int]:
        """Posts of each community, the first has most: about six times the average."""
        if self.crowds:
            return list(self.crowds)
        weights = [1 / (n + 12) ** 0.8 for n in range(self.communities)]
        total = POSTS * self.communities
        return [max(50, round(total * weight / sum(weights))) for weight in weights]

    @property
    def members(self) -> list[int]:
        """Members of each community."""
        return list(self.crowds) or [MEMBERS] * self.communities


async def fill(db: Db, size: Size, now: datetime) -> None:
    """All rows. `db` is the superuser's. Indexes are made last: that is much quicker."""
    await m.helpers(db)
    await m.sleeping_triggers(db)
    await _texts(db)
    indexes = [dict(row) async for row in m.indexes(db, tables=FILLED)]
    for index in indexes:
        await db.execute(f"drop index {index['name']}")
    await m.communities(db, count=len(size.members), now=now)
    await m.profiles(db)
    await m.areas(db, now=now)
    await m.places(db)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("communities", total=len(size.members))
        first = 0
        for community, (members, posts) in enumerate(zip(size.members, size.posts, strict=True), 1):
            await _community(db, community, members, first, posts, now)
            first += posts
            progress.advance(bar)
        bar = progress.add_task("indexes", total=len(indexes))
        await db.execute("set maintenance_work_mem = '512MB'")
        for index in indexes:
            await db.execute(index["definition"])
            progress.advance(bar)
    await db.execute("vacuum analyze")


async def _community(
    db: Db, community: int, members: int, first: int, posts: int, now: datetime
) -> None:
    whole = {"community": community, "now": now, "members": members}
    async with db.transaction():
        await m.parties(db, **whole)
        await m.persons(db, **whole)
        await m.consents(db, **whole)
        await m.workers(db, community=community, now=now)
        count = await db.fetchval("select count(*) from bench_text")
        await m.posts(db, **whole, first=first, count=posts, texts=count)
        await m.exchanges(db, **whole, count=EXCHANGES_EACH * members)
        await m.exchange_parties(db, community=community)
        # The server believes a community it never counted has one row, and would ask one by one.
        await db.execute("set local enable_nestloop = off")
        await m.ties(db, community=community)
        await db.execute("set local enable_nestloop = on")
        await m.gatherings(db, community=community, now=now)
        await m.attendances(db, **whole)
        await m.checkins(db, **whole)
        await m.wishes(db, **whole)


async def _texts(db: Db) -> None:
    """Every written post, with the words of another one behind its own."""
    written = [*texts("need"), *texts("offer")]
    rows: list[tuple[int, str, str, str, str, str]] = []
    for shift in range(1, 31):
        for n, text in enumerate(written):
            other = written[(n * 7 + shift * 11) % len(written)]
            title = text.title if shift % 2 else other.title
            words = f"{text.words} {other.words}"
            stems = tsvector_text(title, words)
            rows.append((len(rows), other.direction, title, words, text.kind, stems))
    await db.executemany(
        "insert into bench_text values ($1, $2, $3, $4, $5, $6::text::tsvector)", rows
    )


async def let_in(db: Db, community: int, now: datetime) -> None:
    """A resident and a worker of this community can sign in."""
    hash_ = await access.Hasher().hash(PASSWORD)
    for n in (RESIDENT, WORKER):
        await m.password(db, community=community, n=n, hash=hash_, now=now)
