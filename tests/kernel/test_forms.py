"""Forms: everything that is wrong is said at once, and nothing unknown gets in."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.kernel.fields import (
    Amount,
    Choice,
    Choices,
    Clock,
    Day,
    Duration,
    Exactly,
    Id,
    Line,
    Name,
    Phone,
    Tick,
    Whole,
    Words,
    on,
)
from timebank.kernel.forms import UNREAD, Form, is_read, read
from timebank.kernel.i18n import N_
from timebank.kernel.refusals import Invalid


class Sample(msgspec.Struct, kw_only=True):
    """One field of each kind."""

    title: Annotated[str, Line(20, ask=N_("Vul een titel in."))]
    words: Annotated[str | None, Words(50)] = None
    name: Annotated[str | None, Name(40)] = None
    secret: Annotated[str | None, Exactly(20)] = None
    kind: Annotated[str | None, Choice("a", "b")] = None
    many: Annotated[list[str] | None, Choices("x", "y", "z")] = None
    sure: Annotated[bool, Tick()] = False
    about: Annotated[UUID | None, Id()] = None
    hue: Annotated[int | None, Whole(0, 359)] = None
    minutes: Annotated[int | None, Duration(most=600)] = None
    day: Annotated[Any, Day()] = None
    at: Annotated[Any, Clock()] = None
    phone: Annotated[Any, Phone()] = None

    def check(self) -> dict[str, str]:
        """Rules between fields."""
        return {"words": "Niet hetzelfde."} if self.words == self.title else {}


def errors(**sent: str | list[str]) -> dict[str, str]:
    fields = {k: v if isinstance(v, list) else [v] for k, v in sent.items()}
    with pytest.raises(Invalid) as refused:
        read(Sample, fields)
    return refused.value.errors


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = errors(title=" ", kind="c", hue="400", at="25.00", about="1")
    assert set(found) == {"title", "kind", "hue", "at", "about"}
    assert found["title"] == "Vul een titel in."


def test_unknown_and_repeated_fields_are_refused() -> None:
    assert set(errors(title="Soep", role="admin")) == {""}
    assert set(errors(title=["Soep", "Brood"])) == {"title"}
    assert read(Sample, {"title": ["Soep"], "many": ["x", "y"]}).many == ["x", "y"]


def test_rules_between_fields_are_said_beside_what_is_wrong_in_others() -> None:
    assert errors(title="Soep", words="Soep") == {"words": "Niet hetzelfde."}
    found = errors(title="Soep", words="Soep", hue="400", at="25.00")
    assert list(found) == ["words", "hue", "at"]


def test_a_rule_says_nothing_of_a_field_that_could_not_be_read() -> None:
    assert set(errors(words="Soep")) == {"title"}
    for holds in (UNREAD == 1, UNREAD != 1, UNREAD < 1, UNREAD >= 1, 1 in UNREAD, UNREAD is None):
        assert not holds
    assert UNREAD and not is_read(1, UNREAD) and is_read(None, 0)


def test_a_rule_hears_what_it_must_know_beside_the_form() -> None:
    class Later(msgspec.Struct):
        on: Annotated[Any, Day()]

        def check(self, *, today: date) -> dict[str, str]:
            return {"on": "Kies later."} if on(self.on, today) <= today else {}

    with pytest.raises(Invalid) as refused:
        read(Later, {"on_choice": ["today"]}, today=date(2026, 3, 5))
    assert refused.value.errors == {"on": "Kies later."}
    with pytest.raises(Invalid) as refused:
        read(Later, {"on_choice": ["gisteren"]}, today=date(2026, 3, 5))
    assert refused.value.errors == {"on": "Kies een dag uit de lijst."}


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("title", "  Soep \u00a0 koken ", "Soep koken"),
        ("words", "een\r\ntwee", "een\ntwee"),
        ("secret", " met spaties ", " met spaties "),
        ("sure", "1", True),
        ("hue", "0", 0),
        ("minutes_choice", "90", 90),
        ("at", "14.00", None),
    ],
)
def test_what_people_type_is_taken(field: str, raw: str, value: object) -> None:
    made = read(Sample, {"title": ["Soep"]} | {field: [raw]})
    name = field.partition("_")[0]
    if value is not None:
        assert getattr(made, name) == value


@pytest.mark.parametrize(
    "sent",
    [
        {"minutes_choice": "-15"},
        {"minutes_choice": "0"},
        {"minutes_choice": "6000"},
        {"minutes_choice": "90.5"},
        {"minutes_choice": "other", "minutes_hours": "-1"},
        {"minutes_choice": "other", "minutes_hours": "9" * 400},
        {"day_choice": "other", "day_day": "31", "day_month": "2", "day_year": "2026"},
        {"day_choice": "other", "day_day": "1", "day_month": "1", "day_year": "10000"},
        {"day_choice": "gisteren"},
        {"hue": "12345678901234567890"},
        {"hue": "١٢"},
        {"title": "x" * 21},
        {"title": "a\u202eb"},
        {"sure": "on"},
    ],
)
def test_what_cannot_be_is_refused_in_words(sent: dict[str, str]) -> None:
    found = errors(**({"title": "Soep"} | sent))
    assert len(found) == 1 and all(found.values())


def test_a_day_may_be_today_or_tomorrow() -> None:
    today = date(2026, 3, 31)
    for choice, wanted in (("today", today), ("tomorrow", date(2026, 4, 1))):
        made = read(Sample, {"title": ["Soep"], "day_choice": [choice]})
        assert on(made.day, today) == wanted


def test_a_form_keeps_what_was_typed_above_what_it_starts_with() -> None:
    form = Form("/x", sent={"title": ["Soep"], "_csrf": ["secret"]})
    form.start_with(title="Brood", hue=12, many=["x"])
    assert form.values == {"title": "Soep", "hue": "12", "many": "x"}


@given(
    st.dictionaries(
        st.sampled_from(["title", "words", "name", "kind", "hue", "minutes_choice", "day_day",
                         "day_year", "at", "phone", "about", "minutes_minutes", "sure", "more"]),
        st.lists(st.text(max_size=60), max_size=3), max_size=8,
    )
)  # fmt: skip
def test_nothing_that_is_sent_is_a_bug(sent: dict[str, list[str]]) -> None:
    try:
        read(Sample, sent)
    except Invalid as refused:
        assert all(isinstance(text, str) and text for text in refused.errors.values())


class SomeTime(msgspec.Struct, kw_only=True):
    """An amount that may be none."""

    time: Annotated[int, Amount(most=600, none=True)]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("0", 0), ("geen", 0), ("Geen", 0), ("0 uur", 0), ("geen tijd", 0),
        ("0 uur en 30 minuten", 30), ("0:30", 30), ("10 uur", 600), ("０", 0),
        ("0 30", None), ("-1", None), ("0 of 2 uur", None),
    ],
)  # fmt: skip
def test_none_is_none_and_nothing_behind_it_is_lost(typed: str, minutes: int | None) -> None:
    form = Form("/", sent={"time": [typed]})
    if minutes is None:
        with pytest.raises(Invalid):
            form.read(SomeTime)
    else:
        assert form.read(SomeTime).time == minutes
