"""Figures: what was measured, beside what, and whether that is enough. One line each."""

from typing import Literal

import msgspec

Of = Literal["value", "ratio"]
Sign = Literal["<=", ">="]


class Target(msgspec.Struct, frozen=True):
    """`value<=2` or `ratio>=0.5`: what has to hold."""

    of: Of
    sign: Sign
    number: float

    def __str__(self) -> str:
        return f"{self.of}{self.sign}{self.number:g}"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was measured. `reference` is what it is compared with: its name and value, in
    the same unit; `ratio` is the value divided by that."""

    name: str
    value: float
    unit: str
    target: Target
    reference: tuple[str, float] | None = None

    @property
    def ratio(self) -> float | None:
        """The value beside its reference; None without one."""
        if self.reference is None or self.reference[1] == 0:
            return None
        return self.value / self.reference[1]

    @property
    def ok(self) -> bool:
        """Whether the target is met. What cannot be judged is not met."""
        judged = self.value if self.target.of == "value" else self.ratio
        if judged is None:
            return False
        if self.target.sign == "<=":
            return judged <= self.target.number
        return judged >= self.target.number

    def __str__(self) -> str:
        beside = (
            "-" if self.reference is None else f"{self.reference[0]}={_short(self.reference[1])}"
        )
        ratio = "-" if self.ratio is None else _short(self.ratio)
        verdict = "ok" if self.ok else "short"
        value = _short(self.value)
        return f"{self.name} {value} {self.unit} {beside} {ratio} {self.target} {verdict}"


def at_most(number: float, of: Of = "value") -> Target:
    """No more than this."""
    return Target(of, "<=", number)


def at_least(number: float, of: Of = "ratio") -> Target:
    """No less than this."""
    return Target(of, ">=", number)


def percentile(values: list[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _short(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 1000 else f"{number:.3g}"
