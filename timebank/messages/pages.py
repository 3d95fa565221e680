"""Pages of the messages: answering a post, and writing in a talk (which the exchange's page shows)."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import exchanges, posts
from timebank.exchanges import By
from timebank.kernel.db import Db
from timebank.kernel.fields import Words
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.messages import many
from timebank.messages.model import MOST_CHARACTERS
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


class MessageForm(msgspec.Struct, kw_only=True):
    """What one wants to say."""

    words: Annotated[str, Words(MOST_CHARACTERS, ask=N_("Schrijf eerst uw bericht."))]


@get("/posts/{post_id:uuid}/replies/new", name="messages.show_reply")
async def show_reply(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], post_id: Path[UUID]
) -> Response[Any]:
    """What do you want to say? Who wrote already is led to that talk."""
    policy.demand(viewer, "message.write")
    found = await posts.post_for(db, viewer, post_id, now=visit.now)
    if found.by.id == viewer.subject_id:
        raise NotFound
    form = visit.form(f"/posts/{post_id}/replies", words=many.first_words(found))
    mine = await exchanges.my_open_talk(db, By.viewer(viewer), post_id)
    if mine is not None and not form.errors:
        return see_other(visit.url(f"/exchanges/{mine}"))
    return visit.page("messages/reply.html", form=form, post=found)


@post("/posts/{post_id:uuid}/replies", name="messages.reply", again="/posts/{post_id}/replies/new")
async def reply(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """The first message; a talk begins."""
    policy.demand(viewer, "message.write")
    words = form.read(MessageForm).words
    found = await posts.post_for(db, viewer, post_id, now=visit.now)
    exchange = await many.reply(db, viewer, found, words, now=visit.now)
    if exchange is None:
        return await visit.done(db, form, f"/posts/{post_id}", said="held")
    return await visit.done(db, form, f"/exchanges/{exchange}", said="replied")


@post(
    "/exchanges/{exchange_id:uuid}/messages",
    name="messages.write",
    again="/exchanges/{exchange_id}",
)
async def write(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], exchange_id: Path[UUID]
) -> Response[Any]:
    """One more message."""
    policy.demand(viewer, "message.write")
    words = form.read(MessageForm).words
    sent = await many.write(db, viewer, exchange_id, words, now=visit.now)
    return await visit.done(db, form, f"/exchanges/{exchange_id}", said="sent" if sent else "held")


@get("/messages/held", name="messages.held")
async def show_held(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """The same text to many: is it all right? The look is written down first."""
    found = await many.waiting(db, viewer, now=visit.now)
    return visit.page(
        "messages/held.html",
        form=visit.form("/messages/held"),
        found=found,
        names=await many.names_of(db, viewer.community_id, found),
    )


@post("/messages/held/{held:uuid}/sent", name="messages.send_on", again="/messages/held")
async def send_on(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], held: Path[UUID]
) -> Response[Any]:
    """It goes to the neighbour."""
    form.read(NothingForm)
    await many.send_on(db, viewer, held, now=visit.now)
    return await visit.done(db, form, "/messages/held", said="sent_on")


@post("/messages/held/{held:uuid}/refused", name="messages.turn_back", again="/messages/held")
async def turn_back(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], held: Path[UUID]
) -> Response[Any]:
    """It does not go."""
    form.read(NothingForm)
    await many.turn_back(db, viewer, held, now=visit.now)
    return await visit.done(db, form, "/messages/held", said="turned_back")


after("replied", lambda: _("Uw bericht is verstuurd. Uw buur kan nu antwoorden."))
after("sent", lambda: _("Uw bericht is verstuurd."))

after(
    "held",
    lambda: _(
        "U stuurde dit vandaag al aan drie buren. Iemand kijkt er nu eerst naar. Is het goed? "
        "Dan sturen wij het."
    ),
)
after("sent_on", lambda: _("Het bericht is verstuurd."))
after("turned_back", lambda: _("Het bericht is niet verstuurd. De schrijver hoort dat."))

ROUTES = [show_reply, reply, write, show_held, send_on, turn_back]
