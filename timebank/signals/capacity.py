"""How many signals the rule may open, and whose turn it is: a worker's week before completeness. Pure."""

import math
from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

SHARE = 0.03
"""Of the members, at most so many new ones a week."""
A_WORKER_A_WEEK = 5
"""New ones for each worker in a week."""

T = TypeVar("T")


def room(*, members: int, workers: int, opened: int) -> int:
    """How many may still open this week: the lower of three in a hundred members and five for each
    worker; in a small community one. `opened`: how many did in the last seven days."""
    if workers == 0:
        return 0
    most = min(math.ceil(SHARE * members), A_WORKER_A_WEEK * workers)
    return max(0, max(1, most) - opened)


def in_turn(
    queues: dict[bool, list[T]], *, members: Counter[bool], opened: Counter[bool]
) -> Iterator[T]:
    """Everybody in the queues of the two channels, the first of each first, so that both get their
    part in proportion to their members. `opened` is counted on as they are taken."""
    left = {channel: list(queue) for channel, queue in queues.items() if queue}
    while left:
        channel = min(left, key=lambda c: (opened[c] + 1) / max(1, members[c]))
        yield left[channel].pop(0)
        opened[channel] += 1
        if not left[channel]:
            del left[channel]
