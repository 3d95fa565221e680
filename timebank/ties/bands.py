"""The rings of a web: how large each is, so that its people and the names of the rings fit. Pure."""

import math
from collections.abc import Sequence

import msgspec

from timebank.ties.lettering import LINE, box_of

DOT = 5.0
HUB = 11.0
"""Half the size of a point, and of a door."""
MOST_DOORS = 12
"""So many with the most neighbours stand in a door; when there are more, only who is named does."""
PHONE, WIDE = (264.0, 14.5), (488.0, 15.5)
"""Pixels of the drawing where it is smallest (a phone of 320 px, the narrowest wide window), and of the
letters on it."""
_APART = 3 * DOT
_FIRST, _STEP = 46.0, 50.0
_ROWS = 3
"""A full ring is set in so many rows at most, before it gets larger."""


class Band(msgspec.Struct, frozen=True):
    """A ring as it is drawn. `gap`: radians at its top without people, for its name; `apart`: radians
    from one to the next at least; `row`: from one row to the next."""

    radius: float
    gap: float
    rows: int
    apart: float
    row: float


def bands_for(counts: Sequence[int], names: Sequence[str]) -> list[Band]:
    """Every ring with room for its people. The letters of a phone need more units in a larger drawing,
    so the rings move apart until both fit."""
    step = _STEP
    bands: list[Band] = []
    for _again in range(40):
        bands = []
        for count, name in zip(counts, names, strict=True):
            half_name = box_of(name, step / LINE).half_width + HUB
            inside = bands[-1].radius + step if bands else max(_FIRST, step)
            doors = not bands and count <= 3 * MOST_DOORS
            bands.append(_band(count, inside, half_name, 2.4 * HUB if doors else _APART))
        wanted = LINE * PHONE[1] * side_of(bands) / PHONE[0]
        if wanted <= step:
            break
        step = 1.01 * wanted
    return bands


def _band(count: int, radius: float, half_name: float, room: float) -> Band:
    """The smallest ring from this radius on that holds so many, in one row if it can."""
    rows = 1
    while True:
        gap = 2 * max(math.radians(20), math.asin(min(1.0, half_name / radius)))
        free = 2 * math.pi - gap
        if count * room <= rows * free * radius:
            even = free / max(count, 1)
            apart = min(even, max(room / rows / radius, 0.6 * even))
            return Band(radius, gap, rows, apart, 0.8 * room)
        rows, radius = (rows + 1, radius) if rows < _ROWS else (rows, radius + _APART)


def side_of(bands: Sequence[Band]) -> float:
    """Of the square: the letters on the last ring stand clear of its edge."""
    return 2 * (bands[-1].radius + 0.7 * (bands[1].radius - bands[0].radius))
