"""The map: every route, dependency, error handler, and the start and end of the app."""

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from litestar import Litestar, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, ExceptionHandlersMap, Receive, Scope, Send

from timebank import access
from timebank.access import answers, password_pages, proof_pages, session_pages
from timebank.access import pages as access_pages
from timebank.admin import pages as admin_pages
from timebank.areas import pages as areas_pages
from timebank.audit import pages as audit_pages
from timebank.exchanges import pages as exchanges_pages
from timebank.gatherings import pages as gatherings_pages
from timebank.home import pages as home_pages
from timebank.hours import pages as hours_pages
from timebank.introductions import pages as introductions_pages
from timebank.kernel import clock, migrate
from timebank.kernel.db import GONE, DatabaseAway, at_once, connection, open_pool
from timebank.kernel.i18n import speaking
from timebank.kernel.refusals import Refusal
from timebank.kernel.settings import Settings
from timebank.mandates import pages as mandates_pages
from timebank.membership import pages as membership_pages
from timebank.messages import pages as messages_pages
from timebank.moderation import pages as moderation_pages
from timebank.papers import pages as papers_pages
from timebank.parties import pages as parties_pages
from timebank.posts import pages as posts_pages
from timebank.signals import pages as signals_pages
from timebank.ties import pages as ties_pages
from timebank.vouchers import pages as vouchers_pages
from timebank.web import cookies, errors
from timebank.web.doors import absolute
from timebank.web.site import Hashes, Site
from timebank.web.static_files import Assets, static_handler
from timebank.web.templates import Templates
from timebank.web.wall import Wall
from timebank.worklist import pages as worklist_pages

COMMUNITY_ROUTES: list[HTTPRouteHandler] = [
    *access_pages.ROUTES,
    *password_pages.ROUTES,
    *proof_pages.ROUTES,
    *session_pages.ROUTES,
    *admin_pages.ROUTES,
    *areas_pages.ROUTES,
    *audit_pages.ROUTES,
    *exchanges_pages.ROUTES,
    *gatherings_pages.ROUTES,
    *home_pages.ROUTES,
    *hours_pages.ROUTES,
    *introductions_pages.ROUTES,
    *mandates_pages.ROUTES,
    *messages_pages.ROUTES,
    *moderation_pages.ROUTES,
    *papers_pages.ROUTES,
    *parties_pages.ROUTES,
    *membership_pages.ROUTES,
    *posts_pages.ROUTES,
    *signals_pages.ROUTES,
    *ties_pages.ROUTES,
    *vouchers_pages.ROUTES,
    *worklist_pages.ROUTES,
]
"""Everything below /{community}."""

SECURITY_CONTACT_FOR = timedelta(days=90)
"""How long what stands in security.txt may be relied on; less than a year, the standard says."""

Beside = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Something that runs as long as the app does, until the event is set."""


@get("/healthz", name="healthz", public=True)
async def healthz(request: access.Asked) -> Response[str]:
    """200 only when the database answers and its schema is exactly ours; else 503."""
    site = access.site_of(request)
    try:
        async with connection(site.pool) as db:
            current = await at_once(db, migrate.is_current(db))
    except (OSError, asyncpg.PostgresError, *GONE):
        return Response("database away\n", status_code=503, media_type="text/plain")
    status = 200 if current else 503
    text = "ok\n" if current else "schema not current\n"
    return Response(text, status_code=status, media_type="text/plain")


@get("/.well-known/security.txt", name="security_contact", public=True)
async def security_contact(request: access.Asked) -> Response[str]:
    """Where somebody tells us of a hole (RFC 9116). It never runs out while the site is up: who reads
    it, reads it today."""
    site = access.site_of(request)
    public = site.settings.public_url
    contact = f"mailto:{site.settings.mail_from}" if site.settings.mail_from else public
    until = (site.now() + SECURITY_CONTACT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = (
        f"Contact: {contact}", f"Expires: {until}", "Preferred-Languages: nl, en",
        f"Canonical: {absolute(public, '/.well-known/security.txt')}",
    )  # fmt: skip
    return Response("\n".join(lines) + "\n", media_type="text/plain")


class Speaking:
    """Sets the reader's language for one request, from their cookie."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._cookie = cookies.name_of("lang", "", https=https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope["type"]) != "http":
            await self._app(scope, receive, send)
            return
        with speaking(cookies.read(scope, self._cookie)):
            await self._app(scope, receive, send)


def check_closed(routes: list[HTTPRouteHandler]) -> None:
    """Closed by default, proven at start: a route takes `viewer` or says `public`, and a route
    that writes takes `form` (or reads it by hand, which it says). Raises RuntimeError."""
    for route in routes:
        takes = set(inspect.signature(route.fn).parameters)
        if not (takes & {"viewer"} or route.opt.get("public") or route.opt.get("by_hand")):
            raise RuntimeError(f"route {route.name} neither takes a viewer nor says it is public")
        if "POST" in route.http_methods:
            if "form" not in takes and not route.opt.get("by_hand"):
                raise RuntimeError(f"route {route.name} writes and does not check its form")
            if "again" not in route.opt:
                raise RuntimeError(f"route {route.name} does not say which page shows its form")


ANSWERS: ExceptionHandlersMap = {
    Refusal: errors.on_refusal,
    access.SignInNeeded: answers.on_sign_in_needed,
    access.ProofNeeded: answers.on_proof_needed,
    access.AlreadyDone: answers.on_already_done,
    asyncpg.PostgresError: errors.on_database,
    asyncpg.InterfaceError: errors.on_away,
    asyncpg.InternalClientError: errors.on_away,
    DatabaseAway: errors.on_away,
    ConnectionError: errors.on_away,
    TimeoutError: errors.on_away,
    HTTPException: errors.on_http,
    Exception: errors.on_bug,
}
"""What is answered when a handler does not come to its end."""


@asynccontextmanager
async def _running(beside: Beside | None) -> AsyncGenerator[None, None]:
    stop = asyncio.Event()
    task = asyncio.create_task(beside(stop)) if beside else None
    try:
        yield
    finally:
        stop.set()
        if task is not None:
            await asyncio.wait([task], timeout=5)


def make_app(
    settings: Settings, *, hasher: Hashes | None = None,
    now: Callable[[], datetime] = clock.now, assets: Assets | None = None,
    beside: Beside | None = None,
) -> Litestar:  # fmt: skip
    """The app without the wall; `with_wall` puts it in front. `beside` runs as long as the app
    does (the demo's worker)."""
    assets = assets or Assets.load()
    site_parts = (settings, Templates(assets), hasher or access.Hasher())

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None, None]:
        pool = await open_pool(settings.database_url, size=settings.pool_size)
        app.state.site = Site(pool, *site_parts, clock=now)
        try:
            async with _running(beside):
                yield
        finally:
            pool.terminate()

    check_closed(COMMUNITY_ROUTES)
    community = Router(
        path="/{community:str}",
        route_handlers=list(COMMUNITY_ROUTES),
        dependencies={
            "db": Provide(access.provide_db),
            "visit": Provide(access.provide_visit),
            "viewer": Provide(access.provide_viewer),
            "form": Provide(access.provide_form),
        },
    )
    return Litestar(
        route_handlers=[
            community,
            *home_pages.PLATFORM_ROUTES,
            healthz,
            security_contact,
            static_handler(assets, public=True),
        ],
        lifespan=[lifespan],
        exception_handlers=ANSWERS,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )


def with_wall(app: Litestar, settings: Settings, assets: Assets | None = None) -> Wall:
    """The app behind the wall: what a server serves and a test asks."""
    assets = assets or Assets.load()
    return Wall(
        Speaking(app, https=settings.https),
        public_url=settings.public_url,
        hosts=settings.hosts,
        trusted_proxies=settings.trusted_proxies,
        https=settings.https,
        stylesheet=assets.address("style.css"),
    )
