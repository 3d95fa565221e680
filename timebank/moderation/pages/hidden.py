"""A post out of sight: staff hide and show it, its author reads why and asks to look again."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import posts
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Tick, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound
from timebank.moderation import hiding, reports, store
from timebank.moderation.model import HIDE_REASONS, Hiding, Thing, due_on
from timebank.moderation.wording import hidden_sentence, hide_reason_name
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


class HideForm(msgspec.Struct, kw_only=True):
    """Why a post goes out of sight, in words its author reads."""

    reason: Annotated[str, Choice(*HIDE_REASONS, ask=N_("Kies de reden. De schrijver leest die."))]
    words: Annotated[str | None, Words(600)] = None
    sure: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """'Something else' takes words."""
        if self.reason == "other" and not self.words:
            return {"words": _("Schrijf de reden op. De schrijver leest dit.")}
        return {}


@get("/posts/{post_id:uuid}/hiding", name="moderation.hiding")
async def show_hiding(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], post_id: Path[UUID]
) -> Response[Any]:
    """For its author: why it is out of sight. For staff: hide it, or show it again."""
    found = await posts.post_for(db, viewer, post_id, now=visit.now)
    why = await store.hiding(db, viewer.community_id, post_id)
    if found.by.id == viewer.subject_id:
        if not found.hidden:
            return see_other(visit.url(f"/posts/{post_id}"))
        return visit.page(
            "moderation/hidden.html",
            post=found,
            why=why,
            sentence=_sentence(why),
            form=visit.form(f"/posts/{post_id}/second-look"),
            due_on=due_on(visit.today),
        )
    policy.demand(viewer, "post.hide")
    await hiding.post_of(db, viewer, post_id, now=visit.now)
    return visit.page(
        "moderation/hide.html",
        post=found,
        why=why,
        form=visit.form(f"/posts/{post_id}/hiding"),
        showing=visit.form(f"/posts/{post_id}/showing"),
        reasons=[(code, hide_reason_name(code)) for code in HIDE_REASONS],
        sentence=_sentence(why),
    )


def _sentence(why: Hiding | None) -> str:
    return hidden_sentence(why.reason, why.words) if why else _("Dit staat nu niet op de site.")


@post("/posts/{post_id:uuid}/hiding", name="moderation.hide", again="/posts/{post_id}/hiding")
async def hide(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """First press: what its author will read. Second press: it is out of sight."""
    policy.demand(viewer, "post.hide")
    found = await hiding.post_of(db, viewer, post_id, now=visit.now)
    asked = form.read(HideForm)
    if not asked.sure:
        fresh = visit.form(f"/posts/{post_id}/hiding")
        fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
        return visit.page(
            "moderation/hide_check.html",
            form=fresh,
            person=found.by.call_name,
            sentence=hidden_sentence(asked.reason, asked.words or ""),
            back=f"/posts/{post_id}/hiding",
        )
    if found.hidden:
        raise Conflict(_("Dit bericht staat al niet meer op de site."))
    await hiding.hide_post(
        db, viewer, post_id, reason=asked.reason, words=asked.words or "", now=visit.now
    )
    return await visit.done(db, form, f"/posts/{post_id}", said="post_hidden")


@post("/posts/{post_id:uuid}/showing", name="moderation.show", again="/posts/{post_id}/hiding")
async def show_again(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """In sight again; its author hears it."""
    policy.demand(viewer, "post.hide")
    await hiding.post_of(db, viewer, post_id, now=visit.now)
    await hiding.show_post(db, viewer, post_id, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="post_shown")


class SecondLookForm(msgspec.Struct, kw_only=True):
    """What its author says to it."""

    words: Annotated[str | None, Words(1000)] = None


@post(
    "/posts/{post_id:uuid}/second-look",
    name="moderation.second_look",
    again="/posts/{post_id}/hiding",
)
async def second_look(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """Its author changed it, or does not agree: somebody else looks, by a date."""
    policy.demand(viewer, "own.see")
    found = await posts.post_for(db, viewer, post_id, now=visit.now)
    if found.by.id != viewer.subject_id or not found.hidden:
        raise NotFound
    asked = form.read(SecondLookForm)
    why = await store.hiding(db, viewer.community_id, post_id)
    if not await store.ask_again(db, community=viewer.community_id, post=post_id, now=visit.now):
        raise Conflict(_("Dit heeft u al gevraagd. Iemand kijkt ernaar."))
    text = "\n".join(part for part in (found.title, found.words) if part)
    thing = Thing("post", post_id, found.by.id, found.area_id, text, post_id)
    before = [why.by_id] if why and why.by_id else []
    await reports.look_again(db, viewer, thing, words=asked.words, last=before, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}/hiding", said="second_look")


after(
    "post_hidden", lambda: _("Het bericht staat niet meer op de site. De schrijver hoort waarom.")
)
after("post_shown", lambda: _("Het bericht staat weer op de site. De schrijver hoort dat."))
after("second_look", lambda: _("Dank u. Iemand anders kijkt ernaar. U hoort het daarna."))

ROUTES = [show_hiding, hide, show_again, second_look]
