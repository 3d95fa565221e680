"""What the wall lets in: our own names, readable addresses, forms of our own, bodies of a size."""

import io
import json
from typing import Any

import pytest

from tests.web.walled import raw, visitor, wall
from timebank.web.visitors import proxies
from timebank.web.wall import MAX_BODY_BYTES

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("lines")]


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
    await wall()(scope, None, send)
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
    await wall(app)(scope, receive, send)
    assert (ran, sent) == ([], [])
    assert json.loads(lines.getvalue())["refused"] == "gone"


async def test_other_methods_are_told_which_ones_there_are() -> None:
    async with visitor() as c:
        for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            answer = await c.request(method, "/")
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


async def test_a_web_socket_is_closed_unopened() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await wall()({"type": "websocket"}, None, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]
