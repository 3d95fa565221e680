"""Pages of the sessions: where am I signed in, and stop that."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from timebank.access import actions, store
from timebank.kernel.db import Db
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


@get("/sessions", name="access.sessions")
async def sessions(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Where am I signed in?"""
    found = await store.sessions(
        db, community=viewer.community_id, party=viewer.party_id, now=visit.now
    )
    return visit.page("access/sessions.html", sessions=found, form=visit.form("/sessions/end"))


@post("/sessions/{session:uuid}/end", name="access.end_session", again="/sessions")
async def end_session(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], session: Path[UUID]
) -> Response[Any]:
    """Sign out on one device. Somebody else's session is not there to end."""
    await actions.close_session(db, viewer=viewer, session=session, now=visit.now)
    return await visit.done(db, form, "/sessions", said="session_ended")


@post("/sessions/end", name="access.end_sessions", again="/sessions")
async def end_others(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Sign out everywhere but here."""
    await actions.close_all(
        db, community=viewer.community_id, party=viewer.party_id, now=visit.now,
        but=viewer.session_id,
    )  # fmt: skip
    return await visit.done(db, form, "/sessions", said="sessions_ended")


after("session_ended", lambda: _("Op dat toestel bent u nu uitgelogd."))
after("sessions_ended", lambda: _("U bent nu alleen hier nog ingelogd."))
after("signed_out", lambda: _("U bent uitgelogd. Er staat niets meer van u op dit toestel."))

ROUTES = [sessions, end_session, end_others]
