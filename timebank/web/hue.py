"""One number per community, `hue`, and every colour that follows from it.

Lightness and chroma are fixed per role, so the contrast holds for every hue (measured over all
360 of them in the tests). New browsers do the sum themselves from `--hue`; for the others the
same sum is done here and sent as hex.

Source of the mathematics: CSS Color 4 (OKLCH to sRGB) and WCAG 2.2 (relative luminance).
"""

from functools import cache
from math import cos, pow, radians, sin
from typing import NamedTuple

DEFAULT_HUE = 168


class Tone(NamedTuple):
    """Lightness 0-1 and chroma in OKLCH; a tone with its own `hue` ignores the community's."""

    lightness: float
    chroma: float
    hue: int | None = None


DAY: dict[str, Tone] = {
    "wall": Tone(0.972, 0.006, 105),
    "card": Tone(0.996, 0.002),
    "tint": Tone(0.932, 0.026),
    "line": Tone(0.82, 0.026),
    "edge": Tone(0.52, 0.045),
    "ink": Tone(0.225, 0.022),
    "soft": Tone(0.39, 0.03),
    "link": Tone(0.38, 0.09),
    "door": Tone(0.342, 0.075),
    "door-deep": Tone(0.27, 0.06),
    "ground": Tone(0.27, 0.06),
    "act": Tone(0.342, 0.075),
    "act-deep": Tone(0.27, 0.06),
}

EVENING: dict[str, Tone] = {
    "wall": Tone(0.195, 0.02),
    "card": Tone(0.24, 0.024),
    "tint": Tone(0.295, 0.034),
    "line": Tone(0.41, 0.034),
    "edge": Tone(0.68, 0.04),
    "ink": Tone(0.96, 0.008, 95),
    "soft": Tone(0.86, 0.018),
    "link": Tone(0.87, 0.075),
    "door": Tone(0.366, 0.075),
    "door-deep": Tone(0.3, 0.06),
    "ground": Tone(0.135, 0.018),
    "act": Tone(0.87, 0.075),
    "act-deep": Tone(0.93, 0.05),
    "on-act": Tone(0.19, 0.03),
}


def oklch_to_hex(lightness: float, chroma: float, hue: float) -> str:
    """The sRGB colour as `#rrggbb`; what lies outside sRGB is clipped per channel."""
    a = chroma * cos(radians(hue))
    b = chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_encode(channel):02x}" for channel in linear)


def luminance(colour: str) -> float:
    """WCAG relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""
    red, green, blue = (_decode(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two `#rrggbb` colours, 1 to 21, in either order."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens(roles: dict[str, Tone], hue: int) -> dict[str, str]:
    """Hex per role for a community's hue."""
    return {
        role: oklch_to_hex(tone.lightness, tone.chroma, hue if tone.hue is None else tone.hue)
        for role, tone in roles.items()
    }


@cache
def stylesheet(hue: int) -> str:
    """The community's own sheet, served after the common one.

    `hue` is 0 to 359, as the database checks; anything else raises ValueError. The hex stands
    behind `screen`, so that paper stays black on white in old browsers too.
    """
    if not 0 <= hue < 360:
        raise ValueError(f"a hue is 0 to 359, not {hue}")
    return (
        f":root{{--hue:{hue}}}\n"
        "@supports not (color:oklch(50% .1 168)){\n"
        f"@media screen{{:root{{{_declarations(tokens(DAY, hue))}}}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{{_declarations(tokens(EVENING, hue))}}}}}\n"
        "}\n"
    )


def _declarations(colours: dict[str, str]) -> str:
    return ";".join(f"--{role}:{colour}" for role, colour in colours.items())


def _encode(linear: float) -> int:
    clipped = min(max(linear, 0.0), 1.0)
    if clipped <= 0.0031308:
        return round(255 * 12.92 * clipped)
    return round(255 * (1.055 * pow(clipped, 1 / 2.4) - 0.055))


def _decode(channel: int) -> float:
    value = channel / 255
    if value <= 0.04045:
        return value / 12.92
    return pow((value + 0.055) / 1.055, 2.4)
