"""The web of a neighbourhood: who stands where. Pure.

Not a force layout: rings by how many neighbours somebody met, the most in the middle, nobody outside. On
its ring everybody turns towards whom they know, eight times over; so the drawing is the same every time,
and who stands apart is seen at once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from timebank.ties import bands as sizes
from timebank.ties.bands import HUB, MOST_DOORS, Band
from timebank.ties.lettering import Box, Placed, Point, beside, box_of, shortened

RINGS: tuple[tuple[int, int | None], ...] = ((8, None), (5, 7), (3, 4), (2, 2), (1, 1), (0, 0))
"""How many neighbours those on a ring met, from the inside out."""
FIGURES = ("8+", "5-7", "3-4", "2", "1")
"""Their names, but for the last, which is a word."""
NOBODY = len(RINGS) - 1
MANY = RINGS[0][0]
"""Who met so many neighbours holds people together."""
SWEEPS = 8
MOST_DRAWN = 500
"""Above so many people the points would be dust: then the table alone speaks."""
MOST_NAMED = 6
_BEND = 0.62
"""A line is pulled this far out of straight, towards the middle."""


class Layer(msgspec.Struct, frozen=True):
    """The words of the drawing for one kind of screen, with the size of their letters."""

    letters: float
    ring_names: tuple[Placed, ...]
    names: tuple[Placed, ...]


class Web(msgspec.Struct, frozen=True):
    """Everything with its place, in a square of `side` units. `curves`: from, towards, to."""

    side: float
    radii: tuple[float, ...]
    curves: tuple[tuple[Point, Point, Point], ...]
    dots: tuple[Point, ...]
    hubs: tuple[Point, ...]
    apart: tuple[Point, ...]
    phone: Layer
    wide: Layer

    @property
    def middle(self) -> float:
        """Of the square, both ways."""
        return self.side / 2


def ring_of(neighbours: int) -> int:
    """On which ring somebody stands who met so many."""
    return next(ring for ring, (least, _most) in enumerate(RINGS) if neighbours >= least)


def draw(
    met: Mapping[UUID, int], pairs: Iterable[tuple[UUID, UUID]], names: Mapping[UUID, str],
    ring_names: Sequence[str],
) -> Web:  # fmt: skip
    """The web of these people. `met`: how many neighbours each met, here and elsewhere; `pairs`: those
    who met each other here; `names`: who may be named, of whom the best known are; `ring_names`: from
    the inside out, short."""
    lines = [(one, other) for one, other in pairs if one in met and other in met]
    rings: list[list[UUID]] = [[] for _ring in RINGS]
    for who in sorted(met, key=lambda who: (-met[who], who)):
        rings[ring_of(met[who])].append(who)
    bands = sizes.bands_for([len(ring) for ring in rings], ring_names)
    side = sizes.side_of(bands)
    places = _places(rings, bands, lines, side / 2)
    many = len(rings[0]) > MOST_DOORS
    hubs = rings[0][:MOST_NAMED] if many else rings[0]
    named = [who for who in (*hubs, *rings[1]) if who in names][:MOST_NAMED]
    radii = [band.radius for band in bands]
    rings_named = dict(zip(ring_names, radii, strict=True))
    phone, wide = (
        _words(side, rings_named, places, named, names, screen)
        for screen in (sizes.PHONE, sizes.WIDE)
    )
    return Web(
        side=side, radii=tuple(radii), phone=phone, wide=wide,
        curves=tuple(_curve(places[one], places[other], side / 2) for one, other in lines),
        dots=tuple(
            places[who] for ring in (rings[0][len(hubs) :], *rings[1:NOBODY]) for who in ring
        ),
        hubs=tuple(places[who] for who in hubs),
        apart=tuple(places[who] for who in rings[NOBODY]),
    )  # fmt: skip


def _round(x: float, y: float) -> Point:
    return float(round(x)), float(round(y))


def _curve(one: Point, other: Point, middle: float) -> tuple[Point, Point, Point]:
    x = middle + _BEND * ((one[0] + other[0]) / 2 - middle)
    y = middle + _BEND * ((one[1] + other[1]) / 2 - middle)
    return one, _round(x, y), other


def _places(
    rings: Sequence[Sequence[UUID]], bands: Sequence[Band], lines: Sequence[tuple[UUID, UUID]],
    middle: float,
) -> dict[UUID, Point]:  # fmt: skip
    angles = _turned(rings, bands, lines)
    places: dict[UUID, Point] = {}
    for ring, band in zip(rings, bands, strict=True):
        for at, who in enumerate(sorted(ring, key=angles.__getitem__)):
            radius = band.radius + (at % band.rows - (band.rows - 1) / 2) * band.row
            x, y = math.sin(angles[who]), math.cos(angles[who])
            places[who] = _round(middle + radius * x, middle - radius * y)
    return places


def _turned(
    rings: Sequence[Sequence[UUID]], bands: Sequence[Band], lines: Sequence[tuple[UUID, UUID]]
) -> dict[UUID, float]:
    """The angle of everybody, in radians, clockwise from the top."""
    known: dict[UUID, list[UUID]] = {}
    for one, other in lines:
        known.setdefault(one, []).append(other)
        known.setdefault(other, []).append(one)
    angles = {
        who: band.gap / 2 + (at + 0.5) * (2 * math.pi - band.gap) / len(ring)
        for ring, band in zip(rings, bands, strict=True)
        for at, who in enumerate(ring)
    }
    for _sweep in range(SWEEPS):
        for ring, band in zip(rings, bands, strict=True):
            wanted = {
                who: _mean([angles[other] for other in known.get(who, ())], angles[who])
                for who in ring
            }
            order = sorted(ring, key=lambda who: (wanted[who], who))
            spread = _spread([wanted[who] for who in order], band.apart, band.gap)
            angles.update(zip(order, spread, strict=True))
    return angles


def _mean(angles: Sequence[float], now: float) -> float:
    """The middle of these directions, between 0 and a whole turn; `now` when they cancel out."""
    x, y = sum(map(math.sin, angles)), sum(map(math.cos, angles))
    if math.hypot(x, y) < 1e-6:
        return now
    return math.atan2(x, y) % (2 * math.pi)


def _spread(wanted: Sequence[float], apart: float, gap: float) -> list[float]:
    """As near to what each wants as can be, in order, `apart` from each other, outside the gap."""
    first, last = gap / 2, 2 * math.pi - gap / 2
    onward = _pushed(wanted, apart, first, last)
    back = _pushed([-angle for angle in reversed(wanted)], apart, -last, -first)
    return [(one - other) / 2 for one, other in zip(onward, reversed(back), strict=True)]


def _pushed(wanted: Sequence[float], apart: float, first: float, last: float) -> list[float]:
    """Everybody onwards until there is room, then whoever went too far back again."""
    found: list[float] = []
    for angle in wanted:
        found.append(max(angle, found[-1] + apart if found else first))
    limit = last
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], limit)
        limit = found[at] - apart
    return found


def _words(
    side: float, rings: Mapping[str, float], places: Mapping[UUID, Point],
    named: Sequence[UUID], names: Mapping[UUID, str], screen: tuple[float, float],
) -> Layer:  # fmt: skip
    """The names of the rings, and of the best known where there is room beside their door. `screen`:
    pixels of the drawing, and of the letters on it."""
    size = screen[1] * side / screen[0]
    middle = side / 2
    ring_names = tuple(
        Placed(name, box_of(name, size, (middle, middle - radius)))
        for name, radius in rings.items()
    )
    hubs = [Box(*places[who], HUB, HUB) for who in named]
    taken = [*(name.box for name in ring_names), *hubs]
    found: list[Placed] = []
    for who, door in zip(named, hubs, strict=True):
        outward = math.atan2(door.y - middle, door.x - middle)
        near = [
            (point, point)
            for point in places.values()
            if abs(point[0] - door.x) < side / 2 and abs(point[1] - door.y) < 3 * size
        ]
        placed = beside(
            door, [shortened(names[who], size, side / 3)], size, frame=(side, side), taken=taken,
            outward=outward, lines=near,
        )  # fmt: skip
        if placed is not None and not placed.apart:
            found.append(placed)
            taken.append(placed.box)
    return Layer(letters=round(size, 1), ring_names=ring_names, names=tuple(found))
