"""One sentence for each state and side: complete, plain, and the same everywhere."""

from datetime import UTC, date, datetime, time
from typing import Any, get_args
from uuid import UUID

import pytest

from timebank import areas
from timebank.exchanges import reasons, sentences, status
from timebank.exchanges.model import (
    Exchange,
    NextAction,
    Proposal,
    Side,
    State,
    contact_shown,
    may_write,
)
from timebank.kernel.i18n import speaking

RIA, AHMED, FATIMA = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)
NAMES = {RIA: "Ria", AHMED: "Ahmed", FATIMA: "Fatima"}
ENDS = ("declined", "cancelled", "no_contact", "not_feasible", "no_show", "closed")


def exchange(**more: Any) -> Exchange:
    """Ahmed helps Ria; done on 10 March, an hour and a half, unless said otherwise."""
    values: dict[str, Any] = {
        "community_id": 1, "zone": "Europe/Amsterdam", "answered_at": None, "announced_at": None,
        "id": UUID(int=9), "state": "talking", "mode": "hours", "round": 1, "post_id": None,
        "series_id": None, "area_id": UUID(int=8), "started_by_id": AHMED, "entered_by_id": AHMED,
        "title": "Heg snoeien", "planned_on": date(2026, 3, 12), "planned_at": time(14),
        "planned_minutes": 60, "meet_at": "", "next_action": "answer", "owner_id": RIA,
        "asked_id": RIA, "due_on": date(2026, 3, 17), "done_on": TODAY, "claimed_minutes": 90,
        "claimed_by_id": AHMED, "claimed_at": NOW, "answered_minutes": None,
        "answered_by_id": None, "by_hand": False, "reminded_at": None, "handed_reason": None,
        "disputed_at": None, "minutes": None, "confirmed_at": None, "booked_by": None,
        "end_reason": None, "ended_by_id": None, "settled_by_id": None, "state_at": NOW,
        "created_at": NOW, "sides": [Side(AHMED, True, False), Side(RIA, False, True)],
    }  # fmt: skip
    return Exchange(**(values | more))


PROPOSAL = Proposal(
    id=UUID(int=5), by_id=AHMED, on_date=date(2026, 3, 12), at_time=time(14), minutes=60,
    meet_at="", every=None, until_on=None, made_at=NOW,
)  # fmt: skip


def every_exchange() -> list[Exchange]:
    """One for each moment there can be."""
    made = [exchange(next_action=action) for action in get_args(NextAction)]
    made += [
        exchange(state="confirmed", booked_by=by, minutes=90, next_action=None, confirmed_at=NOW)
        for by in ("both", "silence", "worker")
    ]
    made += [
        exchange(state=state, next_action=None, end_reason=reason, ended_by_id=RIA,
                 settled_by_id=settled)
        for state in ENDS
        for reason in ("other", "withdrawn", "someone_else", "gone")
        for settled in (None, FATIMA)
    ]  # fmt: skip
    return made


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_moment_has_a_sentence_for_each_side(language: str) -> None:
    seen = set()
    with speaking(language):
        for one in every_exchange():
            for me in (RIA, AHMED, None):
                facts = status.Facts(
                    exchange=one, today=TODAY, me=me, names=NAMES, worker="Fatima",
                    proposal=PROPOSAL, words=areas.usual_words(),
                )  # fmt: skip
                said = sentences.sentence(facts)
                assert said.strip() and "%(" not in said and "None" not in said
                seen.add((status.moment_of(one), status.part_of(one, me)))
    assert seen == set(sentences.SENTENCES)


def test_no_sentence_shames_or_is_long() -> None:
    for one in every_exchange():
        for me in (RIA, AHMED):
            facts = status.Facts(
                exchange=one,
                today=TODAY,
                me=me,
                names=NAMES,
                worker="Fatima",
                proposal=PROPOSAL,
                words=areas.usual_words(),
            )
            said = sentences.sentence(facts)
            for word in ("schuld", "tekort", "afgewezen", "geweigerd", "ongeldig", "bevestig"):
                assert word not in said.lower()
            for sentence in said.replace("?", ".").replace(":", ".").split(". "):
                assert len(sentence.split()) <= 20, sentence


def test_a_name_is_escaped_and_the_page_keeps_its_own_markup() -> None:
    facts = status.Facts(
        exchange=exchange(),
        today=TODAY,
        me=RIA,
        names={AHMED: "<b>Ahmed"},
        worker="F",
        html=True,
        words=areas.usual_words(),
    )
    assert "&lt;b&gt;Ahmed" in str(sentences.sentence(facts))


TURNS: list[tuple[dict[str, Any], bool, bool]] = [
    ({"next_action": "answer"}, True, False),
    ({"next_action": "answer_proposal", "asked_id": AHMED}, False, True),
    ({"next_action": "plan", "state": "agreed", "asked_id": None}, True, True),
    ({"next_action": "do", "state": "planned", "asked_id": None}, False, False),
    ({"next_action": "do", "state": "planned", "planned_on": TODAY, "asked_id": None}, True, True),
    ({"next_action": "say_done", "state": "planned", "asked_id": None}, True, True),
    ({"next_action": "confirm", "state": "done"}, True, False),
    ({"next_action": "ask_both", "state": "done"}, True, False),
    ({"next_action": "settle", "state": "disputed", "asked_id": None}, False, False),
    ({"next_action": "take_over"}, False, False),
    ({"next_action": None, "state": "closed", "end_reason": "other"}, False, False),
]


@pytest.mark.parametrize(("more", "hers", "his"), TURNS)
def test_whose_turn_it_is(more: dict[str, Any], hers: bool, his: bool) -> None:
    one = exchange(**more)
    assert (status.is_turn(one, RIA, TODAY), status.is_turn(one, AHMED, TODAY)) == (hers, his)
    assert not status.is_turn(one, None, TODAY)


CONTACTS: list[tuple[State, date | None, bool]] = [
    ("talking", None, False),
    ("agreed", None, True),
    ("planned", None, True),
    ("done", date(2026, 3, 3), True),
    ("done", date(2026, 3, 2), False),
    ("disputed", date(2026, 3, 10), True),
    ("confirmed", date(2026, 3, 3), True),
    ("confirmed", date(2026, 3, 2), False),
    ("cancelled", date(2026, 3, 10), False),
    ("declined", None, False),
]


@pytest.mark.parametrize(("state", "done_on", "shown"), CONTACTS)
def test_2_when_phone_and_place_show(state: State, done_on: date | None, shown: bool) -> None:
    assert contact_shown(exchange(state=state, done_on=done_on), TODAY) is shown


def test_one_may_thank_for_a_month_and_never_write_after_a_no() -> None:
    april = datetime(2026, 4, 9, 8, tzinfo=UTC)
    later = datetime(2026, 4, 9, 10, tzinfo=UTC)
    for state in ("confirmed", "cancelled", "closed", "no_show"):
        one = exchange(state=state)
        assert may_write(one, april) and not may_write(one, later)
    for state in ("declined", "no_contact", "not_feasible"):
        assert not may_write(exchange(state=state), NOW)


def test_every_reason_has_words() -> None:
    tables = (reasons.CANCELLATIONS, reasons.NO_SHOWS, reasons.CLOSINGS, reasons.WORKER_ENDINGS)
    for table in tables:
        for code, words in reasons.choices(table):
            assert words and reasons.words_of(code)
    assert (
        reasons.words_of("withdrawn")
        == reasons.words_of("someone_else")
        == reasons.words_of("gone")
        == ""
    )
