"""Amounts of time as people type them, in whole minutes.

Read as hours: "1,5", "1.5", "1½", "anderhalf", "1:30", "1u30", "1 uur en 30 minuten", "half uur",
"45 min", "drie kwartier". Two readings are never guessed at; they become a Question:
- two figures after the comma or dot that are no quarter of an hour and could be minutes
  ("1,30": 78 or 90 minutes), because a dot also stands between hours and minutes on a clock;
- a bare number over eight ("45": minutes or hours), but for a field that asks for hours.
What is no whole number of minutes ("0,01") is refused; nothing is rounded.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText, fold
from timebank.kernel.words import duration, joined

MOST_MINUTES = 24 * 60
MOST_BARE_HOURS = 8
"""A bare number up to this is hours; a larger one is asked about."""

_LONGEST_TEXT = 60
_QUARTERS = frozenset(["00", "25", "50", "75"])
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\S")
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_FILLERS = frozenset(["ongeveer", "circa", "ca", "about", "of", "'", "’"])
_AND = frozenset(["en", "and", "plus", "+", "&", ","])
_ONE = frozenset(["een", "a", "an", "one"])
_PARTS = {"half": Fraction(1, 2), "halve": Fraction(1, 2), "kwart": Fraction(1, 4)}
_UNIT_WORDS = {
    60: "uur uren uurtje uurtjes u h hr hrs hour hours",
    1: "minuut minuten minuutje minuutjes min mins m minute minutes",
    15: "kwartier kwartieren kwartiertje quarter quarters",
    30: "halfuur halfuurtje",
    45: "driekwartier",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_SMALL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
    " zestien zeventien achttien negentien",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen",
)
_TENS = (("twintig", "twenty"), ("dertig", "thirty"), ("veertig", "forty"), ("vijftig", "fifty"))


@dataclass(frozen=True, slots=True)
class Minutes:
    """An amount that can be read in one way only."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Question:
    """An amount with more than one reading; the `choices` are in minutes."""

    sentence: str
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bad:
    """No amount of time; `sentence` says how to write one."""

    sentence: str


def parse_minutes(text: str, *, most: int = MOST_MINUTES) -> Minutes | Question | Bad:
    """The amount of time that was typed, at most `most` minutes and more than none."""
    plain = text.strip()[: _LONGEST_TEXT + 1]
    for sign, written in _FRACTIONS.items():
        plain = plain.replace(sign, written)
    if len(plain) > _LONGEST_TEXT:
        return _unreadable()
    plain = fold(plain)
    if plain[:1] in ("-", "−", "–"):
        return Bad(_("Schrijf de tijd zonder streepje ervoor, zoals 1 uur."))
    readings = _readings(plain)
    if not readings:
        return _unreadable()
    whole = tuple(dict.fromkeys(int(r) for r in readings if r.denominator == 1))
    fitting = tuple(minutes for minutes in whole if 0 < minutes <= most)
    if len(fitting) == len(readings) == 1:
        return Minutes(fitting[0])
    if fitting:
        options = [duration(minutes) for minutes in fitting]
        if len(options) == 1:
            return Question(_("Bedoelt u %(time)s?", time=options[0]), fitting)
        return Question(
            _("Bedoelt u %(times)s? Schrijf het zo op.", times=_either(options)), fitting
        )
    if not whole:
        return Bad(_("Dat zijn geen hele minuten. Schrijf het zo: 1 uur en 15 minuten."))
    if max(whole) <= 0:
        return Bad(_("Vul meer dan 0 minuten in."))
    return Bad(_too_long(most))


def hours_field(text: str, *, most: int = MOST_MINUTES) -> int:
    """Minutes typed in a field for hours (it takes "1,5" and "anderhalf" too); a bare number there is
    hours, however large. Raises BadText."""
    bare = text.strip()
    if bare.isdecimal() and len(bare) <= _LONGEST_TEXT:
        minutes = 60 * int(bare)
        if minutes > most:
            raise BadText("hours", _too_long(most))
        return minutes
    found = parse_minutes(text, most=most)
    if isinstance(found, Minutes):
        return found.minutes
    raise BadText("hours", found.sentence)


def minutes_field(text: str) -> int:
    """Minutes typed in a field for minutes: a whole number, "min" may stand behind it. Raises
    BadText."""
    tokens = _TOKEN.findall(fold(text.strip()[:_LONGEST_TEXT]))
    if len(tokens) == 2 and _UNITS.get(tokens[1]) == 1:
        tokens.pop()
    value = _number(tokens[0]) if len(tokens) == 1 else None
    if value is None or value.denominator != 1 or value > MOST_MINUTES:
        raise BadText("minutes", _("Vul de minuten in als heel getal, zoals 30."))
    return int(value)


def fits_unit(minutes: int, unit: int) -> bool:
    """Whether an amount is a whole number of the community's steps of `unit` minutes."""
    return minutes % unit == 0


def unit_sentence(minutes: int, unit: int) -> str:
    """What to say when it is not: the nearest amounts below and above."""
    below = minutes // unit * unit
    near = [duration(m) for m in (below, below + unit) if m > 0]
    return _(
        "Wij rekenen in stappen van %(unit)s. Kies %(near)s.",
        unit=duration(unit), near=_either(near),
    )  # fmt: skip


def _either(options: list[str]) -> str:
    if len(options) < 2:
        return "".join(options)
    return _("%(list)s of %(last)s", list=joined(options[:-1]), last=options[-1])


def _too_long(most: int) -> str:
    return _("Dat is te lang. Meer dan %(most)s kan niet.", most=duration(most))


def _unreadable() -> Bad:
    return Bad(_("Schrijf de tijd zo: 45 minuten, of 1 uur en 30 minuten."))


def _readings(plain: str) -> tuple[Fraction, ...]:
    """All amounts, in minutes, that the text may mean; none when it says no amount of time."""
    tokens = [token for token in _TOKEN.findall(plain.rstrip(".")) if token not in _FILLERS]
    clock = _clock_reading(tokens)
    if clock is not None:
        return clock
    if len(tokens) == 1 and tokens[0].isdecimal():
        bare = Fraction(tokens[0])
        return (60 * bare,) if bare <= MOST_BARE_HOURS else (bare, 60 * bare)
    decimal = re.fullmatch(r"(\d+)[.,](\d\d)", tokens[0]) if tokens else None
    if decimal and all(_UNITS.get(token) == 60 for token in tokens[1:]):
        as_hours = 60 * Fraction(f"{decimal[1]}.{decimal[2]}")
        if decimal[2] in _QUARTERS or int(decimal[2]) > 59:
            return (as_hours,)
        return (as_hours, Fraction(60 * int(decimal[1]) + int(decimal[2])))
    total = _sum(_joined_parts(tokens))
    return () if total is None else (total,)


def _clock_reading(tokens: list[str]) -> tuple[Fraction, ...] | None:
    """ "1:45", with "uur" behind it or not; None when there is no colon."""
    if ":" not in tokens:
        return None
    match tokens:
        case [hours, ":", minutes, *rest] if (
            hours.isdecimal()
            and minutes.isdecimal()
            and len(minutes) == 2
            and int(minutes) < 60
            and all(_UNITS.get(token) == 60 for token in rest)
        ):
            return (Fraction(60 * int(hours) + int(minutes)),)
    return ()


def _joined_parts(tokens: list[str]) -> list[str]:
    """ "een half", "half een" and "half an" are one half; "1/2" is one number."""
    parts: list[str] = []
    for token in tokens:
        if parts and token in _PARTS and parts[-1] in _ONE:
            parts[-1] = token
        elif parts and token in _ONE and (parts[-1] in _PARTS or _UNITS.get(parts[-1]) == 15):
            continue
        else:
            parts.append(token)
    return parts


def _sum(tokens: list[str]) -> Fraction | None:
    """Numbers times their units, added up; None when it is no amount of time."""
    total = Fraction(0)
    pending: Fraction | None = None
    units: list[int] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        slash = tokens[position + 1 : position + 2] == ["/"]
        value = _slashed(tokens[position : position + 3]) if slash else _number(token)
        if value is not None:
            if pending is not None and not (value < 1 <= pending):
                return None
            pending = value if pending is None else pending + value
        elif token in _UNITS:
            unit = _UNITS[token]
            if pending is None and units == [15] and unit == 60:
                pass  # "quarter of an hour", "drie kwartier uur"
            elif unit in units:
                return None
            else:
                total += (Fraction(1) if pending is None else pending) * unit
                units.append(unit)
            pending = None
        elif token not in _AND:
            return None
        position += 3 if slash else 1
    if pending is None:
        return total if units else None
    return _with_rest(total, pending, units)


def _with_rest(total: Fraction, rest: Fraction, units: list[int]) -> Fraction | None:
    """A number without unit at the end: "1 uur 45", "uur en een half", or the only one: hours."""
    if not units:
        return 60 * rest
    if units != [60]:
        return None
    if rest < 1:
        return total + 60 * rest
    return total + rest if rest < 60 else None


def _slashed(tokens: list[str]) -> Fraction | None:
    match tokens:
        case [above, "/", below] if above.isdecimal() and below.isdecimal() and int(below):
            return Fraction(int(above), int(below))
    return None


def _number(token: str) -> Fraction | None:
    if token[0].isdecimal():
        return Fraction(token.replace(",", "."))
    return _NUMBERS.get(token)


def _number_words() -> dict[str, Fraction]:
    found = dict(_PARTS)
    for language, words in enumerate(_SMALL):
        small = words.split()
        found |= {word: Fraction(n) for n, word in enumerate(small)}
        for tens, names in enumerate(_TENS, 2):
            found[names[language]] = Fraction(10 * tens)
            for n, word in enumerate(small[1:10], 1):
                spoken = f"{word}en{names[0]}" if language == 0 else f"{names[1]}{word}"
                found[spoken] = Fraction(10 * tens + n)
    for n, word in enumerate(_SMALL[0].split()[1:13], 1):
        found[f"{word}enhalf"] = found[f"{word}eneenhalf"] = n + Fraction(1, 2)
    found |= {word: Fraction(1) for word in _ONE}
    return found | {"anderhalf": Fraction(3, 2), "anderhalve": Fraction(3, 2)}


_NUMBERS = _number_words()
