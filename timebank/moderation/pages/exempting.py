"""A personal exception to the limits for hours: wider for a while, with a reason."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, hours, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Amount, Day, Words, on
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class ExceptionForm(msgspec.Struct, kw_only=True):
    """How far somebody may go for a while; empty leaves a limit as it is for everybody."""

    low: Annotated[int | None, Amount(most=hours.MOST_MINUTES)] = None
    high: Annotated[int | None, Amount(most=hours.MOST_MINUTES)] = None
    reason: Annotated[str, Words(500, ask=N_("Schrijf op waarom."))]
    ends_on: Annotated[date | str, Day(ask=N_("Kies tot en met welke dag."))]


async def _member(db: Db, viewer: Viewer, party: UUID) -> parties.Card:
    policy.demand(viewer, "hours.exempt")
    card = (await parties.cards(db, viewer.community_id, [party])).get(party)
    if card is None or card.state == "erased":
        raise NotFound
    return card


@get("/parties/{party:uuid}/hours-exception", name="hours.exceptions")
async def show_exceptions(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """What applies to this member now, what did before, and a new one."""
    card = await _member(db, viewer, party)
    community = viewer.community_id
    found = await hours.exceptions(db, community=community, party=party)
    running = [x for x in found if x.ended_at is None and x.ends_on >= visit.today]
    return visit.page(
        "moderation/exception.html",
        card=card,
        balance=await hours.balance(db, community=community, party=party, now=visit.now),
        running=running,
        over=[x for x in found if x not in running],
        form=visit.form(f"/parties/{party}/hours-exception"),
    )


@post(
    "/parties/{party:uuid}/hours-exception",
    name="hours.exempt",
    again="/parties/{party}/hours-exception",
)
async def grant(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Wider limits from today, up to and including a day."""
    await _member(db, viewer, party)
    asked = form.read(ExceptionForm)
    try:
        made = await hours.grant_exception(
            db, community=viewer.community_id, party=party,
            low=None if asked.low is None else -asked.low, high=asked.high, reason=asked.reason,
            starts_on=visit.today, ends_on=on(asked.ends_on, visit.today),
            granted_by=viewer.party_id, now=visit.now,
        )  # fmt: skip
    except Invalid as refused:
        if "starts_on" in refused.errors:  # no field of this page: it always starts today
            raise Conflict(refused.errors["starts_on"]) from refused
        raise
    await _note(db, visit, viewer, party, "hours.exempted", made)
    return await visit.done(db, form, f"/parties/{party}/hours-exception", said="saved")


@post(
    "/parties/{party:uuid}/hours-exception/{exception:uuid}/end",
    name="hours.end_exception",
    again="/parties/{party}/hours-exception",
)
async def end(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID],
    exception: Path[UUID],
) -> Response[Any]:  # fmt: skip
    """Over before its last day; the balance stays as it is."""
    await _member(db, viewer, party)
    mine = await hours.exceptions(db, community=viewer.community_id, party=party)
    if exception not in {x.id for x in mine}:
        raise NotFound
    await hours.end_exception(
        db, community=viewer.community_id, exception=exception, ended_by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    await _note(db, visit, viewer, party, "hours.exemption_ended", exception)
    return await visit.done(db, form, f"/parties/{party}/hours-exception", said="exception_ended")


async def _note(
    db: Db, visit: Visit, viewer: Viewer, party: UUID, act: str, exception: UUID
) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=party,
        about=("exception", exception), now=visit.now,
    )  # fmt: skip


after("exception_ended", lambda: _("De uitzondering is voorbij. De gewone grens geldt weer."))

ROUTES = [show_exceptions, grant, end]
