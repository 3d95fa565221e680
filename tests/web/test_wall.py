"""The wall round the app: what holds on every answer, whoever made it."""

import gzip
import io
import json
from collections.abc import Iterator
from typing import Any

import brotli
import html5lib
import httpx
import pytest
import structlog
from litestar import Litestar, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from timebank.web import log
from timebank.web.plain_pages import STATUSES, plain_page
from timebank.web.security_headers import CONTENT_SECURITY_POLICY
from timebank.web.visitors import our_address, proxies
from timebank.web.wall import MAX_BODY_BYTES, MAX_URL_BYTES, Wall

pytestmark = pytest.mark.anyio

LONG = "Op het Maasplein zoekt een buur hulp in de tuin. " * 40


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def lines() -> Iterator[io.BytesIO]:
    out = io.BytesIO()
    log.configure(actor_key=b"k" * 32, stream=out)
    yield out
    structlog.reset_defaults()


@get("/", name="home")
async def home() -> Response[str]:
    return Response(f"<p>{LONG}</p>", media_type="text/html")


@get("/short", name="short")
async def short() -> Response[str]:
    return Response("kort", media_type="text/html")


@get("/kept", name="kept")
async def kept() -> Response[str]:
    headers = {"Cache-Control": "public, max-age=60", "X-Content-Type-Options": "weak"}
    return Response("x", headers={**headers, "Server": "secret 1.2"})


@get("/away", name="away")
async def away() -> Redirect:
    return Redirect("/short", status_code=303)


@get("/who/{name:str}", name="who")
async def who(name: FromPath[str], request: Request[Any, Any, Any]) -> dict[str, Any]:
    request.scope["state"]["actor"] = "party-7"
    forwarded = [key for key in request.headers if key.startswith("x-forwarded")]
    return {
        "client": request.scope["client"][0],
        "scheme": request.scope["scheme"],
        "forwarded": forwarded,
        "id": request.scope["state"]["request_id"],
        "name": name,
    }


@post("/form", name="form")
async def form(request: Request[Any, Any, Any]) -> dict[str, int]:
    return {"size": len(await request.body())}


INNER = Litestar(
    [home, short, kept, away, who, form], openapi_config=None, logging_config=None, debug=False
)


def wall(app: Any = INNER, **settings: Any) -> Wall:
    values = {"public_url": "https://buurt.test", "hosts": frozenset({"web:8000", "localhost"})}
    more = {"trusted_proxies": frozenset({"10.0.0.0/8"}), "https": True}
    return Wall(app, **{**values, **more, **settings})


def visitor(app: Any = None, peer: str = "203.0.113.9", **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app or wall(), client=(peer, 5000))
    return httpx.AsyncClient(transport=transport, base_url="https://buurt.test", headers=headers)


async def raw(
    app: Any, headers: list[tuple[bytes, bytes]], *, path: bytes = b"/", method: str = "GET"
) -> tuple[int, bytes]:
    """One request as a server would hand it over, with headers no client library would send."""
    sent: list[dict[str, Any]] = []
    address, _, query = path.partition(b"?")
    scope = {"type": "http", "method": method, "raw_path": address, "query_string": query}
    scope |= {"path": address.decode("latin-1"), "headers": headers, "scheme": "http"}
    scope |= {"client": ("203.0.113.9", 1), "server": ("x", 1), "http_version": "1.1"}

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:])


def assert_guarded(answer: httpx.Response, *, https: bool = True) -> None:
    """Section "headers": each of them once, on whatever answer this is."""
    once = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    if https:
        once["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    for name, value in once.items():
        assert answer.headers.get_list(name) == [value], name
    assert len(answer.headers.get_list("x-request-id")) == 1
    assert len(answer.headers.get_list("cache-control")) == 1
    assert "server" not in answer.headers


def assert_good_page(page: bytes) -> str:
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.decode())
    assert document.get("lang") == "nl"
    assert len(document.findall(".//h1")) == 1
    assert document.findtext(".//title")
    assert document.find(".//style") is None
    assert not document.findall(".//*[@style]")
    return "".join(document.itertext())


async def test_every_kind_of_answer_carries_all_headers() -> None:
    async with visitor() as c:
        answers = [
            await c.get("/"),
            await c.get("/nowhere"),
            await c.get("/away"),
            await c.get("/kept"),
            await c.head("/"),
            await c.options("/"),
            await c.delete("/form"),
            await c.get("/form"),
            await c.get("/", headers={"host": "elsewhere.test"}),
            await c.get("/" + "a" * MAX_URL_BYTES),
            await c.post("/form", content=b"x" * (MAX_BODY_BYTES + 1)),
            await c.post("/form", headers={"content-encoding": "gzip"}),
            await c.post("/form", headers={"sec-fetch-site": "cross-site"}),
        ]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 404, 303, 200, 200, 405, 405, 405, 400, 414, 413, 415, 403]
    for answer in answers:
        assert_guarded(answer)


async def test_strict_transport_security_is_sent_over_https_only() -> None:
    plain = wall(public_url="http://127.0.0.1:8000", https=False)
    async with visitor(plain, host="127.0.0.1:8000") as c:
        answer = await c.get("/")
    assert answer.status_code == 200
    assert_guarded(answer, https=False)
    assert "strict-transport-security" not in answer.headers


async def test_nothing_is_stored_unless_the_app_says_so() -> None:
    async with visitor() as c:
        assert (await c.get("/")).headers["cache-control"] == "no-store"
        own = await c.get("/kept")
    assert own.headers["cache-control"] == "public, max-age=60"
    assert own.headers["vary"] == "Accept-Encoding"


async def test_a_page_varies_by_visitor_and_by_htmx() -> None:
    async with visitor() as c:
        vary = (await c.get("/")).headers["vary"].lower()
    assert {part.strip() for part in vary.split(",")} == {"accept-encoding", "cookie", "hx-request"}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"buurt.test", 200),
        (b"BUURT.test", 200),
        (b"buurt.test:443", 200),
        (b"web:8000", 200),
        (b"localhost:1234", 200),
        (b"web:9000", 400),
        (b"web", 400),
        (b"", 400),
        (b"evil.test", 400),
        (b"buurt.test.evil.test", 400),
        (b"buurt.test@evil.test", 400),
        (b"evil.test/buurt.test", 400),
        (b"buurt.test:80:80", 400),
        (b"buurt.test:port", 400),
        (b"buurt.test ", 400),
        (b"buurt.test\xff", 400),
        (b"buurt.test, evil.test", 400),
    ],
)
async def test_only_our_own_names_are_answered(host: bytes, status: int) -> None:
    assert (await raw(wall(), [(b"host", host)]))[0] == status


async def test_a_missing_or_double_host_is_refused() -> None:
    assert (await raw(wall(), []))[0] == 400
    assert (await raw(wall(), [(b"host", b"buurt.test")] * 2))[0] == 400
    assert (await raw(wall(), [(b"host", b"buurt.test"), (b"host", b"evil.test")]))[0] == 400


async def test_two_origins_are_refused_rather_than_chosen_between() -> None:
    headers = [(b"host", b"buurt.test"), (b"origin", b"https://buurt.test"), (b"origin", b"x")]
    assert (await raw(wall(), headers, method="POST", path=b"/form"))[0] == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"/?q=tuin%20hulp%C3%A9", 200),
        (b"/?q=%ff", 400),
        (b"/?q=a%00b", 400),
        (b"/who/%ff", 400),
        (b"/who/a%00", 400),
        (b"/who/a%0d%0aset-cookie", 400),
        (b"http://buurt.test/", 400),
        (b"/?" + b"a&" * 200, 414),
    ],
)
async def test_unreadable_addresses_are_refused_not_mended(path: bytes, status: int) -> None:
    address = path.partition(b"?")[0]
    decoded = address.replace(b"%0d%0a", b"\r\n").replace(b"%00", b"\0")
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "raw_path": address, "scheme": "http"}
    scope |= {"path": decoded.decode("latin-1"), "query_string": path.partition(b"?")[2]}
    scope |= {"headers": [(b"host", b"buurt.test")], "client": ("203.0.113.9", 1)}
    await wall()(scope, None, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == status


async def test_forwarded_headers_count_from_our_proxy_only() -> None:
    said = {"x-forwarded-for": "1.1.1.1, 198.51.100.7, 10.0.0.3", "x-forwarded-proto": "https"}
    async with visitor(peer="203.0.113.9") as c:
        direct = (await c.get("/who/a", headers={**said, "host": "buurt.test"})).json()
    async with visitor(peer="10.0.0.2") as c:
        proxied = (await c.get("/who/a", headers=said)).json()
    assert direct["client"] == "203.0.113.9"
    assert proxied["client"] == "198.51.100.7"
    assert proxied["scheme"] == "https"
    assert direct["forwarded"] == proxied["forwarded"] == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:4711, 10.0.0.3", "198.51.100.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("unknown, 10.0.0.3", "10.0.0.3"),
        ("198.51.100.7, nonsense", None),
        ("", None),
    ],
)
async def test_the_visitor_is_the_last_address_that_is_no_proxy(
    said: str, found: str | None
) -> None:
    assert proxies({"10.0.0.0/8"}).visitor(said) == found


async def test_a_unix_socket_is_believed_only_when_the_settings_say_so() -> None:
    assert proxies({"unix"}).trust(None)
    assert not proxies({"10.0.0.0/8"}).trust(None)
    assert not proxies({"unix"}).trust("unix")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"sec-fetch-site": "same-origin"}, 201),
        ({"origin": "https://buurt.test"}, 201),
        ({"origin": "https://buurt.test", "sec-fetch-site": "same-origin"}, 201),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": ""}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://buurt.test"}, 403),
        ({"origin": "https://buurt.test.evil.test"}, 403),
        ({"origin": "https://buurt.test:8443"}, 403),
        ({"origin": "https://evil.test", "sec-fetch-site": "same-origin"}, 403),
    ],
)
async def test_a_form_from_another_site_does_nothing(headers: dict[str, str], status: int) -> None:
    async with visitor() as c:
        assert (await c.post("/form", content=b"a=1", headers=headers)).status_code == status


async def test_a_link_from_another_site_may_be_followed() -> None:
    headers = {"sec-fetch-site": "cross-site", "origin": "https://evil.test"}
    async with visitor() as c:
        assert (await c.get("/", headers=headers)).status_code == 200


async def test_behind_a_proxy_that_forwards_nothing_forms_still_arrive() -> None:
    async with visitor(peer="10.0.0.2", host="web:8000") as c:
        answer = await c.post("/form", content=b"a=1", headers={"origin": "https://buurt.test"})
    assert answer.status_code == 201


@pytest.mark.parametrize("size", [MAX_BODY_BYTES - 1, MAX_BODY_BYTES])
async def test_a_body_up_to_the_limit_reaches_the_app_whole(size: int) -> None:
    async with visitor() as c:
        assert (await c.post("/form", content=b"x" * size)).json() == {"size": size}


async def test_a_body_that_says_it_is_too_long_is_refused_before_it_is_read() -> None:
    headers = [(b"host", b"buurt.test"), (b"content-length", b"262145")]
    assert (await raw(wall(), headers, method="POST", path=b"/form"))[0] == 413


async def test_a_body_without_a_length_is_counted_while_it_comes() -> None:
    async def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 16384

    async with visitor() as c:
        answer = await c.post("/form", content=pieces())
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"0x10", b"", "١".encode(), b"9" * 16])
async def test_a_length_that_is_no_number_is_refused(length: bytes) -> None:
    headers = [(b"host", b"buurt.test"), (b"content-length", length)]
    assert (await raw(wall(), headers, method="POST", path=b"/form"))[0] == 400


async def test_who_leaves_in_the_middle_is_not_answered_and_the_app_never_runs(
    lines: io.BytesIO,
) -> None:
    ran = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        ran.append(scope)

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/", "raw_path": b"/", "client": None}
    scope["headers"] = [(b"host", b"buurt.test"), (b"content-length", b"10")]
    await wall(app)(scope, receive, send)  # type: ignore[arg-type]
    assert (ran, sent) == ([], [])
    assert json.loads(lines.getvalue())["refused"] == "gone"


async def test_head_answers_like_get_without_the_body() -> None:
    async with visitor() as c:
        got, head = await c.get("/"), await c.head("/")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["content-type"] == got.headers["content-type"]


async def test_no_byte_of_a_body_leaves_after_head() -> None:
    for path in (b"/", b"/nowhere"):
        assert (await raw(wall(), [(b"host", b"buurt.test")], path=path, method="HEAD"))[1] == b""


async def test_what_is_encoded_already_is_left_alone() -> None:
    async def encoded(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/css"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": gzip.compress(LONG.encode(), 0)})

    async with visitor(wall(encoded)) as c:
        answer = await c.get("/", headers={"accept-encoding": "br, gzip"})
    assert answer.headers.get_list("content-encoding") == ["gzip"]
    assert answer.text == LONG


async def test_other_methods_are_told_which_ones_there_are() -> None:
    async with visitor() as c:
        for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            answer = await c.request(method, "/")
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        ("brotli", None),
        ("br;q=nonsense", None),
    ],
)
async def test_answers_come_in_an_encoding_the_visitor_takes(
    accepted: str, encoding: str | None
) -> None:
    headers = {"accept-encoding": accepted}
    async with visitor() as c, c.stream("GET", "/", headers=headers) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == len(sent)
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    assert LONG.encode() in undo[encoding](sent)


async def test_short_answers_are_sent_as_they_are() -> None:
    async with visitor() as c:
        answer = await c.get("/short")
    assert "content-encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["vary"]


async def test_an_error_that_escapes_the_app_is_a_plain_page_and_a_line(lines: io.BytesIO) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise LookupError("mevrouw Jansen, jansen@buurt.test")

    async with visitor(wall(broken)) as c:
        answer = await c.get("/?q=Jansen")
    assert answer.status_code == 500
    assert_guarded(answer)
    text = assert_good_page(answer.content)
    assert answer.headers["x-request-id"] in text
    failure, request = (json.loads(line) for line in lines.getvalue().splitlines())
    assert failure["error"] == ["builtins.LookupError"]
    assert failure["id"] == request["id"] == answer.headers["x-request-id"]
    assert request["status"] == 500
    assert b"Jansen" not in lines.getvalue() + answer.content


async def test_an_app_that_fails_after_announcing_an_answer_still_gets_the_page() -> None:
    async def half(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise LookupError

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        return None

    for app in (half, silent):
        async with visitor(wall(app)) as c:
            answer = await c.get("/")
        assert answer.status_code == 500
        assert_guarded(answer)


async def test_an_answer_in_pieces_passes_as_it_comes() -> None:
    async def pieces(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"Content-Type", b"text/csv")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for part in (b"a" * 1000, b"b" * 1000):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async with visitor(wall(pieces)) as c:
        answer = await c.get("/")
    assert answer.text == "a" * 1000 + "b" * 1000
    assert_guarded(answer)


async def test_a_web_socket_is_closed_unopened() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await wall()({"type": "websocket"}, None, send)  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]


async def test_a_visitor_cannot_choose_the_request_id(lines: io.BytesIO) -> None:
    async with visitor() as c:
        answer = await c.get("/who/a", headers={"x-request-id": "mine"})
        other = await c.get("/who/a")
    assert answer.headers["x-request-id"] == answer.json()["id"] != "mine"
    assert answer.headers["x-request-id"] != other.headers["x-request-id"]
    assert json.loads(lines.getvalue().splitlines()[0])["id"] == answer.headers["x-request-id"]


async def test_a_request_is_one_line_with_the_route_and_nothing_personal(
    lines: io.BytesIO,
) -> None:
    async with visitor() as c:
        await c.get("/who/Jansen?zoek=Jansen", headers={"user-agent": "Jansen"})
        await c.post("/form", content=b"naam=Jansen", headers={"referer": "https://x/Jansen"})
        await c.get("/nergens/Jansen")
    first, second, third = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (first["route"], first["status"], first["method"]) == ("who", 200, "GET")
    assert first["actor"] == log.hashed("party-7") != "party-7"
    assert first["time"].endswith("Z")
    assert (second["route"], second["actor"]) == ("form", None)
    assert (third["route"], third["status"]) == ("-", 404)
    assert b"Jansen" not in lines.getvalue()


@pytest.mark.parametrize("status", sorted(STATUSES))
async def test_the_plain_pages_are_whole_dutch_pages(status: int) -> None:
    text = assert_good_page(plain_page(status, "id-1", "/static/a.css")).lower()
    assert "id-1" in text
    assert "oeps" not in text
    assert "error" not in text


async def test_an_unknown_status_has_a_page_too() -> None:
    assert plain_page(418, "x") == plain_page(400, "x")
    assert plain_page(502, "x") == plain_page(500, "x")


async def test_a_refusal_replaces_the_page_for_htmx() -> None:
    async with visitor() as c:
        answer = await c.put("/", headers={"HX-Request": "true"})
    assert answer.headers["hx-retarget"] == "body"


@pytest.mark.parametrize(
    "settings",
    [
        {"public_url": "http://buurt.test"},
        {"public_url": "https://buurt.test", "https": False},
        {"public_url": "https://buurt.test/pad"},
        {"public_url": "buurt.test"},
        {"public_url": "https://"},
        {"hosts": frozenset({"https://buurt.test"})},
        {"trusted_proxies": frozenset({"proxy"})},
    ],
)
async def test_settings_that_contradict_each_other_are_told_at_start(
    settings: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match=r"."):
        wall(**settings)


async def test_the_default_port_may_be_written_in_the_public_address() -> None:
    ours = our_address("https://Buurt.test:443/", [], True)
    assert ours.origin == "https://buurt.test"
    assert ours.knows("buurt.test")
