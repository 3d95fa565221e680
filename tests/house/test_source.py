"""Rules of the house that no tool checks: read off the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from timebank.kernel.refusals import said_constraints

ROOT = Path(__file__).parent.parent.parent
CODE = sorted((ROOT / "timebank").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NOW_IN = {"kernel/clock.py"}
CHANCE_IN = re.compile(r"demo|bench/(worlds|lives)\.py")
"""A made-up town, and simulated neighbourhoods: by a seed, and nobody lives there."""
MARKUP_IN = {"web/engine.py", "web/templates.py", "exchanges/status.py", "exchanges/view.py"}
"""The engine and what speaks through it. Status sentences carry names as the page's own macro writes
them; every value is escaped there."""

ROOMS = {path.parent.name for path in CODE if path.name == "store.py"}
"""Slices: what has queries of its own."""
BY_ANOTHER_WAY = {
    "app.py: timebank.access.answers",  # what a refusal of access answers stands in the map of the app
    "bench/filling.py: timebank.demo.texts.texts",  # the bench is filled with what the demo writes
    "operate.py: timebank.introductions.model",  # how long an introduction is kept, beside the others
}


def short(path: Path) -> str:
    return path.relative_to(ROOT / "timebank").as_posix()


@pytest.mark.parametrize("path", CODE, ids=short)
def test_a_module_keeps_the_rules(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inside, f"import inside {node.name}"
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
            owner = node.value
            is_clock = isinstance(owner, ast.Name) and owner.id in ("datetime", "date")
            assert not is_clock or short(path) in NOW_IN, "time is an argument"
    assert not re.search(r"\b(now|\w+_at)\.date\(\)", text), (
        "a day is a day in Amsterdam: local_date"
    )
    assert "TYPE_CHECKING" not in text
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError", text)
    assert "markupsafe" not in text or short(path) in MARKUP_IN
    uses_chance = re.search(r"^import random\b|^from random\b", text, re.M)
    assert not uses_chance or CHANCE_IN.search(short(path))


@pytest.mark.parametrize("path", CODE, ids=short)
def test_public_things_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body, "no docstring on top"
    for node in tree.body:
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if named and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def past_the_door(path: Path) -> Iterator[str]:
    """What this module takes from inside another room with a noun of its own."""
    own = path.relative_to(ROOT / "timebank").parts[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("timebank."):
            continue
        room, *inside = str(node.module).split(".")[1:]
        if room == own or room not in ROOMS:
            continue
        door = (ROOT / "timebank" / room / "__init__.py").read_text("utf-8")
        for name in node.names:
            if inside or f'"{name.name}"' not in door:
                yield f"{short(path)}: {node.module}.{name.name}"


def test_a_slice_is_asked_at_its_door() -> None:
    found = {line for path in CODE for line in past_the_door(path)}
    pages = {line for line in found if line.startswith("app.py: ") and "pages" in line}
    assert pages, "the map of routes imports pages"
    assert found - pages == BY_ANOTHER_WAY


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_template_keeps_the_rules(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)', text)
    assert "autoescape" not in text
    assert ".date()" not in text, "a day is a day in Amsterdam: |local_date"


def test_every_sentence_belongs_to_a_rule_that_exists() -> None:
    sql = "\n".join(p.read_text("utf-8") for p in (ROOT / "sql" / "migrations").glob("*.sql"))
    unknown = [name for name in said_constraints() if name not in sql]
    assert not unknown


def test_the_project_speaks_of_itself_alone() -> None:
    forbidden = re.compile(r"pypi\.org|pythonhosted|/work/|/root/|index-url|simple/", re.I)
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "requirements.lock", *CODE]:
        assert not forbidden.search(path.read_text("utf-8")), path
