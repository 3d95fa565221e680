"""A small app behind the wall, and visitors who ask it."""

from typing import Any

import html5lib
import httpx
from litestar import Litestar, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from timebank.web.security_headers import CONTENT_SECURITY_POLICY
from timebank.web.wall import Wall

LONG = "Op het Maasplein zoekt een buur hulp in de tuin. " * 40


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
