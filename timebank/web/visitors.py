"""Who asks, and at which address: Host, the proxy in front, and the page a form came from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_HOST = re.compile(
    r"(?P<name>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}

UNIX = "unix"
"""In the list of trusted proxies: whoever speaks through a unix socket (it has no address)."""


@dataclass(frozen=True, slots=True)
class OurAddress:
    """Under which names this site may be asked, and which origins are its own."""

    origin: str
    hosts: frozenset[str]
    https: bool

    def knows(self, host: str) -> bool:
        """Whether a Host header names this site. An entry without a port allows any port."""
        match = _HOST.fullmatch(host.lower())
        return match is not None and bool({match[0], match["name"]} & self.hosts)

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether a form came from a page of ours: the public address, or this very host.

        `host` must be known. Under https a page of the same host over plain http is a stranger:
        somebody on the line may have written it.
        """
        scheme = "https" if self.https else "http"
        return origin.lower() in (self.origin, f"{scheme}://{host.lower()}")


def our_address(public_url: str, hosts: Iterable[str], https: bool) -> OurAddress:
    """Check the settings once, at start.

    Raises ValueError when public_url is not `scheme://host[:port]`, when it says http while the
    site is served over https (or the other way round), or when a host cannot be a Host header.
    """
    url = urlsplit(public_url.lower())
    scheme = "https" if https else "http"
    extras = url.path.strip("/") or url.query or url.fragment or url.username
    if url.scheme != scheme or not url.hostname or extras:
        raise ValueError(f"public address must be {scheme}://name[:port], not {public_url!r}")
    named = url.netloc
    if url.port == _DEFAULT_PORTS[scheme]:
        named = named.rpartition(":")[0]
    names = {host.lower() for host in hosts} | {named}
    bad = sorted(name for name in names if not _HOST.fullmatch(name))
    if bad:
        raise ValueError(f"not a host name: {', '.join(bad)}")
    return OurAddress(origin=f"{scheme}://{named}", hosts=frozenset(names), https=https)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies whose forwarded headers are believed; nobody else's are."""

    networks: tuple[Network, ...]
    unix: bool

    def trust(self, peer: str | None) -> bool:
        """Whether this direct peer is a proxy of ours. No address means a unix socket."""
        if peer is None:
            return self.unix
        address = _address(peer)
        return address is not None and self._ours(address)

    def visitor(self, forwarded_for: str) -> str | None:
        """The visitor's address from X-Forwarded-For: the last one that is no proxy of ours.

        What stands before it was written by the visitor and is not looked at. Words that are no
        address end the search.
        """
        found: Address | None = None
        for part in reversed(forwarded_for.split(",")):
            address = _address(part.strip())
            if address is None:
                break
            found = address
            if not self._ours(address):
                break
        return None if found is None else str(found)

    def _ours(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def proxies(trusted: Iterable[str]) -> Proxies:
    """From addresses or networks ("10.0.0.5", "172.18.0.0/16", "unix").

    Raises ValueError for anything else.
    """
    entries = set(trusted)
    networks = tuple(ip_network(entry, strict=False) for entry in sorted(entries - {UNIX}))
    return Proxies(networks=networks, unix=UNIX in entries)


@lru_cache(maxsize=1024)
def _address(text: str) -> Address | None:
    """One address, with or without a port; IPv4 written as IPv6 becomes IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
