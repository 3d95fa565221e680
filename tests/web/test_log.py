"""The log: one JSON line each, nothing in it that a person typed."""

import io
import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from timebank.web import log

pytestmark = pytest.mark.usefixtures("lines")


def read(out: io.BytesIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def request(**values: Any) -> None:
    usual = {"request_id": "01a2", "method": "GET", "route": "home", "status": 200, "ms": 12.345}
    log.log_request(**{**usual, **values})


def test_a_request_is_one_line_of_json_in_utc(lines: io.BytesIO) -> None:
    request(actor="7", refused="host")
    assert lines.getvalue().count(b"\n") == 1
    (line,) = read(lines)
    moment = datetime.fromisoformat(line.pop("time"))
    assert moment.utcoffset() is not None and not moment.utcoffset()
    assert line == {
        "event": "request",
        "level": "info",
        "id": "01a2",
        "method": "GET",
        "route": "home",
        "status": 200,
        "ms": 12.3,
        "actor": log.hashed("7"),
        "refused": "host",
    }


def test_an_actor_is_hashed_with_the_key(lines: io.BytesIO) -> None:
    mine = log.hashed("7")
    assert mine is not None and len(mine) == 16
    assert mine == log.hashed(7) != log.hashed("8")
    assert log.hashed(None) is None
    log.configure(actor_key=b"another", stream=lines)
    assert log.hashed("7") != mine


@pytest.mark.parametrize("typed", ["home\n{}", "a b", "Löwe", "x@y.nl", "a" * 200, "", '"'])
def test_what_is_no_code_is_not_written(lines: io.BytesIO, typed: str) -> None:
    request(route=typed)
    log.log_event("sign-in", request_id="01a2", way=typed, tries=3)
    assert lines.getvalue().count(b"\n") == 2
    first, second = read(lines)
    assert first["route"] == second["way"] == "?"
    assert second["tries"] == 3


def test_an_event_carries_its_codes(lines: io.BytesIO) -> None:
    log.log_event("throttle", request_id="01a2", actor="7", rule="sign-in", seconds=300)
    (line,) = read(lines)
    assert (line["event"], line["rule"], line["seconds"]) == ("throttle", "sign-in", 300)


def test_of_an_error_kind_and_place_are_kept_and_never_its_message(lines: io.BytesIO) -> None:
    def deep() -> None:
        raise LookupError("Key (email)=(jansen@x.nl) already exists")

    try:
        try:
            deep()
        except LookupError as inner:
            raise ValueError("Jansen") from inner
    except ValueError as error:
        log.log_failure(request_id="01a2", error=error)
    (line,) = read(lines)
    assert line["error"] == ["builtins.ValueError", "builtins.LookupError"]
    assert line["level"] == "error"
    assert any("test_log.py" in place for place in line["where"])
    assert b"ansen" not in lines.getvalue()


def test_libraries_are_kept_by_name_and_place_only(lines: io.BytesIO) -> None:
    logging.getLogger("asyncio").error("Task exception: %s", "Jansen")
    logging.getLogger("some.library").warning("Jansen\nzei iets")
    logging.getLogger("some.library").info("nothing of interest")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    try:
        raise KeyError("Jansen")
    except KeyError:
        logging.getLogger("some.library").exception("Jansen")
    first, second, third, fourth = read(lines)
    assert (first["logger"], first["level"]) == ("asyncio", "error")
    assert second["at"].split(":")[0].endswith("test_log.py")
    assert third["said"] == "Invalid HTTP request received."
    assert fourth["error"] == ["builtins.KeyError"]
    assert b"Jansen" not in lines.getvalue()


def test_a_log_that_is_full_or_gone_stops_nobody() -> None:
    """The worker waits for a database on a full disk, and has to say so on that same disk."""
    with Path("/dev/full").open("wb") as full:
        log.configure(actor_key=b"k" * 32, stream=full)
        request()
        log.log_event("database_away", request_id="worker", error="DatabaseAway")
        log.log_failure(request_id="worker", error=ValueError("x"))
        full.raw.close()  # type: ignore[attr-defined]
        request()
