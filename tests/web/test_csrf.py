"""The form's token: masked anew each time, compared whatever was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.web import csrf


def test_two_tokens_of_one_secret_differ_and_both_hold() -> None:
    secret = csrf.new_secret()
    one, other = csrf.mask(secret), csrf.mask(secret)
    assert one != other
    assert csrf.holds(one, secret) and csrf.holds(other, secret)


def test_another_secrets_token_does_not_hold() -> None:
    assert not csrf.holds(csrf.mask(csrf.new_secret()), csrf.new_secret())


@pytest.mark.parametrize("token", ["", "é", "AAAA", "\x00", "=" * 100, "-" * 88, "x" * 100_000])
def test_rubbish_does_not_hold_and_is_no_error(token: str) -> None:
    assert not csrf.holds(token, csrf.new_secret())


@given(st.text())
def test_no_text_holds_by_chance(token: str) -> None:
    assert not csrf.holds(token, b"\x01" * csrf.SECRET_BYTES)
