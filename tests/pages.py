"""One strict look at every page a test gets: it parses, has one h1, no id twice, labels, no script."""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx

HIDDEN = {"hidden", "submit", "button"}


@dataclass
class FormOnPage:
    """A form as a browser would send it untouched."""

    action: str
    method: str
    data: dict[str, Any] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Page:
    """An answer, checked and searchable."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.html = answer.text
        self.url = str(answer.url)
        if answer.headers.get("content-type", "").startswith("text/html") and self.html:
            self.tree = check_html(self.html, whole="<html" in self.html)
        else:
            self.tree = Element("html")

    @property
    def h1(self) -> str:
        return text_of(next(self.tree.iter("h1")))

    @property
    def text(self) -> str:
        """All that can be read, single-spaced."""
        main = next((e for e in self.tree.iter("main")), self.tree)
        return text_of(main)

    def forms(self) -> list[FormOnPage]:
        return [_form(element) for element in self.tree.iter("form")]

    def form(self, action: str | None = None) -> FormOnPage:
        """The form in <main> that posts to an address ending in (or containing) `action`."""
        main = next(self.tree.iter("main"))
        found = [_form(e) for e in main.iter("form") if e.get("method", "get") == "post"]
        wanted = [f for f in found if action is None or action in f.action]
        assert wanted, f"no form for {action!r}; there are {[f.action for f in found]}"
        return wanted[0]

    def links(self) -> list[str]:
        return [e.get("href", "") for e in self.tree.iter("a")]

    def errors(self) -> list[str]:
        """Sentences of the summary of what is wrong."""
        box = next((e for e in self.tree.iter() if e.get("id") == "wrong"), None)
        return [] if box is None else [text_of(li) for li in box.iter("li")]


def text_of(element: Element) -> str:
    """What a reader sees of an element."""
    parts = []
    for piece in _texts(element):
        parts.append(piece)
    return " ".join("".join(parts).split())


def _texts(element: Element) -> Any:
    if element.tag in ("script", "style"):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tag in ("p", "li", "h1", "h2", "h3", "div", "br", "td", "th", "dt", "dd", "label"):
            yield " "
        if child.tail:
            yield child.tail


def _form(element: Element) -> FormOnPage:
    form = FormOnPage(element.get("action", ""), element.get("method", "get"))
    for e in element.iter():
        name = e.get("name")
        kind = e.get("type", "text")
        if e.tag == "button":
            form.buttons.append(f"{name or ''}={e.get('value', '')}")
        if not name:
            continue
        if e.tag == "input" and kind in ("radio", "checkbox"):
            if e.get("checked") is not None:
                _add(form.data, name, e.get("value", "on"))
        elif e.tag == "input" and kind not in ("submit", "button"):
            _add(form.data, name, e.get("value", ""))
        elif e.tag == "textarea":
            _add(form.data, name, (e.text or "").removeprefix("\n"))
        elif e.tag == "select":
            options = list(e.iter("option"))
            chosen = next((o for o in options if o.get("selected") is not None), None)
            chosen = chosen if chosen is not None else (options[0] if options else None)
            if chosen is not None:
                _add(form.data, name, chosen.get("value", text_of(chosen)))
    return form


def _add(data: dict[str, Any], name: str, value: str) -> None:
    if name in data:
        old = data[name]
        data[name] = [*(old if isinstance(old, list) else [old]), value]
    else:
        data[name] = value


def check_html(html: str, *, whole: bool = True) -> Element:
    """The parsed page. Raises AssertionError for what no page of ours may have."""
    parser = html5lib.HTMLParser(strict=whole, namespaceHTMLElements=False)
    tree: Element = (
        parser.parse(html) if whole else parser.parse(f"<!DOCTYPE html><title>x</title>{html}")
    )
    elements = list(tree.iter())
    ids = [e.get("id") for e in elements if e.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for e in elements:
        assert e.get("style") is None, "inline style breaks the content policy"
        assert not any(name.startswith("on") for name in e.attrib), "inline script"
        # The face of a button is a row of boxes: a name loose among words would lose its spaces.
        if "btn" in (e.get("class") or "").split():
            assert all(child.tag != "bdi" for child in e), f"a name loose in a button: {text_of(e)}"
    if not whole:
        return tree
    headings = [e for e in elements if e.tag == "h1"]
    assert len(headings) == 1, f"{len(headings)} h1s"
    title = next(e for e in elements if e.tag == "title")
    assert (title.text or "").strip(), "no title"
    assert next(iter(tree.iter("html"))).get("lang"), "no language"
    _check_labels(tree, elements, set(ids))
    _check_headings(elements)
    return tree


def _check_labels(tree: Element, elements: list[Element], ids: set[Any]) -> None:
    labelled = {e.get("for") for e in elements if e.tag == "label"}
    inside = {id(child) for e in elements if e.tag == "label" for child in e.iter()}
    for e in elements:
        if e.tag in ("input", "select", "textarea") and e.get("type") not in HIDDEN:
            ok = e.get("id") in labelled or id(e) in inside or e.get("aria-label")
            assert ok, f"no label for {e.get('name')}"
        for name in ("aria-describedby", "aria-labelledby"):
            for wanted in (e.get(name) or "").split():
                assert wanted in ids, f"{name} points at {wanted}, which is not there"


def _check_headings(elements: list[Element]) -> None:
    level = 0
    for e in elements:
        if e.tag in ("h1", "h2", "h3", "h4", "h5"):
            here = int(e.tag[1])
            assert here <= level + 1, f"heading {e.tag} after h{level}: {text_of(e)}"
            level = here
