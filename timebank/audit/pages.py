"""Logboek: who did what, and when, for the admin."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank.audit import store
from timebank.audit.folding import folded
from timebank.kernel.db import Db
from timebank.kernel.fields import Line
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.refusals import Invalid, NotFound
from timebank.web import policy
from timebank.web.inject import In, Query
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

PAGE = 50


@get("/audit", name="audit.log")
async def show_log(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], member: Query[UUID | None] = None,
    before: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """The newest first; of one member when asked."""
    policy.demand(viewer, "audit.see")
    name = None
    if member is not None:
        name = await store.name_of(db, viewer.community_id, member)
        if name is None:
            raise NotFound
    found = await store.log(
        db, community=viewer.community_id, member=member, before=before, limit=PAGE + 1
    )
    chosen = f"member={member}&" if member else ""
    return visit.page(
        "audit/log.html",
        deeds=folded(found[:PAGE], visit.community.words),
        member_name=name,
        more=f"/audit?{chosen}before={found[PAGE - 1].id}" if len(found) > PAGE else None,
        form=visit.form("/audit/search"),
    )


class SearchForm(msgspec.Struct, kw_only=True):
    """Of whom. Posted: a member's number has no place in an address."""

    number: Annotated[str, Line(30, ask=N_("Vul een nummer in."))]


@post("/audit/search", name="audit.find_member", again="/audit", no_key=True)
async def find_member(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """To the lines of one member."""
    policy.demand(viewer, "audit.see")
    number = parse_member_number(form.read(SearchForm).number)
    found = await store.member_numbered(db, viewer.community_id, number) if number else None
    if found is None or await store.name_of(db, viewer.community_id, found) is None:
        raise Invalid({"number": _("Met dit nummer vinden wij niemand. Kijk het nog eens na.")})
    return see_other(visit.url(f"/audit?member={found}"))


ROUTES = [show_log, find_member]
