"""Arriving: from a bare request to a visit, in the request's own transaction.

The dependencies that handlers name: `visit` and `viewer` here, `form` in `sent`, `db` in `transaction`.
The few handlers (sign-in) that may not hold a connection while they hash call them by hand.
"""

from datetime import datetime
from typing import Any

import asyncpg

from timebank import areas
from timebank.access import store
from timebank.access.interruptions import SignInNeeded, signed_in
from timebank.access.model import SessionRow, token_hash
from timebank.access.sent import again_path, draft_of
from timebank.access.sessions import session_of, viewer_of
from timebank.access.transaction import Asked, community_id, ending_on_error, site_of
from timebank.kernel.db import Db
from timebank.kernel.i18n import language
from timebank.web import cookies, csrf, policy
from timebank.web.body import read_form
from timebank.web.inject import In
from timebank.web.site import Site
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

SEEN_EVERY_SECONDS = 60


async def provide_visit(request: Asked, db: In[Db]) -> Visit:
    """Dependency `visit`: the community, and who looks, if anybody is signed in."""
    async with ending_on_error(request):
        return await _arrive(request, db)


async def _arrive(request: Asked, db: Db) -> Visit:
    site = site_of(request)
    now = site.now()
    community = await community_id(db, site, request.path_params["community"])
    found = await session_of(request, db, community, now)
    viewer = viewer_of(found, community) if found is not None and found.live else None
    if viewer is not None and found is not None:
        request.scope["state"]["actor"] = str(viewer.party_id)
        if (now - found.seen_at).total_seconds() > SEEN_EVERY_SECONDS:
            await _seen(db, viewer, now)
    if viewer is None and not request.route_handler.opt.get("public", False):
        await _who_is_asked_for(request, found, community)
    if viewer is not None and not request.route_handler.opt.get("public", False):
        policy.demand_route(viewer, str(request.route_handler.name))
    if viewer is not None and found is not None:
        about = areas.as_community(found.community, language.get())
    else:
        about = await areas.community(db, community, area=None, language=language.get())
    return await _visit(request, db, site, about, viewer, found, now)


async def _seen(db: Db, viewer: Viewer, now: datetime) -> None:
    """When the session was seen last; where nothing can be written, people still read on."""
    await db.execute("savepoint seen")
    try:
        await store.seen(db, community=viewer.community_id, id_=viewer.session_id, now=now)
    except (asyncpg.DiskFullError, asyncpg.ReadOnlySQLTransactionError):
        await db.execute("rollback to savepoint seen")


async def _visit(
    request: Asked, db: Db, site: Site, about: Any, viewer: Viewer | None,
    found: SessionRow | None, now: datetime,
) -> Visit:  # fmt: skip
    https = site.settings.https
    secret, fresh = _pre_secret(request, about.slug, https)
    as_visitor = viewer is None or request.route_handler.opt.get("as_visitor", False)
    query = request.scope["query_string"].decode("ascii", "replace")
    visit = Visit(
        community=about,
        viewer=viewer,
        language=language.get(),
        now=now,
        path=request.url.path + (f"?{query}" if query else ""),
        query=_query(request, about.slug, https),
        secret=secret if as_visitor or found is None else found.csrf,
        owner=token_hash(secret.hex()) if viewer is None else viewer.party_id.bytes,
        htmx_target=_htmx_target(request),
        templates=site.templates,
        again=request.scope["state"].get("again") or await draft_of(request, db, viewer, now),
        status=request.scope["state"].get("again_status", 200),
        https=https,
        public_url=site.settings.public_url,
    )
    if fresh and as_visitor:
        visit.cookies.append(cookies.make("pre", about.slug, secret.hex(), https=https))
    return visit


def _query(request: Asked, slug: str, https: bool) -> dict[str, str]:
    """What stands after the question mark, without a `said` that nothing here has said."""
    query = dict(request.query_params)
    if not cookies.was_said(request.scope, slug, query.get("said", ""), https=https):
        query.pop("said", None)
    return query


def _pre_secret(request: Asked, slug: str, https: bool) -> tuple[bytes, bool]:
    """The visitor's own secret: from the cookie, or a fresh one."""
    raw = cookies.read(request.scope, cookies.name_of("pre", slug, https=https))
    try:
        secret = bytes.fromhex(raw)
    except ValueError:
        secret = b""
    if len(secret) == csrf.SECRET_BYTES:
        return secret, False
    return csrf.new_secret(), True


def _htmx_target(request: Asked) -> str | None:
    headers = request.headers
    if headers.get("hx-request") != "true" or headers.get("hx-history-restore-request") == "true":
        return None
    return headers.get("hx-target")


async def provide_viewer(visit: In[Visit]) -> Viewer:
    """Dependency `viewer`: the signed-in member. A route is closed unless it says `public`.

    Raises SignInNeeded when nobody is signed in.
    """
    return signed_in(visit)


async def _who_is_asked_for(request: Asked, found: SessionRow | None, community: int) -> None:
    """Nobody is signed in and the route is closed: keep a form that an ended session left behind."""
    timed_out = found.session_id if found is not None and not found.live else None
    nobody = SignInNeeded(community=community, session=timed_out)
    if request.method == "GET" or found is None:
        raise nobody
    fields = await read_form(request.scope, request.receive)
    if not csrf.holds(fields.pop("_csrf", [""])[0], found.csrf):
        raise nobody
    raise SignInNeeded(
        community=community, session=timed_out, party=found.party_id, fields=fields,
        form_path=again_path(request) or "/",
    )  # fmt: skip
