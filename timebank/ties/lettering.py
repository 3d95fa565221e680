"""Letters in a drawing: how wide a text is at most, how it is cut, and where it may stand. Pure.

A server does not know the reader's letters, so a text is taken as wide as it is in the widest of the
letters we ask for, bold. What fits here fits on every screen.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

LINE = 1.3
"""Height of a line of text, for each unit of its letters."""
_NARROW = frozenset("iIjl.,:;'’|!()[] ‘`·")
_MIDDLE = frozenset('frtJ-–‐"“”/')
_BROAD = frozenset("mwMWÆŒ@%&…")
_SIGHT = 24
"""Directions in which a place for a text is looked for."""
_STEP = 5.0
_NEAR = 4
"""So many steps away from its person a text still clearly belongs to them."""
_FURTHEST = 80
CROSSING = 14.0
"""What a line through a text costs, in units of distance."""

Point = tuple[float, float]
Line = tuple[Point, Point]


class Box(msgspec.Struct, frozen=True):
    """Something with a place in a drawing: its middle, and half its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def lies_over(self, other: "Box") -> bool:
        """Whether the two touch."""
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )

    def lies_in(self, width: float, height: float) -> bool:
        """Whether it is wholly inside a drawing of this size."""
        return (
            self.half_width <= self.x <= width - self.half_width
            and self.half_height <= self.y <= height - self.half_height
        )

    def is_crossed_by(self, line: Line) -> bool:
        """Whether a line runs through it: its part inside the box is not empty."""
        (x, y), (x2, y2) = line
        first, last = 0.0, 1.0
        for start, way, middle, half in (
            (x, x2 - x, self.x, self.half_width), (y, y2 - y, self.y, self.half_height)
        ):  # fmt: skip
            if abs(way) < 1e-9:
                if abs(start - middle) >= half:
                    return False
                continue
            enter, leave = sorted(((middle - half - start) / way, (middle + half - start) / way))
            first, last = max(first, enter), min(last, leave)
        return first < last


class Placed(msgspec.Struct, frozen=True):
    """A text with its place; `apart` when it stands so far off that a line must lead to it."""

    text: str
    box: Box
    apart: bool = False


def width_of(text: str, size: float) -> float:
    """How wide a bold text is at most, in the units of `size`."""
    return sum(_width(char) for char in text) * size


def _width(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.1
    if char in _NARROW:
        return 0.42
    if char in _MIDDLE:
        return 0.55
    if char in _BROAD:
        return 1.13
    return 0.72 if char.islower() or char.isdigit() else 0.86


def shortened(text: str, size: float, most: float) -> str:
    """The text, cut with "…" where it would be wider than `most`. A letter keeps its marks."""
    if width_of(text, size) <= most:
        return text
    kept = ""
    for char in text:
        if unicodedata.combining(char) == 0 and width_of(kept + char + "…", size) > most:
            break
        kept += char
    return kept.rstrip(" -‐–'’.") + "…"


def box_of(text: str, size: float, at: Point = (0.0, 0.0)) -> Box:
    """The room a text takes, its middle at a point."""
    return Box(*at, width_of(text, size) / 2, size * LINE / 2)


def beside(
    whom: Box, texts: Sequence[str], size: float, *, frame: Point, taken: Sequence[Box],
    outward: float, lines: Sequence[Line] = (),
) -> Placed | None:  # fmt: skip
    """A place for the name of `whom`: as near as it can, over nothing, through as few lines as can be.

    `texts`: the name, then shorter ways to say it. `outward`: the direction to try first, in radians.
    None when there is no room in the whole drawing for the shortest.
    """
    for steps in (_NEAR, _FURTHEST):
        for text in texts:
            if found := _nearest(whom, text, size, frame, taken, outward, lines, steps):
                return found
    return None


def _nearest(
    whom: Box, text: str, size: float, frame: Point, taken: Sequence[Box], outward: float,
    lines: Sequence[Line], steps: int,
) -> Placed | None:  # fmt: skip
    room = box_of(text, size)
    best: tuple[float, Placed] | None = None
    for distance in range(steps):
        far = distance * _STEP
        if best is not None and best[0] <= far:
            break
        for turn, direction in _around(outward):
            box = _at(whom, room, direction, far)
            if not box.lies_in(*frame) or any(box.lies_over(other) for other in taken):
                continue
            crossed = sum(box.is_crossed_by(line) for line in lines)
            cost = far + CROSSING * crossed + turn
            if best is None or cost < best[0]:
                best = (cost, Placed(text, box, apart=distance >= _NEAR))
    return best[1] if best else None


def _around(first: float) -> Iterator[tuple[float, float]]:
    """Directions, the first one first, then ever further round; with how far, from 0 to 4."""
    for step in range(_SIGHT // 2 + 1):
        turn = step * 2 * math.pi / _SIGHT
        cost = 4 * step / (_SIGHT / 2)
        yield cost, first + turn
        if 0 < step < _SIGHT // 2:
            yield cost, first - turn


def _at(whom: Box, room: Box, direction: float, far: float) -> Box:
    """The room, moved from `whom` in a direction until the two just stand apart, and `far` more."""
    x, y = math.cos(direction), math.sin(direction)
    gap_x = whom.half_width + room.half_width + 2
    gap_y = whom.half_height + room.half_height
    across = gap_x / abs(x) if abs(x) > 1e-9 else math.inf
    along = gap_y / abs(y) if abs(y) > 1e-9 else math.inf
    way = min(across, along) + far
    return Box(whom.x + x * way, whom.y + y * way, room.half_width, room.half_height)
