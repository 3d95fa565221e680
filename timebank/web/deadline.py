"""A deadline in front of everything: no request may take for ever to arrive.

uvicorn waits without end for the rest of a header or a body, and takes headers of any size; two
hundred such connections are enough to keep everybody else out. This protocol gives a request a
few seconds to arrive whole, bounds its header, and lets go of readers that do not read.
"""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from timebank.kernel.ids import new_id
from timebank.web.log import log_request
from timebank.web.plain_pages import plain_page
from timebank.web.security_headers import with_security

LEAST_READ_BYTES = 16 * 1024
"""A visitor on a bad line takes more than this in a minute; one who means ill takes less."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one connection; seconds and bytes."""

    arrive_seconds: float = 5.0
    """From the first byte of a request (or from connecting) until it is whole."""
    idle_seconds: int = 15
    """Between two requests on one connection."""
    read_seconds: float = 60.0
    """For a visitor to take what we already sent, or at least LEAST_READ_BYTES of it."""
    header_bytes: int = 32 * 1024
    """Address and headers together."""
    connections: int = 800
    """At once in one process; more get the page of 503 (a process usually has 1,024 files)."""
    https: bool = False
    """Whether refusals made here carry Strict-Transport-Security."""


class LimitedConfig(Config):
    """uvicorn's configuration with our limits beside it."""

    def __init__(self, app: Any, *, limits: Limits, **settings: Any) -> None:
        super().__init__(app, **settings)
        self.limits = limits


class DeadlineProtocol(HttpToolsProtocol):
    """uvicorn's protocol with deadlines. Needs a LimitedConfig."""

    def __init__(
        self,
        config: LimitedConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limits = config.limits
        self._arriving: asyncio.TimerHandle | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._unread = 0
        self._in_header = False
        self._header_bytes = 0
        self._raw_header_bytes = 0
        self._refusal = HTTPStatus.BAD_REQUEST

    # Connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP only
        """The clock starts here: who connects and says nothing is let go too."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "full")
            return
        self._expect_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody left to wait for."""
        self._stop_arriving()
        self._stop_leaving()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came. A chunk is at most 256 KB, so counting per chunk bounds what is kept."""
        if self.transport.is_closing():
            return
        if self._no_answer_due():
            self._expect_a_request()
        super().data_received(data)
        if self._in_header:
            self._raw_header_bytes += len(data)
            if self._raw_header_bytes > self.limits.header_bytes:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "header-size")

    # Parser

    def on_message_begin(self) -> None:
        """A new request on this connection."""
        super().on_message_begin()
        self._in_header, self._header_bytes, self._raw_header_bytes = True, 0, 0
        self._expect_a_request()

    def on_url(self, url: bytes) -> None:
        """Counts with the headers; a whole address (`GET http://elsewhere/`) is refused."""
        if not self.url and not url.startswith(b"/"):
            raise ValueError("not a path")
        self._count_header(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header line. One after the body (a trailer) would slip past every check: refused."""
        if not self._in_header:
            raise ValueError("header after the body")
        self._count_header(len(name) + len(value) + 4)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """From here on the app runs, and waits for the body as long as the clock allows."""
        self._in_header = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: now it is up to us to be quick."""
        self._stop_arriving()
        super().on_message_complete()

    def _count_header(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > self.limits.header_bytes:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError("header too large")

    # Clocks

    def _no_answer_due(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _expect_a_request(self) -> None:
        if self._arriving is None:
            self._arriving = self.loop.call_later(self.limits.arrive_seconds, self._too_slow)

    def _stop_arriving(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _too_slow(self) -> None:
        self._arriving = None
        if self.headers is None:  # connected, and never said a word
            self.transport.close()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "too-slow")

    def pause_writing(self) -> None:
        """The visitor does not keep up: from now on there is an end to our patience."""
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        """Most of it was taken; what is left starts a time of its own."""
        super().resume_writing()
        self._expect_reading()

    def on_response_complete(self) -> None:
        """All was handed to the connection; what still waits there must be read in time."""
        super().on_response_complete()
        self._expect_reading()

    def _expect_reading(self) -> None:
        self._stop_leaving()
        self._unread = self.transport.get_write_buffer_size()
        if self._unread:
            self._leaving = self.loop.call_later(self.limits.read_seconds, self._still_reading)

    def _stop_leaving(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _still_reading(self) -> None:
        """A slow reader goes on; one who takes next to nothing is cut off."""
        left = self.transport.get_write_buffer_size()
        if left > max(0, self._unread - LEAST_READ_BYTES):
            self.transport.abort()
        else:
            self._expect_reading()

    # Refusals

    def send_400_response(self, msg: str) -> None:
        """What the parser refuses gets a page with all headers, like any other answer."""
        refusal, self._refusal = self._refusal, HTTPStatus.BAD_REQUEST
        self._refuse(refusal, "unreadable")

    def _refuse(self, status: HTTPStatus, code: str) -> None:
        """Answer with a plain page and close; when an answer has begun, only close."""
        if self.transport.is_closing():
            return
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            request_id = str(new_id())
            self.transport.write(_raw_answer(status, request_id, self.limits.https))
            log_request(
                request_id=request_id, method="-", route="-", status=status, ms=0.0, refused=code
            )
        self._stop_arriving()
        self.transport.close()
        self._expect_reading()


def _raw_answer(status: HTTPStatus, request_id: str, https: bool) -> bytes:
    body = plain_page(status, request_id)
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    lines = [
        name + b": " + value + b"\r\n" for name, value in with_security(headers, https, request_id)
    ]
    first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    return first + b"".join(lines) + b"\r\n" + body
