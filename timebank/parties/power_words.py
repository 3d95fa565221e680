"""What a helper may do for a member, in words: on the form and in lists."""

from collections.abc import Callable, Iterable

from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import duration
from timebank.web.viewer import POWERS, Power

_CHOICES: dict[Power, Callable[[], str]] = {
    "see": lambda: _("Zien welke afspraken er zijn, en hoeveel tijd er is"),
    "agree": lambda: _("Berichten lezen en schrijven, en afspraken maken of afzeggen"),
    "confirm": lambda: _("Zeggen dat iets gedaan is, en of de tijd klopt"),
    "post": lambda: _("Iets vragen of aanbieden"),
    "give": lambda: _("Tijd weggeven"),
    "notices": lambda: _("Horen wat er nieuw is over vragen en afspraken"),
}
_SHORT: dict[Power, Callable[[], str]] = {
    "see": lambda: _("afspraken en tijd zien"),
    "agree": lambda: _("schrijven en afspreken"),
    "confirm": lambda: _("zeggen of de tijd klopt"),
    "post": lambda: _("vragen en aanbieden"),
    "give": lambda: _("tijd weggeven"),
    "notices": lambda: _("horen wat er nieuw is"),
}


def choices() -> list[tuple[str, str]]:
    """The boxes of the form; to see what there is belongs to all of them and is no box."""
    return [(power, _CHOICES[power]()) for power in POWERS if power != "see"]


def powers_words(powers: Iterable[Power], most_minutes: int | None) -> list[str]:
    """What a helper may, a short line each, in one order."""
    given = set(powers)
    lines = [_SHORT[power]() for power in POWERS if power in given and power != "give"]
    if "give" in given and most_minutes is not None:
        lines.append(
            _("tijd weggeven, hooguit %(time)s in dertig dagen", time=duration(most_minutes))
        )
    return lines


def short(powers: Iterable[Power]) -> list[str]:
    """The powers alone."""
    given = set(powers)
    return [_SHORT[power]() for power in POWERS if power in given]


def terms() -> list[tuple[str, str]]:
    """How long it holds."""
    return [("quarter", _("Drie maanden")), ("half", _("Een half jaar")), ("year", _("Een jaar"))]
