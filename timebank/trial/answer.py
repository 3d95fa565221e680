"""The file with the answer of a trial: whole or not at all."""

import csv
from collections.abc import Iterable
from pathlib import Path

import msgspec

from timebank.trial.reading import BadWorld


class Flag(msgspec.Struct, frozen=True):
    """One line of the answer."""

    member_id: int
    score: int
    lane: str
    reasons: str


def ready(out: Path) -> None:
    """Whether an answer can be written there, before all the work. Raises BadWorld."""
    try:
        half = _half(out)
        if half != out:
            half.open("w").close()
            half.unlink()
    except OSError as error:
        raise _refused(out, error) from error


def write(out: Path, flags: Iterable[Flag]) -> None:
    """The answer in place of what stood there. Raises BadWorld."""
    try:
        half = _half(out)
        with half.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(Flag.__struct_fields__)
            lines.writerows(msgspec.structs.astuple(flag) for flag in flags)
        if half != out:
            half.replace(out)
    except OSError as error:
        raise _refused(out, error) from error


def _half(out: Path) -> Path:
    """Where it is written first; a device such as /dev/stdout is no file to replace."""
    return out if out.exists() and not out.is_file() else out.with_name(out.name + ".part")


def _refused(out: Path, error: OSError) -> BadWorld:
    return BadWorld(f"{out} cannot be written: {error.strerror}.")
