"""How letters are addressed: the town, and on which side envelopes have their window."""

from typing import Annotated, Any, Literal, cast

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.admin.pages.community import note
from timebank.areas import LetterRule
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Line
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class LettersForm(msgspec.Struct, kw_only=True):
    """The last line of an address, and the window."""

    town: Annotated[str, Line(60)] = ""
    window: Annotated[str, Choice("left", "right", ask=N_("Kies waar het venster zit."))]


@get("/community/letters", name="community.ask_letters")
async def ask_letters(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """How do letters leave?"""
    policy.demand(viewer, "community.manage")
    rule = await areas.letter_rule(db, viewer.community_id)
    form = visit.form("/community/letters").over(**msgspec.structs.asdict(rule))
    return visit.page("admin/letters.html", form=form)


@post("/community/letters", name="community.letters", again="/community/letters")
async def set_letters(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """From the next letter on."""
    policy.demand(viewer, "community.manage")
    asked = form.read(LettersForm)
    now = await areas.letter_rule(db, viewer.community_id)
    form.demand_unchanged(**msgspec.structs.asdict(now))
    window = cast(Literal["left", "right"], asked.window)
    await areas.set_letter_rule(
        db, community=viewer.community_id, rule=LetterRule(asked.town, window)
    )
    await note(db, visit, viewer, "community.letters_set")
    return await visit.done(db, form, "/community/edit", said="saved")


ROUTES = [ask_letters, set_letters]
