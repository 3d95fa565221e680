"""Logging: one JSON line a request, and nothing in it that a person typed.

A line holds codes, numbers and times. Of an error the kind and the places in the code are kept,
never its message: messages quote what was in a field ("Key (email)=(...) already exists").
Lines of other libraries are kept by name and place only, for the same reason.
"""

import hashlib
import logging
import re
import secrets
import sys
import traceback
from contextlib import suppress
from typing import Any, BinaryIO, cast

import msgspec
import structlog

Fact = str | int | float | bool | None

_CODE = re.compile(r"[A-Za-z0-9_.:<>\[\]/-]{1,120}")
_SPEAKS_SAFELY = ("uvicorn",)
_actor_key = secrets.token_bytes(32)


def configure(*, actor_key: bytes, stream: BinaryIO | None = None) -> None:
    """Set up logging for this process: JSON lines in UTC on `stream` (default: standard error).

    actor_key: secret with which party ids are hashed; the same in all processes, so that one
    person's lines can be found together by who holds the key.
    """
    global _actor_key
    _actor_key = actor_key[:64]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        logger_factory=structlog.BytesLoggerFactory(
            cast(BinaryIO, _Patient(stream or sys.stderr.buffer))
        ),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    others = [handler for handler in root.handlers if not isinstance(handler, _Library)]
    root.handlers = [*others, _Library()]
    root.setLevel(logging.WARNING)


def log_request(
    *,
    request_id: str,
    method: str,
    route: str,
    status: int,
    ms: float,
    actor: object = None,
    refused: str = "",
) -> None:
    """The line of one request. `route` is a route's name, `actor` a party id (hashed here).

    status: 0 when nothing could be answered any more. refused: the wall's own reason code.
    """
    facts: dict[str, Fact] = {"id": request_id, "method": method, "route": route}
    facts |= {"status": status, "ms": round(ms, 1), "actor": hashed(actor)}
    if refused:
        facts["refused"] = refused
    structlog.get_logger().info("request", **_codes(facts))


def log_event(event: str, *, request_id: str, actor: object = None, **facts: Fact) -> None:
    """A thing worth finding again: sign-in, refusal, throttle, role change, look.

    Facts are codes and numbers; a text with spaces or letters beyond ASCII becomes "?".
    """
    line = {"id": request_id, "actor": hashed(actor), **_codes(facts)}
    structlog.get_logger().info(event, **line)


def log_failure(*, request_id: str, error: BaseException) -> None:
    """A bug: which error, out of which, and where in the code. Never what it said."""
    structlog.get_logger().error("failure", id=request_id, **describe(error))


def describe(error: BaseException) -> dict[str, list[str]]:
    """Kinds of an error and its causes, and the innermost places of the first, without messages."""
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 5:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        inner = seen.exceptions[0] if isinstance(seen, BaseExceptionGroup) else None
        seen = inner or seen.__cause__ or seen.__context__
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": kinds, "where": places}


def hashed(actor: object) -> str | None:
    """A party id as it may stand in a log: 16 letters that only the key ties to a person."""
    if actor is None:
        return None
    return hashlib.blake2b(str(actor).encode(), key=_actor_key, digest_size=8).hexdigest()


def _codes(facts: dict[str, Fact]) -> dict[str, Fact]:
    return {
        name: "?" if isinstance(fact, str) and not _CODE.fullmatch(fact) else fact
        for name, fact in facts.items()
    }


def _short(filename: str) -> str:
    """The last parts of a file's path: enough to find it, without the machine's folders."""
    return "/".join(filename.replace("\\", "/").rsplit("/", 3)[-3:])


def _json(line: dict[str, Any], **_settings: object) -> bytes:
    return msgspec.json.encode(line)


class _Patient:
    """A stream that may be full, or gone: work goes on, and what cannot be written down is lost."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, line: bytes) -> int:
        with suppress(OSError, ValueError):
            return self._stream.write(line)
        return 0

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


class _Library(logging.Handler):
    """Lines of libraries that use the standard logging module."""

    def emit(self, record: logging.LogRecord) -> None:
        facts: dict[str, Any] = {"logger": record.name}
        facts["at"] = f"{_short(record.pathname)}:{record.lineno}"
        if record.name.split(".")[0] in _SPEAKS_SAFELY:
            facts["said"] = record.getMessage()[:200]
        if record.exc_info and record.exc_info[1] is not None:
            facts |= describe(record.exc_info[1])
        structlog.get_logger().log(record.levelno, "library", **facts)
