"""Bars, one a line: a word, the bar, and its number behind it. Pure."""

from collections.abc import Sequence

import msgspec

from timebank.kernel.words import SMALL_COUNT
from timebank.ties.lettering import width_of

_LINE = 1.9
_GAP = 8.0
_SMALL = 14.0
"""Width of every bar that stands for a count too small to show: it says nothing of how small."""


class Bar(msgspec.Struct, frozen=True):
    """One line. `bar` is the length of the bar; `few`: too small to show, so that `number` is "<5"."""

    word: str
    number: str
    y: float
    bar: float
    few: bool


class Bars(msgspec.Struct, frozen=True):
    """All lines, for one kind of screen. Words end at `word_end`, bars begin at `start`."""

    width: float
    height: float
    letters: float
    word_end: float
    start: float
    thick: float
    lines: tuple[Bar, ...]


def shown(count: int) -> str:
    """A count of people, or of ties between them, as a figure: below five "<5"."""
    return str(count) if count >= SMALL_COUNT else f"<{SMALL_COUNT}"


def draw(counts: Sequence[tuple[str, int]], *, width: float, letters: float) -> Bars:
    """A bar for each word and count. The longest fills what the words and the numbers leave."""
    words = max((width_of(word, letters) for word, _count in counts), default=0.0)
    numbers = max((width_of(shown(count), letters) for _word, count in counts), default=0.0)
    start = words + _GAP
    most = max((count for _word, count in counts), default=0)
    room = width - start - _GAP - numbers
    line = letters * _LINE
    lines = []
    for at, (word, count) in enumerate(counts):
        few = count < SMALL_COUNT
        length = _SMALL if few else room * count / most
        lines.append(Bar(word, shown(count), (at + 0.5) * line, round(length, 1), few))
    return Bars(
        width=width, height=len(counts) * line, letters=letters, word_end=words, start=start,
        thick=letters, lines=tuple(lines),
    )  # fmt: skip
