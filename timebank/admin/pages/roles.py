"""Taken: who works where, who is admin, until when."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import access, areas, parties
from timebank.access import RoleRow
from timebank.admin import roles
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Day, Id, Line, Tick, on
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid, NotFound
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import RoleKind, Viewer
from timebank.web.visit import Visit


@get("/roles", name="roles.list")
async def list_roles(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Everybody with a task, now or later."""
    policy.demand(viewer, "role.manage")
    found = await access.roles(db, community=viewer.community_id, today=visit.today)
    return visit.page(
        "admin/roles.html",
        admins=[role for role in found if role.kind == "admin"],
        workers=sorted(
            (role for role in found if role.kind == "worker"), key=lambda role: role.area_name
        ),
    )


class RoleForm(msgspec.Struct, kw_only=True):
    """Who gets which task, and until when."""

    number: Annotated[str, Line(30, ask=N_("Vul een nummer in."))]
    kind: Annotated[str, Choice("worker", "admin", ask=N_("Kies een taak."))]
    area: Annotated[UUID | None, Id()] = None
    ends_on: Annotated[date | str | None, Day()] = None
    sure: Annotated[bool, Tick()] = False

    def check(self, *, areas: Collection[str], today: date) -> dict[str, str]:
        """A worker has a neighbourhood, one of these; a last day is still to come."""
        problems = {}
        if self.kind == "worker" and str(self.area) not in areas:
            problems["area"] = (
                _("Kies waar deze persoon werkt.") if self.area is None
                else _("Kies iets uit de lijst.")
            )  # fmt: skip
        if self.ends_on is not None and on(self.ends_on, today) < today:
            problems["ends_on"] = _("Kies een laatste dag die nog komt.")
        return problems


@get("/roles/new", name="roles.new")
async def new_role(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who, what, where, until when."""
    policy.demand(viewer, "role.manage")
    return visit.page(
        "admin/role_new.html", form=visit.form("/roles"), areas=await _areas(db, viewer)
    )


async def _areas(db: Db, viewer: Viewer) -> list[tuple[str, str]]:
    found = await areas.areas(db, viewer.community_id)
    return [(str(a.id), a.name) for a in found if a.kind == "neighbourhood" and a.state == "active"]


@post("/roles", name="roles.grant", again="/roles/new")
async def grant(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """The password comes first; then who it is; then it is done and told."""
    policy.demand(viewer, "role.manage")
    access.demand_proof(visit, viewer, form)
    known = dict(await _areas(db, viewer))
    asked = form.read(RoleForm, areas=known, today=visit.today)
    found = await parties.by_number(db, viewer.community_id, asked.number)
    if found is None or found.state != "active":
        raise Invalid(
            {"number": _("Met dit nummer doet nu niemand mee. Kijk het nummer nog eens na.")}
        )
    area = asked.area if asked.kind == "worker" else None
    ends_on = None if asked.ends_on is None else on(asked.ends_on, visit.today)
    if not asked.sure:
        fresh = visit.form("/roles")
        fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
        card = (await parties.cards(db, viewer.community_id, [found.id]))[found.id]
        return visit.page(
            "admin/role_check.html", form=fresh, card=card, kind=asked.kind,
            area_name=known.get(str(area), ""), ends_on=ends_on,
        )  # fmt: skip
    await roles.grant(
        db, viewer, party=found.id, kind=cast(RoleKind, asked.kind), area=area, ends_on=ends_on,
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/roles", said="role_granted")


async def _role(db: Db, visit: Visit, viewer: Viewer, role: UUID) -> RoleRow:
    policy.demand(viewer, "role.manage")
    found = await access.roles(db, community=viewer.community_id, today=visit.today)
    known = next((one for one in found if one.id == role), None)
    if known is None:
        raise NotFound
    return known


@get("/roles/{role:uuid}/end", name="roles.ask_end")
async def ask_end(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], role: Path[UUID]
) -> Response[Any]:
    """What happens when this task ends."""
    found = await _role(db, visit, viewer, role)
    return visit.page("admin/role_end.html", role=found, form=visit.form(f"/roles/{role}/end"))


@post("/roles/{role:uuid}/end", name="roles.end", again="/roles/{role}/end")
async def end(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], role: Path[UUID]
) -> Response[Any]:
    """Over now: sessions end, what lay with them goes to others, the last admin stays."""
    found = await _role(db, visit, viewer, role)
    access.demand_proof(visit, viewer, form)
    await roles.end(db, viewer, found, now=visit.now)
    return await visit.done(db, form, "/roles", said="role_ended")


after("role_granted", lambda: _("De taak is gegeven. Alle beheerders en collega’s horen het."))
after("role_ended", lambda: _("De taak is voorbij. Wat openstond, ligt nu bij anderen."))

ROUTES = [list_roles, new_role, grant, ask_end, end]
