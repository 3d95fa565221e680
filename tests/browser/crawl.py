"""Follows links, as a person who clicks everything, and keeps one or two addresses of each kind."""

import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urlsplit

from tests.pages import Page
from tests.world import Browser

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NUMBER = re.compile(r"\b\d+\b")


def kind_of(address: str) -> str:
    """The kind of page an address leads to: ids and values left out."""
    parts = urlsplit(address)
    keys = sorted({key for key, _value in parse_qsl(parts.query)} - {"said"})
    return ID.sub("{id}", parts.path) + ("?" + ",".join(keys) if keys else "")


async def crawl(
    browser: Browser, slug: str, *, each: int = 2, most: int = 200
) -> dict[str, list[Page]]:
    """Pages by kind, at most `each` of a kind, every one checked strictly on the way."""
    waiting = deque([f"/{slug}"])
    asked: set[str] = set()
    seen: Counter[str] = Counter()
    found: dict[str, list[Page]] = {}
    while waiting and len(asked) < most:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in asked or seen[kind] >= each:
            continue
        asked.add(address)
        seen[kind] += 1
        answer = await browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = Page(answer)
        found.setdefault(kind, []).append(page)
        for link in page.links():
            path = urldefrag(link).url
            if path.startswith(f"/{slug}"):
                waiting.append(path)
    return found
