"""A browser of the plainest kind: one connection kept alive, cookies, forms. It costs little, so that
what is measured is the server."""

import asyncio
from html.parser import HTMLParser
from typing import Any, Self
from urllib.parse import urlencode

import msgspec

SAYS = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    "accept": "text/html,application/xhtml+xml",
    "accept-language": "nl,en;q=0.5",
}


class Answer(msgspec.Struct, frozen=True):
    """What came back. The body as it was sent, compressed or not."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; only when it was not compressed."""
        return self.body.decode()


class Strange(Exception):
    """An answer that no measurement should go on with."""


class Browser:
    """One visitor on one connection."""

    def __init__(self, port: int, *, packed: bool = False) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._lines: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._says = SAYS | ({"accept-encoding": "gzip, deflate, br"} if packed else {})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._lines is not None:
            self._lines[1].close()
            self._lines = None

    def take_cookies(self, other: "Browser") -> None:
        """Be signed in as that browser is."""
        self._cookies = dict(other._cookies)

    async def get(self, path: str) -> Answer:
        """A page."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        try:
            return await self._once(method, path, body)
        except (ConnectionError, asyncio.IncompleteReadError):
            if method != "GET":  # never send a form twice
                raise
            self.close()
            return await self._once(method, path, body)

    async def _once(self, method: str, path: str, body: bytes | None) -> Answer:
        if self._lines is None:
            self._lines = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._lines
        headers = {"host": f"127.0.0.1:{self._port}", **self._says}
        if self._cookies:
            headers["cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        if body is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
            headers["content-length"] = str(len(body))
            headers["origin"] = f"http://127.0.0.1:{self._port}"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""))
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        raw = await reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if colon and name.lower() == "set-cookie":
                key, _equals, rest = value.strip().partition("=")
                self._cookies[key] = rest.partition(";")[0]
            elif colon:
                headers[name.lower()] = value.strip()
        if "content-length" not in headers and first.split()[1] not in ("204", "304"):
            raise Strange("an answer without its length")
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, body)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, and the fields in them that have a value already."""
        found: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.forms.append((found.get("action") or "", {}))
        elif tag == "input" and self.forms and found.get("type") in ("hidden", "text"):
            self.forms[-1][1][found["name"]] = found.get("value") or ""


def form_of(page: Answer, action: str) -> tuple[str, dict[str, str]]:
    """Address and fields of the form on a page whose action ends so. Raises Strange."""
    forms = _Forms()
    forms.feed(page.text)
    for address, fields in forms.forms:
        if address.partition("?")[0].endswith(action):
            return address, fields
    raise Strange(f"no form {action} on a page of status {page.status}")


async def sign_in(browser: Browser, slug: str, who: str, password: str) -> None:
    """As a member does it. Raises Strange when it does not work."""
    page = await browser.get(f"/{slug}/session")
    address, fields = form_of(page, "/session")
    answer = await browser.post(address, fields | {"who": who, "password": password})
    if answer.status != 303:
        raise Strange(f"{who} could not sign in: {answer.status}")


def expect(answer: Answer, status: int = 200) -> Answer:
    """The answer, when it is the expected one. Raises Strange."""
    if answer.status != status:
        raise Strange(f"{answer.status} where {status} was expected")
    return answer
