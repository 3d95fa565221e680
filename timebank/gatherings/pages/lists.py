"""Who was there: ticked on a phone, or typed in from a list on paper."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.gatherings import actions, store
from timebank.gatherings.model import Gathering, Guest, may_tick
from timebank.gatherings.pages.show import iso_day
from timebank.kernel.db import Db
from timebank.kernel.fields import Choices, Sent, Tick, Whole, Words
from timebank.kernel.forms import Blank, Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import NotFound
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

EMPTY_LINES = 8
"""Lines on paper for names that are not on the list."""
PAPER_DAYS = 7


class Came(Choices):
    """Any number of ids; which of them are on the list is for the action to say."""

    def read(self, name: str, sent: Sent) -> list[str]:
        values = [value for value in sent.get(name, []) if value]
        if not values:
            raise Blank
        return values[: store.MOST]


class TickForm(msgspec.Struct, kw_only=True):
    """Who was there."""

    came: Annotated[list[str], Came()] = msgspec.field(default_factory=list)
    also: Annotated[str, Words(1500)] = ""
    others: Annotated[int, Whole(0, 500)] = 0
    paper: Annotated[bool, Tick()] = False


def _day(visit: Visit, found: Gathering, on: str) -> date:
    days = may_tick(found, visit.today)
    chosen = iso_day(on) if on else days[0]
    if chosen not in days:
        raise NotFound
    return chosen


async def _guests(db: Db, viewer: Viewer, found: Gathering, on_date: date) -> list[Guest]:
    return await store.guests(
        db, community=viewer.community_id, gathering=found.id, on_date=on_date,
        viewer=viewer.party_id,
    )  # fmt: skip


@get("/gatherings/{gathering:uuid}/attendance", name="gatherings.attendance")
async def attendance(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], gathering: Path[UUID], on: Query[str] = ""
) -> Response[Any]:
    """Who was there? `on`: which day, as 2026-03-10; else the latest on which it met, or today."""
    found = await actions.kept_by(db, viewer, gathering)
    on_date = _day(visit, found, on)
    guests = await _guests(db, viewer, found, on_date)
    others = await store.others(
        db, community=viewer.community_id, gathering=found.id, on_date=on_date
    )
    form = visit.form(
        f"/gatherings/{found.id}/attendance?on={on_date.isoformat()}",
        came=[str(guest.id) for guest in guests if guest.here], others=others or 0,
    )  # fmt: skip
    return visit.page(
        "gatherings/attendance.html", group=found, on_date=on_date, guests=guests, form=form,
        was_kept=others is not None,
        days=[d for d in may_tick(found, visit.today) if d != on_date][:6],
    )  # fmt: skip


@post(
    "/gatherings/{gathering:uuid}/attendance", name="gatherings.keep",
    again="/gatherings/{gathering}/attendance",
)  # fmt: skip
async def keep(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID],
    on: Query[str] = "",
) -> Response[Any]:  # fmt: skip
    """Kept; doing it again puts it right."""
    found = await actions.kept_by(db, viewer, gathering)
    on_date = _day(visit, found, on)
    typed = form.read(TickForm)
    await actions.keep(
        db, viewer, found, on_date=on_date,
        came={id_ for value in typed.came if (id_ := parse_id(value))}, also=typed.also,
        others=typed.others, way="paper" if typed.paper else "page", now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, f"/gatherings/{found.id}", said="attendance_kept")


@get("/gatherings/{gathering:uuid}/print", name="gatherings.print")
async def on_paper(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], gathering: Path[UUID]
) -> Response[Any]:
    """A list to tick with a pen. Written down, for names go to paper."""
    found = await actions.kept_by(db, viewer, gathering)
    await actions.printed(db, viewer, found, now=visit.now)
    return visit.page(
        "gatherings/print.html", group=found, empty_lines=EMPTY_LINES,
        guests=await _guests(db, viewer, found, visit.today),
    )  # fmt: skip


after("attendance_kept", lambda: _("Bewaard. Klopt er iets niet? Vink het opnieuw aan."))

ROUTES = [attendance, keep, on_paper]
