"""Which encoding a visitor takes, and making it.

Litestar's own compression looks for the letters "br" anywhere in Accept-Encoding (so `br;q=0`
gets brotli) and does not run for unknown addresses; so it is done here, for every answer.
"""

import gzip

import brotli

MIN_BYTES = 500
"""Shorter answers are sent as they are: compressing saves no packet."""

_TEXT_TYPES = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
    }
)


def is_text(content_type: str) -> bool:
    """Whether this content type shrinks when compressed."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type in _TEXT_TYPES


def best_encoding(accept_encoding: str) -> str | None:
    """`br`, `gzip` or None, from an Accept-Encoding header with its weights (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = _weight(parameters)
    anything = weights.get("*", 0.0)
    brotli_weight = weights.get("br", anything)
    gzip_weight = weights.get("gzip", anything)
    if max(brotli_weight, gzip_weight) <= 0:
        return None
    return "br" if brotli_weight >= gzip_weight else "gzip"


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def compress(body: bytes, encoding: str) -> bytes:
    """A page, compressed while its reader waits: quick settings."""
    if encoding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=4))
    return gzip.compress(body, compresslevel=6, mtime=0)


def compress_well(body: bytes, encoding: str) -> bytes:
    """A static file, compressed once at start: the smallest it can be."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=11))
    return gzip.compress(body, compresslevel=9, mtime=0)
