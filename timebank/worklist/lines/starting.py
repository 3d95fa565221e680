"""Lines about who has not started yet: to get acquainted. And of who is silent, a count."""

from datetime import date, timedelta

from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db
from timebank.web import policy
from timebank.web.viewer import Viewer
from timebank.worklist import store
from timebank.worklist.lines.known import owner_path
from timebank.worklist.model import Line, Who

SOON_DAYS, LONG_DAYS = 42, 182
"""Not in the first six weeks, and not after half a year: then somebody is silent, and no line."""
LATELY_DAYS = 90
EACH = 5
"""Of every neighbourhood, at once: somebody to say hello to, no register."""


async def of_welcomes(db: Db, viewer: Viewer, *, today: date) -> list[Line]:
    """Members of some weeks who agreed on nothing yet. Done by a talk, by a first appointment, or when
    a worker says it is not needed."""
    return [
        Line(
            kind="welcome", step="say_hello", due=one.since_on + timedelta(days=LONG_DAYS - 1),
            who=Who(one.party_id, one.call_name, one.full_name, one.number), since=one.since_on,
            href=f"/worklist/parties/{one.party_id}", about=one.party_id, area_id=one.area_id,
            hand_over=owner_path("welcome", one.party_id),
        )
        for one in await not_started(db, viewer, today=today)
    ]  # fmt: skip


async def not_started(db: Db, viewer: Viewer, *, today: date) -> list[store.NotStarted]:
    """Those members, of this worker's neighbourhoods; nobody for who is no worker."""
    if not policy.may(viewer, "contact.write"):
        return []
    return await store.not_started(
        db, community=viewer.community_id, areas=viewer.worker_areas, worker=viewer.party_id,
        since=start_of_day(today - timedelta(days=LONG_DAYS - 1)),
        until=start_of_day(today - timedelta(days=SOON_DAYS - 1)), today=today, each=EACH,
    )  # fmt: skip


async def silent(db: Db, viewer: Viewer, *, today: date) -> int | None:
    """How many members this worker hears little of; None for who is no worker."""
    if not policy.may(viewer, "signal.see"):
        return None
    return await store.silent(
        db, community=viewer.community_id, areas=viewer.worker_areas,
        since=start_of_day(today - timedelta(days=LONG_DAYS - 1)),
        lately=today - timedelta(days=LATELY_DAYS), today=today,
    )  # fmt: skip
