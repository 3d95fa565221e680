"""The one door out: redirects, links, CSV, calendar, mail."""

import csv
import io
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timebank.web.doors import (
    absolute,
    csv_cell,
    csv_text,
    csv_value,
    ics_line,
    ics_text,
    mail_message,
    one_line,
    safe_next,
)

ROUTES = {"/", "/maasplein", "/maasplein/posts", "/maasplein/café", "/maasplein/posts/evil.test"}


def is_get_route(path: str) -> bool:
    return path in ROUTES


@pytest.mark.parametrize(
    "next",
    [
        "/",
        "/maasplein",
        "/maasplein/posts?q=tuin%20hulp&page=2",
        "/maasplein/caf%C3%A9",
        "/maasplein/posts?next=//evil.test",
        "/maasplein/posts/evil.test",
    ],
)
def test_a_page_of_ours_may_be_next(next: str) -> None:
    assert safe_next(next, is_get_route) == next


@pytest.mark.parametrize(
    "next",
    [
        "",
        " /maasplein",
        "maasplein",
        "//evil.test",
        "///evil.test",
        "//evil.test/maasplein",
        "/\\evil.test",
        "\\/evil.test",
        "\\\\evil.test",
        "/%5Cevil.test",
        "/%2Fevil.test",
        "/%2f%2fevil.test",
        "/.//evil.test",
        "/%2e%2fevil.test",
        "/maasplein/..//evil.test",
        "/maasplein/%2e%2e/%2fevil.test",
        "/../maasplein",
        "/./maasplein",
        "/maasplein/%252e%252e/",
        "http://evil.test",
        "https://evil.test/maasplein",
        "HTTPS:evil.test",
        "https:/evil.test",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "mailto:x@evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        "\t//evil.test",
        "/maasplein\r\nSet-Cookie: a=b",
        "/maasplein%0d%0aSet-Cookie:a=b",
        "/maasplein?q=%0d%0aSet-Cookie:a=b",
        "/maasplein\x00",
        "/maasplein%00",
        "/maasplein?q=%00",
        "/maasplein/caf\u00e9",
        "/maasplein/\u2028posts",
        "/\uff0fevil.test",
        "/maasplein%E2%80%A8",
        "/maasplein%C2%85",
        "/maasplein?q=%ff",
        "/%ff",
        "/maasplein%",
        "/maasplein?q=100%",
        "/%zz",
        "/maasplein%2Fposts",
        "@evil.test",
        ".evil.test",
        "?next=/maasplein",
        "#/maasplein",
        "/maasplein#x",
        "/maasplein?" + "a" * 2000,
    ],
)
def test_no_evasion_leads_elsewhere(next: str) -> None:
    """Not even when the route table, which tidies addresses up, would take it for a page."""
    assert safe_next(next, lambda path: True) is None


@pytest.mark.parametrize(
    "next",
    [
        "/@evil.test",
        "/maasplein/",
        "/Maasplein",
        "/maasplein;x=1",
        "/maasplein/sign-out",
        "/nowhere",
    ],
)
def test_what_is_no_page_of_ours_is_not_next(next: str) -> None:
    assert safe_next(next, is_get_route) is None


def test_the_route_table_is_asked_for_the_decoded_path_without_the_query() -> None:
    asked: list[str] = []
    safe_next("/maasplein/caf%C3%A9?a=1", lambda path: bool(asked.append(path)))
    assert asked == ["/maasplein/café"]


@given(st.text(max_size=40))
def test_whatever_is_accepted_is_a_path_on_this_site(next: str) -> None:
    found = safe_next(next, lambda path: True)
    assert found is None or re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", found)


def test_links_in_mail_start_with_the_set_address() -> None:
    assert absolute("https://buurt.test/", "/maasplein") == "https://buurt.test/maasplein"
    for path in ("maasplein", "//evil.test", "/\\evil.test", "/a b", "/a\r\nX: y", "", "@evil"):
        with pytest.raises(ValueError, match="path"):
            absolute("https://buurt.test", path)


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "'="])
def test_text_that_a_spreadsheet_would_run_gets_a_quote(lead: str) -> None:
    text = f"{lead}cmd|' /C calc'!A0"
    assert csv_cell(text) == f"'{text}"
    assert csv_value(f"'{text}") == text


def test_minutes_stay_numbers_and_ordinary_text_stays_itself() -> None:
    assert csv_cell(-90) == -90
    assert csv_cell(None) == ""
    for text in ("Jo's tuin", "'s-Hertogenbosch", "1-2", "a=b", ""):
        assert csv_cell(text) == text == csv_value(text)


cells = st.one_of(st.none(), st.integers(), st.text(st.characters(exclude_categories=["Cs"])))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5))
def test_csv_comes_back_as_it_was_written(rows: list[list[Any]]) -> None:
    text = csv_text(rows)
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    expected = [["" if cell is None else str(cell) for cell in row] for row in rows]
    got = [
        [
            cell if isinstance(was, int) else csv_value(cell)
            for cell, was in zip(r, row, strict=True)
        ]
        for r, row in zip(read, rows, strict=True)
    ]
    assert got == expected


def test_every_cell_is_quoted() -> None:
    assert csv_text([["a", 'b"c', 5, None]]) == '\ufeff"a";"b""c";"5";""\r\n'


def mail(**values: Any) -> EmailMessage:
    usual = {"sender": "post@buurt.test", "sender_name": "Tijd voor elkaar", "to": "ann@x.test"}
    more = {"to_name": "Ann Smit", "subject": "Er staat iets voor u klaar", "text": "Dag Ann,\n"}
    rest = {"message_id": "<01a2-3@buurt.test>", "at": datetime(2026, 3, 1, 9, tzinfo=UTC)}
    return mail_message(**{**usual, **more, **rest, **values})


HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"} | {
    "Content-Type",
    "Content-Transfer-Encoding",
}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Boer, J. de", "Boer, J. de"),
        ('Ann "Annie" Smit', 'Ann "Annie" Smit'),
        ("=?utf-8?q?", "=?utf-8?q?"),
        ("=?utf-8?q?Beheerder?=", "= ?utf-8?q?Beheerder?="),
        ("Ann\r\nBcc: x@evil.test", "Ann Bcc: x@evil.test"),
        ("Ann\nX: y", "Ann X: y"),
        ("Ann\u2028Smit", "Ann Smit"),
        ("Löwe, J. de", "Löwe, J. de"),
        ("محمد", "محمد"),
        ("Smit <x@evil.test>", "Smit <x@evil.test>"),
        ("x@evil.test, Ann", "x@evil.test, Ann"),
        ("(Ann) Smit; a\\b", "(Ann) Smit; a\\b"),
        ("", ""),
    ],
)
def test_a_name_stays_readable_and_adds_no_recipient(name: str, shown: str) -> None:
    sent = message_from_bytes(bytes(mail(to_name=name, subject=name)), policy=default)
    (recipient,) = sent["To"].addresses
    assert (recipient.addr_spec, recipient.display_name) == ("ann@x.test", shown)
    assert sent["Subject"] == shown
    assert set(sent.keys()) == HEADERS


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_name_or_subject_reaches_another_header(name: str) -> None:
    sent = message_from_bytes(bytes(mail(to_name=name, sender_name=name, subject=name)))
    assert set(sent.keys()) == HEADERS
    assert [address for _, address in getaddresses([sent["To"]])] == ["ann@x.test"]
    assert [address for _, address in getaddresses([sent["From"]])] == ["post@buurt.test"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@x.test",
        "ann@x.test, b@x.test",
        "ann@x.test b@x.test",
        "ann@x.test\r\nBcc: b@x.test",
        "<ann@x.test>",
        "Ann <ann@x.test>",
        "ann@x.test>",
        '"a b"@x.test',
        "ann@[127.0.0.1]",
        "ann@@x.test",
        "änn@x.test",
    ],
)
def test_what_is_not_exactly_one_address_gets_no_mail(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        mail(to=address)
    with pytest.raises(ValueError, match="address"):
        mail(sender=address)


def test_the_message_id_is_kept_and_cannot_carry_a_header() -> None:
    assert mail()["Message-ID"] == "<01a2-3@buurt.test>"
    for bad in ("", "x", "<a@b>\r\nBcc: x@evil.test", "<a b@c>"):
        with pytest.raises(ValueError, match="id"):
            mail(message_id=bad)


def test_the_text_arrives_as_it_was_written() -> None:
    text = "Dag Ann,\n\nEr staat iets voor u klaar – “kijk maar”.\n.\nFrom hier\n" + "x" * 2000
    raw = bytes(mail(text=text.replace("\n", "\r\n")))
    sent = message_from_bytes(raw, policy=default)
    assert sent.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_one_line_has_no_control_character_left() -> None:
    assert one_line("  a\r\n\tb\x00c\x85d  e ") == "a b c d e"


def unfold(lines: str) -> str:
    return lines.replace("\r\n ", "").removesuffix("\r\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_calendar_text_folds_at_75_bytes_and_reads_back(text: str) -> None:
    escaped = ics_text(text)
    lines = ics_line("SUMMARY", escaped)
    assert all(len(line.encode()) <= 75 for line in lines.split("\r\n"))
    assert unfold(lines) == f"SUMMARY:{escaped}"
    undone = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), escaped)
    plain = re.sub("\r\n?", "\n", text)
    assert undone == re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+", " ", plain)


def test_calendar_text_is_escaped() -> None:
    assert ics_text("Tuin; snoeien, \\ en\r\nvegen") == "Tuin\\; snoeien\\, \\\\ en\\nvegen"


def test_a_calendar_value_cannot_start_a_line_of_its_own() -> None:
    for value in ("a\r\nATTENDEE:x", "a\nb", "a\x00b"):
        with pytest.raises(ValueError, match="control"):
            ics_line("SUMMARY", value)
