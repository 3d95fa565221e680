"""The files of a trial: what is wrong says in which file, line and column."""

from pathlib import Path

import pytest

from tests.trial.stories import HEADS, story, write
from timebank import trial

WRONG = [
    ("members", "3,0,x,0,0,5,nl,fax,member", "column channel: “fax” is not app or phone"),
    ("members", "3,0,x,0,0,5,nl,app,boss", "column kind: “boss” is not member, staff or org"),
    ("members", "3,0,,0,0,5,nl,app,member", "column area: “” is not a neighbourhood"),
    ("members", "3,0,x,nan,0,5,nl,app,member", "column x: “nan” is not a number of metres"),
    ("members", "3,0,x,0,inf,5,nl,app,member", "column y: “inf” is not a number of metres"),
    ("members", "x3,0,x,0,0,5,nl,app,member", "column member_id: “x3” is not a whole number"),
    ("members", "1,0,x,0,0,5,nl,app,member", "column member_id: 1 stands here twice"),
    ("exchanges", "1,99,5,1,5", "column receiver: 99 is not in members.csv"),
    ("exchanges", "1,2,5.5,1,5", "column week: “5.5” is not a week, as a whole number"),
    ("exchanges", "1,2,5,-1,5", "column hours: “-1” is not a number of hours"),
    ("exchanges", "1,2,5,1,4", "column recorded_week: 4 is before week"),
    ("exchanges", "1,2,5,1", "4 values for 5 columns"),
    ("requests", "1,2,5,-1", "column request_id: 1 stands here twice"),
    ("requests", "77,2,,5", "column week: “” is not a week"),
    ("groups", "1,2,three", "column member_id: “three” is not a whole number from 0"),
    ("checkins", "1,2,4,1", "column talks: “4” is not 0, 1, 2 or 3"),
    ("checkins", "1,2,3,2", "column wants_more: “2” is not 1, 0 or -1"),
    ("pauses", "1,9,8", "column to_week: 8 is before from_week"),
]


@pytest.mark.parametrize(("name", "line", "says"), WRONG)
def test_a_wrong_line_is_named_with_its_file_and_column(
    tmp_path: Path, name: str, line: str, says: str
) -> None:
    rows = story()
    rows[name].append(line)
    with pytest.raises(trial.BadWorld) as wrong:
        trial.read(write(tmp_path / "world", rows))
    assert str(wrong.value).startswith(f"{name}.csv, line {len(rows[name]) + 1}")
    assert says in str(wrong.value)


def test_a_file_without_a_column_a_table_or_letters_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "world", story())
    for text, says in (
        (b"giver,receiver,week,hours\n", "line 1: there must be one column recorded_week"),
        (b"giver,receiver,week,hours,recorded_week\n1,\"2", "is no table of values with commas"),
        (b"\xff\xfe,", "is no text in UTF-8"),
    ):  # fmt: skip
        (folder / "exchanges.csv").write_bytes(text)
        with pytest.raises(trial.BadWorld, match=says):
            trial.read(folder)
    (folder / "members.csv").unlink()
    with pytest.raises(trial.BadWorld, match="no members"):
        trial.read(folder)


def test_what_is_missing_is_empty_and_said_and_columns_may_stand_in_any_order(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path / "world", {"members": story()["members"]})
    heard: list[str] = []
    world = trial.read(folder, say=heard.append)
    assert world.exchanges == world.pauses == [] and len(heard) == 5
    turned = [
        ",".join(reversed(line.split(","))) for line in [HEADS["members"], "1,0,x,0,0,5,nl,app,org"]
    ]
    (folder / "members.csv").write_text("\ufeff" + "\n\n".join(turned) + "\n", "utf-8")
    [member] = trial.read(folder).members
    assert (member.member_id, member.kind) == (1, "org")


def test_what_never_came_may_be_nothing_or_a_very_large_week(tmp_path: Path) -> None:
    rows = story()
    never, far = ("-1", ""), ("9999", "1000000", "999999999999.0")
    rows["pauses"] = [f"1,5,{to}" for to in (*never, *far)]
    rows["requests"] = [f"{n},1,5,{when}" for n, when in enumerate((*never, *far))]
    rows["exchanges"] = [f"1,2,5,1,{when}" for when in (*never, *far)]
    world = trial.read(write(tmp_path / "world", rows))
    weeks = [-1, -1, 9999, 9999, 9999]
    assert [pause.to_week for pause in world.pauses] == weeks
    assert [request.answered_week for request in world.requests] == weeks
    assert [exchange.recorded_week for exchange in world.exchanges] == weeks


def test_lines_and_files_with_nothing_in_them_and_any_words_for_area_and_language_are_read(
    tmp_path: Path,
) -> None:
    rows = story()
    rows["members"] += [
        "",
        "  ",
        ",,,,,,,,",
        f"99,0,{'Zuid ' * 40},672461.5,5808102.5,75+,{'taal ' * 9},app,member",
    ]
    folder = write(tmp_path / "world", rows)
    (folder / "groups.csv").write_bytes(b"")
    (folder / "pauses.csv").write_bytes(b"\r\n")
    heard: list[str] = []
    world = trial.read(folder, say=heard.append)
    assert world.members[-1].member_id == 99 and world.visits == world.pauses == []
    assert heard == ["There is nothing in groups.csv.", "There is nothing in pauses.csv."]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "world", story())
    (folder / "groups.csv").unlink()
    (folder / "groups.csv").mkdir()
    with pytest.raises(trial.BadWorld, match="cannot be read: Is a directory"):
        trial.read(folder)
