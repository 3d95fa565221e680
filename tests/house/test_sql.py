"""Every named query works on the migrated schema, names its community, and is called."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.world import World
from timebank.kernel.db import SQL_DIR, Db, load, names_of

pytestmark = pytest.mark.anyio

CODE = Path(__file__).parent.parent.parent / "timebank"
FILES = sorted(path.stem for path in SQL_DIR.glob("*.sql") if path.stem != "roles")
GLOBAL = {
    ("areas", "community_id"), ("areas", "communities"), ("areas", "next_community_id"),
    ("areas", "insert_community"), ("areas", "community_by_id"),
    ("chores", "communities"), ("outbox", "communities_with_work"),
}  # fmt: skip
"""Queries that ask nothing of one community, on purpose."""
WRITTEN_ELSEWHERE = {"demo_person": {"access"}}
"""What erasure takes away, where the loader of the demo wrote it."""


def queries() -> Iterator[tuple[str, str, str]]:
    for file in FILES:
        loaded = load(file)
        for name in names_of(loaded):
            yield file, name, getattr(loaded, name).sql


QUERIES = list(queries())
IDS = [f"{file}.{name}" for file, name, _sql in QUERIES]


async def test_every_query_can_be_prepared(owner: Db, world: World) -> None:
    wrong = []
    for file, name, sql in QUERIES:
        try:
            await owner.prepare(sql)
        except asyncpg.PostgresError as error:
            wrong.append(f"{file}.{name}: {error}")
    assert not wrong


async def test_every_query_on_a_communitys_table_names_its_community(
    owner: Db, world: World
) -> None:
    tables = {
        row["table_name"]
        for row in await owner.fetch(
            "select table_name from sharding.kind where kind = 'by community'"
        )
    }
    wrong = []
    for file, name, sql in QUERIES:
        plain = re.sub(r"--[^\n]*", "", sql)
        used = {t for t in re.findall(r"\b(?:from|join|into|update)\s+([a-z_]+)", plain)}
        if used & tables and "community_id" not in plain and (file, name) not in GLOBAL:
            wrong.append(f"{file}.{name}")
    assert not wrong


@pytest.mark.parametrize("file", FILES)
def test_time_and_chance_come_as_parameters(file: str) -> None:
    text = re.sub(r"--[^\n]*", "", (SQL_DIR / f"{file}.sql").read_text("utf-8"))
    found = re.findall(
        r"\b(?:now|clock_timestamp|random|gen_random_uuid|set_config)\s*\(|\bcurrent_(?:date|timestamp)\b",
        text,
    )
    assert not found
    assert not re.search(r"\b(?:\w+_)?at::date\b", text), "a day is a day in Amsterdam"


def test_every_query_is_called() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    calls = set(re.findall(r"\.([a-z_0-9]+)\b", code))
    unused = [
        f"{f}.{n}" for f, n, _sql in QUERIES if f not in ("checks", "terms") and n not in calls
    ]
    assert not unused


def test_only_one_slice_writes_a_table() -> None:
    writers: dict[str, set[str]] = {}
    for file, _name, sql in QUERIES:
        plain = re.sub(r"--[^\n]*", "", sql)
        for table in re.findall(r"\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)", plain):
            if table not in ("skip", "set", "of"):
                writers.setdefault(table, set()).add(file)
    shared = {
        t: files for t, files in writers.items() if len(files - WRITTEN_ELSEWHERE.get(t, set())) > 1
    }
    assert not shared


def conversions() -> Iterator[tuple[str, str, str]]:
    """(slice, query, Struct) for each `rows(Struct, q.query(…))` in a store."""
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.AsyncFunctionDef):
                continue
            named: dict[str, ast.expr] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    named[node.targets[0].id] = node.value
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in ("rows", "row", "one")
                    and len(node.args) == 2
                    and isinstance(node.args[0], ast.Name)
                ):
                    call = node.args[1]
                    if isinstance(call, ast.Name):
                        call = named.get(call.id, call)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                        yield path.relative_to(CODE).as_posix(), call.func.attr, node.args[0].id


async def test_what_a_query_gives_is_what_its_struct_takes(owner: Db, world: World) -> None:
    import_errors = []
    for path, query, struct in conversions():
        module = __import__(
            "timebank." + path.removesuffix(".py").replace("/", "."), fromlist=["x"]
        )
        kind = getattr(module, struct)
        loaded = getattr(module, "q", None)
        if loaded is None or query not in loaded.available_queries:
            continue
        prepared = await owner.prepare(getattr(loaded, query).sql)
        columns = {attribute.name for attribute in prepared.get_attributes()}
        fields = kind.__struct_fields__
        needed = set(fields[: len(fields) - len(kind.__struct_defaults__)])
        if missing := needed - columns:
            import_errors.append(f"{path}: {query} lacks {sorted(missing)} of {struct}")
        if extra := columns - set(fields):
            import_errors.append(f"{path}: {query} gives {sorted(extra)}, {struct} has no place")
    assert not import_errors
