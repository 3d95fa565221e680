"""Calls at random: the setting, the question after a call, and what it teaches."""

from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Tick
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import count_of_people
from timebank.signals import chance, said_wording, store
from timebank.signals.said_model import Judgement
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

VERDICTS = cast(tuple[Judgement, ...], get_args(Judgement))


class VerdictForm(msgspec.Struct, kw_only=True):
    """Was it right to call?"""

    verdict: Annotated[str, Choice(*VERDICTS, ask=N_("Kies een antwoord."))]


class SettingForm(msgspec.Struct, kw_only=True):
    """On or off."""

    chance: Annotated[bool, Tick()] = False


@post("/signals/calls/{call:uuid}/verdict", name="signals.judge", again="/worklist")
async def judge(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], call: Path[UUID]
) -> Response[Any]:
    """After the call, the same question for everybody."""
    await chance.call_for(db, viewer, call, visit.today)
    verdict = cast(Judgement, form.read(VerdictForm).verdict)
    party = await chance.judge(db, viewer, call, verdict, now=visit.now)
    return await visit.done(db, form, f"/worklist/parties/{party}", said="call_judged")


@get("/signals/chance", name="signals.measured")
async def measured(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Does the rule find better than chance? After twelve weeks, in counts."""
    policy.demand(viewer, "chance.see")
    found = await chance.measured(db, viewer.community_id)
    ready = found.shown_on is not None and found.shown_on <= visit.today
    rows = [
        (
            said_wording.verdict_words(verdict),
            *(count_of_people(found.many(rule, verdict)) for rule in (True, False)),
        )
        for verdict in VERDICTS
    ]
    return visit.page(
        "signals/measured.html", rows=rows if ready else [], shown_on=found.shown_on,
        on=await store.with_chance(db, viewer.community_id),
    )  # fmt: skip


@get("/community/calls", name="community.ask_calls")
async def ask_calls(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Shall some be called at random?"""
    policy.demand(viewer, "community.manage")
    on = await store.with_chance(db, viewer.community_id)
    return visit.page(
        "signals/chance.html", form=visit.form("/community/calls", chance="1" if on else "")
    )


@post("/community/calls", name="community.calls", again="/community/calls")
async def set_calls(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """From next week on."""
    await chance.turn(db, viewer, form.read(SettingForm).chance, now=visit.now)
    return await visit.done(db, form, "/community/edit", said="saved")


audit.says("attention.judged", lambda _e: _("Schreef op of het goed was om u te bellen."))
after("call_judged", lambda: _("Dank u. Is er een reden om te praten, dan ziet u die nu."))

ROUTES = [judge, measured, ask_calls, set_calls]
