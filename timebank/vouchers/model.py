"""Hour notes: hours on paper, redeemed once by whoever brings them. Pure rules."""

import hashlib
import secrets
from base64 import b32encode
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from timebank.kernel.numbers import member_number as number_of
from timebank.kernel.numbers import parse_member_number

State = Literal["open", "lost", "redeemed", "returned"]
VALUES = (15, 30, 60, 120)
"""What one note can be worth, in minutes; of these, whole units of the community."""
MOST_AT_ONCE = 12
"""Three sheets of four."""
A_SHEET = 4
VALID_DAYS = 365
WARN_DAYS = 30
LOST_DAYS = 14
"""A lost note waits so long for who may have got it as thanks; then its time goes back."""
CODE_BYTES = 16
"""128 bits that nobody guesses."""

__all__ = [
    "A_SHEET", "CODE_BYTES", "LOST_DAYS", "MOST_AT_ONCE", "VALID_DAYS", "VALUES", "WARN_DAYS",
    "Over", "Rule", "State", "ToPrint", "Voucher", "code_hash", "new_code", "number_of", "parse_number",
]  # fmt: skip


class Rule(msgspec.Struct, frozen=True):
    """Whether a community makes hour notes, and how many days one is valid."""

    is_on: bool = True
    valid_days: int = VALID_DAYS


class Voucher(msgspec.Struct, frozen=True, kw_only=True):
    """One note. `maker_id` is whose hours stand on it; nothing of that is on the paper."""

    id: UUID
    number: str
    minutes: int
    maker_id: UUID
    made_at: datetime
    valid_until: date
    printed_at: datetime | None
    print_asked_on: date | None
    state: State
    state_at: datetime
    lost_until: date | None
    redeemed_by_id: UUID | None

    def is_valid(self, today: date) -> bool:
        """Whether who brings it can still redeem it."""
        return self.state == "open" and today <= self.valid_until


class Over(msgspec.Struct, frozen=True, kw_only=True):
    """A note whose last day was, or nearly is. `maker_is_here`: its maker still takes part."""

    id: UUID
    number: str
    minutes: int
    maker_id: UUID
    state: State
    maker_is_here: bool
    valid_until: date | None = None


class ToPrint(msgspec.Struct, frozen=True):
    """A member whose notes wait for a worker to print and bring them."""

    party_id: UUID
    call_name: str
    full_name: str
    number: str
    area_id: UUID
    asked_on: date
    many: int


def new_code() -> str:
    """What stands in a QR code: 26 small letters and figures."""
    return b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=").lower()


def code_hash(code: str) -> bytes:
    """How a code is kept. It is long enough to need no salt."""
    return hashlib.sha256(f"voucher:{code}".encode()).digest()


def parse_number(text: str) -> str | None:
    """The number in `text`, or None when it is none or was mistyped: its last figure checks it, as
    that of a member number does."""
    return parse_member_number(text)
