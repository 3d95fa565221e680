"""Every column has a class of data, and care data is asked for where care is the work."""

import pydoc
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.house.test_sql import QUERIES
from tests.world import World
from timebank.kernel.data_classes import COLUMNS, TABLES, class_of
from timebank.kernel.db import Db

pytestmark = pytest.mark.anyio

CARE_IS_THEIR_WORK = {
    "signals",
    "said",
    "quarters",
    "contacts",
    "introductions",
    "moderation",
    "access",
    "worklist",
    "parties",
    "checks",
    "terms",
    "own_file",
}
ALSO = {
    ("ties", "contact_aside"): "a worker who stepped aside for somebody does not see their name",
    ("posts", "post_hiding"): "an author reads why their own post was hidden",
    ("membership", "block"): "a member's own download holds their own blocks",
    (
        "ties",
        "contact",
    ): "a circle shows with whom a member spoke, to the eyes that read those talks",
    ("posts", "report"): "what waits for somebody to look is not recommended, nor put at the door",
    ("posts", "report_voice"): "what a member reported is not suggested to that same member",
    ("posts", "block"): "words of a post that somebody may not see are not suggested, nor printed",
}
"""(file, table): where else, each with its reason."""


async def test_every_column_has_a_class(owner: Db, world: World) -> None:
    columns = await owner.fetch(
        "select c.table_name, c.column_name from information_schema.columns c"
        " join sharding.kind k on k.table_name = c.table_name"
    )
    without = [r["table_name"] for r in columns if r["table_name"] not in TABLES]
    assert not without
    there = {(r["table_name"], r["column_name"]) for r in columns}
    assert set(COLUMNS) <= there
    assert {table for table, _column in there} == set(TABLES)
    assert class_of("signal", "reasons") == "care"


def test_care_is_asked_for_by_those_whose_work_it_is() -> None:
    care = {table for table, kind in TABLES.items() if kind == "care"}
    wrong = []
    for file, name, sql in QUERIES:
        plain = re.sub(r"--[^\n]*", "", sql)
        used = set(re.findall(r"\b(?:from|join|update|into)\s+([a-z_]+)", plain)) & care
        for table in used:
            if file not in CARE_IS_THEIR_WORK and (file, table) not in ALSO:
                wrong.append(f"{file}.{name}: {table}")
    assert not wrong


def test_the_dpia_names_every_table_with_care_data_and_the_terms_of_the_program() -> None:
    """What is kept, and how long, is said as the program does it (docs/dpia.md)."""
    text = (Path(__file__).parents[2] / "docs" / "dpia.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.M))
    assert named == {table for table, kind in TABLES.items() if kind == "care"}
    terms = re.findall(r"^\| [^|]+ \| `([A-Za-z_.]+)` \| (\d+) \|$", text, re.M)
    assert len(terms) > 8
    for path, days in terms:
        assert pydoc.locate(path) == int(days), path


def test_what_the_manuals_name_is_in_the_program() -> None:
    """Terms and limits are as the program has them, and what is named exists."""
    docs = Path(__file__).parents[2] / "docs"
    text = "\n".join(file.read_text("utf-8") for file in docs.glob("*.md"))
    found = re.findall(r"^\| [^|]+ \| `(timebank[A-Za-z_.]+)` \| (\d+) \|$", text, re.M)
    assert len(found) > 18
    for path, number in found:
        value = pydoc.locate(path)
        assert (value.total_seconds() if isinstance(value, timedelta) else value) == int(number), (
            path
        )
    named = set(re.findall(r"`(timebank\.[a-z_.]+[A-Za-z_.]*)`", text))
    assert len(named) > 18
    assert [path for path in sorted(named) if pydoc.locate(path) is None] == []


def test_r11_a_copy_to_look_for_a_fault_leaves_out_every_table_with_care_data() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    left_out = re.findall(r"--exclude-table-data=(\S+)", text)
    assert sorted(left_out) == sorted(table for table, kind in TABLES.items() if kind == "care")
