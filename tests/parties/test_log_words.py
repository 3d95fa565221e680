"""Every act that the floors below write in the log can be said."""

import re
from pathlib import Path

import pytest

from timebank import audit
from timebank.parties import PartyState

ROOT = Path(__file__).parent.parent.parent / "timebank"
ACTS = sorted(
    {
        act
        for slice_ in ("access", "parties", "membership", "exchanges", "messages", "hours")
        for path in (ROOT / slice_).rglob("*.py")
        for act in re.findall(r'act="([a-z_.]+)"', path.read_text("utf-8"))
    }
    - {"party.many_pages", "exchange.taken"}  # have no subject: no member reads them
)


def test_there_are_acts_to_say() -> None:
    assert len(ACTS) > 8


@pytest.mark.parametrize("act", ACTS)
def test_an_act_has_words_for_the_member_it_is_about(act: str) -> None:
    assert audit.is_said(act)


@pytest.mark.parametrize("state", PartyState.__args__[2:])
def test_every_step_of_a_membership_has_words(state: str) -> None:
    assert audit.is_said(f"party.{state}")
