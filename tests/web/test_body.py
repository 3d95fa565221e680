"""Reading a form: raw bytes first, then fields."""

import asyncio
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.web.body import MAX_FIELDS, BadBody, parse_form, read_form

names = st.text("aZ_.-0", max_size=20).map("a".__add__)
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80)


@given(st.lists(st.tuples(names, texts), max_size=15))
def test_what_a_browser_sends_comes_back_in_order(fields: list[tuple[str, str]]) -> None:
    form = parse_form(urlencode(fields).encode())
    expected: dict[str, list[str]] = {}
    for name, value in fields:
        expected.setdefault(name, []).append(value)
    assert form == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(body: bytes) -> None:
    try:
        form = parse_form(body)
    except BadBody as refusal:
        assert refusal.status in (400, 413, 415)
        assert refusal.sentence
    else:
        sent = unquote_to_bytes(body.replace(b"+", b" "))
        for values in form.values():
            assert all("\0" not in value and value.encode() in sent for value in values)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"a=%ff", "not-utf-8"),
        (b"a=\xff", "not-utf-8"),
        (b"a=%c3", "not-utf-8"),
        (b"a=%ed%a0%80", "not-utf-8"),
        (b"a=%c0%af", "not-utf-8"),
        (b"a=x%00y", "nul"),
        (b"a=x\0y", "nul"),
        (b"a=%", "escape"),
        (b"a=100%", "escape"),
        (b"a=%zz", "escape"),
        (b"a=%u00e9", "escape"),
        (b"=x", "field-name"),
        (b"%ff=x", "not-utf-8"),
        (b"a%0d%0a=x", "field-name"),
        (b"a b=x", "field-name"),
        (b"a" * 65 + b"=x", "field-name"),
        (b"%d0%b0=x", "field-name"),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_mended(body: bytes, code: str) -> None:
    with pytest.raises(BadBody) as caught:
        parse_form(body)
    assert (caught.value.status, caught.value.code) == (400, code)


def test_plus_means_space_and_an_encoded_plus_stays() -> None:
    assert parse_form(b"a=1+2%2B3&b&c=") == {"a": ["1 2+3"], "b": [""], "c": [""]}


def test_two_hundred_fields_are_read_and_one_more_is_refused() -> None:
    body = "&".join(f"f{n}=" for n in range(MAX_FIELDS))
    assert len(parse_form(body.encode())) == MAX_FIELDS
    for one_more in (b"&x=", b"&a" * 5):
        with pytest.raises(BadBody) as caught:
            parse_form(body.encode() + one_more)
        assert (caught.value.status, caught.value.code) == (413, "too-many-fields")


def test_a_body_of_nothing_but_separators_is_refused_quickly() -> None:
    with pytest.raises(BadBody):
        parse_form(b"&" * 250_000)
    assert parse_form(b"") == {}


class Sender:
    """A request as the server hands it over, in pieces, counting how often it is read."""

    def __init__(self, *pieces: bytes, kind: bytes = b"application/x-www-form-urlencoded") -> None:
        self.pieces = list(pieces)
        self.reads = 0
        self.scope: Any = {"headers": [(b"content-type", kind)], "state": {}}

    async def receive(self) -> Any:
        self.reads += 1
        if not self.pieces:
            return {"type": "http.disconnect"}
        body = self.pieces.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(self.pieces)}

    def form(self, **settings: int) -> dict[str, list[str]]:
        return asyncio.run(read_form(self.scope, self.receive, **settings))


def test_the_body_is_read_once_and_the_second_asker_gets_the_same_fields() -> None:
    sender = Sender(b"naam=Jo%", b"C3%A9&naam=x")
    first = sender.form()
    assert first == {"naam": ["Joé", "x"]}
    first["naam"].clear()
    assert sender.form() == {"naam": ["Joé", "x"]}
    assert sender.reads == 2


@pytest.mark.parametrize(
    "kind",
    [
        b"",
        b"text/plain",
        b"application/json",
        b"multipart/form-data; boundary=x",
        b"application/x-www-form-urlencoded; charset=iso-8859-1",
    ],
)
def test_other_kinds_of_body_are_refused_before_they_are_read(kind: bytes) -> None:
    sender = Sender(b"a=1", kind=kind)
    with pytest.raises(BadBody) as caught:
        sender.form()
    assert (caught.value.status, sender.reads) == (415, 0)


@pytest.mark.parametrize(
    "kind",
    [
        b"application/x-www-form-urlencoded; charset=UTF-8",
        b'APPLICATION/x-www-form-urlencoded;charset="utf-8"',
    ],
)
def test_utf_8_may_be_named(kind: bytes) -> None:
    assert Sender(b"a=1", kind=kind).form() == {"a": ["1"]}


def test_a_body_past_the_limit_is_refused_while_it_comes() -> None:
    sender = Sender(b"a=" + b"x" * 50, b"x" * 50, b"x" * 50)
    with pytest.raises(BadBody) as caught:
        sender.form(max_bytes=100)
    assert (caught.value.status, sender.reads) == (413, 2)


def test_a_body_that_breaks_off_is_no_form() -> None:
    sender = Sender()
    with pytest.raises(BadBody) as caught:
        sender.form()
    assert caught.value.code == "cut-off"
