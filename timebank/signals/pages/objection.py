"""'Klopt niet', 'nu niet', 'nooit meer', and taking it back: the member's own three acts."""

from typing import Annotated, Any, cast

import msgspec
from litestar import Response, get, post

from timebank import audit
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Words
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.signals import objecting, said_store
from timebank.signals.said_model import Objection
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class ObjectionForm(msgspec.Struct, kw_only=True):
    """Which of the two, and in her own words what is not right."""

    reason: Annotated[str, Choice("not_now", "not_right")] = "not_right"
    words: Annotated[str, Words(700)] = ""


@get("/parties/me/objection", name="signals.not_right")
async def not_right(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What is not right? Words are welcome and not needed."""
    policy.demand(viewer, "own.see")
    known = await said_store.known(db, viewer.community_id, viewer.subject_id, visit.today)
    return visit.page(
        "signals/not_right.html", form=visit.form("/parties/me/objection", reason="not_right"),
        known=known,
    )  # fmt: skip


@post("/parties/me/objection", name="signals.object", again="/parties/me/objection")
async def object_to(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Left in peace for half a year."""
    policy.demand(viewer, "own.see")
    typed = form.read(ObjectionForm)
    reason = cast(Objection, typed.reason)
    await objecting.object_to(db, viewer, reason=reason, words=typed.words, now=visit.now)
    return await visit.done(db, form, "/parties/me/views", said=f"said_{reason}")


@post("/parties/me/objection/end", name="signals.end_objection", again="/parties/me/views")
async def take_back(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """She may be thought of again."""
    policy.demand(viewer, "own.see")
    form.read(NothingForm)
    await objecting.take_back(db, viewer, now=visit.now)
    return await visit.done(db, form, "/parties/me/views", said="objection_ended")


@get("/parties/me/views/end", name="signals.never_again")
async def never_again(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Really never again? What is erased, and what stays."""
    policy.demand(viewer, "own.see")
    return visit.page("signals/never_again.html", form=visit.form("/parties/me/consents"))


audit.says("attention.objected", lambda _e: _("Zei: nu niet, of dit klopt niet."))
audit.says("attention.objection_ended", lambda _e: _("Zei: toch wel."))
after("said_not_now", lambda: _("Goed. Wij bellen u hier een half jaar niet over."))
after(
    "said_not_right",
    lambda: _("Dank u wel. Wij bellen u hier een half jaar niet over."),
)
after("objection_ended", lambda: _("Bewaard. Wij mogen weer aan u denken."))

ROUTES = [not_right, object_to, take_back, never_again]
