"""Letters for the post, and that they went."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.papers import actions, sheets
from timebank.papers.fields import Ids
from timebank.papers.model import Letter
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class PostedForm(msgspec.Struct, kw_only=True):
    """What stood in the letters that went to the post."""

    news: Annotated[list[str], Ids()] = msgspec.field(default_factory=list)


async def _page(
    visit: Visit, viewer: Viewer, db: Db, letters: list[Letter], to: Any = None
) -> Response[Any]:
    await actions.printed(
        db, viewer, "letter.printed", [one.to.party_id for one in letters], now=visit.now
    )
    rule = await areas.letter_rule(db, viewer.community_id)
    return visit.page(
        "papers/letters.html",
        to=to,
        letters=letters,
        sheets=await sheets.letter_sheets(db, visit, letters, rule),
        form=visit.form("/print/letters/posted"),
    )


@get("/print/letters", name="papers.letters")
async def letters(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """All letters of this worker's neighbourhoods. Written down, for names go to paper."""
    return await _page(visit, viewer, db, await actions.letters(db, viewer))


@get("/print/letters/{party:uuid}", name="papers.letter")
async def one_letter(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """The letter to one member."""
    member = await actions.of_mine(db, viewer, party)
    return await _page(visit, viewer, db, await actions.letters(db, viewer, party), member)


@post("/print/letters/posted", name="papers.posted", again="/print")
async def posted(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """They went to the post, or were brought: told, what stood in them and nothing that came later."""
    news = {id_ for text in form.read(PostedForm).news if (id_ := parse_id(text))}
    done = await actions.posted(db, viewer, news, now=visit.now)
    return await visit.done(db, form, "/print", said="posted_letters" if done else "already")


after("posted_letters", lambda: _("Bewaard: deze post is weg."))

ROUTES = [letters, one_letter, posted]
