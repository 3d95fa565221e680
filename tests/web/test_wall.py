"""What leaves through the wall: headers, encodings, errors, and the line in the log."""

import gzip
import io
import json
from typing import Any

import brotli
import pytest

from tests.web.walled import (
    LONG,
    assert_good_page,
    assert_guarded,
    raw,
    visitor,
    wall,
)
from timebank.web import log
from timebank.web.visitors import our_address
from timebank.web.wall import MAX_BODY_BYTES, MAX_URL_BYTES

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("lines")]


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
