"""All sentences of the project, and a catalogue brought up to date with them.

    python -m tests.house.catalogue en

adds what is new to the .po (untranslated) and drops what is gone.
"""

import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
LOCALE = ROOT / "timebank" / "locale"
METHODS = [("timebank/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {
    "templates/**.html": {
        "extensions": "jinja2.ext.do",
        "trimmed": "true",
        "silent": "false",
        "newstyle_gettext": "true",
    }
}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sentences() -> Catalog:
    """Every sentence in code and templates, as an empty catalogue."""
    found = Catalog(fuzzy=False, header_comment="")
    for _place, message, context in _extracted():
        found.add(message, context=context)
    return found


def places() -> list[tuple[str, str | tuple[str, ...], str | None]]:
    """("templates/posts/show.html:12", sentence, context), for every time it stands somewhere."""
    return list(_extracted())


@cache
def _extracted() -> list[tuple[str, str | tuple[str, ...], str | None]]:
    messages = extract_from_dir(
        str(ROOT), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=()
    )
    return [(f"{file}:{line}", said, context) for file, line, said, _notes, context in messages]


def catalogue(code: str) -> Catalog:
    """The .po of a language, as it is."""
    with (LOCALE / code / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def update(code: str, more: list[Path]) -> tuple[int, int]:
    """(sentences, untranslated) after bringing the .po up to date; `more` are .po files with
    translations to take over."""
    path = LOCALE / code / "messages.po"
    known = catalogue(code) if path.exists() else Catalog(locale=code, fuzzy=False)
    for extra in more:
        with extra.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string and (any(message.string) or message.string):
                    known.delete(message.id, message.context)  # an empty one would stay
                    known.add(message.id, message.string, context=message.context)
    fresh = Catalog(locale=code, fuzzy=False, project="Tijd voor elkaar", header_comment="")
    missing = 0
    for message in sentences():
        if not message.id:
            continue
        old = known.get(message.id, context=message.context)
        text = old.string if old is not None else None
        done = bool(text) if isinstance(text, str) else bool(text) and all(text)
        missing += not done
        fresh.add(message.id, text if done else None, context=message.context)
    out = BytesIO()
    write_po(out, fresh, width=100, no_location=True, omit_header=False, sort_output=True)
    lines = [
        line for line in out.getvalue().decode().splitlines(keepends=True)
        if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By'))
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf-8")
    return len(fresh), missing


if __name__ == "__main__":
    count, left = update(sys.argv[1], [Path(name) for name in sys.argv[2:]])
    print(f"{count} sentences, {left} without a translation")
