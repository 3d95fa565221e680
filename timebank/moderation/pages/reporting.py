""" "Meld dit": a member says that something is wrong with a post, a message or a person."""

from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import NotFound
from timebank.moderation import reports
from timebank.moderation.model import REPORT_REASONS, About, Reason, Thing, due_on
from timebank.moderation.wording import reason_name
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class ReportForm(msgspec.Struct, kw_only=True):
    """Why, and in one's own words."""

    reason: Annotated[str, Choice(*REPORT_REASONS, ask=N_("Kies wat er aan de hand is."))]
    words: Annotated[str | None, Words(1000)] = None

    def check(self) -> dict[str, str]:
        """With 'iets anders' it takes words to know what."""
        if self.reason == "other" and not self.words:
            return {"words": _("Schrijf kort op wat er aan de hand is.")}
        return {}


async def _thing(db: Db, visit: Visit, viewer: Viewer) -> Thing:
    """What the address names, as this member may see it. Raises NotFound."""
    policy.demand(viewer, "report.make")
    kind, id_ = visit.query.get("about", ""), parse_id(visit.query.get("id", ""))
    if kind not in get_args(About) or id_ is None:
        raise NotFound
    return await reports.thing_for(db, viewer, cast(About, kind), id_, now=visit.now)


def _address(thing: Thing) -> str:
    return f"about={thing.kind}&id={thing.id}"


@get("/reports/new", name="reports.new")
async def new_report(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What is wrong? The numbers for who is in danger stand first."""
    thing = await _thing(db, visit, viewer)
    return visit.page(
        "moderation/new.html",
        form=visit.form(f"/reports?{_address(thing)}"),
        thing=thing,
        card=await _card(db, viewer, thing.subject_id),
        reasons=_fitting(thing),
        back=_back(thing),
        due_on=due_on(visit.today),
    )


def _fitting(thing: Thing) -> list[tuple[str, ...]]:
    """What one can say of it. Of a person nobody says that 'this is about me'; of a post it has a
    consequence, which is told."""
    found: list[tuple[str, ...]] = []
    for code in REPORT_REASONS:
        if code == "about_me" and thing.kind == "party":
            continue
        more = (_("Dan staat het niet op de site tot wij keken."),)
        told = code == "about_me" and thing.kind == "post"
        found.append((code, reason_name(code), *(more if told else ())))
    return found


def _back(thing: Thing) -> str:
    pages = {"post": "/posts", "message": "/exchanges", "party": "/parties"}
    return f"{pages[thing.kind]}/{thing.page_id}"


async def _card(db: Db, viewer: Viewer, party: UUID) -> parties.Card | None:
    return (await parties.cards(db, viewer.community_id, [party])).get(party)


@post("/reports", name="reports.create", again="/reports/new")
async def make_report(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Thanks, whatever happens next; what comes of it is told to nobody else."""
    thing = await _thing(db, visit, viewer)
    asked = form.read(ReportForm)
    await reports.make(
        db, viewer, thing, reason=cast(Reason, asked.reason), words=asked.words, now=visit.now
    )
    return await visit.done(db, form, f"/reports/thanks?about={thing.kind}&id={thing.id}")


@get("/reports/thanks", name="reports.thanks")
async def thanks(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """It arrived; who looks, and by when."""
    policy.demand(viewer, "report.make")
    id_ = parse_id(visit.query.get("id", ""))
    about_person = id_ if visit.query.get("about") == "party" else None
    return visit.page(
        "moderation/thanks.html", due_on=due_on(visit.today), about_person=about_person
    )


ROUTES = [new_report, make_report, thanks]
