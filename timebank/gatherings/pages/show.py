"""Groups as residents see them: which there are, coming along, and where one was."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.gatherings import actions, store
from timebank.gatherings.model import next_on, rhythm
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


def iso_day(text: str) -> date:
    """A day in an address. Raises NotFound for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


@get("/gatherings", name="gatherings.list")
async def list_gatherings(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Which groups are there near me?"""
    found = await actions.list_for(db, viewer)
    return visit.page(
        "gatherings/list.html",
        groups=[(g, rhythm(g, visit.today), next_on(g, visit.today)) for g in found],
        manages=any(actions.manages(viewer, area) for area in viewer.worker_areas),
    )


@get("/gatherings/mine", name="gatherings.mine")
async def mine(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Where was I, and why is that kept?"""
    return visit.page(
        "gatherings/mine.html",
        times=await actions.attended(db, viewer),
        form=visit.form("/gatherings/mine"),
    )


@post(
    "/gatherings/{gathering:uuid}/attendance/{on:str}/removal", name="gatherings.take_away",
    again="/gatherings/mine",
)  # fmt: skip
async def take_away(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID],
    on: Path[str],
) -> Response[Any]:  # fmt: skip
    """Do not keep that I was there."""
    form.read(NothingForm)
    await actions.take_away(db, viewer, gathering, iso_day(on), now=visit.now)
    return await visit.done(db, form, "/gatherings/mine", said="attendance_gone")


@get("/gatherings/{gathering:uuid}", name="gatherings.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], gathering: Path[UUID]
) -> Response[Any]:
    """What is it, when, where, who receives me?"""
    found = await actions.gathering_for(db, viewer, gathering)
    keeps = actions.keeps(viewer, found)
    place: dict[str, Any] = {"community": viewer.community_id, "gathering": found.id}
    expected = await store.on_list(db, party=viewer.subject_id, today=visit.today, **place)
    action = f"/gatherings/{found.id}/guests" + ("/end" if expected else "")
    return visit.page(
        "gatherings/show.html",
        group=found,
        rhythm=rhythm(found, visit.today),
        next_on=next_on(found, visit.today),
        expected=expected,
        keeps=keeps,
        manages=actions.manages(viewer, found.area_id),
        kept=await store.kept(db, viewer.community_id, found.id) if keeps else [],
        form=visit.form(action),
        state_form=visit.form(
            f"/gatherings/{found.id}/{'closing' if found.state == 'open' else 'opening'}"
        ),
    )


@post(
    "/gatherings/{gathering:uuid}/guests", name="gatherings.come", again="/gatherings/{gathering}"
)
async def come(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID]
) -> Response[Any]:
    """Put me on the list."""
    form.read(NothingForm)
    await actions.expect(db, viewer, gathering, True, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{gathering}", said="expected")


@post(
    "/gatherings/{gathering:uuid}/guests/end", name="gatherings.stay_away",
    again="/gatherings/{gathering}",
)  # fmt: skip
async def stay_away(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], gathering: Path[UUID]
) -> Response[Any]:
    """Take me off the list."""
    form.read(NothingForm)
    await actions.expect(db, viewer, gathering, False, now=visit.now)
    return await visit.done(db, form, f"/gatherings/{gathering}", said="not_expected")


after("attendance_gone", lambda: _("Dat u daar was, staat hier niet meer."))
after("expected", lambda: _("U staat op de lijst. Kunt u toch niet? Haal uw naam er dan weer af."))
after("not_expected", lambda: _("U staat niet meer op de lijst. Komen mag altijd."))

ROUTES = [list_gatherings, mine, take_away, show, come, stay_away]
