"""The form's token: a secret of the session, masked anew at each rendering.

Answers are compressed, and an unmasked secret in a compressed page can be guessed letter by
letter (BREACH).
"""

import base64
import binascii
import hmac
import secrets

SECRET_BYTES = 32


def new_secret() -> bytes:
    """A fresh secret for a session or a visitor."""
    return secrets.token_bytes(SECRET_BYTES)


def mask(secret: bytes) -> str:
    """A token for one page; two tokens of one secret have nothing in common."""
    pad = secrets.token_bytes(len(secret))
    return base64.urlsafe_b64encode(pad + _xor(pad, secret)).decode()


def holds(token: str, secret: bytes) -> bool:
    """Whether `token` was made from `secret`; compared in constant time, whatever was sent."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii"))
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return False
    if len(raw) != 2 * SECRET_BYTES or len(secret) != SECRET_BYTES:
        return False
    return hmac.compare_digest(_xor(raw[:SECRET_BYTES], raw[SECRET_BYTES:]), secret)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
