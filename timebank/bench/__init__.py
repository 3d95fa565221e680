"""The bench: every promised figure, measured in one run on one machine. What others may call."""

from timebank.bench.figures import Figure
from timebank.bench.running import PARTS, SCALES, Part, Scale, run

__all__ = ["PARTS", "SCALES", "Figure", "Part", "Scale", "run"]
