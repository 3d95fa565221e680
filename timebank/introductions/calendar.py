"""What the calendar does to introductions: asks what came of them, and lets go of what cannot be."""

from datetime import datetime, timedelta

from timebank.introductions import steps, store
from timebank.introductions.model import KEPT, SILENT_DAYS
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db


async def run(db: Db, *, community: int, now: datetime) -> None:
    """For the job runner, each hour. Doing it twice asks nobody twice.

    What began with a yes that was taken back is deleted; what can go on no longer (a block, a
    member who left) ends; after four weeks both are asked what came of it; what lies with who no
    longer works there gets another owner.
    """
    today = local_date(now)
    await store.forget_unwanted(db, community=community, before=today - KEPT)
    for found in await store.impossible(db, community, today):
        await steps.end(db, community, found, "withdrawn", "impossible", by=None, now=now)
    for found in await store.to_follow_up(db, community, today):
        await steps.follow(db, community, found, today + timedelta(SILENT_DAYS), now)
    await store.reassign(db, community=community, today=today)
