"""What was done for a member is told in words, never as a riddle."""

import pytest

from timebank.notices.for_you import _WORDS, about


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("voucher.made", "tijd op papier"), ("voucher.lost", "tijd op papier"),
        ("introduction.answered", "een buur ontmoeten"),
        ("introduction.wished", "een buur ontmoeten"), ("post.made", "een vraag of aanbod"),
        ("exchange.agreed", "een afspraak"), ("report.made", "iets anders"),
    ],
)  # fmt: skip
def test_every_act_has_a_word_a_member_knows(act: str, said: str) -> None:
    assert _WORDS[about(act)]() == said
