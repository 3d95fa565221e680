"""How the community looks and waits: colour, welcome, periods."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import areas, audit
from timebank.kernel.db import Db
from timebank.kernel.fields import Whole, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.web import policy
from timebank.web.community import Rules
from timebank.web.hue import DAY, tokens
from timebank.web.inject import In
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

SAMPLES = tuple(range(0, 360, 24))
"""Hues to choose from, evenly round the wheel; any other can be typed."""


@get("/community/edit", name="community.edit")
async def edit(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What can be changed here. The name stands on cards and in letters, and is not."""
    policy.demand(viewer, "community.manage")
    return visit.page("admin/community.html")


async def note(db: Db, visit: Visit, viewer: Viewer, act: str) -> None:
    """A line in the log; what was typed stands where it is used."""
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, now=visit.now
    )


async def _save(
    db: Db, visit: Visit, *, hue: int | None = None, welcome: str | None = None,
    rules: Rules | None = None,
) -> None:  # fmt: skip
    now = visit.community
    await areas.update_profile(
        db, community=now.id, hue=now.hue if hue is None else hue,
        welcome=now.welcome if welcome is None else welcome, rules=rules or now.rules,
    )  # fmt: skip


class HueForm(msgspec.Struct, kw_only=True):
    """One number, from which every colour follows."""

    hue: Annotated[int, Whole(0, 359, ask=N_("Kies een kleur, of vul een getal in."))]


@get("/community/colour", name="community.ask_colour")
async def ask_colour(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """A sample is a link: the whole page shows that colour, and nothing is changed yet."""
    policy.demand(viewer, "community.manage")
    asked = visit.query.get("hue", "")
    shown = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 3 else -1
    hue = shown if 0 <= shown < 360 else visit.community.hue
    return visit.page(
        "admin/colour.html",
        form=visit.form("/community/colour", hue=hue),
        sample_hue=hue,
        samples=[(sample, tokens(DAY, sample)["door"]) for sample in SAMPLES],
    )


@post("/community/colour", name="community.colour", again="/community/colour")
async def set_colour(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Seen by everybody at the next page."""
    policy.demand(viewer, "community.manage")
    await _save(db, visit, hue=form.read(HueForm).hue)
    await note(db, visit, viewer, "community.colour_set")
    return await visit.done(db, form, "/community/edit", said="saved")


class WelcomeForm(msgspec.Struct, kw_only=True):
    """What visitors read first."""

    welcome: Annotated[str, Words(400)] = ""


@get("/community/welcome", name="community.ask_welcome")
async def ask_welcome(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """The words on the front page."""
    policy.demand(viewer, "community.manage")
    form = visit.form("/community/welcome").over(welcome=visit.community.welcome)
    return visit.page("admin/welcome.html", form=form)


@post("/community/welcome", name="community.welcome", again="/community/welcome")
async def set_welcome(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """On the front page from now on."""
    policy.demand(viewer, "community.manage")
    asked = form.read(WelcomeForm)
    form.demand_unchanged(welcome=visit.community.welcome)
    await _save(db, visit, welcome=asked.welcome)
    await note(db, visit, viewer, "community.welcome_set")
    return await visit.done(db, form, "/community/edit", said="saved")


class PeriodsForm(msgspec.Struct, kw_only=True):
    """How long things wait, in days."""

    reminder_days: Annotated[int, Whole(1, 90)]
    silence_days: Annotated[int, Whole(1, 90)]
    repair_days: Annotated[int, Whole(1, 365)]
    post_days: Annotated[int, Whole(7, 730)]
    post_warning_days: Annotated[int, Whole(1, 730)]
    away_days: Annotated[int, Whole(1, 30)]

    def check(self) -> dict[str, str]:
        """The warning comes before the end."""
        if self.post_warning_days > self.post_days:
            return {"post_warning_days": _("Kies minder dagen dan iets blijft staan.")}
        return {}


@get("/community/periods", name="community.ask_periods")
async def ask_periods(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """How long do we wait?"""
    policy.demand(viewer, "community.manage")
    form = visit.form("/community/periods").over(**msgspec.structs.asdict(visit.community.rules))
    return visit.page("admin/periods.html", form=form)


@post("/community/periods", name="community.periods", again="/community/periods")
async def set_periods(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """From now on; dates that were told already stand."""
    policy.demand(viewer, "community.manage")
    asked = form.read(PeriodsForm)
    form.demand_unchanged(**msgspec.structs.asdict(visit.community.rules))
    rules = Rules(**{name: getattr(asked, name) for name in Rules.__struct_fields__})
    await _save(db, visit, rules=rules)
    await note(db, visit, viewer, "community.periods_set")
    return await visit.done(db, form, "/community/edit", said="saved")


after("rules_changed", lambda: _("De regels gelden vanaf nu. Niemand kreeg of verloor tijd."))

ROUTES = [edit, ask_colour, set_colour, ask_welcome, set_welcome, ask_periods, set_periods]
