"""What can be wrong with settings, said to the operator. No sentence quotes a password."""

import re
from collections.abc import Collection, Iterable, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, unquote, urlsplit

DATABASES = {
    "database_url": "DATABASE_URL",
    "database_url_work": "DATABASE_URL_WORK",
    "database_url_owner": "DATABASE_URL_OWNER",
}
SAMPLES = frozenset({"…", "...", "change-me", "changeme", "password", "wachtwoord", "postgres"})
"""Passwords that stand in manuals, and therefore in everybody's list of things to try."""
ESCAPES = (
    "In a password write %25 for %, %40 for @, %3A for :, %2F for /, %23 for #, %20 for a space."
)
UNIX = "unix"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?")
_LOCAL = ("127.0.0.1", "localhost", "::1")


def problems(values: Mapping[str, object]) -> list[str]:
    """One sentence for each setting that cannot be used."""
    return [
        *_public_url(str(values.get("public_url") or "")),
        *_databases(values),
        *_proxies(cast(Collection[str], values.get("trusted_proxies") or ())),
        *_hosts(cast(Collection[str], values.get("hosts") or ())),
        *_mail(str(values.get("smtp_url") or ""), str(values.get("mail_from") or "")),
        *_folders(values),
    ]


def _split(url: str) -> SplitResult | None:
    """The parts of an address, or None when it has none that can be used."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _public_url(url: str) -> Iterable[str]:
    if not url:
        return
    parts = _split(url)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(parts.netloc.lower())
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        yield f"PUBLIC_URL must be like https://buurt.example.org, not {url!r}."
    elif parts.scheme == "http" and parts.hostname not in _LOCAL:
        yield "PUBLIC_URL must begin with https:// for everything but this machine."


def _databases(values: Mapping[str, object]) -> Iterable[str]:
    roles: dict[str, str] = {}
    for field, name in DATABASES.items():
        url = str(values.get(field) or "")
        if not url:
            continue
        parts = _split(url)
        if parts is None or parts.scheme not in ("postgresql", "postgres") or _raw(url, parts):
            yield f"{name} must begin with postgresql:// and be a whole address. {ESCAPES}"
            continue
        if unquote(parts.password or "").lower() in SAMPLES:
            yield f"{name} has a password out of a manual."
        if parts.username and parts.username in roles.values():
            other = next(n for n, role in roles.items() if role == parts.username)
            yield f"{name} must sign in as another role than {other}."
        roles[name] = parts.username or ""


def _raw(url: str, parts: SplitResult) -> bool:
    """Whether a sign stands in it that means something else there: it would cut the password off."""
    return parts.netloc.count("@") > 1 or bool(parts.fragment) or any(c.isspace() for c in url)


def _proxies(entries: Collection[str]) -> Iterable[str]:
    for entry in sorted(set(entries) - {UNIX}):
        try:
            network = ip_network(entry, strict=False)
        except ValueError:
            yield f"TRUSTED_PROXIES must be addresses, networks or 'unix', not {entry!r}."
            continue
        if network.prefixlen == 0:
            yield f"TRUSTED_PROXIES must not be everybody ({entry})."


def _hosts(entries: Collection[str]) -> Iterable[str]:
    for entry in sorted(entries):
        if not _HOST.fullmatch(entry.lower()):
            yield f"HOSTS must be names like buurt.example.org, not {entry!r}."


def _mail(smtp: str, sender: str) -> Iterable[str]:
    if not smtp:
        return
    parts = _split(smtp)
    if (
        parts is None
        or parts.scheme not in ("smtp", "smtps")
        or not parts.hostname
        or _raw(smtp, parts)
    ):
        yield f"SMTP_URL must be like smtps://name:password@mail.example.org. {ESCAPES}"
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", sender):
        yield "MAIL_FROM must be the address that mail comes from."


def _folders(values: Mapping[str, object]) -> Iterable[str]:
    listed = values.get("breached_passwords")
    if isinstance(listed, Path) and not listed.is_file():
        yield f"BREACHED_PASSWORDS must be a file that is there, not {str(listed)!r}."
