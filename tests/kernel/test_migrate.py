"""Migrations are numbered without a gap: one that went missing is not passed over in silence."""

from pathlib import Path

import pytest

from timebank.kernel.migrate import SchemaTrouble, on_disk


def test_the_migrations_of_the_project_are_numbered_without_a_gap() -> None:
    assert on_disk()


@pytest.mark.parametrize(
    "names", [["0001_a.sql", "0003_c.sql"], ["0001_a.sql", "0001_b.sql"], ["0002_b.sql"]]
)
def test_a_missing_or_doubled_number_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("select 1;", "utf-8")
    with pytest.raises(SchemaTrouble):
        on_disk(tmp_path)
