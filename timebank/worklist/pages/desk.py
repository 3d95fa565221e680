"""The desk: what waits, on the screen and on paper; passing on; taking over from who is away."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, contacts, notices, parties, signals
from timebank.kernel.db import Db
from timebank.kernel.fields import Id
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.kernel.words import count_of_people
from timebank.web import policy
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import handing, lines
from timebank.worklist.model import Line, counted, grouped

PAPER_DAYS = 7
"""How long a list on paper is of use; then it goes through the shredder."""
MOST_PASSED_ON = 1000


class SeenForm(msgspec.Struct):
    """The newest notice that stood on the page."""

    seen: Annotated[UUID, Id()]


class FromForm(msgspec.Struct):
    """Whose lines are taken over."""

    owner: Annotated[UUID, Id(ask=N_("Kies van wie u het overneemt."))]


async def _look(db: Db, visit: Visit, viewer: Viewer, shown: list[Line]) -> None:
    """These members are about to be seen with a reason: it is written in their log first."""
    members = [line.who.id for line in shown if line.who and line.has_reason]
    await signals.record_looks(db, viewer, members, now=visit.now)


@get("/worklist", name="worklist.desk")
async def desk(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], show: Query[str] = "mine"
) -> Response[Any]:
    """Who waits for me? `show=all`: also what lies with colleagues."""
    policy.demand(viewer, "worklist.see")
    if show not in ("mine", "all"):
        raise NotFound
    await contacts.open_desk(db, viewer, today=visit.today)
    every = await lines.everything(db, visit, viewer)
    mine = [line for line in every if line.lies_with(viewer.party_id, visit.today)]
    shown = mine if show == "mine" else every
    await _look(db, visit, viewer, shown)
    away = handing.to_take_over(every, viewer, visit.today) if show == "all" else {}
    return visit.page(
        "worklist/list.html",
        groups=grouped(shown, visit.today),
        counts=counted(shown, visit.today),
        many_mine=len(mine),
        many_all=len(every),
        theirs=sum(line.owner_id not in (None, viewer.party_id) for line in shown),
        show=show,
        away=away,
        silent=await lines.silent(db, viewer, today=visit.today),
        count=count_of_people,
        form=visit.form("/worklist/owner"),
    )


@get("/worklist/print", name="worklist.print")
async def on_paper(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """First name, number, next step and date; no reason and no word of a signal. Written down."""
    policy.demand(viewer, "worklist.see")
    found = await lines.own(db, visit, viewer)
    await audit.note(
        db, community=viewer.community_id, act="worklist.printed", actor=viewer.party_id,
        now=visit.now, detail={"lines": len(found)},
    )  # fmt: skip
    return visit.page(
        "worklist/print.html",
        rows=sorted((line for line in found if line.on_paper), key=lambda line: line.due),
        destroy_on=visit.today + timedelta(days=PAPER_DAYS),
    )


@post("/worklist/parties/{party:uuid}/delivery", name="worklist.pass_on", again="/worklist")
async def pass_on(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """A member was told all that stood on the line, by phone or on paper; nothing that came later."""
    policy.demand(viewer, "notice.pass_on")
    member = await parties.party(db, viewer.community_id, party)
    if party == viewer.party_id or not await parties.does_for(
        db, viewer, party, member.area_id, today=visit.today
    ):
        raise NotFound
    seen = form.read(SeenForm).seen
    waiting = await notices.to_pass_on(
        db, community=viewer.community_id, areas=[member.area_id], limit=MOST_PASSED_ON
    )
    told = 0
    for line in waiting:
        if line.party_id == party and line.id <= seen and await notices.passed_on(
            db, community=viewer.community_id, id_=line.id, by=viewer.party_id, now=visit.now
        ):  # fmt: skip
            told += 1
    if told:
        await audit.note(
            db, community=viewer.community_id, act="notice.passed_on", actor=viewer.party_id,
            subject=party, now=visit.now, detail={"notices": told},
        )  # fmt: skip
    return await visit.done(db, form, "/worklist", said="passed_on" if told else "already")


@post("/worklist/owner", name="worklist.take_over", again="/worklist")
async def take_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """A colleague is away: everything that lies with them comes to this worker, in one act."""
    policy.demand(viewer, "signal.see")
    owner = form.read(FromForm).owner
    found = handing.of_desk(await lines.everything(db, visit, viewer), owner)
    if not found or owner == viewer.party_id:
        raise Conflict(_("Bij deze collega ligt niets meer dat u kunt doen."))
    for line in found:
        await handing.hand(db, viewer, line, to=viewer.party_id, aside=False, now=visit.now)
    return await visit.done(db, form, "/worklist", said="line_taken")


audit.says("notice.passed_on", lambda _e: _("Gaf een bericht aan u door."))
after("passed_on", lambda: _("Bewaard: dit is doorgegeven."))
after("line_taken", lambda: _("Dit ligt nu bij u."))

ROUTES = [desk, on_paper, pass_on, take_over]
