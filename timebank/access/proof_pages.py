"""Proving once more who one is, before the few acts that a borrowed session must not do.

Password, e-mail, phone and roles (OWASP ASVS 6.2.3, 7.5.1): the password within ten minutes. What
was typed is kept meanwhile and comes back.
"""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank.access import actions, store
from timebank.access.arrival import provide_visit
from timebank.access.interruptions import signed_in
from timebank.access.pages import renewed_cookie
from timebank.access.sent import provide_form
from timebank.access.throttles import count_sign_in, was_right
from timebank.access.transaction import Asked, begun, site_of
from timebank.kernel.db import Db
from timebank.kernel.fields import Exactly
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.web.doors import safe_next
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


class ProofForm(msgspec.Struct, kw_only=True):
    """The password, once more."""

    password: Annotated[str, Exactly(ask=N_("Vul uw wachtwoord in."))]


async def prove(request: Asked, visit: Visit, viewer: Viewer, password: str, *, field: str) -> None:
    """Compare a password with the viewer's own, outside any transaction. Raises Invalid, TooMany."""
    async with begun(request) as db:
        await count_sign_in(
            db, community=viewer.community_id,
            address=request.client.host if request.client else "", who=viewer.number,
            known_device=False, now=visit.now,
        )  # fmt: skip
    async with begun(request) as db:
        stored = await store.password_hash(db, viewer.community_id, viewer.party_id)
    if not await site_of(request).hasher.verify(stored, password):
        raise Invalid({field: _("Dit is niet uw wachtwoord. Probeer het nog een keer.")})
    async with begun(request) as db:
        await was_right(
            db, community=viewer.community_id, who=viewer.number, known_device=False, now=visit.now
        )


@get("/session/proof", name="access.proof")
async def show_proof(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Are you really you?"""
    query = visit.path.partition("?")[2]
    return visit.page(
        "access/proof.html", form=visit.form("/session/proof" + (f"?{query}" if query else ""))
    )


@post("/session/proof", name="access.prove", again="/session/proof", no_key=True, by_hand=True)
async def give_proof(request: Asked) -> Response[Any]:
    """The password is right: a new token, and on to where the person was going."""
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        viewer = signed_in(visit)
        typed = (await provide_form(request, visit, db)).read(ProofForm)
    await prove(request, visit, viewer, typed.password, field="password")
    async with begun(request) as db:
        acting = viewer.acting_for
        token = await actions.renew(
            db, viewer=viewer, acting_for=acting.party_id if acting else None,
            mandate=acting.mandate_id if acting else None, proven_at=visit.now,
        )  # fmt: skip
    own = f"/{visit.community.slug}"
    next_ = safe_next(
        visit.query.get("next", ""), lambda path: path == own or path.startswith(own + "/")
    )
    answer = see_other(next_ or visit.url("/"))
    answer.set_cookie(renewed_cookie(visit, token, own_device=viewer.own_device))
    return answer


ROUTES = [show_proof, give_proof]
