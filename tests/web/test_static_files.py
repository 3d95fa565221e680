"""Static files: hashed, compressed at start, served out of memory."""

import gzip
from typing import Any

import brotli
import httpx
import pytest
from litestar import Litestar

from timebank.web.static_files import FOREVER, Assets, make_asset, static_handler
from timebank.web.wall import Wall

pytestmark = pytest.mark.anyio

CSS = ".card { color: #111; }\n" * 60
FILES = {
    "app.css": (CSS + '.h { background: url("icons.svg#hill") }').encode(),
    "icons.svg": b"<svg>" + b"<symbol id='a'></symbol>" * 40 + b"</svg>",
    "letter.woff2": bytes(range(256)) * 4,
}


def site(assets: Assets) -> httpx.AsyncClient:
    app: Any = Wall(
        Litestar([static_handler(assets, public=True)], openapi_config=None, logging_config=None),
        public_url="http://buurt.test",
        hosts=frozenset(),
        trusted_proxies=frozenset(),
        https=False,
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://buurt.test")


async def raw_bytes(client: httpx.AsyncClient, address: str, accepted: str) -> tuple[Any, bytes]:
    async with client.stream("GET", address, headers={"accept-encoding": accepted}) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app.css", "text/css; charset=utf-8"),
        ("icons.svg", "image/svg+xml"),
        ("letter.woff2", "font/woff2"),
    ],
)
async def test_a_file_is_served_byte_for_byte_for_ever(name: str, kind: str) -> None:
    assets = Assets(FILES)
    async with site(assets) as c:
        answer, body = await raw_bytes(c, assets.address(name), "identity")
    assert answer.status_code == 200
    assert body == assets.named(name).body
    assert name.endswith(".css") or body == FILES[name]
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "encoding", "undo"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
async def test_text_was_compressed_at_start(accepted: str, encoding: str, undo: Any) -> None:
    assets = Assets(FILES)
    css = assets.named("app.css")
    async with site(assets) as c:
        answer, body = await raw_bytes(c, css.address, accepted)
    assert answer.headers.get_list("content-encoding") == [encoding]
    assert body == css.encoded[encoding]
    assert int(answer.headers["content-length"]) == len(body) < len(css.body) / 4
    assert undo(body) == css.body


async def test_letters_and_pictures_are_not_compressed_again() -> None:
    assets = Assets(FILES)
    async with site(assets) as c:
        answer, body = await raw_bytes(c, assets.address("letter.woff2"), "br, gzip")
    assert "content-encoding" not in answer.headers
    assert body == FILES["letter.woff2"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/app.css",
        "/static/nothing.css",
        "/static/app.0123456789abcdef.css",
        "/static/../wall.py",
        "/static/%2e%2e/wall.py",
        "/static/..%2fwall.py",
        "/static/",
        "/static",
        "/static/app.css/",
    ],
)
async def test_any_other_name_is_404(path: str) -> None:
    address = httpx.URL("http://buurt.test").copy_with(raw_path=path.encode())
    async with site(Assets(FILES)) as c:
        assert (await c.get(address)).status_code == 404


async def test_head_tells_the_size() -> None:
    assets = Assets(FILES)
    async with site(assets) as c:
        answer = await c.head(assets.address("letter.woff2"))
    assert (answer.status_code, answer.headers["content-length"]) == (200, "1024")


async def test_a_new_version_has_a_new_address_and_the_same_one_does_not() -> None:
    first, again = make_asset("a.b.css", b"one"), make_asset("a.b.css", b"one")
    assert first.address == again.address != make_asset("a.b.css", b"two").address
    assert first.address.startswith("/static/a.b.") and first.address.endswith(".css")


async def test_a_stylesheet_points_at_hashed_addresses() -> None:
    assets = Assets(FILES)
    assert f'url("{assets.address("icons.svg")}#hill")' in assets.named("app.css").body.decode()


async def test_a_stylesheet_that_points_at_nothing_is_told_at_start() -> None:
    with pytest.raises(ValueError, match=r"gone\.svg"):
        Assets({"app.css": b"a { background: url(gone.svg) }"})
    Assets({"app.css": b"a { background: url(data:image/png;base64,AA==) }"})


async def test_a_changed_picture_changes_the_stylesheet_that_shows_it() -> None:
    changed = Assets({**FILES, "icons.svg": b"<svg/>"})
    assert changed.address("app.css") != Assets(FILES).address("app.css")


async def test_a_kind_of_file_without_a_type_is_told_at_start() -> None:
    with pytest.raises(ValueError, match="content type"):
        make_asset("page.php", b"x")


async def test_a_template_that_asks_for_nothing_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Assets(FILES).address("nothing.css")


async def test_htmx_comes_out_of_its_wheel_small_enough_for_a_slow_line() -> None:
    htmx = Assets.load().named("htmx.min.js")
    assert htmx.body.startswith(b"var htmx=function()")
    assert len(htmx.encoded["br"]) <= 16 * 1024
    assert all(asset.body for asset in Assets.load())
