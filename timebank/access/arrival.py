"""Arriving: from a bare request to a visit, in the request's own transaction.

These are the dependencies that handlers name: `db`, `visit`, `viewer`, `form`. `arrive` does the
same by hand for the few handlers (sign-in) that may not hold a connection while they hash.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from timebank import areas
from timebank.access import store
from timebank.access.model import PROVEN_FOR, SessionRow, token_hash
from timebank.access.transaction import Asked, community_id, ending_on_error, site_of
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, load
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import language
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import Refusal
from timebank.web import cookies, csrf
from timebank.web.body import read_form
from timebank.web.inject import In
from timebank.web.site import Site
from timebank.web.viewer import ActingFor, Role, Viewer
from timebank.web.visit import Visit

SEEN_EVERY_SECONDS = 60
keys = load("form_key")


class SignInNeeded(Exception):
    """Nobody is signed in. With `party` and `fields`, a form was sent after the session ended."""

    def __init__(
        self, *, community: int, party: UUID | None = None,
        fields: dict[str, list[str]] | None = None, form_path: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.community = community
        self.party = party
        self.fields = fields or {}
        self.form_path = form_path


class ProofNeeded(Exception):
    """The viewer must give the password once more; what was typed (`fields`) is kept."""

    def __init__(
        self, *, community: int, party: UUID, fields: dict[str, list[str]], here: str
    ) -> None:
        super().__init__()
        self.community = community
        self.party = party
        self.fields = fields
        self.here = here


class AlreadyDone(Exception):
    """This very form was sent before: its answer is the first one's."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class StaleForm(Refusal):
    """403: the form's token is not ours, or not of this session. The page comes back filled in."""

    status = 403


async def provide_visit(request: Asked, db: In[Db]) -> Visit:
    """Dependency `visit`: the community, and who looks, if anybody is signed in."""
    async with ending_on_error(request):
        return await _arrive(request, db)


async def _arrive(request: Asked, db: Db) -> Visit:
    site = site_of(request)
    now = site.now()
    community = await community_id(db, site, request.path_params["community"])
    found = await _session(request, db, community, now)
    viewer = _viewer(found, community) if found is not None and found.live else None
    if viewer is not None and found is not None:
        request.scope["state"]["actor"] = str(viewer.party_id)
        if (now - found.seen_at).total_seconds() > SEEN_EVERY_SECONDS:
            await store.seen(db, community=community, id_=viewer.session_id, now=now)
    if viewer is None and not request.route_handler.opt.get("public", False):
        await _who_is_asked_for(request, found, community)
    if viewer is not None and found is not None:
        about = areas.as_community(found.community, language.get())
    else:
        about = await areas.community(db, community, area=None, language=language.get())
    return await _visit(request, db, site, about, viewer, found, now)


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
        query=dict(request.query_params),
        secret=secret if as_visitor or found is None else found.csrf,
        owner=token_hash(secret.hex()) if viewer is None else viewer.party_id.bytes,
        htmx_target=_htmx_target(request),
        templates=site.templates,
        again=request.scope["state"].get("again") or await _draft(request, db, viewer, now),
        status=request.scope["state"].get("again_status", 200),
        https=https,
    )
    if fresh and as_visitor:
        visit.cookies.append(cookies.make("pre", about.slug, secret.hex(), https=https))
    return visit


async def _session(request: Asked, db: Db, community: int, now: datetime) -> SessionRow | None:
    site = site_of(request)
    name = cookies.name_of("session", request.path_params["community"], https=site.settings.https)
    token = cookies.read(request.scope, name)
    if not token:
        return None
    return await store.session(
        db, community=community, token_hash=token_hash(token), now=now, today=local_date(now)
    )


async def shut_out(request: Asked, db: Db, visit: Visit) -> UUID | None:
    """Who signed in with the right password and is suspended: they are no viewer, and see the page
    with the reason, the appeal and their own data, nothing else (OWASP ASVS 6.3.8)."""
    found = await _session(request, db, visit.community.id, visit.now)
    if found is None or not found.live or found.state != "suspended":
        return None
    return found.party_id


def _viewer(found: SessionRow, community: int) -> Viewer | None:
    """Nobody, when they do not take part, or act for somebody they no longer look after: what was
    typed for a member is never done in the worker's own name."""
    if found.state not in ("active", "paused", "leaving"):
        return None
    roles = tuple(msgspec.convert(found.roles, list[Role]))
    if found.acting_for_id is not None and not any(
        role.kind == "worker" and role.area_id == found.for_area_id for role in roles
    ):
        return None
    acting = None
    if found.for_id and found.for_call_name and found.for_area_id:
        acting = ActingFor(
            found.for_id, found.for_call_name, found.for_number or "", found.for_area_id,
            found.for_place_id,
        )  # fmt: skip
    return Viewer(
        community_id=community,
        party_id=found.party_id,
        session_id=found.session_id,
        number=found.number,
        call_name=found.call_name,
        full_name=found.full_name,
        area_id=found.area_id,
        place_id=found.place_id,
        language=found.language,
        state=found.state,
        proven_at=found.proven_at,
        own_device=found.own_device,
        roles=roles,
        acting_for=acting,
    )


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


async def _draft(request: Asked, db: Db, viewer: Viewer | None, now: datetime) -> Form | None:
    draft_id = parse_id(request.query_params.get("draft", ""))
    if viewer is None or draft_id is None:
        return None
    found = await store.draft(
        db, community=viewer.community_id, id_=draft_id, party=viewer.party_id, now=now
    )
    if found is None:
        return None
    form = Form("", sent=found.fields, key=found.fields.get("_key", [""])[0])
    form.notice = _("Uw tekst is bewaard. Kijk hem na, en verstuur hem dan.")
    return form


async def provide_viewer(visit: In[Visit]) -> Viewer:
    """Dependency `viewer`: the signed-in member. A route is closed unless it says `public`."""
    if visit.viewer is None:
        raise SignInNeeded(community=visit.community.id)
    return visit.viewer


async def _who_is_asked_for(request: Asked, found: SessionRow | None, community: int) -> None:
    """Nobody is signed in and the route is closed: keep a form that an ended session left behind."""
    if request.method == "GET" or found is None:
        raise SignInNeeded(community=community)
    fields = await read_form(request.scope, request.receive)
    if not csrf.holds(fields.pop("_csrf", [""])[0], found.csrf):
        raise SignInNeeded(community=community)
    raise SignInNeeded(
        community=community, party=found.party_id, fields=fields,
        form_path=again_path(request) or "/",
    )  # fmt: skip


async def provide_form(request: Asked, visit: In[Visit], db: In[Db]) -> Form:
    """Dependency `form`: what was sent, once its token holds and its key is new.

    Raises StaleForm, AlreadyDone, BadBody.
    """
    async with ending_on_error(request):
        return await _read(request, visit, db)


async def _read(request: Asked, visit: Visit, db: Db) -> Form:
    fields = await read_form(request.scope, request.receive)
    tokens = fields.pop("_csrf", [])
    token = tokens[0] if tokens else request.headers.get("x-csrf", "")
    key = (fields.pop("_key", None) or [""])[0]
    form = Form(request.url.path, sent=fields, key=key)
    request.scope["state"]["form"] = form
    if not csrf.holds(token, visit.secret):
        raise StaleForm(
            _("Deze pagina stond lang open. Kijk of alles er nog staat, en verstuur het opnieuw.")
        )
    if key and not request.route_handler.opt.get("no_key", False):
        await _claim(db, visit, key, again_path(request) or "/")
    return form


async def _claim(db: Db, visit: Visit, key: str, fallback: str) -> None:
    if not 16 <= len(key) <= 64:
        raise StaleForm(_("Dit formulier is niet van ons. Open de pagina opnieuw."))
    place = {"community": visit.community.id, "owner": visit.owner, "key": key}
    if not await keys.claim(db, now=visit.now, **place):
        location = await keys.location(db, **place) or visit.url(fallback)
        path, _mark, _query = location.partition("?said=")
        raise AlreadyDone(path + ("&" if "?" in path else "?") + "said=already")


def again_path(request: Asked) -> str | None:
    """Path (in this community) of the page that shows the form which was sent here."""
    pattern = request.route_handler.opt.get("again")
    if pattern is None:
        return None
    query = request.scope["query_string"].decode("ascii", "replace")
    path = str(pattern).format(**request.path_params)
    return f"{path}?{query}" if query else path


def path_with_next(slug: str, page: str, *, next_: str, draft: UUID | None = None) -> str:
    """Address of `page`, which leads on to `next_` (and brings a draft back)."""
    if draft is not None:
        next_ += ("&" if "?" in next_ else "?") + f"draft={draft}"
    return f"/{slug}{page}?{urlencode({'next': next_})}"


def demand_proof(visit: Visit, viewer: Viewer, form: Form | None = None) -> None:
    """Raises ProofNeeded when the password was not given in the last ten minutes: the person gives
    it and goes on, with what was typed in `form`."""
    if visit.now - viewer.proven_at > PROVEN_FOR:
        raise ProofNeeded(
            community=viewer.community_id, party=viewer.party_id,
            fields=dict(form.sent) if form else {}, here=visit.path,
        )  # fmt: skip


def signed_in(visit: Visit) -> Viewer:
    """The viewer, in a handler that has its transactions by hand. Raises SignInNeeded."""
    if visit.viewer is None:
        raise SignInNeeded(community=visit.community.id)
    return visit.viewer
