"""Handing one line to a colleague."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.contacts import Colleague
from timebank.kernel.db import Db
from timebank.kernel.fields import Id
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.refusals import NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import handing, lines
from timebank.worklist.model import Line


class ToForm(msgspec.Struct, kw_only=True):
    """To whom."""

    to: Annotated[UUID, Id(ask=N_("Kies een collega."))]


async def _line(
    visit: Visit, viewer: Viewer, db: Db, kind: str, about: UUID
) -> tuple[Line, list[Colleague]]:
    policy.demand(viewer, "worklist.see")
    line = handing.chosen(await lines.everything(db, visit, viewer), kind, about)
    return line, await handing.colleagues(db, viewer, line, today=visit.today, now=visit.now)


@get("/worklist/lines/{kind:str}/{about:uuid}/owner", name="worklist.owner")
async def show_owner(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], kind: Path[str], about: Path[UUID]
) -> Response[Any]:
    """Who does this from now on?"""
    line, colleagues = await _line(visit, viewer, db, kind, about)
    return visit.page(
        "worklist/owner.html", line=line, colleagues=colleagues,
        form=visit.form(f"/worklist/lines/{kind}/{about}/owner"),
    )  # fmt: skip


@post(
    "/worklist/lines/{kind:str}/{about:uuid}/owner",
    name="worklist.hand_over",
    again="/worklist/lines/{kind}/{about}/owner",
)
async def hand_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], kind: Path[str],
    about: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """A colleague does it."""
    line, colleagues = await _line(visit, viewer, db, kind, about)
    to = form.read(ToForm).to
    if to not in {c.id for c in colleagues}:
        raise NotFound
    await handing.hand(db, viewer, line, to=to, aside=False, now=visit.now)
    return await visit.done(db, form, "/worklist", said="handed_over")


ROUTES = [show_owner, hand_over]
