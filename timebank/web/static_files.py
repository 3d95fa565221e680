"""Static files: read, hashed and compressed once at start, then served out of memory.

A file's address carries a hash of its bytes, so browsers may keep it for a year; a new version
has a new address. `asset("icons.svg")` in a template gives the address, also in front of a
fragment: `<use href="{{ asset("icons.svg") }}#house">`.
"""

import hashlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from timebank.web.compress import MIN_BYTES, best_encoding, compress_well, is_text

OWN_FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_CSS_URL = re.compile(r"""url\(\s*["']?(?P<name>[^"')]+?)["']?\s*\)""")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served. `encoded` holds it by encoding, where that is smaller."""

    name: str
    served_as: str
    content_type: str
    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Path with the hash in it."""
        return f"/static/{self.served_as}"

    def answer(self, accept_encoding: str) -> tuple[bytes, dict[str, str]]:
        """Body and headers for a visitor who takes these encodings."""
        headers = {"content-type": self.content_type, "cache-control": FOREVER}
        headers["vary"] = "Accept-Encoding"
        encoding = best_encoding(accept_encoding)
        if encoding is None or encoding not in self.encoded:
            return self.body, headers
        return self.encoded[encoding], {**headers, "content-encoding": encoding}


def make_asset(name: str, body: bytes) -> Asset:
    """Hash and compress these bytes; also for what is no file, like a community's stylesheet.

    Raises ValueError for a kind of file that has no content type here.
    """
    path = Path(name)
    content_type = _TYPES.get(path.suffix)
    if content_type is None:
        raise ValueError(f"no content type for {name}")
    digest = hashlib.sha256(body).hexdigest()[:16]
    encoded: dict[str, bytes] = {}
    if is_text(content_type) and len(body) > MIN_BYTES:
        tries = {encoding: compress_well(body, encoding) for encoding in ("br", "gzip")}
        encoded = {encoding: made for encoding, made in tries.items() if len(made) < len(body)}
    return Asset(name, f"{path.stem}.{digest}{path.suffix}", content_type, body, encoded)


class Assets:
    """All static files, by name and by the name they are served under."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """files: name to bytes. A stylesheet's `url(name)` becomes the hashed address; a name
        that is not among the files raises ValueError, at start and not at a visitor."""
        self._by_name: dict[str, Asset] = {}
        for name in sorted(files, key=lambda name: (name.endswith(".css"), name)):
            body = files[name]
            if name.endswith(".css"):
                body = self._with_addresses(name, body.decode()).encode()
            self._by_name[name] = make_asset(name, body)
        self._served = {asset.served_as: asset for asset in self._by_name.values()}

    @classmethod
    def load(cls) -> "Assets":
        """Our own folder and htmx out of its wheel."""
        files = {path.name: path.read_bytes() for path in _own_files()}
        files["htmx.min.js"] = _htmx().read_bytes()
        return cls(files)

    def address(self, name: str) -> str:
        """Where templates point. Raises KeyError for a file that is not there."""
        return self._by_name[name].address

    def named(self, name: str) -> Asset:
        """The file itself, for what must live at an address of its own (a service worker)."""
        return self._by_name[name]

    def served(self, name: str) -> Asset | None:
        """The file that is served under this hashed name."""
        return self._served.get(name)

    def __iter__(self) -> Iterator[Asset]:
        return iter(self._by_name.values())

    def _with_addresses(self, sheet: str, css: str) -> str:
        def hashed(match: re.Match[str]) -> str:
            name, mark, fragment = match["name"].partition("#")
            if match["name"].startswith(("data:", "#")):
                return match[0]
            if name not in self._by_name:
                raise ValueError(f"{sheet} points at {name}, which is not there")
            return f'url("{self._by_name[name].address}{mark}{fragment}")'

        return _CSS_URL.sub(hashed, css)


def static_handler(assets: Assets, **opt: Any) -> HTTPRouteHandler:
    """The route that serves them. `opt`: whatever the app uses to mark a route as public."""

    @get("/static/{name:str}", name="static", opt=opt, sync_to_thread=False)
    def static(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        asset = assets.served(name)
        if asset is None:
            raise NotFoundException
        body, headers = asset.answer(request.headers.get("accept-encoding", ""))
        return Response(body, headers=headers, media_type=asset.content_type)

    return static


def _own_files() -> list[Path]:
    if not OWN_FOLDER.is_dir():
        return []
    return sorted(path for path in OWN_FOLDER.iterdir() if path.is_file())


def _htmx() -> Path:
    """The script inside the wheel, found without importing the package (it wants Django)."""
    spec = importlib.util.find_spec("js_lib_htmx")
    if spec is None or not spec.submodule_search_locations:
        raise ValueError("the package django-js-lib-htmx is not installed")
    return Path(spec.submodule_search_locations[0]) / "static" / "htmx" / "htmx.min.js"
