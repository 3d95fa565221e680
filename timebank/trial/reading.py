"""The files of a simulated neighbourhood, as Structs. Weeks are whole numbers counted from week 0.

Everything is read and looked over before anything is loaded: a file that is wrong says where.
"""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import msgspec
from msgspec import Meta

from timebank.kernel.embedded_files import Say


class BadWorld(Exception):
    """The files cannot be used; says in which file, line and column, and what is wrong."""


FOREVER = 9999
"""Later weeks are this one: some programs write a very large week for what never came."""
Id = Annotated[int, Meta(ge=0, le=2**40, description="a whole number from 0")]
Week = Annotated[int, Meta(ge=-1500, description="a week, as a whole number")]
Metres = Annotated[float, Meta(ge=-1e8, le=1e8, description="a number of metres")]
"""Also from the origin of a national or world grid; how far apart people live is no part of the rule."""
Hours = Annotated[float, Meta(ge=0, le=10_000, description="a number of hours")]
Talks = Annotated[int, Meta(ge=-1, le=3, description="0, 1, 2 or 3")]
Wants = Annotated[int, Meta(ge=-1, le=1, description="1, 0 or -1")]
Channel = Annotated[Literal["app", "phone"], Meta(description="app or phone")]
Kind = Annotated[Literal["member", "staff", "org"], Meta(description="member, staff or org")]
Area = Annotated[str, Meta(min_length=1, description="a neighbourhood")]
Language = Annotated[str, Meta(description="a language")]
NEVER = -1


class Member(msgspec.Struct, frozen=True):
    """One line of members.csv. `x`, `y` are metres. How old somebody is, is not read: no rule may
    know."""

    member_id: Id
    joined_week: Week
    area: Area
    x: Metres
    y: Metres
    lang: Language
    channel: Channel
    kind: Kind


class Exchange(msgspec.Struct, frozen=True):
    """Who helped whom, when, and when it was written down; -1: it never was."""

    giver: Id
    receiver: Id
    week: Week
    hours: Hours
    recorded_week: Week


class Request(msgspec.Struct, frozen=True):
    """A question to the neighbours. `answered_week` is -1 when nobody ever answered."""

    request_id: Id
    member_id: Id
    week: Week
    answered_week: Week


class Visit(msgspec.Struct, frozen=True):
    """Who was at a group that met."""

    event_id: Id
    week: Week
    member_id: Id


class CheckIn(msgspec.Struct, frozen=True):
    """What a member said: `talks` 0 to 3 (-1: would rather not say), `wants_more` 1 yes, 0 no, -1 does
    not know."""

    member_id: Id
    week: Week
    talks: Talks
    wants_more: Wants


class Pause(msgspec.Struct, frozen=True):
    """Away, both weeks included; `to_week` -1: not back yet."""

    member_id: Id
    from_week: Week
    to_week: Week


class World(msgspec.Struct, frozen=True):
    """A whole neighbourhood. Who signed in when is no part of it: the rule may not know."""

    members: list[Member]
    exchanges: list[Exchange]
    requests: list[Request]
    visits: list[Visit]
    checkins: list[CheckIn]
    pauses: list[Pause]


T = TypeVar("T", Member, Exchange, Request, Visit, CheckIn, Pause)
_MEMBERS = ("giver", "receiver", "member_id")
_ONCE = {"Member": "member_id", "Request": "request_id"}
_AFTER = {"recorded_week": "week", "answered_week": "week", "to_week": "from_week"}
"""What cannot come before what; -1, or nothing at all, says that it never came."""


def read(folder: Path, *, say: Say = lambda _line: None) -> World:
    """The neighbourhood in a folder. Raises BadWorld. Only members.csv must be there; `say` hears
    which other file is taken as empty."""
    members = _rows(folder / "members.csv", Member, None, say)
    known = {member.member_id for member in members}
    return World(
        members=members,
        exchanges=_rows(folder / "exchanges.csv", Exchange, known, say),
        requests=_rows(folder / "requests.csv", Request, known, say),
        visits=_rows(folder / "groups.csv", Visit, known, say),
        checkins=_rows(folder / "checkins.csv", CheckIn, known, say),
        pauses=_rows(folder / "pauses.csv", Pause, known, say),
    )


def _rows(path: Path, kind: type[T], known: Collection[int] | None, say: Say) -> list[T]:
    if not path.exists():
        if known is None:
            raise BadWorld(f"There is no {path.name} in {path.parent}.")
        say(f"There is no {path.name}: taken as empty.")
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(_Reader(path.name, kind, known).rows(csv.reader(file, strict=True)))
    except UnicodeDecodeError as error:
        raise BadWorld(f"{path.name} is no text in UTF-8.") from error
    except csv.Error as error:
        raise BadWorld(f"{path.name} is no table of values with commas: {error}.") from error
    except OSError as error:
        raise BadWorld(f"{path.name} cannot be read: {error.strerror}.") from error
    if not found:
        if known is None:
            raise BadWorld(f"{path.name} has no members.")
        say(f"There is nothing in {path.name}.")
    return found


class _Reader:
    """Turns the lines of one file into Structs."""

    def __init__(self, file: str, kind: type[Any], known: Collection[int] | None) -> None:
        self._file = file
        self._kind = kind
        self._known = known
        self._types = get_type_hints(kind, include_extras=True)
        self._once = _ONCE.get(kind.__name__)
        self._seen: set[int] = set()

    def rows(self, lines: Any) -> Iterator[Any]:
        """All rows. Raises BadWorld at the first that is wrong."""
        stripped = ([value.strip() for value in line] for line in lines)
        filled = (line for line in stripped if any(line))
        heads = next(filled, [])
        if not heads and self._known is not None:
            return
        for column in self._types:
            if heads.count(column) != 1:
                raise BadWorld(f"{self._file}, line 1: there must be one column {column}.")
        where = {column: heads.index(column) for column in self._types}
        for line in filled:
            if len(line) != len(heads):
                raise BadWorld(
                    f"{self._file}, line {lines.line_num}: {len(line)} values for"
                    f" {len(heads)} columns."
                )
            yield self._row(lines.line_num, {c: line[n] for c, n in where.items()})

    def _row(self, line: int, texts: dict[str, str]) -> Any:
        values = {column: self._value(line, column, text) for column, text in texts.items()}
        for column, before in _AFTER.items():
            if column in values and NEVER != values[column] < values[before]:
                raise self._wrong(line, column, f"{values[column]} is before {before}")
        if self._once is not None:
            if values[self._once] in self._seen:
                raise self._wrong(line, self._once, f"{values[self._once]} stands here twice")
            self._seen.add(values[self._once])
        return self._kind(**values)

    def _value(self, line: int, column: str, text: str) -> Any:
        kind = self._types[column]
        if column in _AFTER and not text:
            return NEVER
        plain: object = text
        try:
            if kind.__origin__ is int:
                plain = int(text.removesuffix(".0"))  # how some programs write a whole number
                if kind is Week:
                    plain = min(plain, FOREVER)
            elif kind.__origin__ is float:
                plain = float(text)
                if plain != plain:
                    raise ValueError(text)
            value = msgspec.convert(plain, kind)
        except ValueError as error:
            what = kind.__metadata__[0].description
            raise self._wrong(line, column, f"“{text}” is not {what}") from error
        if self._known is not None and column in _MEMBERS and value not in self._known:
            raise self._wrong(line, column, f"{value} is not in members.csv")
        return value

    def _wrong(self, line: int, column: str, what: str) -> BadWorld:
        return BadWorld(f"{self._file}, line {line}, column {column}: {what}.")
