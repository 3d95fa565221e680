"""The headers every answer carries, whoever made it: page, refusal, static file, or failure.

Referrer-Policy is `same-origin` and not `no-referrer`: the latter turns the Origin of our own
form posts into `null`, which would disarm the cross-site check. Trusted Types are left out:
htmx 2 does not work under them.
"""

Header = tuple[bytes, bytes]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

_ALWAYS: tuple[Header, ...] = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_HTTPS_ONLY: tuple[Header, ...] = (
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
)
_OURS = frozenset(name for name, _ in _ALWAYS + _HTTPS_ONLY) | {b"server", b"x-request-id"}


def security_headers(https: bool) -> list[Header]:
    """The fixed headers; HSTS only where the site is really served over https."""
    return list(_ALWAYS + _HTTPS_ONLY if https else _ALWAYS)


def with_security(headers: list[Header], https: bool, request_id: str) -> list[Header]:
    """These headers with ours added; a handler can neither weaken nor double one of ours.

    What a handler may decide is `Cache-Control`: without one, the answer is not stored at all.
    An answer that says it is public varies by encoding only, any other by visitor too.
    """
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in _OURS]
    cache = next((value for name, value in kept if name == b"cache-control"), None)
    if cache is None:
        kept.append((b"cache-control", b"no-store"))
    public = cache is not None and b"public" in cache
    kept = _with_vary(
        kept, ["Accept-Encoding"] if public else ["Accept-Encoding", "Cookie", "HX-Request"]
    )
    return [*kept, *security_headers(https), (b"x-request-id", request_id.encode())]


def _with_vary(headers: list[Header], wanted: list[str]) -> list[Header]:
    said = [value.decode("latin-1") for name, value in headers if name == b"vary"]
    names = [part.strip() for value in said for part in value.split(",") if part.strip()]
    known = {name.lower() for name in names}
    names += [name for name in wanted if name.lower() not in known]
    rest = [(name, value) for name, value in headers if name != b"vary"]
    return [*rest, (b"vary", ", ".join(names).encode("latin-1"))]
