"""Hour notes for those who work here: printing for a member, and what the community decided."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, hours
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Whole
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.vouchers import actions, store
from timebank.vouchers.model import Rule
from timebank.vouchers.pages.own import sheet
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/vouchers/sheets/{party:uuid}", name="vouchers.show_for")
async def show_for(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """What a member of my neighbourhood asked me to print and bring."""
    member = await actions.asked_by(db, viewer, party, now=visit.now)
    return visit.page(
        "vouchers/print_for.html",
        member=member,
        many=len(await store.waiting_for(db, viewer.community_id, party)),
        form=visit.form(f"/vouchers/sheets/{party}"),
    )


@post("/vouchers/sheets/{party:uuid}", name="vouchers.print_for", again="/vouchers/sheets/{party}")
async def print_for(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """On paper; then they are brought to her."""
    form.read(NothingForm)
    member = await actions.asked_by(db, viewer, party, now=visit.now)
    printed = await actions.print_for(db, viewer, party, now=visit.now)
    await visit.done(db, form, "/worklist", said="vouchers_printed")
    return sheet(visit, printed, back="/worklist", whose=member.full_name)


class RuleForm(msgspec.Struct, kw_only=True):
    """Whether, and how long."""

    is_on: Annotated[str, Choice("yes", "no", ask=N_("Kies ja of nee."))]
    valid_days: Annotated[int, Whole(30, 1095, ask=N_("Vul een aantal dagen in."))]


@get("/community/vouchers", name="community.ask_vouchers")
async def ask_rule(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Do we make them here, and how long is one valid?"""
    policy.demand(viewer, "community.manage")
    form = visit.form("/community/vouchers").over(**await _values(db, viewer))
    totals = await hours.totals(db, community=viewer.community_id)
    return visit.page("vouchers/rule.html", form=form, out_minutes=totals.voucher_minutes)


async def _values(db: Db, viewer: Viewer) -> dict[str, str | int]:
    """The form as the rule is now."""
    rule = await store.rule(db, viewer.community_id)
    return {"is_on": "yes" if rule.is_on else "no", "valid_days": rule.valid_days}


@post("/community/vouchers", name="community.vouchers", again="/community/vouchers")
async def set_rule(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """For notes that are made from now on; what is out stays what it was."""
    policy.demand(viewer, "community.manage")
    asked = form.read(RuleForm)
    form.demand_unchanged(**await _values(db, viewer))
    await store.put_rule(db, viewer.community_id, Rule(asked.is_on == "yes", asked.valid_days))
    await audit.note(
        db, community=viewer.community_id, act="community.vouchers_set", actor=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/community/edit", said="saved")


ROUTES = [show_for, print_for, ask_rule, set_rule]
