"""A made-up language that shows what nobody translated.

Every sentence of the project, each letter with an accent, each vowel twice (some 40 % longer), in
brackets; placeholders and tags stay. So whatever still stands in plain letters on a page was never
asked of a catalogue, and a bracket without its twin was cut off. It exists in tests alone: it is
not among the languages on offer, and its .po is written in a folder of the test.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.house.catalogue import sentences
from tests.pages import Page
from timebank.kernel import i18n

CODE = "qps"
REAL = frozenset(i18n.NAMES)
KEPT = re.compile(r"%\([a-z_0-9]+\)0?[0-9]*[sd]|%%|</?[a-z][^>]*>|&[a-z]+;|&#\d+;")
PLAIN = "abcdefghijklmnopqrstuvwxyz"
ODD = "áḃçḋéḟĝĥíĵķļṁñóṗʠŕšţúṽŵẋýž"
LETTERS = {p: o * (1 + (p in "aeiou")) for p, o in zip(PLAIN, ODD, strict=True)}
LETTERS |= {p.upper(): o.upper() + o * (p in "aeiou") for p, o in zip(PLAIN, ODD, strict=True)}
UNMARKED = re.compile(r"[A-Za-z][A-Za-z'’.@:/-]*")
DRAWN = re.compile(r"<text[^>]*>[^<]*</text>")
"""Letters in a drawing may be cut: the words beside it say the same."""
GLUED = re.compile(r"⟧[.,:;?!]?⟦.{0,40}")
SAID = ("title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription",
        "data-label", "data-busy", "data-show", "data-hide", "data-lost", "data-offline",
        "data-wrong", "data-title", "label", "summary")  # fmt: skip
"""Attributes that somebody sees or hears, now or when the script asks for them."""


def marked(text: str) -> str:
    """The sentence in the made-up language."""
    out, at = [], 0
    for kept in KEPT.finditer(text):
        out += [_odd(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "⟦" + "".join(out) + _odd(text[at:]) + "⟧"


def _odd(text: str) -> str:
    return "".join(LETTERS.get(letter, letter) for letter in text)


@cache
def _po() -> Catalog:
    made = Catalog(fuzzy=False)
    for message in sentences():
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            texts = tuple(marked(text) for text in ids)
            text = texts[0] if isinstance(message.id, str) else texts
            made.add(message.id, text, context=message.context)
    return made


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[None]:
    """A visitor may ask for the made-up language (by cookie; no switch offers it)."""
    folder = tmp_path
    for known in i18n.LOCALE_DIR.iterdir():
        if known.is_dir():
            (folder / known.name).symlink_to(known)
    (folder / CODE).mkdir()
    with (folder / CODE / "messages.po").open("wb") as file:
        write_po(file, _po(), no_location=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "LOCALE_DIR", folder)
        patch.setattr(i18n, "NAMES", i18n.NAMES | {CODE: "qps"})
        yield


def unmarked(page: Page, known: list[str]) -> list[str]:
    """What is read on this page in plain letters and is neither a member's nor one of `known`."""
    found = []
    for where, text in said(page.tree):
        text = plain_of(text, known)
        if plain := UNMARKED.findall(text):
            found.append(f"{where}: {' '.join(plain)}")
        if where.endswith("]") and text.count("⟦") != text.count("⟧"):
            found.append(f"{where}: cut off: {text}")
    whole = DRAWN.sub("", page.html)
    if whole.count("⟦") != whole.count("⟧"):
        found.append("a sentence is cut off")
    found += [f"no space between sentences: {glued}" for glued in GLUED.findall(page.html)]
    return found


def plain_of(text: str, known: list[str]) -> str:
    """The text without what is `known`."""
    for words in known:
        text = text.replace(words, " ")
    return text


def bare(page: Page, theirs: re.Pattern[str]) -> Iterator[str]:
    """Names from right to left that stand in running text and are not kept apart from it, by an
    element or by isolating marks: they would turn what stands around them."""
    for where, text in said(page.tree):
        place = where.split(" ")[-1]
        if place not in ("title", "option") and not where.endswith("]"):
            for name in theirs.findall(re.sub("\u2068[^\u2069]*\u2069", "", text)):
                yield f"{where}: {name} is not kept apart"


def said(element: Element, inside: str = "") -> Iterator[tuple[str, str]]:
    """(where, text) of all that is seen or heard, but for what members wrote themselves."""
    if element.tag in ("script", "style") or _is_a_members(element):
        return
    where = f"{inside} {element.tag}".strip()
    for name in SAID:
        if element.get(name):
            yield f"{where} [{name}]", str(element.get(name))
    if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
        yield f"{where} [value]", element.get("value", "")
    yield where, " ".join([element.text or "", *(child.tail or "" for child in element)])
    for child in element:
        yield from said(child, where.split(" ", 1)[-1] if where.count(" ") > 3 else where)


def _is_a_members(element: Element) -> bool:
    """Written by a member, a name, or in another language: said by the markup, as a reader's own
    software needs it too. The letters on a door are a name's."""
    classes = (element.get("class") or "").split()
    return (
        element.tag in ("bdi", "textarea")
        or element.get("translate") == "no"
        or "arch" in classes
        or "words" in classes
        or element.get("lang") in REAL
    )
