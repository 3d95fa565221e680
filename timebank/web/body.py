"""Reading a form: the raw bytes once, checked before anything is decoded.

The framework would turn bad bytes into U+FFFD, let NUL through and parse a hundred thousand
fields; here they are refused in words. Form data is `application/x-www-form-urlencoded` only.
"""

import re
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from litestar.types import Receive, Scope

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Refusal

MAX_BYTES = 256 * 1024
MAX_FIELDS = 200
MAX_NAME_LETTERS = 64
CONTENT_TYPE = b"application/x-www-form-urlencoded"

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_NAME = re.compile(rf"[A-Za-z_][A-Za-z0-9_.\[\]-]{{0,{MAX_NAME_LETTERS - 1}}}")
_KEPT = "form_fields"

Form = dict[str, list[str]]
"""Field name to its values, in the order they were sent."""


class BadBody(Refusal):
    """What was sent is no form we can read. `code` is for the log, `sentence` for the person."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


def _too_big() -> BadBody:
    return BadBody(
        413,
        "body-size",
        _("Dit is te groot om te versturen. Maak de tekst korter, en verstuur het nog een keer."),
    )


def _too_many() -> BadBody:
    return BadBody(
        413, "too-many-fields", _("Er kwamen te veel antwoorden tegelijk. Er is niets bewaard.")
    )


def _wrong_type() -> BadBody:
    return BadBody(
        415,
        "content-type",
        _("Dit kunnen we niet lezen. Vul het formulier op de site nog een keer in."),
    )


def _unreadable(code: str) -> BadBody:
    return BadBody(
        400,
        code,
        _("Er staan tekens in die we niet kunnen lezen. Typ de tekst nog een keer zelf in."),
    )


async def read_form(scope: Scope, receive: Receive, *, max_bytes: int = MAX_BYTES) -> Form:
    """The fields of a form post. The first call reads the body, later ones get the same fields.

    With Litestar: `await read_form(request.scope, request.receive)`, and no `data` parameter.
    Raises BadBody: 413 too big or too many fields, 415 no form, 400 unreadable or cut off.
    """
    state = scope["state"]
    kept = state.get(_KEPT)
    if kept is None:
        _check_content_type(scope)
        kept = parse_form(await _read(receive, max_bytes))
        state[_KEPT] = kept
    return {name: list(values) for name, values in kept.items()}


def parse_form(body: bytes) -> Form:
    """The fields in an urlencoded body; pure. Raises BadBody.

    Stricter than browsers need: a bare `%`, bytes that are not UTF-8 after decoding, NUL, and a
    field name that no form of ours could have are refused rather than mended.
    """
    pieces = [piece for piece in body.split(b"&") if piece] if body else []
    if len(pieces) > MAX_FIELDS or body.count(b"&") > MAX_FIELDS:
        raise _too_many()
    form: Form = {}
    for piece in pieces:
        name, _equals, value = piece.partition(b"=")
        form.setdefault(_field_name(name), []).append(_decode(value))
    return form


def _field_name(raw: bytes) -> str:
    name = _decode(raw)
    if not _NAME.fullmatch(name):
        raise _unreadable("field-name")
    return name


def _decode(raw: bytes) -> str:
    if _BROKEN_ESCAPE.search(raw):
        raise _unreadable("escape")
    try:
        text = unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise _unreadable("not-utf-8") from None
    if "\0" in text:
        raise _unreadable("nul")
    return text


def _check_content_type(scope: Scope) -> None:
    said = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    media_type, *parameters = (part.strip().lower() for part in said.split(b";"))
    charsets = [part.partition(b"=")[2].strip(b'" ') for part in parameters if b"charset" in part]
    if media_type != CONTENT_TYPE or any(charset != b"utf-8" for charset in charsets):
        raise _wrong_type()


async def _read(receive: Receive, max_bytes: int) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = cast(dict[str, Any], await receive())
        if message["type"] != "http.request":
            raise _unreadable("cut-off")
        body += message.get("body", b"")
        if len(body) > max_bytes:
            raise _too_big()
        more = message.get("more_body", False)
    return bytes(body)
