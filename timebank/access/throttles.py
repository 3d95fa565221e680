"""How often one may try to get in (OWASP ASVS 6.3.1): waiting, never locking."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.numbers import email_key, parse_member_number
from timebank.kernel.text import fold

PER_ADDRESS = throttle.Limit(25, timedelta(minutes=5))
PER_MEMBER = throttle.Limit(10, timedelta(hours=1))
MAILS_PER_ADDRESS = throttle.Limit(3, timedelta(hours=1))


def network(address: str) -> str:
    """What counts as one visitor: an IPv4 address, or the /64 an IPv6 address lies in."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else parsed.exploded[:19]


def one_spelling(who: str) -> bytes:
    """What tries for a member are counted by: the number or address as it is looked up, so that
    every way of writing it counts together. What can be neither stays as it was typed."""
    if "@" in who:
        return throttle.key_of(email_key(who))
    return throttle.key_of(parse_member_number(who) or "".join(fold(who).split()))


async def count_code(db: Db, *, community: int, address: str, who: str, now: datetime) -> None:
    """Count one try with a code that was read out. Raises TooMany."""
    await throttle.count(
        db, community=community, kind="code_address", key=throttle.key_of(network(address)),
        limit=PER_ADDRESS, now=now,
    )  # fmt: skip
    await throttle.count(
        db, community=community, kind="code_member", key=one_spelling(who), limit=PER_MEMBER,
        now=now,
    )  # fmt: skip


async def count_sign_in(
    db: Db, *, community: int, address: str, who: str, known_device: bool, now: datetime
) -> None:
    """Count one try. Raises TooMany. A known device is exempt from the limit per member, so
    that its owner gets in while a stranger is guessing."""
    await throttle.count(
        db, community=community, kind="address", key=throttle.key_of(network(address)),
        limit=PER_ADDRESS, now=now,
    )  # fmt: skip
    if not known_device:
        await throttle.count(
            db, community=community, kind="member", key=one_spelling(who), limit=PER_MEMBER,
            now=now,
        )  # fmt: skip


async def was_right(db: Db, *, community: int, who: str, known_device: bool, now: datetime) -> None:
    """That try was the member's own: it does not count for the member. One try comes back, not all,
    so that who shares an address with somebody cannot guess on. The network's count stays."""
    if not known_device:
        await throttle.give_back(
            db, community=community, kind="member", key=one_spelling(who), limit=PER_MEMBER,
            now=now,
        )  # fmt: skip
