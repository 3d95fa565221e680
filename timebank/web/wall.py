"""The wall: plain ASGI round the whole app, for what must hold on every answer.

The framework's own middleware does not run for unknown addresses and wrong methods, so request
id, Host, sizes, headers, the cross-site check and the last catch stand here. Nothing in this
file reads or logs a query, a body or a name.
"""

import asyncio
import time
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from timebank.kernel.ids import new_id
from timebank.web.answer import Answer
from timebank.web.log import log_failure, log_request
from timebank.web.security_headers import Header
from timebank.web.visitors import our_address, proxies

MAX_URL_BYTES = 8 * 1024
MAX_BODY_BYTES = 256 * 1024
MAX_QUERY_FIELDS = 200
READING = frozenset({"GET", "HEAD"})
WRITING = frozenset({"POST"})
"""HTML forms know GET and POST, and every page must work without script: no other method exists."""

_ONCE = frozenset(
    {b"host", b"content-length", b"content-type", b"content-encoding", b"origin"}
    | {b"sec-fetch-site", b"x-csrf", b"authorization"}
)
_FORWARDED = (b"forwarded", b"x-forwarded-", b"x-real-ip", b"x-client-ip")
_ALLOW: Header = (b"allow", b"GET, HEAD, POST")


class RefusedError(Exception):
    """The wall lets this request no further. `code` names the reason in the log."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class GoneError(Exception):
    """The visitor left before the request was whole; there is nobody to answer."""


class Wall:
    """Wraps the app.

    What the app finds in the scope: `state["request_id"]`, the visitor's own address in
    `client`, no forwarded headers, GET for HEAD, and a body that is already whole (so a slow
    sender never holds a database connection). What it may leave there: `state["actor"]`, the id
    of the signed-in party, which is logged hashed.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        public_url: str,
        hosts: frozenset[str],
        trusted_proxies: frozenset[str],
        https: bool,
        stylesheet: str | None = None,
    ) -> None:
        """hosts: further names (`name` or `name:port`) besides the one in public_url.
        trusted_proxies: addresses, networks, or "unix".

        Raises ValueError when these settings contradict each other.
        """
        self._app = app
        self._ours = our_address(public_url, hosts, https)
        self._proxies = proxies(trusted_proxies)
        self._https = https
        self._stylesheet = stylesheet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry. Web sockets are closed unopened: this site has none."""
        kind = str(scope["type"])
        if kind == "lifespan":
            await self._app(scope, receive, send)
        elif kind == "http":
            await self._http(cast(dict[str, Any], scope), receive, send)
        else:
            await send(cast(Message, {"type": "websocket.close", "code": 1008}))

    async def _http(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        headers = dict(scope["headers"])
        request_id = str(new_id())
        answer = Answer(
            send,
            request_id,
            self._https,
            accept_encoding=headers.get(b"accept-encoding", b"").decode("latin-1"),
            head=scope["method"] == "HEAD",
            htmx=b"hx-request" in headers,
            stylesheet=self._stylesheet,
        )
        inner = self._inner_scope(scope, request_id)
        refused = ""
        try:
            self._check(scope, headers)
            body = await self._body(headers, receive)
            await self._app(cast(Scope, inner), _replay(body, receive), answer.send)
            if not answer.started:
                raise RuntimeError("the app gave no answer")
        except RefusedError as refusal:
            refused = refusal.code
            await answer.page(refusal.status, [_ALLOW] if refusal.status == 405 else [])
        except GoneError:
            refused = "gone"
        except asyncio.CancelledError:
            if not answer.started:
                await answer.page(503)
            raise
        except Exception as error:
            # Mid-answer nothing can be said any more: the server closes the connection.
            log_failure(request_id=request_id, error=error)
            if not answer.started:
                await answer.page(500)
        finally:
            log_request(
                request_id=request_id,
                method=scope["method"],
                route=_route_name(inner),
                status=answer.status,
                ms=(time.perf_counter() - began) * 1000,
                actor=inner["state"].get("actor"),
                refused=refused,
            )

    def _inner_scope(self, scope: dict[str, Any], request_id: str) -> dict[str, Any]:
        """The scope the app is given: the visitor behind the proxy, no forwarded headers."""
        inner = dict(scope)
        inner["state"] = {**(scope.get("state") or {}), "request_id": request_id}
        if scope["method"] == "HEAD":
            inner["method"] = "GET"
        peer = scope.get("client")
        inner["client"] = peer or ("127.0.0.1", 0)
        if self._proxies.trust(peer[0] if peer else None):
            said = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
            visitor = self._proxies.visitor(b",".join(said).decode("latin-1"))
            inner["client"] = (visitor, 0) if visitor else inner["client"]
            inner["scheme"] = _forwarded_scheme(scope)
        inner["headers"] = [
            header for header in scope["headers"] if not header[0].startswith(_FORWARDED)
        ]
        return inner

    def _check(self, scope: dict[str, Any], headers: dict[bytes, bytes]) -> None:
        names = [name for name, _ in scope["headers"] if name in _ONCE]
        if len(names) != len(set(names)):
            raise RefusedError(400, "header-twice")
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._ours.knows(host):
            raise RefusedError(400, "host")
        _check_address(scope)
        if scope["method"] not in READING | WRITING:
            raise RefusedError(405, "method")
        if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise RefusedError(415, "compressed-body")
        if scope["method"] in WRITING:
            self._check_same_site(headers, host)

    def _check_same_site(self, headers: dict[bytes, bytes], host: str) -> None:
        """A browser says where a form came from; ours come from our own pages only.

        The second half of this defence, the form's token, belongs to the session.
        """
        if headers.get(b"sec-fetch-site", b"same-origin") != b"same-origin":
            raise RefusedError(403, "cross-site")
        origin = headers.get(b"origin")
        if origin is not None and not self._ours.is_own_origin(origin.decode("latin-1"), host):
            raise RefusedError(403, "cross-origin")

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        """The whole body, before the app begins. Raises RefusedError 413 past MAX_BODY_BYTES."""
        length = headers.get(b"content-length")
        if length is None and b"transfer-encoding" not in headers:
            return b""
        if length is not None and not (length.isdigit() and len(length) < 16):
            raise RefusedError(400, "content-length")
        if length is not None and int(length) > MAX_BODY_BYTES:
            raise RefusedError(413, "body-size")
        return await _whole_body(receive)


async def _whole_body(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = cast(dict[str, Any], await receive())
        if message["type"] != "http.request":
            raise GoneError
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise RefusedError(413, "body-size")
        more = message.get("more_body", False)
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the whole body once, then waits for the visitor to leave."""
    waiting = [body]

    async def replay() -> Any:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


def _check_address(scope: dict[str, Any]) -> None:
    """The address: short enough, and readable. What is not UTF-8 is refused, never replaced."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    if len(path) + len(query) > MAX_URL_BYTES:
        raise RefusedError(414, "url-size")
    if query.count(b"&") >= MAX_QUERY_FIELDS:
        raise RefusedError(414, "query-fields")
    if not path.startswith(b"/"):
        raise RefusedError(400, "address")
    for part in (path, query):
        _check_readable(part)
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in scope["path"]):
        raise RefusedError(400, "address")


def _check_readable(part: bytes) -> None:
    decoded = unquote_to_bytes(part)
    if b"\0" in decoded:
        raise RefusedError(400, "address")
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "address") from None


def _forwarded_scheme(scope: dict[str, Any]) -> str:
    """What the nearest proxy says the visitor used; without a word from it, our own."""
    said = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
    last = b",".join(said).rpartition(b",")[2].strip().lower().decode("latin-1")
    return last if last in ("http", "https") else str(scope.get("scheme", "http"))


def _route_name(scope: dict[str, Any]) -> str:
    """The name of the route that answered; its address, with ids in it, is never logged."""
    handler = scope.get("route_handler")
    return "-" if handler is None else str(handler.name or handler.handler_name)
