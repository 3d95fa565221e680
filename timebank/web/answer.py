"""An answer on its way out: headers added, text compressed, nothing sent before it is whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from litestar.types import Message, Send

from timebank.web.compress import MIN_BYTES, best_encoding, compress, is_text
from timebank.web.plain_pages import plain_page
from timebank.web.security_headers import Header, with_security


@dataclass(slots=True)
class Answer:
    """Wraps `send` for one request.

    The start of the app's answer is held until its first bytes come: an app that fails between
    the two can still be answered for with a whole page.
    """

    send_on: Send
    request_id: str
    https: bool
    accept_encoding: str = ""
    head: bool = False
    htmx: bool = False
    stylesheet: str | None = None
    status: int = 0
    started: bool = False
    _held: dict[str, Any] | None = None

    async def send(self, message: Message) -> None:
        """The `send` the app is given."""
        event = cast(dict[str, Any], message)
        if event["type"] == "http.response.start":
            self._held = event
            return
        if event["type"] != "http.response.body":
            await self.send_on(message)
            return
        body, more = event.get("body", b""), event.get("more_body", False)
        if self._held is not None:
            held, self._held = self._held, None
            headers = [
                (bytes(name).lower(), bytes(value)) for name, value in held.get("headers", ())
            ]
            if not more:
                headers, body = self._compressed(headers, body)
            await self._start(held["status"], headers)
        await self._emit(body, more)

    async def page(self, status: int, extra: Iterable[Header] = ()) -> None:
        """Answer with the plain page of this status. Nothing may have been sent yet."""
        self._held = None
        body = plain_page(status, self.request_id, self.stylesheet)
        headers: list[Header] = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            *extra,
        ]
        if self.htmx:
            headers += [(b"hx-retarget", b"body"), (b"hx-reswap", b"innerHTML")]
        headers, body = self._compressed(headers, body)
        await self._start(status, headers)
        await self._emit(body, False)

    async def _start(self, status: int, headers: list[Header]) -> None:
        self.started, self.status = True, status
        start = {
            "type": "http.response.start",
            "status": status,
            "headers": with_security(headers, self.https, self.request_id),
        }
        await self.send_on(cast(Message, start))

    async def _emit(self, body: bytes, more: bool) -> None:
        sent = b"" if self.head else body
        message = {"type": "http.response.body", "body": sent, "more_body": more}
        await self.send_on(cast(Message, message))

    def _compressed(self, headers: list[Header], body: bytes) -> tuple[list[Header], bytes]:
        """The same answer in the best encoding the visitor takes, where that saves anything."""
        said = dict(headers)
        content_type = said.get(b"content-type", b"").decode("latin-1")
        if len(body) <= MIN_BYTES or b"content-encoding" in said or not is_text(content_type):
            return headers, body
        encoding = best_encoding(self.accept_encoding)
        if encoding is None:
            return headers, body
        body = compress(body, encoding)
        kept = [header for header in headers if header[0] != b"content-length"]
        kept.append((b"content-encoding", encoding.encode()))
        kept.append((b"content-length", str(len(body)).encode()))
        return kept, body
