"""The page of one exchange, and the list of mine."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import audit
from timebank.exchanges import lists, store
from timebank.exchanges.model import By, Exchange
from timebank.exchanges.settling import staff_areas
from timebank.exchanges.sheet import sheet
from timebank.exchanges.view import Line, lines
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path, Query
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 20
FEW = 50


async def mine_or_staff(db: Db, viewer: Viewer, id_: UUID) -> tuple[Exchange, UUID | None]:
    """The exchange and who looks: one of its parties, or (None) somebody who works there.

    Raises NotFound for anybody else.
    """
    policy.demand(viewer, "exchange.take_part")
    by = By.viewer(viewer)
    try:
        return await store.for_party(db, by, id_), by.subject_id
    except NotFound:
        areas = staff_areas(viewer)
        return await store.for_staff(db, viewer.community_id, id_, areas), None


async def page_of(
    visit: Visit, db: Db, exchange: Exchange, me: UUID | None, form: Form | None = None, *,
    before: UUID | None = None,
) -> Response[Any]:  # fmt: skip
    """The page of an exchange. `form`: one of another page, that came too late; it says why."""
    found = await sheet(db, visit.community, exchange, me, now=visit.now, before=before)
    base = f"/exchanges/{exchange.id}"
    talk = visit.form(f"{base}/messages")
    accept = visit.form(f"{base}/agreement")
    wrong = next((f for f in (form, accept, talk) if f is not None and f.errors), talk)
    return visit.page(
        "exchanges/show.html" if me else "exchanges/staff.html", sheet=found, form=wrong,
        is_older=before is not None, talk=talk, accept=accept, confirm=visit.form(f"{base}/confirmation"),
        take=visit.form(f"{base}/owner"), e=exchange,
    )  # fmt: skip


@get("/exchanges/{exchange_id:uuid}", name="exchanges.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID],
    before: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """What is the next step? One page for both; those who work here see it without the talk."""
    exchange, me = await mine_or_staff(db, viewer, exchange_id)
    if me is None:
        for party in exchange.party_ids:
            await audit.note(
                db, community=viewer.community_id, act="exchange.looked_at",
                actor=viewer.party_id, subject=party, about=("exchange", exchange_id),
                now=visit.now,
            )  # fmt: skip
    elif viewer.acting_for is not None:  # the member reads who read along
        await audit.note(
            db, community=viewer.community_id, act="exchange.looked_along",
            actor=viewer.party_id, on_behalf_of=me, subject=me, about=("exchange", exchange_id),
            now=visit.now,
        )  # fmt: skip
    return await page_of(visit, db, exchange, me, before=before)


@get("/exchanges", name="exchanges.mine")
async def mine(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Waiting for me first, then what comes, what is under way, and what is over."""
    policy.demand(viewer, "exchange.take_part")
    by, today, now = By.viewer(viewer), visit.today, visit.now
    before = parse_id(visit.query.get("before", ""))
    past = await lists.past(db, by, before=before, limit=PAGE + 1)
    now_open = (
        []
        if before
        else await lists.open_lists(db, by, today=today, waiting=FEW, coming=FEW, under_way=FEW)
    )
    told = await lines(db, visit.community, by.subject_id, [*now_open, *past[:PAGE]], now=now)
    listed: dict[str, list[Line]] = {"waiting": [], "coming": [], "under_way": []}
    for one, line in zip(now_open, told, strict=False):
        listed[one.list].append(line)
    return visit.page(
        "exchanges/list.html",
        waiting=listed["waiting"],
        coming=listed["coming"],
        under_way=listed["under_way"],
        past=told[len(now_open) :],
        before=before,
        more=past[PAGE - 1].id if len(past) > PAGE else None,
    )


ROUTES = [show, mine]
