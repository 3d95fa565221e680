"""Cookies: all HttpOnly, Lax, for the whole site; `__Host-` and Secure wherever TLS is.

The community's short name stands in the cookie's name, so that two communities can be open at
once and neither sees the other's.
"""

import secrets
from typing import Literal

from litestar.datastructures import Cookie
from litestar.types import Scope

Base = Literal["session", "pre", "device", "lang", "ticket", "said"]

SAID_SECONDS = 120
"""So long a page may say what was just done; the page behind a 303 is there within one."""


def name_of(base: Base, slug: str, *, https: bool) -> str:
    """Name of a cookie. The language is the visitor's own, everywhere."""
    plain = base if base == "lang" else f"{base}-{slug}"
    return f"__Host-{plain}" if https else plain


def make(
    base: Base, slug: str, value: str, *, https: bool, seconds: int | None = None
) -> Cookie:  # fmt: skip
    """A cookie; without `seconds` it goes with the browser, with 0 it goes at once."""
    return Cookie(
        key=name_of(base, slug, https=https),
        value=value,
        max_age=seconds,
        path="/",
        secure=https,
        httponly=True,
        samesite="lax",
    )


def said(slug: str, code: str, *, https: bool) -> Cookie:
    """That what `code` (web/said.py) says has happened, in this browser, a moment ago. One cookie for
    each code, so that two tabs do not take each other's."""
    return make("said", f"{slug}.{code}", "1", https=https, seconds=SAID_SECONDS)


def was_said(scope: Scope, slug: str, code: str, *, https: bool) -> bool:
    """Whether it has: a code in an address alone says nothing, anybody can write one there."""
    return bool(read(scope, name_of("said", f"{slug}.{code}", https=https)))


def read(scope: Scope, wanted: str) -> str:
    """Value of the cookie called `wanted`, or ""."""
    for header, value in scope["headers"]:
        if header == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                name, _equals, found = pair.strip().partition("=")
                if name == wanted:
                    return found
    return ""


def fresh() -> str:
    """A value nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)
