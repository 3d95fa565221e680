"""A QR code is level M, keeps its white edge, and is as wide as was asked."""

import re

from timebank.kernel.qr import QUIET, qr

ADDRESS = "https://tijdvoorelkaar.example/lombok/notes/4f7k2qw8ztvx3mnd5pgh6rbj9c"


def test_the_edge_around_a_code_stays_white_and_its_corner_is_dark() -> None:
    code = qr(ADDRESS)
    bars = [tuple(map(int, bar)) for bar in re.findall(r"M(\d+) (\d+)h(\d+)v1", code.path)]
    assert min(x for x, _y, _w in bars) == min(y for _x, y, _w in bars) == QUIET
    assert max(x + w for x, _y, w in bars) == max(y for _x, y, _w in bars) + 1
    assert max(x + w for x, _y, w in bars) == code.modules - QUIET
    assert bars[0] == (QUIET, QUIET, 7)


def test_the_code_itself_is_as_wide_as_was_asked() -> None:
    code = qr(ADDRESS)
    assert abs(code.edge(22) * (code.modules - 2 * QUIET) / code.modules - 22) < 0.01
