"""What a drawing of a circle is made of, and the two sizes it is made in. Pure."""

import math

import msgspec

from timebank.ties.lettering import Box, Line, Placed, Point


class Size(msgspec.Struct, frozen=True):
    """A drawing for one kind of screen. On a phone of 320 px one unit is a little less than a pixel,
    so `letters` is 16 there to stay above 14 px."""

    width: float
    height: float
    middle: Point
    radii: tuple[float, float, float]
    letters: float
    door: tuple[float, float]
    """Half the width and height of the door behind which somebody stands."""
    self_door: tuple[float, float]
    longest: float
    """No name is wider."""

    def point(self, radius: float, angle: float) -> Point:
        """The point so far from the middle in a direction (radians, clockwise from the right)."""
        x, y = self.middle
        return x + radius * math.cos(angle), y + radius * math.sin(angle)


PHONE = Size(
    width=288, height=352, middle=(144, 168), radii=(58, 97, 132), letters=16, door=(10, 11),
    self_door=(19, 21), longest=112,
)  # fmt: skip
DESKTOP = Size(
    width=560, height=496, middle=(280, 240), radii=(88, 148, 204), letters=18, door=(13, 15),
    self_door=(25, 28), longest=190,
)  # fmt: skip


class Tie(msgspec.Struct, frozen=True):
    """A line from the middle to somebody: how thick, dashed for a talk with a worker, and the heads
    of its arrows, each as the three corners of a triangle."""

    line: Line
    thick: float
    dashed: bool
    heads: tuple[tuple[Point, Point, Point], ...]


class Door(msgspec.Struct, frozen=True):
    """Where somebody stands; a worker's door has another shape."""

    box: Box
    is_worker: bool


class Drawing(msgspec.Struct, frozen=True):
    """Everything with its place, in the units of `size`."""

    size: Size
    ring_names: tuple[Placed, ...]
    ties: tuple[Tie, ...]
    doors: tuple[Door, ...]
    names: tuple[Placed, ...]
    leaders: tuple[Line, ...]
    me: Placed
    more: Placed | None

    @property
    def texts(self) -> list[Placed]:
        """Every text that stands in it."""
        return [*self.ring_names, *self.names, self.me, *([self.more] if self.more else [])]
