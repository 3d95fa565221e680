"""How long the community keeps what workers note about attention: shorter if it wants, never longer."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.admin.pages.community import note
from timebank.areas import LONGEST_TERMS, SHORTEST_TERMS, Terms
from timebank.kernel.db import Db
from timebank.kernel.fields import Whole
from timebank.kernel.forms import Form
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class TermsForm(msgspec.Struct, kw_only=True):
    """In days."""

    notes_days: Annotated[int, Whole(SHORTEST_TERMS.notes_days, LONGEST_TERMS.notes_days)]
    unfollowed_days: Annotated[
        int, Whole(SHORTEST_TERMS.unfollowed_days, LONGEST_TERMS.unfollowed_days)
    ]


@get("/community/terms", name="community.ask_terms")
async def ask_terms(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """How long is it kept?"""
    policy.demand(viewer, "community.manage")
    found = await areas.terms(db, viewer.community_id)
    form = visit.form("/community/terms").over(**msgspec.structs.asdict(found))
    return visit.page("admin/terms.html", form=form, shortest=SHORTEST_TERMS, longest=LONGEST_TERMS)


@post("/community/terms", name="community.terms", again="/community/terms")
async def set_terms(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """From now on; what is older goes within a day."""
    policy.demand(viewer, "community.manage")
    asked = form.read(TermsForm)
    now = await areas.terms(db, viewer.community_id)
    form.demand_unchanged(**msgspec.structs.asdict(now))
    await areas.set_terms(db, viewer.community_id, Terms(asked.notes_days, asked.unfollowed_days))
    await note(db, visit, viewer, "community.terms_set")
    return await visit.done(db, form, "/community/edit", said="saved")


ROUTES = [ask_terms, set_terms]
