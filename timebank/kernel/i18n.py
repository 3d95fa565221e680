"""Languages: Dutch sentences are the source, every other language is a .po file beside this package.

The reader's language is the one ambient fact of a request: rules, refusals and templates all
speak, and none of them decides to whom. Everything else is passed as an argument.
"""

import gettext as stdlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).parent.parent / "locale"
SOURCE = "nl"
NAMES = {"nl": "Nederlands", "en": "English"}
"""Languages on offer, each by its own name. Adding one takes a complete .po file and a line here."""

language: ContextVar[str] = ContextVar("language", default=SOURCE)


@cache
def _catalogue(code: str) -> stdlib.NullTranslations:
    path = LOCALE_DIR / code / "messages.po"
    if code == SOURCE or not path.exists():
        return stdlib.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return stdlib.GNUTranslations(compiled)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything said inside is in language `code`; an unknown code speaks Dutch."""
    token = language.set(code if code in NAMES else SOURCE)
    try:
        yield
    finally:
        language.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, its named placeholders filled from `values`."""
    text = _catalogue(language.get()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """As gettext, for a sentence that counts `n` things.

    A template fills in the other placeholders itself, after this: here only %(n)s or %(n)d.
    """
    text = _counted(_catalogue(language.get()).ngettext(one, many, n), n)
    return text % values if values else text


def _counted(text: str, n: int) -> str:
    return text.replace("%(n)s", str(n)).replace("%(n)d", str(n))


def pgettext(context: str, message: str, /, **values: object) -> str:
    """As gettext, for a word with two meanings: `context` tells which one is meant."""
    text = _catalogue(language.get()).pgettext(context, message)
    return text % values if values else text


def npgettext(context: str, one: str, many: str, n: int, /, **values: object) -> str:
    """As ngettext, with a context."""
    text = _counted(_catalogue(language.get()).npgettext(context, one, many, n), n)
    return text % values if values else text


def N_(message: str) -> str:  # noqa: N802  # the usual name of a marker for translators
    """Marks a sentence that is translated later, when it is said."""
    return message
