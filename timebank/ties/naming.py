"""The texts in the drawing of a circle: names of rings and people, each with room of its own. Pure."""

import math
from collections.abc import Sequence

from timebank.kernel.names import initials
from timebank.ties.drawing import Door, Size
from timebank.ties.lettering import CROSSING, Box, Line, Placed, beside, box_of, shortened
from timebank.ties.model import Met

_ALONG_A_RING = sorted(
    (abs(off) / 2 + turn / 4, off, way * turn)
    for off in (0, 8, -24, -32, 16, 24, 32)
    for turn in range(0, 181, 4)
    for way in (1, -1)
)
"""Where the name of a ring may stand: how bad that is, how far outside it (or inside), and how many
degrees from the top."""


def name_rings(
    names: Sequence[str], size: Size, taken: Sequence[Box], lines: Sequence[Line]
) -> tuple[Placed, ...]:
    """Each name just outside its ring, at the top, else along the ring where it is free."""
    named: list[Placed] = []
    for name, radius in zip(names, size.radii, strict=True):
        room = box_of(name, size.letters)
        over = [*taken, *(placed.box for placed in named)]
        best: tuple[float, Box] | None = None
        for cost, off, turn in _ALONG_A_RING:
            if best is not None and best[0] <= cost:
                break
            at = size.point(radius + room.half_height + off, math.radians(turn - 90))
            box = Box(*at, room.half_width, room.half_height)
            if box.lies_in(size.width, size.height) and not any(box.lies_over(o) for o in over):
                cost += CROSSING * sum(box.is_crossed_by(line) for line in lines)
                best = min(best or (cost, box), (cost, box), key=lambda found: found[0])
        if best is not None:
            named.append(Placed(name, best[1]))
    return tuple(named)


def name_people(
    people: Sequence[Met], doors: Sequence[Door], directions: Sequence[float],
    lines: Sequence[Line], size: Size, taken: Sequence[Box],
) -> dict[int, Placed]:  # fmt: skip
    """The name of each at their door, by their place in the list; the innermost first: there is the
    least room."""
    over = list(taken)
    named: dict[int, Placed] = {}
    inside_out = sorted(
        range(len(people)),
        key=lambda at: math.dist(size.middle, (doors[at].box.x, doors[at].box.y)),
    )
    for at in inside_out:
        name = people[at].call_name
        texts = [
            shortened(name, size.letters, most)
            for most in (size.longest, 0.6 * size.longest, 3 * size.letters)
        ]
        found = beside(
            doors[at].box, list(dict.fromkeys(texts)), size.letters, outward=directions[at],
            frame=(size.width, size.height), taken=over, lines=lines,
        )  # fmt: skip
        if found is not None:
            named[at] = found
            over.append(found.box)
    return named


def foot(text: str, size: Size) -> Placed | None:
    """A text in the middle at the foot, when there is one."""
    if not text:
        return None
    room = box_of(text, size.letters)
    at = (size.width / 2, size.height - room.half_height)
    return Placed(text, Box(*at, room.half_width, room.half_height))


def fitting(me: str, door: Box, size: Size) -> Placed:
    """The name in the middle door when it fits, else its first letters."""
    fits = box_of(me, size.letters).half_width <= door.half_width
    return Placed(me if fits else initials(me), door)
