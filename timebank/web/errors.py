"""Refusals and failures as pages.

A form that is refused comes back as it was, in a new transaction: the page that shows the form is
asked for again, with what was typed and what is wrong, and answers with the refusal's status. So a
form has one page, one template and one way to be wrong.
"""

from typing import Any

import asyncpg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import Message, Receive, Scope, Send

from timebank.kernel.dates import local_date
from timebank.kernel.db import GONE
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES, language
from timebank.kernel.refusals import Invalid, NotFound, Refusal, TooMany, refusal_of
from timebank.web.log import log_event, log_failure

Asked = Request[Any, Any, Any]

AWAY = (
    *GONE,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,  # with a migration: our own locks are taken in one order
    asyncpg.QueryCanceledError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.UndefinedTableError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.DiskFullError,
    ConnectionError,
)
"""The database is away, busy, full or just being migrated: a plain 503, and later it works again."""


class _NoCommunity:
    """Stands in for a visit on pages that must not ask the database anything."""

    def __init__(self, path: str) -> None:
        self.community = None
        self.viewer = None
        self.menu: list[Any] = []
        self.said = None
        self.csrf = ""
        self.path = path
        self.language = language.get()
        self.languages = list(NAMES.items())


def plain_page(request: Asked, template: str, code: int, **context: Any) -> Response[str]:
    """A page that needs no database; the same for whatever is missing or forbidden."""
    site = request.app.state.site
    now = site.now()
    values = {
        "visit": _NoCommunity("/"), "url": lambda path: path, "now": now, "today": local_date(now),
        "viewer": None, "form": None,
    } | context  # fmt: skip
    return Response(
        site.templates.render(template, values), status_code=code, media_type="text/html"
    )


class FormAgain(Response[None]):
    """Shows the form's own page again, filled in, with the refusal's status."""

    def __init__(self, request: Asked, refusal: Refusal, path: str) -> None:
        super().__init__(None, status_code=refusal.status)
        self._request = request
        self._refusal = refusal
        self._path = path

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        form: Form = self._request.scope["state"]["form"]
        if isinstance(self._refusal, Invalid):
            form.errors = self._refusal.errors
        else:
            form.errors = {"": self._refusal.sentence}
        path, _mark, query = self._path.partition("?")
        again: Any = {
            key: scope[key]
            for key in ("type", "asgi", "http_version", "server", "client", "scheme", "root_path",
                        "extensions", "headers")
            if key in scope
        }  # fmt: skip
        again |= {
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "state": {
                "request_id": scope["state"].get("request_id"),
                "again": form,
                "again_status": self._refusal.status,
            },
        }
        await self._request.app(again, receive, self._with_time(send))
        scope["state"]["actor"] = again["state"].get("actor")

    def _with_time(self, send: Send) -> Send:
        """Whoever came too often is told when to come back, also beside a form."""
        if not isinstance(self._refusal, TooMany):
            return send
        header = (b"retry-after", str(self._refusal.retry_after).encode())

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], header]
            await send(message)

        return sending


def on_refusal(request: Asked, refusal: Refusal) -> Response[Any]:
    """A 'no' to a person: beside their form, or on a page of its own."""
    state = request.scope["state"]
    if isinstance(refusal, NotFound):
        return plain_page(request, "errors/404.html", 404)
    again = getattr(request.route_handler, "opt", {}).get("again")
    if request.method == "POST" and again and "form" in state and refusal.status != 413:
        slug = request.path_params.get("community", "")
        query = request.scope["query_string"].decode("ascii", "replace")
        path = f"/{slug}{str(again).format(**request.path_params)}".removesuffix("/")
        return FormAgain(request, refusal, f"{path}?{query}" if query else path)
    page = plain_page(
        request, "errors/refusal.html", refusal.status, sentence=refusal.sentence, status=refusal.status,
        errors=getattr(refusal, "errors", {}),
    )  # fmt: skip
    if isinstance(refusal, TooMany):
        page.headers["Retry-After"] = str(refusal.retry_after)
    return page


def on_database(request: Asked, error: asyncpg.PostgresError) -> Response[Any]:
    """A named constraint is a refusal; a database that is away is a 503; the rest is a bug."""
    refusal = refusal_of(error)
    if refusal is not None:
        return on_refusal(request, refusal)
    if isinstance(error, AWAY):
        return on_away(request, error)
    raise error


def on_away(request: Asked, error: Exception) -> Response[Any]:
    """503: come back in a moment. Logged by kind: what looks like a database that is away can also
    be a table that is not there."""
    log_event(
        "database_away", request_id=str(request.scope["state"].get("request_id", "")),
        error=type(error).__name__,
    )  # fmt: skip
    page = plain_page(request, "errors/503.html", 503, sent=request.method == "POST")
    page.headers["Retry-After"] = "5"
    return page


def on_http(request: Asked, error: HTTPException) -> Response[Any]:
    """What the framework refuses by itself: unknown addresses, wrong methods, odd values in them."""
    if error.status_code in (404, 400):
        return plain_page(request, "errors/404.html", 404)
    if error.status_code == 405:
        page = plain_page(request, "errors/404.html", 405)
        page.headers["Allow"] = "GET, HEAD, POST"
        return page
    raise error


def on_bug(request: Asked, error: Exception) -> Response[Any]:
    """Everything else is a bug: a plain page with the request's id, and a line in the log."""
    request_id = str(request.scope["state"].get("request_id", ""))
    log_failure(request_id=request_id, error=error)
    return plain_page(request, "errors/500.html", 500, request_id=request_id)
