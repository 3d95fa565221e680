"""A trial by the command itself, in an empty database: who is judged, how, and on what."""

import asyncio
import csv
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.trial import stories as s
from timebank import cli, operate, trial
from timebank.bench import stand
from timebank.kernel.embedded import OWNER, Embedded
from timebank.server import URLS

pytestmark = pytest.mark.slow


def call(*words: Any) -> Any:
    """The command; what it printed and how it ended."""
    return CliRunner().invoke(cli.cli, ["trial", *map(str, words)])


def flags(folder: Path, out: Path, week: int = s.WEEK) -> dict[int, tuple[int, str, str]]:
    """The answer to a trial, by member."""
    done = call(folder, "--week", week, "--out", out)
    assert done.exit_code == 0, (done.output, done.exception)
    with out.open(encoding="utf-8", newline="") as file:
        found = [(int(r[0]), int(r[1]), r[2], r[3]) for r in list(csv.reader(file))[1:]]
    assert [row[1] for row in found] == sorted((row[1] for row in found), reverse=True)
    return {row[0]: row[1:] for row in found}


def test_everybody_eligible_stands_with_score_lane_and_reasons(
    empty: str, cluster: Embedded, tmp_path: Path
) -> None:
    out = tmp_path / "flags.csv"
    found = flags(s.write(tmp_path / "world", s.story()), out)
    assert out.read_text("utf-8").startswith("member_id,score,lane,reasons\n")
    assert found[s.BUSY] == (0, "-", "")
    assert found[s.SEEKS] == (80, "B", "none_lately hardly_ever unanswered_two")
    assert found[s.ASKS] == (70, "A", "none_lately hardly_ever talked_one wants_more")
    assert found[s.NEW] == (20, "C", "none_lately")
    assert found[s.SILENT] == (20, "D", "none_lately hardly_ever")
    assert found[s.GROUP] == (60, "B", "none_lately hardly_ever unanswered_two was_there")
    assert found[s.LATE] == (20, "-", "one_lately hardly_ever"), "what is written down by now"
    assert found[s.HELPED] == (60, "B", "none_lately hardly_ever staff_only")
    assert set(found) == {
        s.BUSY, s.SEEKS, s.ASKS, s.NEW, s.SILENT, s.GROUP, s.LATE, s.HELPED, s.BACK, *s.FRIENDS
    }, "no staff or organisation, nobody away or new"  # fmt: skip
    again = call(tmp_path / "world", "--week", 1, "--out", tmp_path / "again.csv")
    assert isinstance(again.exception, trial.BadWorld) and "not empty" in str(again.exception)
    assert not (tmp_path / "again.csv").exists()
    offences: list[str] = []
    asyncio.run(operate.check(stand.settings_of(cluster, empty), say=offences.append))
    offences = [said for said in offences if "_past_" not in said]  # no daily work was done
    assert offences == [], "what was loaded keeps the rules of the house"


def test_what_was_written_down_later_and_who_signed_in_do_not_exist(
    empty: str, cluster: Embedded, tmp_path: Path
) -> None:
    week = s.WEEK - 5
    whole = flags(s.write(tmp_path / "all", s.story()), tmp_path / "one.csv", week)
    assert s.BACK not in whole and whole[s.HELPED][2] == "none_lately hardly_ever"
    cluster.psql(stand.SUPERUSER, "postgres", "-c", f"drop database {empty} with (force)")
    cluster.psql(OWNER, "postgres", "-c", f"create database {empty}")
    cut = flags(s.write(tmp_path / "cut", s.known_by(week, s.story())), tmp_path / "two.csv", week)
    assert whole == cut


def test_a_database_with_anything_in_it_or_a_bad_file_is_left_alone(
    empty: str, cluster: Embedded, tmp_path: Path
) -> None:
    folder = s.write(tmp_path / "world", s.story())
    cluster.psql(OWNER, empty, "-c", "create table mine (n integer)")
    done = call(folder, "--week", 9, "--out", tmp_path / "flags.csv")
    assert isinstance(done.exception, trial.BadWorld)
    cluster.psql(OWNER, empty, "-c", "drop table mine")
    with (folder / "pauses.csv").open("a") as file:
        file.write("1,2,soon\n")
    done = call(folder, "--week", 9, "--out", tmp_path / "flags.csv")
    assert "pauses.csv, line 5, column to_week" in str(done.exception)
    tables = "select count(*) from pg_tables where schemaname in ('public', 'sharding')"
    assert cluster.psql(OWNER, empty, "-c", tables).strip() == "0"


def test_an_answer_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    folder = s.write(tmp_path / "world", s.story())
    done = call(folder, "--week", 9, "--out", tmp_path / ("long" * 80))
    assert isinstance(done.exception, trial.BadWorld)
    assert "cannot be written: File name too long." in str(done.exception)


def test_names_of_neighbourhoods_that_look_alike_are_neighbourhoods(
    empty: str, tmp_path: Path
) -> None:
    rows = s.story()
    for area in ("zuid", "Zuid", "ZÚID", "o'Zuid"):
        rows["members"].append(f"{50 + len(rows['members'])},0,{area},0,0,,,phone,member")
    assert len(flags(s.write(tmp_path / "world", rows), tmp_path / "flags.csv", 12)) >= 4


def test_a_trial_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = s.write(tmp_path / "world", s.story())
    work = tmp_path / "work"
    work.mkdir()
    here = {k: v for k, v in os.environ.items() if k not in URLS} | {"TMPDIR": str(work)}
    words = ["trial", folder, "--week", "5000", "--out", tmp_path / "flags.csv"]
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "timebank.cli", *map(str, words)], env=here, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert any(line.startswith("Week ") for line in process.stderr)
        assert list(work.iterdir())
        process.terminate()
        assert process.wait(60) == 128 + signal.SIGTERM
    assert list(work.iterdir()) == [] and not (tmp_path / "flags.csv").exists()


def test_help_has_an_example() -> None:
    assert "Example: timebank trial world --week 99 --out flags.csv" in call("--help").output
