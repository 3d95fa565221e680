"""QR codes on paper: a link that a phone opens, drawn by segno as one path of an SVG.

Level M mends a fold or a coffee stain; the four white modules around belong to the code, without
them a phone does not find it (ISO/IEC 18004).
"""

import msgspec
import segno

QUIET = 4
"""White modules on every side."""


class Qr(msgspec.Struct, frozen=True):
    """A code of `modules` by `modules` squares, the white edge counted in. `path` draws the dark
    ones in those units."""

    modules: int
    path: str

    def edge(self, inner: float) -> float:
        """How wide to draw it, white edge and all, so that the code itself is `inner` wide."""
        return round(inner * self.modules / (self.modules - 2 * QUIET), 2)


def qr(text: str) -> Qr:
    """The code for `text`, level M. Raises ValueError (segno's) when that is too long for one."""
    made = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [bytes(row) for row in made.matrix_iter(border=QUIET)]
    runs = [run for y, row in enumerate(rows) for run in _runs(y, row)]
    return Qr(len(rows), "".join(runs))


def _runs(y: int, row: bytes) -> list[str]:
    """Neighbouring dark squares of one row as one bar: no hair lines between them in print."""
    found, x = [], 0
    while (start := row.find(1, x)) >= 0:
        x = row.find(0, start)
        found.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return found
