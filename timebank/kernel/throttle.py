"""Throttles: counters in the database, so that every process and machine counts the same.

They slow a guesser down and never lock a member out. Counted in a short transaction of their
own, before the request's: a refusal must not undo the count (OWASP ASVS 6.3.1).
"""

import hashlib
from datetime import datetime, timedelta

import msgspec

from timebank.kernel.db import Db, load
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import TooMany
from timebank.kernel.words import duration

q = load("throttle")
HOUR = timedelta(hours=1)


class Limit(msgspec.Struct, frozen=True):
    """At most `tries` in `window`."""

    tries: int
    window: timedelta


def key_of(*parts: object) -> bytes:
    """What is counted, as a hash: no address and no name is stored."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).digest()


async def count(
    db: Db, *, community: int, kind: str, key: bytes, limit: Limit, now: datetime
) -> None:
    """Count one try. Raises TooMany when that is one more than the limit allows."""
    start = _start(limit, now)
    tries = await q.count(db, community=community, kind=kind, key=key, window_start=start)
    if tries > limit.tries:
        wait = max(1, int((start + limit.window - now).total_seconds()))
        raise TooMany(
            _(
                "Dit is nu te vaak geprobeerd. Wacht %(time)s en probeer het dan weer.",
                time=duration(-(-wait // 60)),
            ),
            retry_after=wait,
        )


async def give_back(
    db: Db, *, community: int, kind: str, key: bytes, limit: Limit, now: datetime
) -> None:
    """Take back one try that was counted at this same moment: it was no guess."""
    await q.give_back(db, community=community, kind=kind, key=key, window_start=_start(limit, now))


def _start(limit: Limit, now: datetime) -> datetime:
    """When the window began that `now` lies in."""
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


async def clear_old(db: Db, *, community: int, before: datetime) -> None:
    """Forget counters whose window is long over."""
    await q.clear_old(db, community=community, before=before)
