"""What the whole program shares: made once at start, passed along as one thing."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from timebank.kernel.clock import now
from timebank.kernel.db import Pool
from timebank.kernel.passphrase import breached_list
from timebank.kernel.settings import Settings
from timebank.web.templates import Templates


class Hashes(Protocol):
    """Hashes passwords, away from the event loop."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, stored: str | None, password: str) -> bool: ...


class Site:
    """Pool, settings, templates, hasher and clock. `community_ids` keeps short names once found."""

    def __init__(
        self, pool: Pool, settings: Settings, templates: Templates, hasher: Hashes,
        clock: Callable[[], datetime] = now,
    ) -> None:  # fmt: skip
        self.pool = pool
        self.settings = settings
        self.templates = templates
        self.hasher = hasher
        self.breached = _breached(settings)
        self.now = clock
        self.community_ids: dict[str, int] = {}


def _breached(settings: Settings) -> frozenset[str]:
    """The operator's own list of leaked passwords, if one is set."""
    if settings.breached_passwords is None:
        return frozenset()
    with settings.breached_passwords.open(encoding="utf-8", errors="replace") as lines:
        return breached_list(lines)
