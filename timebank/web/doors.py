"""The one door out: every redirect, absolute link, CSV cell, calendar line and mail header.

Whatever leaves the site as something other than a page passes here, so that escaping is written
once and tested once.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote_to_bytes

MAX_NEXT_LETTERS = 1024

_PRINTABLE = re.compile(r"/[\x21-\x7e]*")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FORMULA = re.compile("'*[=+\\-@\\t\\r\\n\\0\uff1d\uff0b\uff0d\uff20]")
_ENCODED_WORD = re.compile(r"=(?=\?[^?\s]*\?[^?\s]*\?.*?\?=)")
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
ICS_LINE_BYTES = 75


def safe_next(next: str, is_get_route: Callable[[str], bool]) -> str | None:
    """Where to go after signing in: a page of our own, or None.

    next: what the address bar said; path and query only, in ASCII.
    is_get_route: whether a decoded path is one of our pages.

    One slash in front, no backslash, no control character, nothing encoded twice, no dots that
    climb: what a browser and a server could read differently is refused (OWASP ASVS 3.7.2).
    """
    if len(next) > MAX_NEXT_LETTERS or not _PRINTABLE.fullmatch(next):
        return None
    if "\\" in next or "#" in next or _BROKEN_ESCAPE.search(next):
        return None
    raw_path, _mark, query = next.partition("?")
    path = _decoded(raw_path)
    if path is None or _decoded(query) is None:
        return None
    if "%" in path or "\\" in path or "//" in path or path.count("/") != raw_path.count("/"):
        return None
    if any(part in (".", "..") for part in path.split("/")):
        return None
    return next if is_get_route(path) else None


def _decoded(text: str) -> str | None:
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(decoded) else decoded


def absolute(public_url: str, path: str) -> str:
    """A link for mail and paper: the set public address and a path of ours.

    The address never comes from a request. Raises ValueError when `path` could point elsewhere.
    """
    if not _PRINTABLE.fullmatch(path) or path.startswith("//") or "\\" in path:
        raise ValueError("not a path of ours")
    return public_url.rstrip("/") + path


def csv_cell(value: str | int | None) -> str | int:
    """One cell. Text that a spreadsheet would run as a formula gets a quote in front.

    Minutes are numbers and stay so, also below zero. Text that already begins with such a quote
    gets another, so that `csv_value` gives back exactly what was written.
    """
    if value is None:
        return ""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def csv_value(cell: str) -> str:
    """What stood in the cell before `csv_cell`: for the import."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_text(rows: Iterable[Iterable[str | int | None]], *, delimiter: str = ";") -> str:
    """Rows as CSV, every cell quoted. With a byte order mark and `;`, as Dutch spreadsheets open
    it by themselves."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def mail_message(
    *,
    sender: str,
    sender_name: str,
    to: str,
    to_name: str,
    subject: str,
    text: str,
    message_id: str,
    at: datetime,
) -> EmailMessage:
    """A plain mail to one person, built by the standard library's policy.

    sender, to: bare addresses. Names and subject may hold anything a person typed: line breaks
    and other control characters become spaces. message_id: `<id@host>`, the same at a repeat.
    Raises ValueError when an address is not exactly one address, or the id no message id.
    """
    if not re.fullmatch(r"<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>", message_id):
        raise ValueError("not a message id")
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(sender_name, sender)
    message["To"] = _mailbox(to_name, to)
    message["Subject"] = _header_text(subject)
    message["Date"] = at
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.replace("\r\n", "\n").replace("\r", "\n"))
    return message


def one_line(text: str) -> str:
    """Text for a place that has one line: control characters and runs of space become one space."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _header_text(text: str) -> str:
    """One line that no mail reader takes for an encoded word: what was typed is what is shown."""
    return _ENCODED_WORD.sub("= ", one_line(text))


def _mailbox(name: str, address: str) -> Address:
    if not _MAIL_ADDRESS.fullmatch(address):
        raise ValueError("not one mail address")
    return Address(display_name=_header_text(name), addr_spec=address)


def ics_text(value: str) -> str:
    """Text inside a calendar line (RFC 5545, 3.3.11): `\\ ; ,` and line breaks escaped."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return _CONTROL.sub(" ", value)


def ics_line(name: str, value: str) -> str:
    """One content line with its line end, folded at 75 bytes and never inside a letter.

    value: already escaped with `ics_text` where it is text.
    Raises ValueError when it holds a line break or another control character.
    """
    line = f"{name}:{value}"
    if _CONTROL.search(line):
        raise ValueError("control character in a calendar line")
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > ICS_LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
