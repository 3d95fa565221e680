"""The drawing of one person's circle: who stands where. Pure; words and shapes are put in by others.

The person in the middle; nearer is more recent, thicker is more often, an arrow points to who was helped.
Everybody keeps one angle, by the order of first meeting, so that a drawing does not jump when somebody
meets again.
"""

import math
from collections.abc import Sequence

from timebank.ties import naming
from timebank.ties.drawing import Door, Drawing, Size, Tie
from timebank.ties.lettering import Box, Point
from timebank.ties.model import Met, Ring

MOST_DRAWN = 12
OFTEN, NOW_AND_THEN = 5, 2
_FREE_TOP = 40
"""Degrees at the top without people, for the names of the rings."""
_SLOTS = MOST_DRAWN + 1
_WORKER_SLOT = MOST_DRAWN // 2
"""Straight below: where the worker stands, who is no neighbour."""
_IN_TURN = (3, 9, 5, 7, 1, 11, 4, 8, 2, 10, 0, 12)
"""Slots in the order in which they are given out: spread around, the two at the top last."""


def drawn(people: Sequence[Met]) -> list[Met]:
    """Who is in the drawing: the twelve neighbours met last, and the worker spoken to last."""
    latest = sorted(people, key=lambda met: (-met.last_on.toordinal(), met.place))
    neighbours = [met for met in latest if not met.is_worker]
    workers = [met for met in latest if met.is_worker]
    return neighbours[:MOST_DRAWN] + workers[:1]


def thickness(times: int) -> float:
    """Of the line: once, two to four times, five times or more."""
    return 5.0 if times >= OFTEN else 3.0 if times >= NOW_AND_THEN else 1.5


def angles(people: Sequence[Met]) -> list[float]:
    """The direction of each, in radians, clockwise from the right. Fixed by the order of first
    meeting; only with more than twelve ever met two may want the same one."""
    free = set(_IN_TURN)
    slots: dict[int, int] = {}
    for at, met in sorted(enumerate(people), key=lambda pair: pair[1].place):
        if met.is_worker:
            slots[at] = _WORKER_SLOT
            continue
        start = met.place % MOST_DRAWN
        turns = (_IN_TURN[(start + more) % MOST_DRAWN] for more in range(MOST_DRAWN))
        slots[at] = next(slot for slot in turns if slot in free)
        free.discard(slots[at])
    return [_angle(slots[at]) for at in range(len(people))]


def _angle(slot: int) -> float:
    """Slot 0 is just right of the free top, the last one just left of it."""
    step = (360 - _FREE_TOP) / (_SLOTS - 1)
    return math.radians(-90 + _FREE_TOP / 2 + slot * step)


def draw(
    people: Sequence[Met], me: str, rings: Sequence[Ring], ring_names: Sequence[str], more: str,
    size: Size,
) -> Drawing:  # fmt: skip
    """The circle of `me`. `people` (twelve and a worker at most) and the ring of each; `ring_names`
    from the inside out; `more` is a text at the foot, or empty."""
    directions = angles(people)
    doors = [
        Door(Box(*size.point(size.radii[ring], angle), *size.door), met.is_worker)
        for met, ring, angle in zip(people, rings, directions, strict=True)
    ]
    middle = Box(*size.middle, *size.self_door)
    taken = [middle, *(door.box for door in doors)]
    foot = naming.foot(more, size)
    if foot:
        taken.append(foot.box)
    ties_ = tuple(
        _tie(met, angle, door, size)
        for met, angle, door in zip(people, directions, doors, strict=True)
    )
    lines = [tie.line for tie in ties_]
    named_rings = naming.name_rings(ring_names, size, taken, lines)
    taken += [placed.box for placed in named_rings]
    names = naming.name_people(people, doors, directions, lines, size, taken)
    leaders = tuple(
        ((doors[at].box.x, doors[at].box.y), (name.box.x, name.box.y))
        for at, name in names.items()
        if name.apart
    )
    return Drawing(
        size=size, ring_names=named_rings, ties=ties_, doors=tuple(doors), names=tuple(names.values()),
        leaders=leaders, me=naming.fitting(me, middle, size), more=foot,
    )  # fmt: skip


def _tie(met: Met, angle: float, door: Door, size: Size) -> Tie:
    """The line runs from door to door, with room for the heads of its arrows."""
    x, y = math.cos(angle), math.sin(angle)
    start = _edge(size.self_door, x, y) + 3
    end = math.dist(size.middle, (door.box.x, door.box.y)) - _edge(size.door, x, y) - 3
    thick = thickness(met.times)
    if met.is_worker:
        ends = (size.point(start, angle), size.point(end, angle))
        return Tie(ends, thick=1.5, dashed=True, heads=())
    head = 7 + thick
    heads = []
    if met.gave:
        heads.append(_head(size.point(end, angle), angle, head))
        end -= head - 1
    if met.got:
        heads.append(_head(size.point(start, angle), angle + math.pi, head))
        start += head - 1
    ends = (size.point(start, angle), size.point(max(start, end), angle))
    return Tie(ends, thick=thick, dashed=False, heads=tuple(heads))


def _edge(half: tuple[float, float], x: float, y: float) -> float:
    """How far the edge of a door is from its middle, in a direction."""
    return min(half[0] / max(abs(x), 1e-9), half[1] / max(abs(y), 1e-9))


def _head(tip: Point, angle: float, length: float) -> tuple[Point, Point, Point]:
    """The corners of an arrow's head that points along `angle`."""
    back = (tip[0] - length * math.cos(angle), tip[1] - length * math.sin(angle))
    wide = (0.5 * length * math.sin(angle), -0.5 * length * math.cos(angle))
    return (
        tip,
        (back[0] + wide[0], back[1] + wide[1]),
        (back[0] - wide[0], back[1] - wide[1]),
    )
