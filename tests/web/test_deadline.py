"""Raw sockets against the real server: slow, half, silent and oversized requests."""

import contextlib
import io
import json
import socket
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.response import Stream

from timebank.web import log
from timebank.web.deadline import Limits
from timebank.web.security_headers import CONTENT_SECURITY_POLICY
from timebank.web.serve import QuietServer, ServeConfig, listen
from timebank.web.wall import Wall

ARRIVE = 0.6
LIMITS = Limits(arrive_seconds=ARRIVE, idle_seconds=1, read_seconds=1.0, connections=150)
BIG = b"x" * 8_000_000

Port = int


@get("/", name="home")
async def home() -> str:
    return "hier"


@get("/big", name="big")
async def big() -> Response[bytes]:
    return Response(BIG, media_type="application/octet-stream")


@get("/middle", name="middle")
async def middle() -> Response[bytes]:
    return Response(BIG[:50_000], media_type="application/octet-stream")


@get("/pieces", name="pieces")
async def pieces() -> Stream:
    async def made() -> AsyncGenerator[bytes, None]:
        for _ in range(1000):
            yield BIG[:10_000]

    return Stream(made)


@post("/form", name="form")
async def form(request: Request[Any, Any, Any]) -> str:
    return str(len(await request.body()))


@dataclass
class Site:
    """A running server."""

    port: int
    server: QuietServer

    def connect(self, sent: bytes = b"") -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        if sent:
            line.sendall(sent)
        return line

    def ask(self, sent: bytes) -> bytes:
        with self.connect(sent) as line:
            return until_closed(line)

    def open_lines(self) -> int:
        return len(self.server.server_state.connections)

    def wait_until_open_lines(self, wanted: int, seconds: float) -> float:
        began = time.monotonic()
        while self.open_lines() != wanted:
            assert time.monotonic() - began < seconds, f"{self.open_lines()} lines still open"
            time.sleep(0.02)
        return time.monotonic() - began


def until_closed(line: socket.socket) -> bytes:
    received = b""
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        while part := line.recv(65536):
            received += part
    return received


@contextlib.contextmanager
def running(limits: Limits) -> Iterator[Site]:
    app = Litestar([home, big, middle, pieces, form], openapi_config=None, logging_config=None)
    wall = Wall(
        app,
        public_url="http://127.0.0.1",
        hosts=frozenset(),
        trusted_proxies=frozenset(),
        https=False,
    )
    ready = threading.Event()
    server = QuietServer(ServeConfig(wall, limits=limits, workers=1), ready.set)
    listening = listen("127.0.0.1", 0)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        assert ready.wait(10)
        yield Site(listening.getsockname()[1], server)
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def lines() -> io.BytesIO:
    out = io.BytesIO()
    log.configure(actor_key=b"k", stream=out)
    return out


@pytest.fixture(scope="module")
def site(lines: io.BytesIO) -> Iterator[Site]:
    with running(LIMITS) as site:
        yield site


GOOD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
POST = b"POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "


def assert_guarded(answer: bytes, status: int) -> None:
    head, _, page = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head[:80]
    lowered = head.lower()
    assert lowered.count(b"\r\ncontent-security-policy: " + CONTENT_SECURITY_POLICY.encode()) == 1
    for name in (b"x-content-type-options", b"x-request-id", b"cache-control", b"referrer-policy"):
        assert lowered.count(b"\r\n" + name + b":") == 1, name
    assert b"uvicorn" not in lowered
    assert b"<h1>" in page


def test_a_whole_request_is_answered(site: Site) -> None:
    assert site.ask(GOOD).endswith(b"\r\n\r\nhier")
    assert b"server:" not in site.ask(GOOD).lower()


@pytest.mark.parametrize(
    "half",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        POST + b"10\r\n\r\n",
        POST + b"10\r\n\r\na=1",
        b"POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na=1",
    ],
)
def test_half_a_request_is_closed_with_a_page_after_the_deadline(site: Site, half: bytes) -> None:
    began = time.monotonic()
    answer = site.ask(half)
    assert ARRIVE * 0.8 < time.monotonic() - began < ARRIVE + 1.5
    assert_guarded(answer, 408)


def test_silence_is_closed_after_the_deadline(site: Site) -> None:
    began = time.monotonic()
    assert site.ask(b"") == b""
    assert ARRIVE * 0.8 < time.monotonic() - began < ARRIVE + 1.5


@pytest.mark.parametrize("start", [b"", POST + b"1000\r\n\r\n", b"GET / HTTP/1.1\r\nX-A: "])
def test_a_drop_now_and_then_does_not_move_the_deadline(site: Site, start: bytes) -> None:
    drop = b"\r\n" if start == b"" else b"a"
    began = time.monotonic()
    with site.connect(start) as line:
        with pytest.raises(OSError, match=r"."):
            for _ in range(100):
                line.sendall(drop)
                time.sleep(0.05)
        assert time.monotonic() - began < ARRIVE + 1.5


def test_empty_lines_between_two_requests_do_not_hold_the_line(site: Site) -> None:
    with site.connect(GOOD.replace(b"Connection: close\r\n", b"")) as line:
        assert b"hier" in line.recv(65536)
        began = time.monotonic()
        line.sendall(b"\r\n")
        until_closed(line)
        assert time.monotonic() - began < ARRIVE + 1.5


def test_an_idle_line_is_closed_and_a_busy_one_is_kept(site: Site) -> None:
    keep = GOOD.replace(b"Connection: close\r\n", b"")
    with site.connect() as line:
        for _ in range(4):
            line.sendall(keep)
            assert b"hier" in line.recv(65536)
            time.sleep(0.3)
        began = time.monotonic()
        assert until_closed(line) == b""
        assert time.monotonic() - began < LIMITS.idle_seconds + 1


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Big: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Big: " + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Big: " + b"a" * 33_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n",
        b"GET /" + b"a" * 1_000_000,
    ],
)
def test_a_header_past_32_kb_is_refused_at_once(site: Site, sent: bytes) -> None:
    began = time.monotonic()
    with site.connect() as line:
        with contextlib.suppress(OSError):
            line.sendall(sent)
        answer = until_closed(line)
    assert time.monotonic() - began < ARRIVE
    if answer:  # unread bytes may make the line break off before the page is read
        assert_guarded(answer, 431)


def test_headers_up_to_30_kb_are_read(site: Site) -> None:
    answer = site.ask(GOOD[:-2] + b"X-Big: " + b"a" * 30_000 + b"\r\n\r\n")
    assert answer.endswith(b"hier")


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.test\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET http://evil.test/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"CONNECT evil.test:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        POST + b"3\r\nContent-Length: 4\r\n\r\na=1",
        POST + b"3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"-1\r\n\r\n",
    ],
)
def test_what_cannot_be_trusted_is_400_with_all_headers(site: Site, sent: bytes) -> None:
    with site.connect(sent) as line:
        line.shutdown(socket.SHUT_WR)
        assert_guarded(until_closed(line), 400)


def test_a_header_behind_the_body_does_not_reach_the_app(site: Site) -> None:
    start = b"POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = site.ask(start + b"3\r\na=1\r\n0\r\nCookie: a=b\r\n\r\n")
    assert_guarded(answer, 400)


def test_an_upgrade_is_answered_as_an_ordinary_request(site: Site) -> None:
    asked = GOOD[:-2].replace(b"close", b"Upgrade") + b"Upgrade: websocket\r\n\r\n"
    with site.connect(asked) as line:
        assert b"200 OK" in line.recv(65536)


def test_a_body_too_large_is_refused_without_reading_it(site: Site) -> None:
    with site.connect(POST + b"300000\r\n\r\n") as line:
        start = line.recv(65536)
        assert start.startswith(b"HTTP/1.1 413 ")
        until_closed(line)


def test_a_body_within_the_limits_arrives_whole(site: Site) -> None:
    body = b"a" * 262_144
    answer = site.ask(POST + b"262144\r\nConnection: close\r\n\r\n" + body)
    assert answer.endswith(b"\r\n\r\n262144")


def test_a_hundred_slow_visitors_keep_nobody_waiting(site: Site) -> None:
    site.wait_until_open_lines(0, 5)
    slow = [site.connect(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ") for _ in range(100)]
    try:
        longest = 0.0
        for round_ in range(10):
            for line in slow:
                with contextlib.suppress(OSError):
                    line.sendall(b"a")
            began = time.monotonic()
            assert site.ask(GOOD).endswith(b"hier")
            longest = max(longest, time.monotonic() - began)
            if round_ == 0:
                assert site.open_lines() >= 100
            time.sleep(0.02)
        assert longest < 1.0
        site.wait_until_open_lines(0, ARRIVE + 3)
        assert site.ask(GOOD).endswith(b"hier")
    finally:
        for line in slow:
            line.close()


def test_past_the_most_lines_a_visitor_gets_the_page_and_the_first_ones_go_on(site: Site) -> None:
    site.wait_until_open_lines(0, 5)
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(site.connect()) for _ in range(LIMITS.connections)]
        site.wait_until_open_lines(LIMITS.connections, 5)
        assert_guarded(site.ask(b""), 503)
        held[0].sendall(GOOD)
        assert until_closed(held[0]).endswith(b"hier")
    site.wait_until_open_lines(0, 5)


@pytest.mark.parametrize("path", [b"/big", b"/middle", b"/pieces"])
def test_who_does_not_read_is_let_go(site: Site, path: bytes) -> None:
    site.wait_until_open_lines(0, 5)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with line:
        line.connect(("127.0.0.1", site.port))
        line.sendall(GOOD.replace(b"GET / ", b"GET " + path + b" "))
        site.wait_until_open_lines(1, 5)
        assert site.wait_until_open_lines(0, LIMITS.read_seconds + 3) > LIMITS.read_seconds * 0.8


def test_who_reads_gets_a_long_answer_whole(site: Site) -> None:
    answer = site.ask(GOOD.replace(b"GET / ", b"GET /big "))
    assert answer.endswith(BIG)


def test_refusals_are_one_line_each_without_what_was_sent(site: Site, lines: io.BytesIO) -> None:
    before = len(lines.getvalue())
    site.ask(b"Jansen Jansen Jansen\r\n\r\n")
    site.ask(b"GET /Jansen HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: Jansen")
    began = time.monotonic()
    while (text := lines.getvalue()[before:]).count(b"\n") < 2:
        assert time.monotonic() - began < ARRIVE, text
        time.sleep(0.02)
    refused = [json.loads(line).get("refused") for line in text.splitlines()]
    assert refused.count("unreadable") == refused.count("too-slow") == 1
    assert b"Jansen" not in text
