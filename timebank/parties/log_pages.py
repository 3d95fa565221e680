"""The log that a member reads: who looked, and what was done."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import audit
from timebank.kernel.db import Db
from timebank.parties import store
from timebank.parties.log import LogLine, log_line
from timebank.web.inject import In, Query
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30


@get("/parties/me/views", name="parties.views")
async def views(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], before: Query[UUID | None] = None
) -> Response[Any]:
    """What does the worker see of me, who looked, and what was done for me?"""
    community, subject = viewer.community_id, viewer.subject_id
    party = await store.party(db, community, subject)
    staff = await store.staff_of(db, community=community, area=party.area_id, today=visit.today)
    looks = await audit.shown_to(db, community=community, subject=subject, looks=True)
    deeds = await audit.shown_to(
        db, community=community, subject=subject, looks=False, before=before, limit=PAGE + 1
    )
    answer = await store.consent(db, community, subject, "worker_call")

    def said(entries: list[audit.Entry]) -> list[LogLine]:
        worker = visit.community.words.worker.one
        return [log_line(entry, subject=subject, worker=worker) for entry in entries]

    return visit.page(
        "parties/views.html",
        looks=said(looks),
        deeds=said(deeds[:PAGE]),
        more=deeds[PAGE - 1].id if len(deeds) > PAGE else None,
        before=before,
        workers=[s for s in staff if s.kind == "worker" and s.id != subject],
        may_call=answer == "yes",
    )


ROUTES = [views]
